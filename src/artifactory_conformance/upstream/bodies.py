"""JSON objects with a closed set of keys, as the control interface takes them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

_T = TypeVar("_T")


class BodyRefused(ValueError):
    """A body is not what the control interface takes; the text names the key."""


class Body:
    """One JSON object that is taken apart key by key; null means absent.

    Every accessor raises BodyRefused for a value of another type. `done` raises it for a key nobody asked for.
    """

    def __init__(self, value: object, where: str = "") -> None:
        if not isinstance(value, dict):
            raise BodyRefused(f"{where or 'the body'}: an object is expected")
        self._left = {str(key): each for key, each in value.items() if each is not None}
        self._where = where

    @classmethod
    def parse(cls, raw: bytes) -> "Body":
        """The body of a request; an empty one is an empty object."""
        try:
            return cls(json.loads(raw or b"{}"))
        except ValueError as error:
            if isinstance(error, BodyRefused):
                raise
            raise BodyRefused(f"the body is not JSON: {error}") from error

    def present(self, keys: Iterable[str]) -> list[str]:
        """Those of the keys that are there and were not taken yet."""
        return [key for key in keys if key in self._left]

    def name(self, key: str) -> str:
        """The key with its place in the body, for messages."""
        return f"{self._where}{key}"

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it has to be there."""
        value = self.optional_text(key)
        if value is not None:
            return value
        if default is None:
            raise BodyRefused(f"{self.name(key)}: is missing")
        return default

    def optional_text(self, key: str) -> str | None:
        """A text, or None if it is absent."""
        return self._take(key, str, "a text")

    def integer(self, key: str, *, least: int, most: int | None = None) -> int | None:
        """A whole number between the two, or None."""
        value = self._take(key, int, "a whole number")
        if value is not None and (value < least or (most is not None and value > most)):
            raise BodyRefused(f"{self.name(key)}: {value} is not between {least} and {most}")
        return value

    def seconds(self, key: str, *, most: float) -> float:
        """A duration, 0 if it is absent."""
        value = self._left.pop(key, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            raise BodyRefused(f"{self.name(key)}: a number of seconds from 0 to {most:g} is expected")
        return float(value)

    def flag(self, key: str) -> bool:
        """Whether the key is there; a flag that is false is written by leaving it out."""
        value = self._left.pop(key, None)
        if value is not None and value is not True:
            raise BodyRefused(f"{self.name(key)}: only true can be said here")
        return value is True

    def truth(self, key: str) -> bool | None:
        """True or false, or None if it is absent."""
        value = self._left.pop(key, None)
        if value is not None and not isinstance(value, bool):
            raise BodyRefused(f"{self.name(key)}: true or false is expected")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return _texts(self._take(key, list, "a list of texts") or [], self.name(key))

    def text_mapping(self, key: str) -> Mapping[str, str]:
        """An object whose values are texts."""
        items = (self._take(key, dict, "an object of texts") or {}).items()
        return {name: _text(value, f"{self.name(key)}.{name}") for name, value in items}

    def texts_mapping(self, key: str) -> Mapping[str, tuple[str, ...]]:
        """An object whose values are lists of texts."""
        items = (self._take(key, dict, "an object of lists of texts") or {}).items()
        return {name: _texts(value, f"{self.name(key)}.{name}") for name, value in items}

    def objects(self, key: str) -> Iterator["Body"]:
        """A list of objects, which has to be there."""
        values = self._take(key, list, "a list of objects")
        if values is None:
            raise BodyRefused(f"{self.name(key)}: is missing")
        for number, value in enumerate(values):
            yield Body(value, f"{self.name(key)}[{number}].")

    def done(self) -> None:
        """Refuse what is left over."""
        for key in self._left:
            raise BodyRefused(f"{self.name(key)}: unknown key")

    def _take(self, key: str, kind: type[_T], expected: str) -> _T | None:
        value = self._left.pop(key, None)
        if value is None:
            return None
        if not isinstance(value, kind) or isinstance(value, bool):
            raise BodyRefused(f"{self.name(key)}: {expected} is expected")
        return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise BodyRefused(f"{name}: a text is expected")
    return value


def _texts(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise BodyRefused(f"{name}: a list of texts is expected")
    return tuple(_text(each, name) for each in value)
