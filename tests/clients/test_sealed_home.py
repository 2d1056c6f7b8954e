"""A sealed home gives a client nothing of the machine, and leaves nothing behind."""

import base64
import configparser
import os
import shutil
import socket
import stat
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from artifactory_conformance.clients.arguments import InsecureOption
from artifactory_conformance.clients.sealed_home import (
    DIRECT,
    Network,
    PipConfiguration,
    SealedHome,
    SealedHomeNotRemoved,
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_home_is_gone_with_its_read_only_files_and_folders(tmp_path: Path) -> None:
    scratch, outside = tmp_path / "scratch", tmp_path / "outside"
    outside.mkdir(mode=0o755)
    with SealedHome(scratch) as home:
        locked = home.home / "locked"
        (locked / "deeper").mkdir(parents=True)
        (locked / "deeper" / "file").write_text("x")
        (locked / "link").symlink_to(outside)
        (locked / "deeper" / "file").chmod(0o400)
        (locked / "deeper").chmod(0o500)
        locked.chmod(0o000)
    assert list(scratch.iterdir()) == []
    assert mode(outside) == 0o755
    home.remove()


def interrupted_use(scratch: Path) -> None:
    with SealedHome(scratch) as home:
        home.write_netrc("machine 127.0.0.1 login reader password secret")
        raise KeyboardInterrupt


def test_home_is_gone_after_an_interruption(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted_use(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_home_that_cannot_be_removed_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = SealedHome(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", lambda *_, **__: None)
        with pytest.raises(SealedHomeNotRemoved, match=r"client-"):
            home.remove()
    home.remove()
    assert list(tmp_path.iterdir()) == []


def test_environment_holds_nothing_of_the_starter_but_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "PIP_FIND_LINKS",
        "PIP_TRUSTED_HOST",
        "HTTPS_PROXY",
        "NETRC",
        "UV_INDEX_URL",
        "SSL_CERT_FILE",
        "TOKEN",
    ):
        monkeypatch.setenv(name, "from-the-starter")
    monkeypatch.setenv("LC_ALL", "xx_XX")
    with SealedHome(tmp_path) as home:
        environment = home.environment()
        inherited = {name for name, value in environment.items() if name != "PATH" and value == os.environ.get(name)}
        assert "from-the-starter" not in environment.values()
        assert environment["PATH"].split(os.pathsep) == [str(home.programs), *os.environ["PATH"].split(os.pathsep)]
        assert inherited <= {"LANG", "PYTHONNOUSERSITE", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
        folders = [environment[name] for name in environment if name.startswith(("HOME", "TMPDIR", "XDG_"))]
        assert all(Path(folder).is_relative_to(tmp_path.resolve()) for folder in folders)


def test_pip_reads_no_file_until_the_home_has_one(tmp_path: Path) -> None:
    machine = tmp_path / "pip.conf"
    machine.write_text("[global]\nfind-links = elsewhere\n")
    with SealedHome(tmp_path / "scratch", machine_files=(machine, tmp_path / "missing")) as home:
        before = home.environment()
        home.write_pip_conf("[global]\nindex-url = http://127.0.0.1:1/simple/\n")
        after = home.environment()
        assert before["PIP_CONFIG_FILE"] == os.devnull
        assert home.machine_configuration(before) == ()
        assert "PIP_CONFIG_FILE" not in after
        assert home.machine_configuration(after) == (machine,)


def test_without_an_index_the_public_one_is_out_of_reach(tmp_path: Path) -> None:
    with SealedHome(tmp_path) as home:
        assert home.environment()["PIP_INDEX_URL"].endswith(".invalid/simple/")
        own = "http://127.0.0.1:1/simple/"
        assert home.environment({"PIP_INDEX_URL": own})["PIP_INDEX_URL"] == own


def test_a_configuration_of_the_environment_and_the_counterweight_are_one_file(tmp_path: Path) -> None:
    machine = tmp_path / "pip.conf"
    machine.write_text("[global]\nfind-links = elsewhere\n")
    with SealedHome(tmp_path / "scratch", machine_files=(machine,)) as home:
        own = home.write_pip_conf("[global]\nindex-url = http://127.0.0.1:1/\n", PipConfiguration.ENVIRONMENT)
        home.settle_configuration()
        parser = configparser.RawConfigParser()
        parser.read(own)
        assert own.parent == home.venv
        assert dict(parser["global"]) == {"find-links": "", "index-url": "http://127.0.0.1:1/"}


def test_a_configuration_below_xdg_lies_where_its_variable_leads(tmp_path: Path) -> None:
    with SealedHome(tmp_path) as home:
        written = home.write_pip_conf("[global]\n", PipConfiguration.XDG)
        assert written == Path(home.environment()["XDG_CONFIG_DIRS"], "pip", "pip.conf")


def test_files_with_credentials_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    with SealedHome(tmp_path) as home:
        written = [
            home.write_netrc("machine 127.0.0.1 login reader password secret"),
            home.write_pip_conf("[global]\n"),
            home.write_pip_conf("[global]\n", PipConfiguration.LEGACY),
            home.write_requirements("example"),
            home.write_requirements("example"),
        ]
        assert [mode(path) for path in written] == [0o600] * 5
        assert len(set(written)) == 5
        assert [path.relative_to(home.home).as_posix() for path in written[:3]] == [
            ".netrc",
            ".config/pip/pip.conf",
            ".pip/pip.conf",
        ]


@pytest.mark.parametrize("line", ["--trusted-host 127.0.0.1", "--index-url http://x/ --trusted=x", "--tr x"])
def test_requirements_that_switch_verification_off_are_not_written(tmp_path: Path, line: str) -> None:
    with SealedHome(tmp_path) as home, pytest.raises(InsecureOption):
        home.write_requirements(f"example\n{line}\n")


@pytest.mark.parametrize("key", ["trusted-host", "trusted_host", "Trusted-Host"])
def test_configuration_that_switches_verification_off_is_not_written(tmp_path: Path, key: str) -> None:
    with SealedHome(tmp_path) as home, pytest.raises(InsecureOption):
        home.write_pip_conf(f"[global]\n{key} = 127.0.0.1\n")


def test_network_is_given_by_variables_and_proxies_stay_out_of_its_repr(tmp_path: Path) -> None:
    network = Network(
        ca_bundle=tmp_path / "ca.pem", https_proxy="http://me:sesame@127.0.0.1:3128", no_proxy="localhost"
    )
    with SealedHome(tmp_path, network=network) as home:
        environment = home.environment()
        for name in ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
            assert environment[name] == str(tmp_path / "ca.pem")
        assert environment["https_proxy"] == environment["HTTPS_PROXY"] == "http://me:sesame@127.0.0.1:3128"
        assert environment["NO_PROXY"] == "localhost"
        assert "http_proxy" not in environment
        assert "sesame" not in repr(network) + repr(home)


def test_without_authorities_of_its_own_a_home_says_nothing_of_trust(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/of/the/machine.pem")
    with SealedHome(tmp_path) as home:
        assert not {"PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"} & home.environment().keys()


def test_network_of_one_address_sends_everything_else_to_a_proxy_that_is_not_there(tmp_path: Path) -> None:
    environment = DIRECT.only("https://example.com:8443/artifactory").environment()
    assert environment["NO_PROXY"] == "example.com"
    for name in ("HTTP_PROXY", "https_proxy"):
        parts = urlsplit(environment[name])
        with socket.socket() as proxy, pytest.raises(ConnectionRefusedError):
            proxy.connect((parts.hostname, parts.port))


def test_program_of_the_home_is_found_before_the_machines(tmp_path: Path) -> None:
    with SealedHome(tmp_path) as home:
        home.write_program("sh", "#!/bin/sh\necho ours\n")
        assert shutil.which("sh", path=home.environment()["PATH"]) == str(home.programs / "sh")


def test_secret_in_what_a_client_has_made_is_found_in_any_encoding(tmp_path: Path) -> None:
    with SealedHome(tmp_path) as home:
        home.write_netrc("machine 127.0.0.1 login reader password p@ss/word")
        assert home.holding("p@ss/word") == []
        assert home.holding("p@ss/word", given=True) == ["home/.netrc"]
        (home.new_run() / "stdout").write_text("from http://reader:p%40ss%2Fword@127.0.0.1/")
        (home.cwd / "lock").write_bytes(b"\xff" + base64.b64encode(b"reader:p@ss/word"))
        assert home.holding("p@ss/word") == ["cwd/lock", "runs/1/stdout"]


def test_configuration_that_a_client_wrote_is_taken_over(tmp_path: Path) -> None:
    with SealedHome(tmp_path) as home:
        with pytest.raises(FileNotFoundError):
            home.take_over(PipConfiguration.USER)
        path = home.home / PipConfiguration.USER.value
        path.parent.mkdir(parents=True)
        path.write_text("[global]\nindex-url = http://127.0.0.1:1/simple/\n")
        home.take_over(PipConfiguration.USER)
        assert "PIP_CONFIG_FILE" not in home.environment()
