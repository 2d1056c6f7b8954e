"""One password in a user's keyring: the real `keyring` program, with a backend of ours that is a file in the home."""

import json

from artifactory_conformance.clients.sealed_home import SealedHome
from artifactory_conformance.clients.tool import ToolMissing, find

PROGRAM = "keyring"

_BACKEND = '''\
"""A keyring that is a file beside this one."""

import json
import pathlib

from keyring.backend import KeyringBackend


class Keyring(KeyringBackend):
    priority = 1

    def get_password(self, service, username):
        entries = json.loads(pathlib.Path(__file__).with_name("entries.json").read_text())
        return entries.get(service, {}).get(username)

    def set_password(self, service, username, password):
        raise NotImplementedError
'''
_FOLDER = ".local/share/python_keyring"
_CONFIGURATION = """\
[backend]
default-keyring = file_keyring.Keyring
keyring-path = {folder}
"""


def store_in_keyring(home: SealedHome, service: str, user: str, password: str) -> None:
    """Give the user of a home a keyring with one password. service: what clients ask for, such as `host:port`.

    Raises ToolMissing.
    """
    program = find(PROGRAM)
    if program is None:
        raise ToolMissing(PROGRAM)
    backend = home.write_home_file(f"{_FOLDER}/file_keyring.py", _BACKEND)
    home.write_home_file(f"{_FOLDER}/entries.json", json.dumps({service: {user: password}}))
    home.write_home_file(".config/python_keyring/keyringrc.cfg", _CONFIGURATION.format(folder=backend.parent))
    # pip takes the one on the PATH, where the one beside this interpreter is not.
    home.write_program(PROGRAM, f'#!/bin/sh\nexec "{program}" "$@"\n')
