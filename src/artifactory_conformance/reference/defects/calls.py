"""Which calls a defect is about."""

import re

from artifactory_conformance.reference.exchange import Call
from artifactory_conformance.reference.hold import Hold
from artifactory_conformance.reference.repositories import RepositoryClass

_PYPI = re.compile(r"/artifactory/api/pypi/([^/]+)(/.*)?")
_PAGE = re.compile(r"/simple/([^/]+)/?")


def key_of(call: Call) -> str:
    """The key of the repository whose PyPI address is asked; empty for other calls."""
    found = _PYPI.fullmatch(call.path)
    return found[1] if found else ""


def _below_key(call: Call) -> str:
    found = _PYPI.fullmatch(call.path)
    return (found[2] or "") if found else ""


def project_asked(call: Call) -> str:
    """The project whose page is asked, as the client spells it; empty for other calls."""
    found = _PAGE.fullmatch(_below_key(call))
    return found[1] if found else ""


def is_page(call: Call) -> bool:
    """Whether a project's page is asked, with the final slash or without."""
    return call.method in ("GET", "HEAD") and bool(project_asked(call))


def is_root(call: Call) -> bool:
    """Whether the page of all projects is asked."""
    return call.method in ("GET", "HEAD") and _below_key(call) in ("/simple", "/simple/")


def is_file(call: Call) -> bool:
    """Whether a file is asked where the links of pages lead, or something that belongs to one."""
    rest = _below_key(call)
    known = rest in ("", "/") or rest.startswith("/simple") or (rest.startswith("/pypi/") and rest.endswith("/json"))
    return call.method in ("GET", "HEAD") and bool(key_of(call)) and not known


def is_upload(call: Call) -> bool:
    """Whether something is uploaded as twine does."""
    return call.method == "POST" and bool(key_of(call))


def kind_asked(hold: Hold, call: Call) -> RepositoryClass | None:
    """The class of the repository whose PyPI address is asked; None for other calls."""
    repository = hold.model.repositories.get(key_of(call))
    return repository.kind if repository is not None else None


def is_stored(hold: Hold, name: str) -> bool:
    """Whether some repository has a file of this name."""
    keys = {repository.store_key for repository in hold.model.repositories}
    return any(item.name == name for key in keys for item in hold.model.store.below(key, ""))


def takes_json_alone(call: Call) -> bool:
    """Whether a project's page is asked by somebody who takes nothing but JSON."""
    accept = call.header("accept")
    return is_page(call) and "simple.v1+json" in accept and "html" not in accept and "*/*" not in accept


def is_pypi(call: Call) -> bool:
    """Whether a PyPI address is asked."""
    return bool(key_of(call))


def is_rest(call: Call, *paths: str) -> bool:
    """Whether REST is asked, below one of these paths; any without one."""
    path = call.path.removeprefix("/artifactory/api/")
    return path != call.path and not is_pypi(call) and (not paths or path.startswith(paths))
