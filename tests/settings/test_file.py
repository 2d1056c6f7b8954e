"""The settings file: what it may hold, what outweighs it, and that it is taken or refused in one line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artifactory_conformance.settings import TABLE, MalformedSettings, TargetKind, resolve
from artifactory_conformance.settings.file import FILE_NAME, read_settings_file
from artifactory_conformance.settings.toml_file import LARGEST
from tests.settings.examples import BY_NAME, SECRET

INSTANCE = 'target = "instance"\nartifactory_url = "https://artifacts.example.org"\n'


def written(folder: Path, text: str | bytes, mode: int = 0o600, name: str = FILE_NAME) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return path


def refusal(folder: Path, text: str | bytes, mode: int = 0o600) -> str:
    path = written(folder, text, mode)
    with pytest.raises(MalformedSettings) as refused:
        resolve({}, {}, folder=folder)
    found = str(refused.value)
    assert str(path) in found, "the file is named"
    assert found.isprintable(), "one line"
    assert SECRET not in found
    return found


def test_an_option_outweighs_the_environment_that_the_file_and_that_the_default(tmp_path: Path):
    written(tmp_path, 'repo = "from-file"\n')
    environment = {"CONFORMANCE_REPO": "from-environment"}
    assert resolve({"repo": "from-option"}, environment, folder=tmp_path).repo == "from-option"
    assert resolve({}, environment, folder=tmp_path).repo == "from-environment"
    found = resolve({}, {}, folder=tmp_path)
    assert (found.repo, found.origins["repo"]) == ("from-file", str(tmp_path / FILE_NAME))
    assert resolve({}, {}).repo == "activestate-platform", "a file is looked for where a folder is named"


@pytest.mark.parametrize("setting", [one for one in TABLE if one.name != "config"], ids=lambda setting: setting.name)
def test_every_setting_may_stand_in_it_by_its_name(tmp_path: Path, setting):
    text = "true" if setting.flag else "7" if setting.number else '["a", "b"]' if setting.repeatable else '"a"'
    found = read_settings_file(written(tmp_path, f"{setting.name} = {text}\n")).texts[setting.name]
    as_path = str(tmp_path / "a") if setting.path else "a"
    assert found == ("true" if setting.flag else "7" if setting.number else "a,b" if setting.repeatable else as_path)


def test_a_whole_file_is_taken(tmp_path: Path):
    text = INSTANCE + (
        f'user = "me"\npassword = "{SECRET}"\nmost_versions = 5\ncanary = ["torch"]\n'
        'exclusive = true\nreports = "out"\n'
    )
    written(tmp_path, text)
    found = resolve({}, {}, folder=tmp_path)
    assert (found.target, found.user, found.password) == (TargetKind.INSTANCE, "me", SECRET)
    assert (found.most_versions, found.canary, found.exclusive) == (5, ("torch",), True)
    assert (found.reports, found.config) == (tmp_path / "out", tmp_path / FILE_NAME)
    assert found.secrets() == (SECRET,)
    assert SECRET not in repr(found)


def test_another_file_is_named_by_option_or_variable_and_the_null_device_is_none(tmp_path: Path):
    written(tmp_path, 'repo = "here"\n')
    other = written(tmp_path, 'repo = "there"\n', name="other.toml")
    assert resolve({"config": str(other)}, {}, folder=tmp_path).repo == "there"
    assert resolve({}, {"CONFORMANCE_CONFIG": str(other)}, folder=tmp_path).repo == "there"
    assert resolve({"config": os.devnull}, {}, folder=tmp_path).repo == "activestate-platform"


def test_a_variable_switches_off_what_the_file_switches_on(tmp_path: Path):
    written(tmp_path, "tls = true\n")
    assert resolve({}, {}, folder=tmp_path).tls
    assert not resolve({}, {"CONFORMANCE_TLS": "0"}, folder=tmp_path).tls


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("repo\n", "is no TOML (line 1, column 5)"),
        (f'password = "{SECRET}\n', "is no TOML (line 1"),
        (f'repo = "a"\n{SECRET} = "a"\n{SECRET} = "a"', "is no TOML"),
        (b'repo = "\xff"\n', "is not UTF-8 (line 1)"),
        ("[" * 5000, "is no TOML"),
        ("most_versions = " + "9" * 5000, "is no TOML"),
        ("most_versions = 0x" + "f" * 5000, "too many digits"),
        ("most_versions = true\n", "most_versions must be a number, and is true or false"),
        ('most_versions = "3"\n', "must be a number, and is a text"),
        ("most_versions = 1.5\n", "must be a number, and is a number with a point"),
        ("most_versions = 0\n", "--most-versions '0'"),
        ('tls = "true"\n', "tls must be true or false, and is a text"),
        ("repo = 5\n", "repo must be a text in quotes, and is a number"),
        ("repo = 1979-05-27\n", "is a date or a time"),
        ('require = "REMOTE-01"\n', "require must be a list of texts, and is a text"),
        ("require = [1]\n", "has an entry that is a number"),
        ('require = ["a,b"]\n', "without a comma"),
        ("[target]\nkind = 1\n", "target must be a text in quotes, and is a table"),
        ('artifactory-url = "http://h"\n', "did you mean artifactory_url?"),
        ('tagret = "instance"\n', "unknown setting 'tagret'; did you mean target?"),
        ('"a\\nb" = 1\n', "unknown setting 'a\\nb'; docs/settings.md lists all"),
        ('config = "other.toml"\n', "give it as --config or CONFORMANCE_CONFIG"),
        ('repo = "a b"\n', "--repo 'a b'"),
        (f'artifactory_url = "https://me:{SECRET}@h"\n', "credentials do not belong into a URL"),
        (f'user = "me"\nadmin_token = "{SECRET}"\n', "without ARTIFACTORY_PASS"),
        ('artifactory_url = "https://h"\n', "--config /dev/null"),
        (b"#" * (LARGEST + 1), "is larger than"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_that_names_the_file(tmp_path: Path, text: str | bytes, problem: str):
    assert problem in refusal(tmp_path, text)


@pytest.mark.parametrize("name", ["password", "admin_password", "admin_token", "catalog_password"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644])
def test_a_password_may_stand_only_where_nobody_else_reads_it(tmp_path: Path, name: str, mode: int):
    found = refusal(tmp_path, f'{INSTANCE}{name} = "{SECRET}"\n', mode)
    assert f"{name} is a password" in found
    assert f"chmod 600 it, or set {BY_NAME[name].environment}" in found


def test_what_is_no_password_may_be_read_by_others(tmp_path: Path):
    written(tmp_path, f'{INSTANCE}user = "me"\n', 0o644)
    assert resolve({}, {"ARTIFACTORY_PASS": SECRET}, folder=tmp_path).user == "me"


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    places = {"pipe": "is no file", "": "is no file", "nowhere.toml": "cannot be read: No such file", "a\0b": "no name"}
    for name, problem in places.items():
        with pytest.raises(MalformedSettings, match=problem):
            resolve({"config": f"{tmp_path}/{name}"}, {})
    (tmp_path / FILE_NAME).symlink_to("nowhere")
    with pytest.raises(MalformedSettings, match="cannot be read"):
        resolve({}, {}, folder=tmp_path)


values = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


def as_toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(character):08x}" for character in value) + '"'
    return str(value).lower()


names = st.sampled_from(sorted(BY_NAME)) | st.text("abc-_", min_size=1, max_size=8)
files = st.dictionaries(names, values, max_size=5).map(
    lambda lines: "".join(f"{name} = {as_toml(value)}\n" for name, value in lines.items()).encode()
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")) | files)
def test_any_file_is_taken_or_refused_in_one_line(tmp_path: Path, content: bytes):
    written(tmp_path, content)
    try:
        said = str(resolve({}, {}, folder=tmp_path).target)
    except MalformedSettings as error:
        said = str(error)
    assert said.isprintable()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.from_regex(r"[a-z0-9]{1,40}(-[a-z0-9]+)?", fullmatch=True), number=st.integers(1, 999))
def test_what_is_written_is_what_is_read(tmp_path: Path, key: str, number: int):
    written(tmp_path, f"repo = {as_toml('k' + key)}\nmost_versions = {number}\n")
    found = resolve({}, {}, folder=tmp_path)
    assert (found.repo, found.most_versions) == ("k" + key, number)
