"""Source distributions, PEP 625, that bring their own build backend: they need nothing but what the spec asks for."""

import json

from packaging.requirements import Requirement

from artifactory_conformance.distributions.archives import tar_gz_of
from artifactory_conformance.distributions.content import metadata_of
from artifactory_conformance.distributions.specification import Distribution, DistributionKind, DistributionSpec
from artifactory_conformance.distributions.wheel import wheel_filename, wheel_members

_PYPROJECT = """\
[build-system]
requires = {requires}
build-backend = "wheel_of_members"
backend-path = ["."]
"""

# The sdist carries the members of its wheel, so the backend has only to pack them. It is a program of its own that runs
# where this project is not installed, hence its own copy of the few lines that write a ZIP file.
_BACKEND = '''\
"""Pack the files below members/ into the wheel that they are."""

import importlib
import os
import zipfile

FILENAME = {filename!r}
DIST_INFO = {dist_info!r}
NEEDED = {needed!r}


def _read(name):
    with open(os.path.join("members", *name.split("/")), "rb") as stream:
        return stream.read()


def _names():
    record = _read(DIST_INFO + "/RECORD").decode()
    return [line.rsplit(",", 2)[0] for line in record.splitlines()]


def get_requires_for_build_wheel(config_settings=None):
    return []


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    os.makedirs(os.path.join(metadata_directory, DIST_INFO))
    for name in _names():
        if name.startswith(DIST_INFO + "/") and not name.endswith("/RECORD"):
            with open(os.path.join(metadata_directory, name), "wb") as stream:
                stream.write(_read(name))
    return DIST_INFO


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    for module in NEEDED:  # what the build requires has to be there, not only to be named
        importlib.import_module(module)
    with zipfile.ZipFile(os.path.join(wheel_directory, FILENAME), "w") as archive:
        for name in _names():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, _read(name))
    return FILENAME


class UnsupportedOperation(Exception):
    pass


def build_sdist(sdist_directory, config_settings=None):
    raise UnsupportedOperation("this is an sdist already")
'''


def build_sdist(spec: DistributionSpec) -> Distribution:
    """Build the sdist that the specification describes; `build_wheel` of it gives the bytes of our `build_wheel`."""
    root = spec.file_stem
    needed = [DistributionSpec(project=Requirement(text).name).package for text in spec.build_requires]
    dist_info = f"{spec.file_stem}.dist-info"
    backend = _BACKEND.format(filename=wheel_filename(spec), dist_info=dist_info, needed=needed)
    members = {
        f"{root}/PKG-INFO": metadata_of(spec),
        f"{root}/pyproject.toml": _PYPROJECT.format(requires=json.dumps(spec.build_requires)).encode(),
        f"{root}/wheel_of_members.py": backend.encode(),
    }
    members |= {f"{root}/members/{name}": content for name, content in wheel_members(spec).items()}
    return Distribution(
        project=spec.normalized_project,
        version=spec.normalized_version,
        filename=f"{spec.file_stem}.tar.gz",
        content=tar_gz_of(members),
        requires_python=spec.requires_python,
        kind=DistributionKind.SDIST,
    )
