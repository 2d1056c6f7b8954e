"""Opening what somebody has sent: nothing is unpacked to a disk, everything is bounded, and nothing is believed."""

from __future__ import annotations

import hashlib
import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from artifactory_conformance.support.bundle import FORMAT, MANIFEST

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a bundle or a results.json; a bundle has a tenth of that."""
LARGEST_MEMBER = 64 * 1024 * 1024
"""Bytes that a member may have when it is unpacked."""
LARGEST_CONTENT = 128 * 1024 * 1024
"""The same of all members together."""
MOST_MEMBERS = 32

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_KINDS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class NotUsable(Exception):
    """It is neither a bundle nor a results.json that can be used; the message is the rest of a sentence about it."""


def results_in(file: Path) -> Mapping[str, Any]:
    """Give the data of a results.json, or of the one in a bundle whose members are all as its manifest says.

    Raises NotUsable.
    """
    content = _content(file)
    if content[:2] != b"PK":
        return _object(content, "is neither a support bundle nor a results.json")
    members = _members(content)
    _compare(members)
    if "results.json" not in members:
        raise NotUsable("has no results.json")
    return _object(members["results.json"], "has a results.json that is no JSON")


def _content(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise NotUsable("is no file" if file.exists() else "is not there")
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise NotUsable(f"cannot be read: {getattr(error, 'strerror', None) or 'no name of a file'}") from error
    if len(content) > LARGEST_FILE:
        raise NotUsable(f"is too large: more than {LARGEST_FILE} bytes")
    return content


def _members(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse(entries)
            members: dict[str, bytes] = {}
            for entry in entries:
                with archive.open(entry) as file:
                    members[entry.filename] = file.read(LARGEST_MEMBER + 1)
                _refuse_size(members)
            return members
    except NotUsable:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        raise NotUsable(f"is damaged: {str(error)[:120] or type(error).__name__}") from error
    except Exception as error:  # a made-up archive can break zipfile in other ways, and none of them is the reader's
        raise NotUsable(f"is damaged: {type(error).__name__}") from error


def _refuse(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_MEMBERS:
        raise NotUsable(f"is no support bundle: {len(entries)} members, and {MOST_MEMBERS} is the most")
    names = [entry.filename for entry in entries]
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if (
            not _NAME.fullmatch(entry.filename)
            or entry.orig_filename != entry.filename
            or kind not in {0, stat.S_IFREG}
        ):
            raise NotUsable(f"is no support bundle: member {entry.filename[:80]!r} is a path, or no file")
        if entry.flag_bits & 1 or entry.compress_type not in _KINDS:
            raise NotUsable(f"is no support bundle: member {entry.filename} is encrypted, or packed otherwise")
    if len(set(names)) < len(names):
        raise NotUsable("is no support bundle: two members have the same name")
    if sum(entry.file_size for entry in entries) > LARGEST_CONTENT:
        raise NotUsable(f"is too large: it would unpack to more than {LARGEST_CONTENT} bytes")


def _refuse_size(members: Mapping[str, bytes]) -> None:
    """What an archive says about its sizes is one thing, what comes out of it another."""
    sizes = [len(content) for content in members.values()]
    if max(sizes) > LARGEST_MEMBER or sum(sizes) > LARGEST_CONTENT:
        raise NotUsable("is too large: it unpacks to more than a bundle has")


def _compare(members: Mapping[str, bytes]) -> None:
    """Compare every member with what the manifest says of it."""
    if MANIFEST not in members:
        raise NotUsable(f"is no support bundle: it has no {MANIFEST}")
    manifest = _object(members[MANIFEST], f"has a {MANIFEST} that is no JSON")
    if manifest.get("format") != FORMAT:
        raise NotUsable(f"has format {str(manifest.get('format'))[:20]}, and this version reads {FORMAT}")
    listed = manifest.get("members")
    if not isinstance(listed, dict) or set(listed) != set(members) - {MANIFEST}:
        raise NotUsable(f"is damaged or was changed: its members are not those of its {MANIFEST}")
    for name, said in listed.items():
        if not isinstance(said, dict) or said.get("sha256") != hashlib.sha256(members[name]).hexdigest():
            raise NotUsable(f"is damaged or was changed: {name} has another SHA-256 than {MANIFEST} says")


def _object(content: bytes, otherwise: str) -> Mapping[str, Any]:
    try:
        data = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotUsable(otherwise) from error
    if not isinstance(data, dict):
        raise NotUsable(otherwise)
    return data
