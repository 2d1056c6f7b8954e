"""Files as clients get them: bytes, headers, checksums."""

import hashlib
import zipfile
from collections.abc import Callable
from email.message import Message
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest

from artifactory_conformance.artifactory import Identity, Link, LocalRepository, RemoteRepository, VirtualRepository
from artifactory_conformance.artifactory.site_content import SiteFile
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_has_bytes, assert_served, control, relied_on
from artifactory_conformance.checks.causes import STORED_LOCALLY
from artifactory_conformance.evidence.answers import origin
from artifactory_conformance.labs import Lab

GZIP = b"\x1f\x8b"


def named_in(disposition: str) -> str:
    """Give the file name of a Content-Disposition, quoted or not (RFC 6266); empty if there is none."""
    header = Message()
    header["Content-Disposition"] = disposition
    return unquote(header.get_filename(""))


@relied_on("row 10", "T06", "T09", "T33", "B-27", "B-50", "F-08", "client C21", "release 7", "release 17")
def test_file_comes_whole_wherever_it_is_kept(
    downloads: Identity, site_files: tuple[SiteFile, ...], observe: Callable[[str, Any], None]
) -> None:
    """A file that a page leads to is that file, also when an object store hands it out, which gets no credentials."""
    for one in site_files:
        link, file = one.link, one.answer

        observe(
            str(one.index.repository), f"redirected to {len(file.redirects)} addresses, the last {origin(file.url)[1]}"
        )
        assert_served(file)
        assert hashlib.sha256(file.body).hexdigest() == link.sha256
        assert file.media_type != "text/html", str(file)
        assert file.headers.get("Content-Length", str(len(file.body))) == str(len(file.body))
        if link.filename.endswith((".whl", ".zip")):
            assert zipfile.is_zipfile(BytesIO(file.body)), "no zip archive"
        if link.filename.endswith(".tar.gz"):
            assert file.body.startswith(GZIP), "not compressed by gzip"
        told = "".join(location for _, location in file.redirects)
        assert not downloads.password or downloads.password not in told


@pytest.mark.usefixtures("artifactory")
@relied_on("row 11", "row 12", "row 13", "F-01", "A65", "A67")
def test_headers_of_a_file_describe_its_bytes(
    site_files: tuple[SiteFile, ...], observe: Callable[[str, Any], None]
) -> None:
    """Headers have a file's three checksums, its name, its SHA-1 as ETag; an object store's checksums are not wrong."""
    for one in site_files:
        link, file = one.link, one.answer
        headers = file.headers
        digests = {
            name: hashlib.new(name, file.body, usedforsecurity=False).hexdigest() for name in ("md5", "sha1", "sha256")
        }
        told = {name: headers.get(f"X-Checksum-{name.title()}") for name in digests}
        if file.redirects:  # the other headers are the object store's own (F-08)
            observe(f"{one.index.repository}: redirected", sorted(headers))
            assert {name: digest or digests[name] for name, digest in told.items()} == digests
            continue

        assert told == digests
        assert headers.get("ETag") == digests["sha1"]
        assert headers.get("Accept-Ranges") == "bytes"
        assert unquote(headers.get("X-Artifactory-Filename", "")) == link.filename
        assert headers.get("Content-Type", "").startswith("application/"), headers.get("Content-Type")


@relied_on("F-01", "F-10", "release 7")
def test_name_that_a_file_is_saved_under_is_its_own(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Content-Disposition, where there is one, names the file as its link does, also with `+` and `!` in it."""
    offered = [catalog.publish("curated-thing", "1!1.0+local.2"), catalog.publish("curated-thing", "2.0", kind="sdist")]
    remote, _, virtual, user = lab.set_up(catalog)

    for repository in (remote, virtual):
        for one in offered:
            file = user.fetch(user.page(repository, "curated-thing").link_to(one.filename))
            assert_served(file)
            told = file.headers.get("Content-Disposition", "")
            observe(one.filename, told)
            assert named_in(told) in {"", one.filename}, told


@pytest.mark.usefixtures("artifactory")
@relied_on("F-04", "release 3", "T31")
def test_date_of_a_file_is_a_date_in_gmt_and_stays(downloads: Identity, site_files: tuple[SiteFile, ...]) -> None:
    """Last-Modified of a file is a date in GMT, and the same the next time."""
    for one in site_files:
        link, file = one.link, one.answer

        told = file.headers.get("Last-Modified", "")
        assert told.endswith(" GMT"), f"{one}: {told!r}"
        assert parsedate_to_datetime(told).utcoffset() is not None
        assert downloads.fetch(link).headers.get("Last-Modified") == told


@relied_on("F-02", "F-03", "row 63", observes=True)
def test_other_headers_of_files(site_files: tuple[SiteFile, ...], observe: Callable[[str, Any], None]) -> None:
    """How long clients may keep a file, and where its headers say that it came from, is recorded."""
    for one in site_files:
        names = ("Cache-Control", "X-Artifactory-Origin-Remote-Path", "X-Artifactory-Node-Id", "Server")
        observe(
            str(one.index.repository), {name: one.answer.headers[name] for name in names if name in one.answer.headers}
        )


@relied_on("row 15", "F-05", "T31", builds_on=[STORED_LOCALLY])
def test_head_of_a_file_says_what_get_says(
    downloads: Identity, site_files: tuple[SiteFile, ...], observe: Callable[[str, Any], None]
) -> None:
    """HEAD of a file has no content, and GET's length, checksums and validators, if GET is not redirected."""
    for one in site_files:
        link = one.link
        # Once more: the first answer may have been passed on as it came from the catalog, with the headers from there.
        file = downloads.fetch(link)

        head = downloads.head(link.url)  # as uv asks before it downloads

        assert not head.body, str(head)
        if file.redirects:  # what the object store says to HEAD is its own (F-08)
            observe(f"{one.index.repository}: redirected", f"HEAD {head.status}")
            assert head.status < 500, str(head)
            continue
        assert head.status == 200, str(head)
        assert head.headers.get("Content-Length") == str(len(file.body))
        for name in ("ETag", "Last-Modified", "Accept-Ranges", "X-Checksum-Sha256", "Content-Type"):
            assert head.headers.get(name) == file.headers.get(name), name


@relied_on("row 15", "F-05", "B15", "A14")
def test_head_of_a_file_that_nobody_has_cached(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """HEAD of a file that nobody has cached finds it, and tells no wrong length; then the file comes whole."""
    remote, _, virtual, user = lab.set_up(catalog)
    for repository in (remote, virtual):
        wheel = catalog.publish_new()
        link = user.page(repository, wheel.project).link_to(wheel.filename)

        head = user.head(link.url)

        name = type(repository).__name__
        observe(f"{name}: cached by it", remote.cache.holds_file(wheel.filename))
        observe(
            f"{name}: the catalog was asked",
            [r.method for r in catalog.journal.requests() if r.path.endswith(wheel.filename)],
        )
        observe(f"{name}: its length", head.headers.get("Content-Length", "not told"))
        assert head.status == 200, str(head)
        assert not head.body, str(head)
        assert head.headers.get("Content-Length", str(wheel.size)) == str(wheel.size), str(head.headers)
        assert_has_bytes(user.fetch(link), wheel)


@pytest.mark.usefixtures("artifactory")
@relied_on("U-20", "B-51", "A70", "A71", "A72")
def test_checksum_of_a_file_is_right_or_missing(
    downloads: Identity, site_files: tuple[SiteFile, ...], observe: Callable[[str, Any], None]
) -> None:
    """What is served as a file's checksum is its checksum; where there is none, it is refused.

    A virtual with a member that the account may not read can answer 403 for what no other member has (V-07).
    """
    for one in site_files:
        link, file = one.link, one.answer

        for name in ("sha256", "sha1", "md5"):
            answer = downloads.get(f"{link.url}.{name}")
            observe(f"{one.index.repository}: .{name}", answer.status)
            digest = hashlib.new(name, file.body, usedforsecurity=False).hexdigest()
            may_hide = isinstance(one.index.repository, VirtualRepository)
            refused = answer.status == 404 or (answer.status == 403 and may_hide)
            assert refused or (answer.status == 200 and answer.text.strip() == digest), str(answer)
        observe(f"{one.index.repository}: .sha1.md5", downloads.get(f"{link.url}.sha1.md5").status)


@relied_on("U-20", "B-51", "A71", builds_on=["protocol.each_link_states_a_sha256"])
def test_checksum_of_a_file_that_nobody_has_cached_is_right_or_missing(
    downloads: Identity, remote_index: RemoteRepository, uncached_file: Link, observe: Callable[[str, Any], None]
) -> None:
    """The checksum of a file that nobody has cached is right or missing, and asking for it spoils nothing."""
    answer = downloads.get(f"{uncached_file.url}.sha256")

    observe("answer", answer.status)
    observe("cached by it", remote_index.cache.holds_file(uncached_file.filename))
    assert answer.status in {200, 404}, str(answer)
    assert answer.status == 404 or answer.text.strip() == uncached_file.sha256, str(answer)
    file = downloads.fetch(uncached_file)
    assert_served(file)
    assert hashlib.sha256(file.body).hexdigest() == uncached_file.sha256, str(file)


@relied_on("row 8", "U-09", "U-10", "B-13", "B-27", "B-50")
def test_link_to_a_local_file_works_whatever_form_it_has(
    downloads: Identity,
    local_index: LocalRepository,
    known_internal_project: str,
    small_files: Callable[..., tuple[Link, ...]],
    observe: Callable[[str, Any], None],
) -> None:
    """The link to an internal file works; which of its two forms the page has, and whether both work, is recorded."""
    with control("the page lists a file"):
        link = small_files(downloads.page(local_index, known_internal_project))[0]
    base = f"{downloads.index_url(local_index).removesuffix('simple')}"
    below = link.url.removeprefix(base).removeprefix("packages/")

    observe("the page has", link.href.partition("#")[0].replace(below, "<path>"))
    for form in ("", "packages/"):
        observe(f"{form}<path>", downloads.get(f"{base}{form}{below}").status)
    assert_served(downloads.fetch(link))


@relied_on("D3", "U-11", "C-06", "B-49", "A101")
def test_what_is_cached_is_seen_under_the_caches_key(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A cached file is stored and served under `<key>-cache`; what the storage API says of other keys is recorded."""
    wheel, other = catalog.publish("curated-thing"), catalog.publish_new()
    remote, _, virtual, user = lab.set_up(catalog)
    file = user.fetch_ok(user.page(remote, "curated-thing").link_to(wheel.filename))
    cold = user.page(remote, other.project).link_to(other.filename)
    path = remote.cache.path_of(wheel.filename)

    assert path is not None, f"not in {remote.cache.key}: {remote.cache.paths()}"
    assert remote.cache.sha256(path) == wheel.sha256
    assert user.get(f"{remote.key}-cache/{path}").body == file.body
    assert other.filename not in [stored.rpartition("/")[2] for stored in remote.cache.paths()]

    for key in (remote.key, virtual.key):
        observe(type(remote).__name__ if key == remote.key else "virtual", user.get(f"api/storage/{key}/{path}").status)
    observe("its properties", user.get(f"api/storage/{remote.key}-cache/{path}?properties").status)
    observe(
        "a file that nobody has cached, below the cache's key", user.get(f"{remote.key}-cache/{other.filename}").status
    )
    assert_served(user.fetch(cold))
