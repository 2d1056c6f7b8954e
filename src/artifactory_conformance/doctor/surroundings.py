"""What all clients share: the home folder they go by, and the netrc in it."""

from __future__ import annotations

import netrc
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from artifactory_conformance.clients.netrc_file import NAMES, NetrcFile
from artifactory_conformance.doctor.machine import Machine, is_file
from artifactory_conformance.doctor.model import Effective, Finding, Section, host

_OTHERS_MAY_READ = 0o077
_ENCODED = re.compile("%[0-9A-Fa-f]{2}")
_OF_A_USER = (".config/pip/pip.conf", ".pip/pip.conf", ".config/uv/uv.toml", ".config/pypoetry/config.toml", *NAMES)
"""What somebody loses who is another user, or has another home folder."""


def netrc_of(machine: Machine) -> NetrcFile | None:
    """Give the netrc that clients take; None where there is none."""
    try:
        return NetrcFile.of(str(machine.home), machine.environment.get("NETRC", ""))
    except OSError:
        return None


def look_at_home(machine: Machine) -> Section:
    """Look at who runs clients, and which home folder they go by."""
    sudo = machine.environment.get("SUDO_USER", "")
    settings = [
        Effective("user", machine.user, f"sudo by {sudo}" if sudo else "the system"),
        Effective("HOME", str(machine.home), "the environment" if machine.environment.get("HOME") else "the system"),
    ]
    return Section("this user", tuple(settings), tuple(_of_home(machine, sudo)))


def _of_home(machine: Machine, sudo: str) -> Iterator[Finding]:
    home = machine.home
    if not home.is_absolute() or not os.path.isdir(home):
        yield Finding(
            "the home folder is none, so clients find no configuration of a user's",
            f"HOME is {home}",
            "set HOME to the folder of whoever installs",
        )
        return
    if not os.access(home, os.R_OK | os.X_OK):
        yield Finding(
            "the home folder may not be read by this user, so clients find nothing in it",
            f"HOME is {home}, the user is {machine.user}",
            "set HOME to the user's own folder (sudo -H)",
        )
        return
    owner = machine.home_of(sudo) if sudo else machine.home_of(machine.user)
    if not owner or Path(owner) == home:
        return
    lost = [name for name in _OF_A_USER if is_file(Path(owner, name))]
    if sudo and lost:
        yield Finding(
            f"sudo has changed the home folder, so what {sudo} has configured is not read",
            f"HOME is {home}, and {', '.join(lost)} lie in {owner}",
            "install into a virtual environment without sudo, or configure the machine: /etc/pip.conf, /etc/uv/uv.toml",
        )
    elif not sudo and lost:
        yield Finding(
            "HOME is another folder than the user's own, so what lies there is not read",
            f"HOME is {home}, and {', '.join(lost)} lie in {owner}",
            f"set HOME to {owner}, or configure clients below {home}",
        )


def look_at_netrc(machine: Machine) -> Section:
    """Look at the netrc, from which pip and uv take passwords by the bare name of a host."""
    named = machine.environment.get("NETRC", "")
    found = netrc_of(machine)
    if found is None:
        missing = Finding("NETRC names a file that is not there", named, "unset it, or write that file (mode 600)")
        note = "" if named else f"there is none in {machine.home}"
        return Section("netrc", findings=(missing,) if named else (), note=note)
    origin = "environment variable NETRC" if named else f"mode {found.mode:04o}"
    hosts = [Effective("machine", host(name), str(found.path)) for name in found.hosts]
    return Section(
        "netrc", (Effective("reads", str(found.path), origin), *hosts), tuple(_of_netrc(machine, found, bool(named)))
    )


def _of_netrc(machine: Machine, found: NetrcFile, named: bool) -> Iterator[Finding]:
    path = found.path
    if found.mode & _OTHERS_MAY_READ:
        yield Finding("the netrc can be read by others", f"{path}, mode {found.mode:04o}", f"chmod 600 {path}")
    other = machine.home / NAMES[1]
    if not named and path.name == NAMES[0] and is_file(other):
        yield Finding("there are two netrc files, and only one of them is read", f"{other} is not", "keep one of them")
    try:
        entries = netrc.netrc(str(path)).hosts
    except netrc.NetrcParseError as error:  # its words quote what stands there
        yield Finding(
            "the netrc cannot be parsed, so it serves nobody",
            f"{path}, line {error.lineno}",
            "write entries as: machine HOST login USER password PASSWORD",
        )
        return
    except (OSError, UnicodeDecodeError):
        yield Finding("the netrc cannot be read, so it serves nobody", str(path), f"chmod 600 {path}, save it as UTF-8")
        return
    yield from _of_entries(found, {name: password or "" for name, (_, _, password) in entries.items()})


def _of_entries(found: NetrcFile, passwords: Mapping[str, str]) -> Iterator[Finding]:
    path = found.path
    if found.has_default:
        yield Finding(
            "a default entry gives its password to every host that asks, also one that a redirect leads to",
            str(path),
            "name the instance's host instead: machine HOST login USER password PASSWORD",
        )
    for name in found.hosts:
        shown = f"{path}: {host(name)}"
        if "/" in name:
            yield Finding("a netrc entry is no host but a URL, and matches nothing", str(path), "name the bare host")
        elif name in found.hosts_with_port:
            bare = host(name).rpartition(":")[0]
            yield Finding("a netrc entry with a port matches nothing", shown, f"write: machine {bare}")
        if _ENCODED.search(passwords[name]):
            yield Finding(
                "a password in the netrc looks percent-encoded, and a netrc takes it as it stands",
                shown,
                "write it as it is, in double quotes if need be; encoding is for URLs",
            )
