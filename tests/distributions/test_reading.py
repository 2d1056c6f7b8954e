"""Ready-made files are read for what a project page says about them."""

import io
import tarfile
import zipfile

import pytest

from artifactory_conformance.distributions import DistributionSpec, UnreadableDistribution, build_wheel
from artifactory_conformance.distributions.reading import read_distribution


def zipped(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return target.getvalue()


def test_zip_sdist_of_the_old_kind_is_read():
    content = zipped(**{"Old.Name-1.0__PKG-INFO": "Metadata-Version: 1.2\nRequires-Python: >=2.7 \n"})

    sdist = read_distribution("Old.Name-1.0.zip", content)

    assert (sdist.project, sdist.version, sdist.requires_python) == ("old-name", "1.0", ">=2.7")


def test_sdist_without_metadata_has_no_requires_python():
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("example-1.0/setup.py"))

    assert read_distribution("example-1.0.tar.gz", target.getvalue()).requires_python is None


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("example.whl", b""),
        ("example-1.0.exe", b""),
        ("example-1.0-py3-none-any.whl", b"no archive"),
        ("example-1.0.tar.gz", b"no archive"),
        ("example-1.0.zip", b"no archive"),
        ("example-1.0-py3-none-any.whl", zipped(example="")),
        ("example-1.0-py3-none-any.whl", build_wheel(DistributionSpec("example", filler=1000)).content[:900]),
    ],
)
def test_what_is_no_distribution_is_refused_by_its_name(filename, content):
    with pytest.raises(UnreadableDistribution, match="example"):
        read_distribution(filename, content)
