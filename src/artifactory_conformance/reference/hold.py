"""What a defect or a variation takes hold of the model by."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from starlette.responses import Response

from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.seams import Concerns

Method = Callable[..., Any]


class Hold:
    """Installs the hooks of one fault.

    only_try: they change nothing, and note that they would have.
    """

    def __init__(self, model: Instance, name: str, *, only_try: bool = False) -> None:
        self.model = model
        self._name = name
        self._only_try = only_try

    def before(self, concerns: Concerns, change: Callable[[Call], Call]) -> None:
        """Change calls before the model sees them; `change` may raise RequestRefused to answer itself."""
        self.model.seams.before(concerns, self._tried(change) if self._only_try else change)

    def after(self, concerns: Concerns, change: Callable[[Call, Answer], Answer]) -> None:
        """Change answers that the model has made, refusals among them."""
        self.model.seams.after(concerns, self._tried(change) if self._only_try else change)

    def on_wire(self, concerns: Concerns, change: Callable[[Call, Response], Response]) -> None:
        """Change what goes on the wire: the response may be one that resets its connection or lies about its length."""
        self.model.seams.on_wire(concerns, self._meant if self._only_try else change)

    def move(self, *, bind: str = "", below: str = "") -> None:
        """Let the model listen on another address, or be served below a path, as by a reverse proxy."""
        if not self._only_try:
            self.model.seams.bind, self.model.seams.below = bind, below

    def replace(self, owner: type | object, method: str, make: Callable[[Method], Method]) -> None:
        """Put another method in the place of one of the model's parts; `make` gets the one that was there.

        The owner is a class where there is no instance yet: the model has its process to itself.
        """
        original = getattr(owner, method)
        made = self._called(original) if self._only_try else make(original)
        setattr(owner, method, wraps(original)(made))

    def _tried(self, change: Method) -> Method:
        def unchanged(*given: Any) -> Any:
            try:
                same = change(*given) == given[-1]
            except Exception:  # it would have answered itself, or failed: that is a change, too
                same = False
            if not same:
                self.model.seams.touched(self._name)
            return given[-1]

        return unchanged

    def _meant(self, _: Call, response: Response) -> Response:
        self.model.seams.touched(self._name)
        return response

    def _called(self, original: Method) -> Method:
        def unchanged(*arguments: Any, **more: Any) -> Any:
            self.model.seams.touched(self._name)
            return original(*arguments, **more)

        return unchanged
