"""`?trace` on a storage path: the resolution is done for real, and only told (A97; ladder E5)."""

from collections.abc import Callable

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_text
from artifactory_conformance.reference.tracing import current


def resolution_trace(call: Call, place: str, resolve: Callable[[], Answer]) -> Answer:
    """Resolve and give the steps instead of the answer, always with 200. `place` is `<key>:<path>`.

    Of the wording only the line with the remote request's URL is documented (S15).
    """
    try:
        outcome = f"Responding with status {resolve().status}"
    except RequestRefused as refusal:
        outcome = f"Responding with status {refusal.status}: {refusal.message}"
    trace = current()
    steps = [f"Using remote request URL - {url}" for url in trace.asked] + [outcome]
    lines = [
        f"Request ID: {trace.identity}",
        f"Repo Path ID: {place}",
        f"Method Name: {call.method}",
        f"User: {call.caller.name}",
        "Steps:",
        *(f"{number}. {step}" for number, step in enumerate(steps, 1)),
    ]
    return as_text("\n".join(lines) + "\n")
