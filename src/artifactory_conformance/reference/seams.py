"""Where something outside the model's own logic takes hold of it: before and after a call, on the wire, in its parts.

Defects and variations are made of this. With nothing installed the model is as its profile says.
"""

from collections.abc import Callable

from starlette.responses import Response

from artifactory_conformance.reference.exchange import Answer, Call

Concerns = Callable[[Call], bool]
"""Whether a call is meant."""

CONTROL = "/_control/"
"""The model's own interface, which is never taken hold of."""


class Seams:
    """The hooks of one model, in the order in which they were installed.

    bind: another address to listen on. below: a path that a reverse proxy serves the model under.
    """

    def __init__(self) -> None:
        self._before: list[tuple[Concerns, Callable[[Call], Call]]] = []
        self._after: list[tuple[Concerns, Callable[[Call, Answer], Answer]]] = []
        self._wire: list[tuple[Concerns, Callable[[Call, Response], Response]]] = []
        self._instead: list[tuple[Concerns, Callable[[Call], Answer]]] = []
        self._touched: set[str] = set()
        self.bind = ""
        self.below = ""

    def before(self, concerns: Concerns, change: Callable[[Call], Call]) -> None:
        """Change calls before the model sees them."""
        self._before.append((concerns, change))

    def after(self, concerns: Concerns, change: Callable[[Call, Answer], Answer]) -> None:
        """Change answers that the model has made."""
        self._after.append((concerns, change))

    def on_wire(self, concerns: Concerns, change: Callable[[Call, Response], Response]) -> None:
        """Change what goes on the wire."""
        self._wire.append((concerns, change))

    def instead(self, concerns: Concerns, answer: Callable[[Call], Answer]) -> None:
        """Answer calls in the model's place: those of a platform around it, which it knows nothing of."""
        self._instead.append((concerns, answer))

    def touched(self, name: str) -> None:
        """Note that something would have changed what it is about."""
        self._touched.add(name)

    def asked(self, call: Call) -> Call:
        """The call as the model gets it. Raises RequestRefused where a hook answers in the model's place."""
        for concerns, change in self._before:
            if _is_meant(concerns, call):
                call = change(call)
        return call

    def answered_instead(self, call: Call) -> Answer | None:
        """The answer of something else than the model, if there is one. Raises RequestRefused."""
        for concerns, answer in self._instead:
            if _is_meant(concerns, call):
                return answer(call)
        return None

    def answered(self, call: Call, answer: Answer) -> Answer:
        """The answer as it leaves the model."""
        for concerns, change in self._after:
            if _is_meant(concerns, call):
                answer = change(call, answer)
        return answer

    def sent(self, call: Call, response: Response) -> Response:
        """The response as it goes on the wire."""
        for concerns, change in self._wire:
            if _is_meant(concerns, call):
                response = change(call, response)
        return response

    def take_touched(self) -> list[str]:
        """The names of what would have changed something since the last look, where it was only tried out."""
        touched, self._touched = self._touched, set()
        return sorted(touched)


def _is_meant(concerns: Concerns, call: Call) -> bool:
    return not call.path.startswith(CONTROL) and concerns(call)
