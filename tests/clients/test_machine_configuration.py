"""What the machine configures is taken back, what the check configures is left alone."""

import configparser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.clients.machine_configuration import (
    NO_INDEX,
    MachineConfigurationUnreadable,
    counterweight,
    joined,
)

SECTIONS = st.sampled_from(["global", "install", "download"])
KEYS = st.sampled_from(["index-url", "extra-index-url", "find-links", "no-index", "cert", "trusted-host"])
SETTINGS = st.sets(st.tuples(SECTIONS, KEYS), max_size=8)


def configuration(settings: set[tuple[str, str]], value: str, joint: str = "-") -> str:
    parser = configparser.RawConfigParser()
    for section, key in sorted(settings):
        if not parser.has_section(section):
            parser.add_section(section)
        parser.set(section, key.replace("-", joint), value)
    lines = [
        f"[{section}]\n" + "".join(f"{k} = {v}\n" for k, v in parser[section].items()) for section in parser.sections()
    ]
    return "".join(lines)


@pytest.fixture(scope="module")
def machine_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("machine") / "pip.conf"


@given(machine=SETTINGS, own=SETTINGS, joint=st.sampled_from("-_"))
def test_exactly_the_machines_own_settings_are_emptied(machine_file: Path, machine, own, joint) -> None:
    machine_file.write_text(configuration(machine, "from-the-machine", joint), encoding="utf-8")
    parser = configparser.RawConfigParser()
    parser.read_string(counterweight([machine_file], [configuration(own, "from-the-check")]))
    written = {(section, key): value for section in parser.sections() for key, value in parser[section].items()}
    index = {} if ("global", "index-url") in own else {("global", "index-url"): NO_INDEX}
    assert written == {**dict.fromkeys(machine - own, ""), **index}


def test_missing_machine_file_and_broken_file_of_the_check_are_fine(tmp_path: Path) -> None:
    assert counterweight([tmp_path / "missing"], ["no section"]) == f"[global]\nindex-url = {NO_INDEX}\n"


def test_broken_machine_file_is_named_without_its_content(tmp_path: Path) -> None:
    broken = tmp_path / "pip.conf"
    broken.write_text("http://me:sesame@127.0.0.1/\n")
    with pytest.raises(MachineConfigurationUnreadable, match=r"pip\.conf: MissingSectionHeaderError") as caught:
        counterweight([broken], [])
    assert "sesame" not in str(caught.value)


def test_two_configurations_become_one_in_which_the_second_counts() -> None:
    text = joined("[global]\nindex-url = weak\ncert =\n", "[global]\nindex-url = strong%40\n[install]\npre = yes\n")
    parser = configparser.RawConfigParser()
    parser.read_string(text)
    assert dict(parser["global"]) == {"index-url": "strong%40", "cert": ""}
    assert dict(parser["install"]) == {"pre": "yes"}
    assert joined("[global]\n", "") == "[global]\n"
