"""The machine's own pip configuration: which files could feed a client, and how a sealed home takes it back.

pip reads ``/etc/pip.conf`` whenever it reads any configuration file, and no variable moves it: ``PIP_CONFIG_FILE`` set
to the null device switches off *every* file, the one under test included, and ``--isolated`` the user's. So where a
check brings a file of its own, the virtual environment gets one as well. pip ranks it above the machine's and the
user's, and an option whose value is empty counts as not given: each key that the machine sets and the check does not is
emptied there. The check's own file stays as it was written, and the run still names the machine's files.
"""

import configparser
import io
import sys
from collections.abc import Iterable
from pathlib import Path

# Reserved by RFC 2606: it never resolves. pip goes to its public default where no index is given; here it must not.
NO_INDEX = "https://no-index.invalid/simple/"

# The one below /etc/xdg is not among them: XDG_CONFIG_DIRS of the sealed home leads elsewhere.
_LINUX_FILES = (Path("/etc/pip.conf"),)
_MACOS_FILES = (Path("/Library/Application Support/pip/pip.conf"),)
MACHINE_FILES = _MACOS_FILES if sys.platform == "darwin" else _LINUX_FILES

_INDEX_KEY = ("global", "index-url")


class MachineConfigurationUnreadable(Exception):
    """A configuration file of the machine cannot be parsed; pip would not start with it either."""


def counterweight(machine_files: Iterable[Path], own_texts: Iterable[str]) -> str:
    """The configuration that outweighs the machine's, for the sealed virtual environment.

    Args:
        machine_files: those that pip is going to read; a missing one is fine.
        own_texts: the configurations that the check brings; what they set is left to them.

    Raises:
        MachineConfigurationUnreadable: one of the machine's files is not a configuration.
    """
    machine: set[tuple[str, str]] = set()
    for path in machine_files:
        try:
            machine |= _keys(path.read_text(encoding="utf-8", errors="replace"))
        except OSError:  # absent or forbidden: pip passes over it in the same way
            continue
        except configparser.Error as error:
            # The parser's own message quotes the line, which may hold a password.
            raise MachineConfigurationUnreadable(f"{path}: {type(error).__name__}") from None
    own: set[tuple[str, str]] = set()
    for text in own_texts:
        try:
            own |= _keys(text)
        except configparser.Error:  # a check may bring a broken file on purpose; it then sets nothing
            continue
    values = dict.fromkeys(sorted(machine - own), "")
    if _INDEX_KEY not in own:
        values[_INDEX_KEY] = NO_INDEX
    sections = sorted({section for section, _ in values})
    lines = [line for section in sections for line in (f"[{section}]", *_assignments(values, section))]
    return "\n".join(lines) + "\n"


def joined(text: str, more: str) -> str:
    """Put the settings of two configurations into one; where both have one, the second's counts."""
    if not more:
        return text
    parser = configparser.RawConfigParser()
    for part in (text, more):
        parser.read_string(part)
    written = io.StringIO()
    parser.write(written)
    return written.getvalue()


def _assignments(values: dict[tuple[str, str], str], section: str) -> list[str]:
    return [f"{key} = {value}".rstrip() for (place, key), value in values.items() if place == section]


def _keys(text: str) -> set[tuple[str, str]]:
    """Section and key of every setting, with the key spelled as pip compares it."""
    parser = configparser.RawConfigParser()
    parser.read_string(text)
    return {
        (section, key.lower().replace("_", "-").removeprefix("--"))
        for section in parser.sections()
        for key in parser[section]
    }
