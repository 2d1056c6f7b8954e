"""What is built is what the specification says, with the same bytes every time."""

import csv
import hashlib
import io
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.utils import canonicalize_name, parse_sdist_filename, parse_wheel_filename
from packaging.version import Version

from artifactory_conformance.distributions import (
    DistributionKind,
    DistributionSpec,
    InvalidDistributionSpec,
    build_sdist,
    build_wheel,
    read_distribution,
)

BUILDERS = [build_wheel, build_sdist]

names = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,30}[A-Za-z0-9])?", fullmatch=True)
versions = st.from_regex(
    r"([1-9]!)?[0-9]{1,4}(\.[0-9]{1,3}){0,3}((a|b|rc)[0-9])?(\.post[0-9])?(\.dev[0-9])?(\+[a-z0-9]{1,5}([.-][a-z0-9]{1,3})?)?",
    fullmatch=True,
)


@given(project=names, version=versions)
def test_file_name_of_a_wheel_is_read_back_by_packaging(project, version):
    wheel = build_wheel(DistributionSpec(project, version))

    name, parsed, build, tags = parse_wheel_filename(wheel.filename)

    assert (name, parsed, build) == (canonicalize_name(project), Version(version), ())
    assert {str(tag) for tag in tags} == {"py3-none-any"}
    assert (wheel.project, wheel.version) == (name, str(parsed))


@given(project=names, version=versions)
def test_file_name_of_an_sdist_is_read_back_by_packaging(project, version):
    sdist = build_sdist(DistributionSpec(project, version))

    assert parse_sdist_filename(sdist.filename) == (canonicalize_name(project), Version(version))
    assert sdist.filename.count("-") == 1


@settings(max_examples=20)
@given(project=names, version=versions, filler=st.integers(0, 200_000))
@pytest.mark.parametrize("build", BUILDERS)
def test_two_builds_have_the_same_bytes(build, project, version, filler):
    spec = DistributionSpec(project, version, filler=filler, entry_points={"run": "other.cli:main"})

    assert build(spec).content == build(spec).content


@pytest.mark.parametrize(
    ("build", "sha256"),
    [
        (build_wheel, "d3ff2aa5df71"),
        (build_sdist, "faf149e24416"),
    ],
)
def test_bytes_are_the_same_on_every_machine(build, sha256):
    spec = DistributionSpec("Example.Pkg", "1.0", ("other>=2",), ">=3.8", entry_points={"run": "example_pkg:main"})

    assert build(spec).sha256.startswith(sha256)


@pytest.mark.parametrize("build", BUILDERS)
def test_another_variant_has_the_same_name_and_other_bytes(build):
    one, other = build(DistributionSpec("example", variant="a")), build(DistributionSpec("example", variant="b"))

    assert one.filename == other.filename
    assert one.sha256 != other.sha256


@pytest.mark.parametrize("build", BUILDERS)
def test_filler_makes_the_file_so_much_longer(build):
    small, large = build(DistributionSpec("example")), build(DistributionSpec("example", filler=500_000))

    assert 500_000 <= len(large.content) - len(small.content) < 501_000 + len(small.content)


@pytest.mark.parametrize("build", BUILDERS)
def test_content_is_not_shown(build):
    distribution = build(DistributionSpec("example"))

    assert "content" not in repr(distribution)
    assert hashlib.sha256(distribution.content).hexdigest() == distribution.sha256


def test_record_lists_every_member_with_its_hash():
    wheel = build_wheel(DistributionSpec("example", entry_points={"run": "example.cli:main"}, filler=10))

    with zipfile.ZipFile(io.BytesIO(wheel.content)) as archive:
        assert archive.testzip() is None
        record = archive.read("example-1.0.dist-info/RECORD").decode()
        rows = {name: (digest, size) for name, digest, size in csv.reader(record.splitlines())}
        assert list(rows) == archive.namelist()
        for name, (_, size) in rows.items():
            assert size == "" if name.endswith("/RECORD") else int(size) == len(archive.read(name))


def test_metadata_says_what_is_required_and_by_which_extra():
    spec = DistributionSpec(
        "example",
        requires=("other>=2",),
        requires_python=">=3.8,<4",
        extras={"Fast_Lane": ('speed; python_version < "3.9" or sys_platform == "linux"', "more[x] @ https://h/f.whl")},
    )
    with zipfile.ZipFile(io.BytesIO(build_wheel(spec).content)) as archive:
        lines = archive.read("example-1.0.dist-info/METADATA").decode().splitlines()

    assert "Metadata-Version: 2.1" in lines
    assert "Requires-Python: >=3.8,<4" in lines
    assert "Requires-Dist: other>=2" in lines
    assert "Provides-Extra: fast-lane" in lines
    condition = '(python_version < "3.9" or sys_platform == "linux") and extra == "fast-lane"'
    assert f"Requires-Dist: speed ; {condition}" in lines
    assert 'Requires-Dist: more[x] @ https://h/f.whl ; extra == "fast-lane"' in lines


def test_compressed_tags_are_written_out_in_the_wheel_file():
    spec = DistributionSpec("example", tag="cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64")
    with zipfile.ZipFile(io.BytesIO(build_wheel(spec).content)) as archive:
        lines = archive.read("example-1.0.dist-info/WHEEL").decode().splitlines()

    assert "Root-Is-Purelib: false" in lines
    assert lines[-2:] == ["Tag: cp311-cp311-manylinux2014_x86_64", "Tag: cp311-cp311-manylinux_2_17_x86_64"]


def test_sdist_lies_in_one_folder_and_brings_its_own_backend():
    sdist = build_sdist(DistributionSpec("Example.Pkg", "1.0"))
    with tarfile.open(fileobj=io.BytesIO(sdist.content), mode="r:gz") as archive:
        names = archive.getnames()

    assert {name.split("/")[0] for name in names} == {"example_pkg-1.0"}
    assert {"example_pkg-1.0/PKG-INFO", "example_pkg-1.0/pyproject.toml"} <= set(names)


@pytest.mark.parametrize("build", BUILDERS)
@pytest.mark.parametrize("requires_python", [None, ">=3.8, !=3.9.*"])
def test_what_was_built_is_read_back_the_same(build, requires_python):
    built = build(DistributionSpec("Example.Pkg", "2.0rc1", requires_python=requires_python))

    assert read_distribution(built.filename, built.content) == built
    assert built.kind is (DistributionKind.WHEEL if build is build_wheel else DistributionKind.SDIST)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"project": "-x"}, "project"),
        ({"project": "a[b]"}, "project"),
        ({"version": "one"}, "version"),
        ({"requires": ("other =< 2",)}, "requires"),
        ({"requires": ("other\nName: evil",)}, "requires"),
        ({"requires_python": "three"}, "requires_python"),
        ({"requires_python": ">=3\n"}, "requires_python"),
        ({"extras": {"x y": ()}}, "extras"),
        ({"entry_points": {"run": "module"}}, "entry_points"),
        ({"entry_points": {"a b": "m:f"}}, "entry_points"),
        ({"entry_points": {"run": "m:class"}}, "entry_points"),
        ({"tag": "py3-none"}, "tag"),
        ({"filler": -1}, "filler"),
    ],
)
def test_impossible_field_is_refused_by_its_name(fields, named):
    with pytest.raises(InvalidDistributionSpec, match=f"^{named}:"):
        DistributionSpec(**{"project": "example", **fields})
