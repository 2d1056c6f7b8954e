"""Read a ready-made wheel or sdist: what its name says, and the Requires-Python that its metadata says."""

import email
import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, parse_sdist_filename, parse_wheel_filename
from packaging.version import InvalidVersion

from artifactory_conformance.distributions.specification import Distribution, DistributionKind

SUFFIXES = (".whl", ".tar.gz", ".zip")
"""How the name of a distribution ends; `.zip` is an sdist of the old kind, and catalogs have them (U12)."""


class UnreadableDistribution(ValueError):
    """The file is not a wheel or sdist; the text has its name and what is wrong with it."""


def read_distribution(filename: str, content: bytes) -> Distribution:
    """Make a Distribution of a file. Raises UnreadableDistribution; an sdist may lack PKG-INFO."""
    try:
        if filename.endswith(".whl"):
            kind = DistributionKind.WHEEL
            project, version, _, _ = parse_wheel_filename(filename)
        else:
            kind = DistributionKind.SDIST
            project, version = parse_sdist_filename(filename)
        metadata = _reader(filename)(content)
    except (InvalidWheelFilename, InvalidSdistFilename, InvalidVersion) as error:
        raise UnreadableDistribution(str(error)) from error
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise UnreadableDistribution(f"{filename} cannot be unpacked: {error}") from error
    if metadata is None and kind is DistributionKind.WHEEL:
        raise UnreadableDistribution(f"{filename} has no METADATA")
    requires_python = email.message_from_bytes(metadata or b"")["Requires-Python"]
    return Distribution(
        project=project,
        version=str(version),
        filename=filename,
        content=content,
        requires_python=None if requires_python is None else str(requires_python).strip(),
        kind=kind,
    )


def _reader(filename: str) -> Callable[[bytes], bytes | None]:
    if filename.endswith(".tar.gz"):
        return _metadata_in_tar
    return _metadata_in_wheel if filename.endswith(".whl") else _metadata_in_zip


def _metadata_in_wheel(content: bytes) -> bytes | None:
    return _zip_member(content, lambda parts: parts[0].endswith(".dist-info") and parts[1] == "METADATA")


def _metadata_in_zip(content: bytes) -> bytes | None:
    return _zip_member(content, lambda parts: parts[1] == "PKG-INFO")


def _zip_member(content: bytes, is_wanted: Callable[[list[str]], bool]) -> bytes | None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            parts = name.split("/")
            if len(parts) == 2 and is_wanted(parts):
                return archive.read(name)
    return None


def _metadata_in_tar(content: bytes) -> bytes | None:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        for member in archive:
            parts = member.name.removeprefix("./").split("/")
            if len(parts) == 2 and parts[1] == "PKG-INFO" and (stream := archive.extractfile(member)) is not None:
                return stream.read()
    return None
