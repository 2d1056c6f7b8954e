"""Passwords that are kept where the machine keeps them: a netrc, or the keyring by its own program."""

from __future__ import annotations

import netrc
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from artifactory_conformance.settings.malformed import on_one_line
from artifactory_conformance.settings.table import BY_NAME
from artifactory_conformance.settings.value import Value

PLACES = ("netrc", "keyring")

KEYRING_SECONDS = 60.0
"""How long somebody may take to unlock a keyring."""

_NETRC_NAMES = (".netrc", "_netrc")
_IN_KEYRING = (("user", "password"), ("admin_user", "admin_password"))
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def with_credentials(values: Mapping[str, Value], environment: Mapping[str, str]) -> dict[str, Value]:
    """Give the same values, and the passwords that are missing from where `credentials` says that they are.

    What is given by itself is never looked up. Raises MalformedSettings where the place has none, or may not be used.
    """
    place = values["credentials"]
    if not place.text:
        return dict(values)
    if place.text not in PLACES:
        raise place.refuse(f"must be one of {', '.join(PLACES)}")
    host = _host(values)
    if not host:
        raise place.refuse("needs --artifactory-url or --index-url: passwords are looked up by its host")
    found = (
        _from_netrc(values, host, environment) if place.text == "netrc" else _from_keyring(values, host, environment)
    )
    return {**values, **found}


def _host(values: Mapping[str, Value]) -> str:
    """The host of the target, without its port, as a netrc names it."""
    try:
        return urlsplit(values["artifactory_url"].text or values["index_url"].text).hostname or ""
    except ValueError:  # refused as a URL that cannot be read
        return ""


def _from_netrc(values: Mapping[str, Value], host: str, environment: Mapping[str, str]) -> dict[str, Value]:
    if values["password"].text:
        return {}
    place, user = values["credentials"], values["user"]
    home = Path(environment.get("HOME") or Path.home())
    named = environment.get("NETRC", "")
    places = [Path(named)] if named else [home / name for name in _NETRC_NAMES]
    path = next((one for one in places if os.path.isfile(one)), None)  # a folder that keeps us out is no error
    if path is None:
        raise place.refuse(f"there is no {on_one_line(named or str(home / _NETRC_NAMES[0]))}")
    shown = on_one_line(str(path))
    found = path.stat()
    if found.st_mode & _OTHERS or found.st_uid != os.geteuid():
        raise place.refuse(f"others than you may read {shown}, so its passwords are not used: chmod 600 it")
    try:
        hosts = netrc.netrc(str(path)).hosts
    except netrc.NetrcParseError as error:  # its words quote what stands there
        raise place.refuse(f"{shown} is no netrc (line {error.lineno})") from None
    except (OSError, UnicodeDecodeError):
        raise place.refuse(f"{shown} cannot be read") from None
    if host not in hosts:
        ports = " (an entry with a port matches nothing)" if any(name.startswith(f"{host}:") for name in hosts) else ""
        raise place.refuse(f"{shown} has no entry for {host}{ports}; add: machine {host} login USER password PASSWORD")
    login, _, password = hosts[host]
    if user.text and user.text != login:
        raise place.refuse(f"the entry for {host} in {shown} is of another user than ARTIFACTORY_USER; make them one")
    if not login or not password:
        raise place.refuse(f"the entry for {host} in {shown} lacks a login or a password")
    texts = {"user": login, "password": password}
    return {name: Value(BY_NAME[name], text, shown) for name, text in texts.items() if not values[name].text}


def _from_keyring(values: Mapping[str, Value], host: str, environment: Mapping[str, str]) -> dict[str, Value]:
    """Ask the keyring for the password of each user that is named and has none."""
    wanted = {
        password: values[user].text
        for user, password in _IN_KEYRING
        if values[user].text and not values[password].text and not (user == "admin_user" and values["admin_token"].text)
    }
    place = values["credentials"]
    if not wanted and not values["password"].text and not values["admin_token"].text:
        raise place.refuse("needs a user to look up: set ARTIFACTORY_USER (user in the settings file)")
    found = {}
    for name, user in wanted.items():
        text = _ask_keyring(place, host, user, environment)
        found[name] = Value(BY_NAME[name], text, f"the keyring's entry for {host}")
    return found


def _ask_keyring(place: Value, host: str, user: str, environment: Mapping[str, str]) -> str:
    beside = Path(sys.executable).parent / "keyring"
    program = str(beside) if beside.is_file() else shutil.which("keyring", path=environment.get("PATH"))
    if program is None:
        raise place.refuse("the program keyring is not installed here: pip install keyring")
    try:
        asked = subprocess.run(
            [program, "get", "--", host, user],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=KEYRING_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise place.refuse(f"the keyring gave no answer within {KEYRING_SECONDS:.0f} s: unlock it") from None
    except (OSError, ValueError) as error:
        raise place.refuse(f"the program keyring cannot be run: {type(error).__name__}") from None
    password = asked.stdout.decode("utf-8", "replace").removesuffix("\n")
    if asked.returncode != 0 or not password:
        command = f"keyring set {host} USER"
        raise place.refuse(f"the keyring has no password for {host} and the user that is named: {command}")
    return password
