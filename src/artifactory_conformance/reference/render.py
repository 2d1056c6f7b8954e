"""Pages as Artifactory writes them, in HTML (H-01 to H-07, H-03, H-12) and in JSON (J-01, J-05)."""

import json
from collections.abc import Iterable, Mapping
from html import escape

from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, parse_sdist_filename, parse_wheel_filename

from artifactory_conformance.reference.links import FileLink

_HEAD = '<!DOCTYPE html>\n<html><head><title>Simple Index</title><meta name="api-version" value="2" /></head><body>\n'
_FOOT = "</body></html>"


def project_html(links: Iterable[FileLink]) -> str:
    """A project page: one anchor per line, sorted by file name (H-04, H-07)."""
    ordered = sorted(links, key=lambda link: link.filename)
    return _HEAD + "".join(_file_anchor(link) for link in ordered) + _FOOT


def _file_anchor(link: FileLink) -> str:
    attributes = {
        "data-requires-python": link.requires_python or None,
        "data-yanked": "" if link.yanked is True else link.yanked or None,
        "data-gpg-sig": None if link.gpg_sig is None else str(link.gpg_sig).lower(),
        "data-core-metadata": link.metadata or None,
        "data-dist-info-metadata": link.metadata or None,
    }
    told = "".join(f' {name}="{_escaped(value)}"' for name, value in attributes.items() if value is not None)
    return f'<a href="{escape(link.href)}"{told} rel="internal">{_escaped(link.filename)}</a>\n'


def _escaped(text: str) -> str:
    return escape(text, quote=True)


def root_html(names: Mapping[str, str]) -> str:
    """A root page: bare names without a slash (H-05); the values are the names' requires-python."""
    lines = []
    for name, python in sorted(names.items()):
        attribute = f' data-requires-python="{_escaped(python)}"' if python else ""
        lines.append(f'<a href="{_escaped(name)}"{attribute} rel="internal">{_escaped(name)}</a>\n')
    return _HEAD + "".join(lines) + _FOOT


def project_json(name: str, links: Iterable[FileLink], version: str) -> bytes:
    """A PEP 691 page with relative URLs (J-05). 1.1 is only claimed where it can be kept: it wants every size."""
    files = [_file_entry(link) for link in sorted(links, key=lambda one: one.filename)]
    if any("size" not in entry for entry in files):
        version = "1.0"
    page: dict[str, object] = {"meta": {"api-version": version}, "name": name, "files": files}
    if version == "1.1":
        page["versions"] = sorted({_version_of(link.filename) for link in links} - {""})
    return json.dumps(page).encode()


def _file_entry(link: FileLink) -> dict[str, object]:
    url, _, _ = link.href.partition("#")
    algorithm, _, value = link.metadata.partition("=")
    known = {
        "requires-python": link.requires_python,
        "yanked": link.yanked,
        "upload-time": link.upload_time,
        "core-metadata": {algorithm: value} if value else bool(link.metadata),
        "gpg-sig": link.gpg_sig,
        "size": link.size,
    }
    told = {
        name: value for name, value in known.items() if value or (name in ("size", "gpg-sig") and value is not None)
    }
    return {"filename": link.filename, "url": url, "hashes": dict(link.hashes), **told}


def _version_of(filename: str) -> str:
    try:
        if filename.endswith(".whl"):
            return str(parse_wheel_filename(filename)[1])
        return str(parse_sdist_filename(filename)[1])
    except (InvalidWheelFilename, InvalidSdistFilename):
        return ""


def root_json(names: Iterable[str]) -> bytes:
    """The root page of PEP 691."""
    projects = [{"name": name} for name in sorted(names)]
    return json.dumps({"meta": {"api-version": "1.0"}, "projects": projects}).encode()
