"""Looking for secrets in what lies on a disk, whatever its coding: text of eight or sixteen bits, packed or not."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator

from artifactory_conformance.evidence.redaction import Redactor

LARGEST_UNPACKED = 256 * 1024 * 1024
"""Bytes of a packed file that are looked through: what is longer than that cannot be called free of secrets."""


def holds_secret(content: bytes, redactor: Redactor) -> bool:
    """Tell whether a known secret is in a file's bytes, in any encoding.

    True also for what is packed and does not unpack to LARGEST_UNPACKED bytes at most: it cannot be looked through.
    """
    try:
        return any(redactor.found_in(text) for part in _unpacked(content) for text in _texts(part))
    except _TooLong:
        return True


class _TooLong(Exception):
    """There is more to unpack than can be looked through."""


def _texts(content: bytes) -> Iterator[str]:
    yield content.decode("utf-8", "replace")
    if b"\0" in content:  # else it is no text of sixteen bits that anybody has written in Latin letters
        for start in (0, 1):
            for coding in ("utf-16-le", "utf-16-be"):
                yield content[start:].decode(coding, "replace")


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Give the bytes as they are, and each member of an archive."""
    yield content
    try:
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield "\n".join(archive.namelist()).encode("utf-8", "replace")
                for member in archive.infolist():
                    with archive.open(member) as file:
                        yield _bounded(file.read(LARGEST_UNPACKED + 1))
        elif content.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(content)) as file:
                yield _bounded(file.read(LARGEST_UNPACKED + 1))
    except (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return  # damaged or locked: nobody else reads it either


def _bounded(content: bytes) -> bytes:
    if len(content) > LARGEST_UNPACKED:
        raise _TooLong
    return content
