"""Real pip installs what is built, without a network."""

import subprocess
import sys
import zipfile

import pytest

from artifactory_conformance.distributions import DistributionSpec, build_sdist, build_wheel

SPEC = DistributionSpec(
    "Example.Pkg",
    "1.2.post3+local.1",
    requires=("other-thing>=2",),
    requires_python=">=3.8",
    extras={"more": ("absent-thing",)},
    entry_points={"example-run": "example_pkg:main", "example-deep": "example_pkg.deep.cli:main"},
    filler=100_000,
)


@pytest.fixture
def pip(tmp_path):
    """Run pip in a sealed environment with a folder of distributions as its only source."""
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PIP_CONFIG_FILE": "/dev/null"}

    def run(*arguments):
        command = [sys.executable, "-m", "pip", *arguments, "--no-index", "--no-cache-dir", "--no-input", "-q"]
        command += ["--disable-pip-version-check", "--find-links", str(tmp_path / "links")]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr

    return run


@pytest.fixture
def links(tmp_path):
    """Put distributions into the folder that pip reads."""
    folder = tmp_path / "links"
    folder.mkdir()

    def put(*distributions):
        for distribution in distributions:
            (folder / distribution.filename).write_bytes(distribution.content)

    return put


@pytest.mark.parametrize("build", [build_wheel, build_sdist])
def test_pip_installs_it_with_its_requirement_and_the_scripts_run(build, pip, links, tmp_path):
    links(build(SPEC), build(DistributionSpec("other.thing", "2.0")))
    target = tmp_path / "target"

    pip("install", "example-pkg", "--target", str(target))

    for script in ("example-run", "example-deep"):
        done = subprocess.run(
            [target / "bin" / script], env={"PYTHONPATH": str(target)}, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (0, "example-pkg 1.2.post3+local.1\n"), done.stderr
    assert (target / "other_thing" / "__init__.py").exists()
    assert len((target / "example_pkg" / "filler.bin").read_bytes()) == 100_000


def test_wheel_that_pip_builds_from_the_sdist_is_our_wheel(pip, links, tmp_path):
    links(build_sdist(SPEC))

    pip("wheel", "example-pkg", "--no-deps", "--wheel-dir", str(tmp_path))

    wheel = build_wheel(SPEC)
    assert (tmp_path / wheel.filename).read_bytes() == wheel.content
    assert zipfile.is_zipfile(tmp_path / wheel.filename)
