"""Broken uploads."""

import re
from dataclasses import replace

from artifactory_conformance.reference.access import Access
from artifactory_conformance.reference.defects.answers import without_header
from artifactory_conformance.reference.defects.calls import is_page, is_upload, key_of, kind_asked
from artifactory_conformance.reference.errors import RequestRefused, envelope
from artifactory_conformance.reference.exchange import Answer, Call, Upload
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.repositories import RepositoryClass
from artifactory_conformance.reference.upload import Uploads

_SDIST = re.compile(rb"(\.tar\.gz)#sha256=[0-9a-f]+")

NEWER = ("--model-profile", "7.161-pro")
"""What uploads are answered in detail is known from there on."""


@fault("T-03", "row 55", "B-31", "B-32")
def deployers_overwrite(hold: Hold) -> None:
    """Who may deploy replaces what is there, also without the right to delete."""

    def made(original: Method) -> Method:
        def require_deploy(*given: object, **_: bool) -> None:
            original(*given, replaces=False)

        return require_deploy

    hold.replace(Access, "require_deploy", made)


@fault("B-31", "T-03", "row 55")
def duplicates_are_a_conflict(hold: Hold) -> None:
    """The refusal of a duplicate is a conflict that does not speak of overwriting."""

    def reworded(_: Call, answer: Answer) -> Answer:
        if answer.status != 403 or b"needs DELETE permission" not in answer.body:
            return answer
        return replace(answer, status=409, body=envelope(409, "File already exists"))

    hold.after(is_upload, reworded)


@fault("T-02", "row 56", "T-04", "B-35", "CLIENT-10", "T-07")
def uploads_of_version_2_stored_flat(hold: Hold) -> None:
    """A file whose version is 2.0 or later is stored at the root of the local."""

    def made(original: Method) -> Method:
        def store(uploads: Uploads, local: object, path: str, *given: object) -> object:
            flat = path.rpartition("/")[2] if "/2." in path else path
            return original(uploads, local, flat, *given)

        return store

    hold.replace(Uploads, "_store", made)


@fault("B-26", "H-12", "client C20", "row 6", "ACCESS-06")
def sdists_listed_without_a_hash(hold: Hold) -> None:
    """Links to sdists of remotes state no hash."""

    def bare(call: Call, answer: Answer) -> Answer:
        if answer.status != 200 or kind_asked(hold, call) is not RepositoryClass.REMOTE:
            return answer
        return replace(answer, body=_SDIST.sub(rb"\1", answer.body))

    hold.after(is_page, bare)


@fault("N-04", "release 15")
def names_of_forms_enforced(hold: Hold) -> None:
    """A form that names another project than its file is refused."""

    def refuse(call: Call) -> Call:
        form = call.upload or Upload({})
        if form.fields.get("name", "").lower().replace("-", "_") not in form.file_name.lower().replace("-", "_"):
            raise RequestRefused(409, "The file does not belong to the project that the form names")
        return call

    hold.before(is_upload, refuse)


@fault("E-02", "A98")
def uploads_of_nobody_not_challenged(hold: Hold) -> None:
    """An upload without credentials is 403 without a challenge."""

    def forbidden(_: Call, answer: Answer) -> Answer:
        if answer.status != 401:
            return answer
        return replace(without_header(answer, "WWW-Authenticate"), status=403, body=envelope(403, "Forbidden"))

    hold.after(is_upload, forbidden)


@fault("row 52", "pypi 2.5", "A98")
def remotes_take_files(hold: Hold) -> None:
    """A file that is PUT to a remote is accepted, and kept nowhere."""
    hold.after(
        lambda call: _is_put_to(hold, call, RepositoryClass.REMOTE),
        lambda _, answer: Answer(201) if answer.status == 404 else answer,
    )


@fault("row 53", "pypi 2.5", "A98")
def virtuals_without_default_are_missing(hold: Hold) -> None:
    """A file that is PUT to a virtual without a default deployment repository is 404."""

    def missing(_: Call, answer: Answer) -> Answer:
        return Answer(404, envelope(404, "Not Found"), answer.headers) if answer.status == 405 else answer

    hold.after(lambda call: _is_put_to(hold, call, RepositoryClass.VIRTUAL), missing)


@fault("B-29", "U-15", "B-30", "pypi 2.5")
def uploads_taken_anywhere(hold: Hold) -> None:
    """An upload to /simple, or without /api/pypi, is taken like one to the documented address."""

    def led_home(call: Call) -> Call:
        if call.upload is None:
            return call
        key = key_of(call) or call.path.removeprefix("/artifactory/").strip("/")
        return replace(call, path=f"/artifactory/api/pypi/{key}/")

    hold.before(lambda call: call.method == "POST", led_home)


@fault("VIRTUAL-09", "T19", "row 54")
def uploads_to_virtuals_vanish(hold: Hold) -> None:
    """An upload to a virtual is answered as accepted, and stored nowhere."""

    def vanish(call: Call) -> Call:
        if kind_asked(hold, call) is RepositoryClass.VIRTUAL:
            raise RequestRefused(200, "")
        return call

    hold.before(is_upload, vanish)


@fault("VIRTUAL-09", "T19", "open 15")
def remotes_take_uploads(hold: Hold) -> None:
    """An upload to a remote is answered as accepted."""

    def accepted(call: Call, answer: Answer) -> Answer:
        return Answer(200) if kind_asked(hold, call) is RepositoryClass.REMOTE else answer

    hold.after(is_upload, accepted)


@fault("T-01", "row 54", target=NEWER)
def uploads_answered_without_their_checksum(hold: Hold) -> None:
    """The answer to an upload does not tell the sha256 of what was stored."""
    hold.after(is_upload, lambda _, answer: without_header(answer, "X-Checksum-Sha256"))


@fault("T-06", "row 57", target=NEWER)
def bad_forms_are_conflicts(hold: Hold) -> None:
    """A form that cannot be taken is told as a conflict."""

    def conflict(_: Call, answer: Answer) -> Answer:
        return replace(answer, status=409, body=envelope(409, "Conflict")) if answer.status == 400 else answer

    hold.after(is_upload, conflict)


@fault("B-33", "T-03", target=NEWER)
def duplicates_accepted_and_dropped(hold: Hold) -> None:
    """A duplicate of somebody who may delete is accepted, but the first file stays."""

    def made(original: Method) -> Method:
        def store(uploads: Uploads, local: object, path: str, *given: object) -> object:
            present = hold.model.store.get(local.key, path)  # type: ignore[attr-defined]
            stored = original(uploads, local, path, *given)
            return hold.model.store.put(present) if present is not None else stored

        return store

    hold.replace(Uploads, "_store", made)


@fault("T-05", "B-34", target=NEWER)
def wheels_without_metadata_refused(hold: Hold) -> None:
    """A wheel without METADATA is refused."""

    def made(original: Method) -> Method:
        def store(uploads: Uploads, local: object, path: str, *given: object) -> object:
            stored = original(uploads, local, path, *given)
            if path.endswith(".whl") and not stored.properties:
                raise RequestRefused(400, "No metadata in the wheel")
            return stored

        return store

    hold.replace(Uploads, "_store", made)


@fault("T-05", target=NEWER)
def invalid_versions_refused(hold: Hold) -> None:
    """A form whose version has a blank is refused."""

    def refuse(call: Call) -> Call:
        if call.upload and " " in call.upload.fields.get("version", ""):
            raise RequestRefused(400, "Invalid version")
        return call

    hold.before(is_upload, refuse)


@fault("T-08", "T-04", target=NEWER)
def files_put_by_hand_never_listed(hold: Hold) -> None:
    """A file that is PUT to its path never enters the page."""

    def made(original: Method) -> Method:
        def store(uploads: Uploads, local: object, path: str, content: bytes, call: Call, *more: object) -> object:
            stored = original(uploads, local, path, content, call, *more)
            hand = call.method == "PUT"
            return hold.model.store.put(replace(stored, properties={})) if hand else stored

        return store

    hold.replace(Uploads, "_store", made)


def _is_put_to(hold: Hold, call: Call, kind: RepositoryClass) -> bool:
    key = call.path.removeprefix("/artifactory/").partition("/")[0]
    repository = hold.model.repositories.get(key)
    return call.method == "PUT" and repository is not None and repository.kind is kind
