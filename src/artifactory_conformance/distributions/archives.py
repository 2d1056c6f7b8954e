"""Archives whose bytes depend on their members alone: fixed dates, owners and modes, and nothing compressed.

Nothing is compressed because the output of zlib differs between its releases; so the same specification gives the same
bytes, and the same SHA-256 in a report, on every machine.
"""

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o100644
_STORED_BLOCK = 0xFFFF


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """A ZIP file with these members in this order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.create_system = 3
            entry.external_attr = _FILE_MODE << 16
            archive.writestr(entry, content)
    return target.getvalue()


def tar_gz_of(members: Mapping[str, bytes]) -> bytes:
    """A gzipped tar file with these members in this order."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            entry.mode = _FILE_MODE & 0o777
            archive.addfile(entry, io.BytesIO(content))
    return _gzip_of(target.getvalue())


def _gzip_of(content: bytes) -> bytes:
    """RFC 1952 around stored blocks of RFC 1951: no date, no name, operating system unknown."""
    parts = [b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"]
    for start in range(0, len(content), _STORED_BLOCK):
        block = content[start : start + _STORED_BLOCK]
        is_last = start + _STORED_BLOCK >= len(content)
        parts += [struct.pack("<BHH", is_last, len(block), len(block) ^ 0xFFFF), block]
    parts.append(struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF))
    return b"".join(parts)
