"""A folder of real wheels and sdists, offered by every organization."""

from pathlib import Path

from artifactory_conformance.distributions import UnreadableDistribution, read_distribution
from artifactory_conformance.distributions.reading import SUFFIXES
from artifactory_conformance.upstream.shelf import PublishedFile


class UnusableFolder(Exception):
    """The folder does not exist, has no distributions, or has one that cannot be read."""


def read_folder(folder: Path) -> tuple[PublishedFile, ...]:
    """Read the distributions that lie directly in `folder`, once. Raises UnusableFolder."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIXES) and path.is_file())
        files = tuple(_read(path) for path in paths)
    except OSError as error:
        raise UnusableFolder(f"the folder of the catalog cannot be read: {error}") from error
    except UnreadableDistribution as error:
        raise UnusableFolder(f"the folder of the catalog has a file that is no distribution: {error}") from error
    if not files:
        raise UnusableFolder(f"the folder of the catalog has no wheels and no sdists: {folder}")
    return files


def _read(path: Path) -> PublishedFile:
    return PublishedFile(read_distribution(path.name, path.read_bytes()), published=int(path.stat().st_mtime))
