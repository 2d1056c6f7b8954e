"""The metadata inside a distribution, as far as a project page needs it (N-01, H-08, T-05, T-08)."""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Mapping
from email.parser import HeaderParser

from packaging.utils import canonicalize_name

_LARGEST = 4 * 1024 * 1024
_UNREADABLE = (zipfile.BadZipFile, tarfile.TarError, OSError, EOFError, zlib.error, KeyError, NotImplementedError)


def properties_of(file_name: str, content: bytes) -> dict[str, str]:
    """The `pypi.*` properties that the file itself gives, empty if it has no readable metadata (T-05)."""
    text = metadata_of(file_name, content).decode("utf-8", "replace")
    return _properties(dict(HeaderParser().parsestr(text).items())) if text else {}


def _properties(headers: Mapping[str, str]) -> dict[str, str]:
    name = headers.get("Name", "")
    if not name:
        return {}
    found = {
        "pypi.name": name,
        "pypi.normalized.name": str(canonicalize_name(name)),
        "pypi.version": headers.get("Version", ""),
        "pypi.summary": headers.get("Summary", ""),
        "pypi.requires.python": headers.get("Requires-Python", ""),
    }
    return {key: value for key, value in found.items() if value}


def metadata_of(file_name: str, content: bytes) -> bytes:
    """The metadata file inside a distribution, empty if there is none that can be read."""
    try:
        return _metadata(file_name, content)
    except _UNREADABLE:
        return b""


def _metadata(file_name: str, content: bytes) -> bytes:
    if file_name.endswith((".whl", ".egg", ".zip")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            member = _best(archive.namelist())
            return archive.open(member).read(_LARGEST) if member else b""
    if file_name.endswith((".tar.gz", ".tgz", ".tar.bz2", ".tar")):
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            member = _best(archive.getnames())
            stream = archive.extractfile(member) if member else None
            return stream.read(_LARGEST) if stream else b""
    return b""


def _best(names: list[str]) -> str:
    """The member that holds the metadata: the one that lies least deep."""
    wanted = [name for name in names if name.endswith((".dist-info/METADATA", "PKG-INFO"))]
    return min(wanted, key=lambda name: name.count("/"), default="")
