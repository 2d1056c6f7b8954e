"""A private /etc holds what the machine's does and one file of ours, and nobody else sees it."""

import subprocess
from pathlib import Path

import pytest

from artifactory_conformance.clients import private_etc
from artifactory_conformance.clients.private_etc import PrivateEtc
from artifactory_conformance.clients.sealed_home import PipConfiguration, SealedHome

needs_namespace = pytest.mark.skipif(not private_etc.is_allowed(), reason="this kernel allows no mount namespace")


def printed_within(etc: PrivateEtc, *command: str) -> bytes:
    return subprocess.run(etc.within(command), check=True, capture_output=True).stdout


@needs_namespace
def test_command_sees_our_file_and_the_machines_others(tmp_path: Path) -> None:
    machine = Path("/etc/pip.conf").read_text() if Path("/etc/pip.conf").exists() else None
    etc = PrivateEtc(tmp_path / "private")
    etc.write("pip.conf", "ours\n")
    assert printed_within(etc, "cat", "/etc/pip.conf") == b"ours\n"
    assert printed_within(etc, "cat", "/etc/passwd") == Path("/etc/passwd").read_bytes()
    assert set(printed_within(etc, "ls", "-A", "/etc").decode().split()) >= {
        path.name for path in Path("/etc").iterdir()
    }
    assert (Path("/etc/pip.conf").read_text() if Path("/etc/pip.conf").exists() else None) == machine


@needs_namespace
def test_links_of_the_machine_still_lead_where_they_led(tmp_path: Path) -> None:
    etc = PrivateEtc(tmp_path / "private")
    files = [path for path in Path("/etc").iterdir() if path.is_symlink() and path.is_file()]
    for link in [path for path in files if not path.resolve().is_relative_to("/proc")]:
        assert printed_within(etc, "cat", str(link)) == link.read_bytes()


def test_home_with_a_private_etc_runs_its_clients_there(tmp_path: Path) -> None:
    machine = tmp_path / "pip.conf"
    machine.write_text("[global]\n")
    with SealedHome(tmp_path / "scratch", machine_files=(machine,)) as home:
        assert home.within(["pip", "install"]) == ["pip", "install"]
        home.write_pip_conf("[global]\nindex-url = http://127.0.0.1:1/\n", PipConfiguration.MACHINE)
        assert home.within(["pip", "install"])[-2:] == ["pip", "install"]
        assert home.within(["pip"])[0] == "unshare"
        assert home.machine_configuration(home.environment()) == ()
    assert list((tmp_path / "scratch").iterdir()) == []
