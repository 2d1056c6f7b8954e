"""The forms in which a secret travels in text, as patterns: every character in any escape, mixed as they come."""

from __future__ import annotations

import base64
import html
import re

SHORTEST = 6
"""Shorter secrets cannot be told from ordinary text; headers are masked whatever they hold."""

_BACKSLASH = r"(?:\\|%(?:25){0,3}5[cC])"
_SHORT = {"\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f", "\v": "v", "\a": "a", "\0": "0"}
_ALPHANUMERIC = re.compile("[A-Za-z0-9]")
_PIECES = re.compile(r"\\+|[\s\S]")


def forms(secret: str) -> tuple[str, ...]:
    """Give the patterns of a secret: escaped in any way or not at all, in hexadecimal, and inside base64."""
    patterns = ["".join(_piece(match.group()) for match in _PIECES.finditer(secret))]
    for raw in dict.fromkeys(_encoded(secret)):
        if len(raw) * 2 >= SHORTEST:
            patterns.append(_hexadecimal(raw.hex()))
        patterns += [_base64(raw, lead) for lead in range(3)]
    return tuple(patterns)


def _encoded(text: str) -> list[bytes]:
    """UTF-8, and Latin-1 where it has all the characters: clients differ in what they put into Basic."""
    try:
        found = [text.encode("utf-8", "surrogateescape")]  # how Python reads an environment that is no UTF-8
    except UnicodeEncodeError:
        found = [text.encode("utf-8", "surrogatepass")]
    try:
        return [*found, text.encode("latin-1")]
    except UnicodeEncodeError:
        return found


def _hexadecimal(digits: str) -> str:
    return "".join(digit if digit.isdigit() else f"[{digit.lower()}{digit.upper()}]" for digit in digits)


def _percent(raw: bytes) -> str:
    """Percent-encoded up to four times, each digit in either case."""
    return "".join(rf"%(?:25){{0,3}}{_hexadecimal(f'{byte:02x}')}" for byte in raw)


def _piece(piece: str) -> str:
    """One character (or a run of backslashes, which escaping multiplies) in every form.

    Repetitions are bounded, so that no text makes the search slow.
    """
    if piece.startswith("\\"):
        return rf"{_BACKSLASH}{{{len(piece)},{8 * len(piece)}}}"
    if _ALPHANUMERIC.fullmatch(piece):
        return piece
    code = ord(piece)
    if piece == "%":
        alternatives = ["%(?:25){0,4}"]  # one way only: two ways a character are 2**n ways a secret
    else:
        alternatives = [re.escape(piece), *(_percent(raw) for raw in dict.fromkeys(_encoded(piece)))]
    if piece == " ":
        alternatives += [r"\+", _percent(b"+")]
    named = html.escape(piece)
    entities = [rf"#0*{code};", rf"#[xX]0*{_hexadecimal(f'{code:x}')};"]
    entities += [re.escape(named[1:])] if named != piece else []
    alternatives.append(rf"(?:&|%(?:25){{0,3}}26)(?:amp;){{0,3}}(?:{'|'.join(entities)})")
    after = "|".join(_after_backslash(piece))
    return rf"(?:{_BACKSLASH}{{0,8}}(?:{'|'.join(alternatives)})|{_BACKSLASH}{{1,8}}(?:{after}))"


def _after_backslash(character: str) -> list[str]:
    """What follows the backslash in JSON, JavaScript and Python."""
    code = ord(character)
    units = character.encode("utf-16-be", "surrogatepass").hex()
    json_units = rf"{_BACKSLASH}{{1,8}}u".join(_hexadecimal(units[at : at + 4]) for at in range(0, len(units), 4))
    found = [f"u{json_units}", f"U{_hexadecimal(f'{code:08x}')}"]
    if code < 256:
        found.append(f"x{_hexadecimal(f'{code:02x}')}")
    for raw in dict.fromkeys(_encoded(character)):  # the representation of bytes
        found.append(rf"{_BACKSLASH}{{1,8}}".join(f"x{_hexadecimal(f'{byte:02x}')}" for byte in raw))
    if character in _SHORT:
        found.append(_SHORT[character])
    return found


def _base64(raw: bytes, lead: int) -> str:
    """The part of a longer base64 text (`user:secret`) that only the secret decides, at one of three alignments."""
    coded = base64.b64encode(b"\0" * lead + raw + b"\0" * (-(lead + len(raw)) % 3)).decode()
    first, last = -(-lead * 8 // 6), (lead + len(raw)) * 8 // 6
    plus, slash = rf"(?:\+|-|{_percent(b'+')})", rf"(?:/|_|{_BACKSLASH}{{1,8}}/|{_percent(b'/')})"
    return "".join({"+": plus, "/": slash}.get(character, character) for character in coded[first:last])
