"""Small changes of answers."""

from collections.abc import Callable
from dataclasses import replace

from artifactory_conformance.reference.exchange import Answer


def with_header(answer: Answer, name: str, value: str) -> Answer:
    """The answer with one header set, in place of the one that it had."""
    return replace(answer, headers={**without_header(answer, name).headers, name: value})


def without_header(answer: Answer, *names: str) -> Answer:
    """The answer without some headers."""
    gone = {name.lower() for name in names}
    return replace(answer, headers={name: value for name, value in answer.headers.items() if name.lower() not in gone})


def with_text(answer: Answer, change: Callable[[str], str]) -> Answer:
    """An answer of status 200 with another text; any other as it is."""
    if answer.status != 200:
        return answer
    return replace(answer, body=change(answer.body.decode("utf-8")).encode())
