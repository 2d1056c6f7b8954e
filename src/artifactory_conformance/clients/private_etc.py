"""A folder that only one client sees as /etc: the machine's own /etc, with files of ours among its entries.

pip reads `/etc/pip.conf` wherever it runs, no variable moves it, and `PIP_CONFIG_FILE` is another file of another rank.
So the client runs in a mount namespace of its own, in which /etc is our folder; the machine's /etc is not touched. That
is a Linux matter, and not every kernel lets an ordinary user have such a namespace.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_OWN_NAMESPACE = ("unshare", "--map-root-user", "--mount", "--")
# $1: our folder, $2: where the machine's /etc goes, the rest: the client.
_MOUNT = 'mount --rbind /etc "$2" && mount --bind "$1" /etc && shift 2 && exec "$@"'
_PROBE_SECONDS = 10.0


@cache
def is_allowed() -> bool:
    """Whether this machine lets us mount something in a namespace of our own; tried once per process."""
    if not sys.platform.startswith("linux") or not all(shutil.which(name) for name in ("unshare", "mount")):
        return False
    try:
        tried = subprocess.run(
            [*_OWN_NAMESPACE, "mount", "--bind", "/etc", "/etc"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0


class PrivateEtc:
    """The folder, and the commands that see it as /etc.

    Args:
        folder: made here, with a link to each entry of the machine's /etc.
    """

    def __init__(self, folder: Path) -> None:
        self._machine = folder / "machine"
        self.etc = folder / "etc"
        for made in (folder, self._machine, self.etc):
            made.mkdir(mode=0o700)
        for entry in Path("/etc").iterdir():
            # A link of the machine's is copied: from the place where its /etc goes, a relative one would lead astray.
            leads_to = os.path.join("/etc", os.readlink(entry)) if entry.is_symlink() else self._machine / entry.name
            (self.etc / entry.name).symlink_to(os.path.normpath(leads_to))

    def write(self, name: str, text: str) -> Path:
        """Put a file into the folder, instead of the machine's own of that name."""
        path = self.etc / name
        path.unlink(missing_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)  # as an administrator's: everybody reads it
        return path

    def within(self, argv: Sequence[str]) -> list[str]:
        """The command line that runs a command where the folder is /etc."""
        return [*_OWN_NAMESPACE, "sh", "-euc", _MOUNT, "sh", str(self.etc), str(self._machine), *argv]
