"""What counts of pip's configuration is told as pip would, what is wrong with it by name, and no password with it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.clients.effective import (
    ConfigurationFile,
    EffectiveConfiguration,
    Trouble,
    merged,
    read_configuration,
    read_debug,
)
from artifactory_conformance.clients.index_urls import IndexUrl
from artifactory_conformance.clients.netrc_file import NetrcFile

INSTANCE = "https://artifactory.example.com/artifactory/api/pypi/activestate-platform/simple"
WITH_PASSWORD = INSTANCE.replace("://", "://reader:sesame-open@")
SECTIONS = st.sampled_from(["global", "install", ":env:", "download"])
SOURCES = st.lists(
    st.dictionaries(SECTIONS, st.dictionaries(st.sampled_from(["index-url", "find-links"]), st.sampled_from("ab ")))
)


def effective(index: str | None = WITH_PASSWORD, **more: object) -> EffectiveConfiguration:
    return EffectiveConfiguration("/home/me", IndexUrl.read(index) if index else None, **more)


def troubles(configuration: EffectiveConfiguration) -> list[Trouble]:
    return [finding.trouble for finding in configuration.findings(INSTANCE)]


@pytest.mark.parametrize(
    "index",
    [
        WITH_PASSWORD,
        f"{WITH_PASSWORD}/",
        WITH_PASSWORD.replace(".com", ".com:443"),
        WITH_PASSWORD.replace("ar", "AR", 1),
    ],
)
def test_one_index_in_the_documented_form_is_fine(index: str) -> None:
    assert troubles(effective(index)) == []


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (None, [Trouble.NO_INDEX]),
        ("https://pypi.org/simple", [Trouble.OTHER_INDEX, Trouble.NO_CREDENTIALS]),
        (INSTANCE, [Trouble.NO_CREDENTIALS]),
        (WITH_PASSWORD.replace("https", "http"), [Trouble.OTHER_INDEX]),
        (WITH_PASSWORD.replace(".com", ".com:8443"), [Trouble.OTHER_INDEX]),
        (WITH_PASSWORD.removesuffix("/simple"), [Trouble.NOT_THE_DOCUMENTED_FORM]),
        (WITH_PASSWORD.replace("activestate-platform", "other"), [Trouble.NOT_THE_DOCUMENTED_FORM]),
        (WITH_PASSWORD.replace("sesame", "p@ss"), [Trouble.NOT_ENCODED]),
        (WITH_PASSWORD.replace("sesame", "p/ss"), [Trouble.NOT_ENCODED]),
        (WITH_PASSWORD.replace("sesame", "p#ss"), [Trouble.NOT_ENCODED]),
        (WITH_PASSWORD.replace("sesame", "p?ss"), [Trouble.NOT_ENCODED]),
    ],
)
def test_index_that_is_not_the_instances_is_told(index: str | None, expected: list[Trouble]) -> None:
    assert troubles(effective(index)) == expected


def test_other_places_are_told() -> None:
    configuration = effective(
        extra_index_urls=(IndexUrl.read("https://me:sesame@pypi.org/simple"),),
        find_links=("/srv/wheels",),
        trusted_hosts=("artifactory.example.com",),
    )
    assert troubles(configuration) == [Trouble.EXTRA_INDEX, Trouble.FIND_LINKS, Trouble.TRUSTED_HOST]
    assert "sesame" not in " ".join(map(str, configuration.findings(INSTANCE))) + repr(configuration)


def test_two_files_that_disagree_and_one_that_others_read_are_told() -> None:
    agree = [ConfigurationFile(Path(name), 0o600, IndexUrl.read(WITH_PASSWORD), True) for name in ("one", "two")]
    other = ConfigurationFile(Path("three"), 0o644, IndexUrl.read("https://pypi.org/simple"), True)
    assert troubles(effective(files=(*agree,))) == []
    assert troubles(effective(files=(*agree, other))) == [Trouble.CONFLICT, Trouble.READABLE]
    assert troubles(effective(files=(ConfigurationFile(Path("x"), 0o644),))) == []


@pytest.mark.parametrize(
    ("text", "mode", "expected"),
    [
        ("machine artifactory.example.com login me password sesame", 0o600, []),
        ("machine artifactory.example.com login me password sesame", 0o644, [Trouble.NETRC_READABLE]),
        (
            "machine artifactory.example.com:443 login me password x",
            0o600,
            [Trouble.NO_CREDENTIALS, Trouble.NETRC_PORT],
        ),
        ("default login me password sesame", 0o600, [Trouble.NETRC_DEFAULT]),
        ("machine other login me password sesame", 0o600, [Trouble.NO_CREDENTIALS]),
        ("nonsense", 0o600, [Trouble.NO_CREDENTIALS]),
    ],
)
def test_netrc_is_held_to_one_entry_for_the_bare_host(
    tmp_path: Path, text: str, mode: int, expected: list[Trouble]
) -> None:
    (tmp_path / "_netrc").write_text(text)
    (tmp_path / "_netrc").chmod(mode)
    netrc = NetrcFile.of(str(tmp_path))
    assert netrc is not None
    assert "sesame" not in repr(netrc)
    assert troubles(effective(INSTANCE, netrc=netrc)) == expected


def test_netrc_is_the_one_that_clients_take(tmp_path: Path) -> None:
    assert NetrcFile.of(str(tmp_path)) is None
    for name in ("_netrc", ".netrc", "named"):
        (tmp_path / name).write_text(f"machine {name} login me password sesame")
        found = NetrcFile.of(str(tmp_path), str(tmp_path / name) if name == "named" else "")
        assert found is not None
        assert found.hosts == (name,)


@given(sources=SOURCES)
def test_last_section_and_then_last_source_counts(sources) -> None:
    given_values = [
        (section, key, source[section][key])
        for section in ("global", "install", ":env:")
        for source in sources
        for key in source.get(section, {})
    ]
    last = {(section, key): value for section, key, value in given_values}
    expected = {key: value for (_, key), value in last.items() if value.strip()}
    assert merged(sources) == expected


@given(text=st.text())
def test_any_text_of_pip_is_read(text: str) -> None:
    assert isinstance(read_debug(text), tuple)


@given(text=st.text() | st.from_regex(r"https?://[a-z:@/#?\[\]0-9]*"))
def test_any_url_is_read_and_its_password_left_out(text: str) -> None:
    assert IndexUrl.read(f"https://me:{'sesame' if '/' in text else 'x'}@host/{text}")
    assert isinstance(str(IndexUrl.read(text)), str)
    assert "sesame" not in str(IndexUrl.read(f"https://me:se{text}sesame@host/path"))


def test_real_pip_is_read(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for place, text in (
        (".pip/pip.conf", "[global]\nindex-url = https://old.example.com/simple\ntrusted-host = old.example.com\n"),
        (".config/pip/pip.conf", f"[global]\nindex_url = {WITH_PASSWORD}\n[install]\nno-deps = yes\n"),
    ):
        path = home / place
        path.parent.mkdir(parents=True)
        path.write_text(text)
        path.chmod(0o644)
    environment = {"HOME": str(home), "PATH": "/usr/bin", "PIP_EXTRA_INDEX_URL": "https://a/ https://b/"}
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "debug"], env=environment, capture_output=True, text=True, check=True
    )
    configuration = read_configuration(asked.stdout, environment)
    assert str(configuration.index_url) == INSTANCE
    assert [str(url) for url in configuration.extra_index_urls] == ["https://a", "https://b"]
    assert configuration.trusted_hosts == ("old.example.com",)
    data = configuration.as_data()
    assert data["files"][-2:] == [str(home / ".pip/pip.conf"), str(home / ".config/pip/pip.conf")]
    assert (data["home"], data["variables"]) == (str(home), ["PIP_EXTRA_INDEX_URL"])
    assert "sesame" not in json.dumps(data) + repr(configuration)


def test_every_mistake_that_real_pip_tells_of_is_found(tmp_path: Path) -> None:
    """What users do wrong: a second file, forms of the URL, another place in a file and in a variable, a netrc."""
    wrong = INSTANCE.removesuffix("/simple").replace("://", "://reader:pass/word@")
    netrc = "machine artifactory.example.com:443 login me password sesame\ndefault login me password sesame\n"
    for place, text in (
        (".pip/pip.conf", f"[global]\nindex-url = {WITH_PASSWORD}\n"),
        (".config/pip/pip.conf", f"[global]\nindex-url = {wrong}\nfind-links = /srv/wheels\n"),
        (".netrc", netrc),
    ):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o600 if place == ".pip/pip.conf" else 0o644)
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin", "PIP_EXTRA_INDEX_URL": "https://pypi.org/simple"}
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "debug"], env=environment, capture_output=True, text=True, check=True
    )
    assert set(troubles(read_configuration(asked.stdout, environment))) == {
        Trouble.NOT_THE_DOCUMENTED_FORM,
        Trouble.NOT_ENCODED,
        Trouble.EXTRA_INDEX,
        Trouble.FIND_LINKS,
        Trouble.CONFLICT,
        Trouble.READABLE,
        Trouble.NETRC_PORT,
        Trouble.NETRC_DEFAULT,
        Trouble.NETRC_READABLE,
    }


def test_null_device_as_configuration_switches_every_file_off() -> None:
    text = "env:\n  /dev/null, exists: True\nglobal:\n  /etc/pip.conf, exists: True\n"
    assert read_debug(text) == ()
    assert read_debug(text.replace("/dev/null, exists: True", "/gone, exists: False")) == (Path("/etc/pip.conf"),)
