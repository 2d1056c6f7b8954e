"""Run pip with the paths that it has on Windows: its own code decides them, only what the system tells it is changed.

It is a script of its own, started as ``python -I as_windows.py ARGUMENT…`` with the arguments of pip. pip and what it
vendors look at the platform when they are imported: so they find `win32` there, and neither of the two modules by which
they would ask Windows for its folders. Then they take the folders from %APPDATA% and %ALLUSERSPROFILE%, as they do on a
Windows without those modules. (pip 23.0.1 cannot be imported without ctypes: it finds ours, which knows no Windows, and
takes the variables as well.) `~` is resolved as Python does it there, by %USERPROFILE%, and pip's User-Agent names the
system. Everything else stays.
"""

import asyncio  # noqa: F401 - pip 23.0.1 imports it, and it is another one on Windows
import contextlib
import ntpath
import os
import platform
import runpy
import sys
import sysconfig
from collections.abc import Mapping
from types import ModuleType


def main() -> None:
    """Become pip."""
    sysconfig.get_config_vars()  # read while the platform is still ours
    ours, sys.platform = sys.platform, "win32"
    asked = {"ctypes": None, "winreg": None}
    kept = {name: sys.modules[name] for name in asked if name in sys.modules}
    sys.modules.update(asked)  # type: ignore[arg-type]  # None makes an import fail
    try:
        try:
            import pip._internal.configuration
        except ImportError:
            _give_back("ctypes", kept)
            import pip._internal.configuration
    finally:
        sys.platform = ours
        for name in asked:
            _give_back(name, kept)
    os.path.expanduser = ntpath.expanduser
    with contextlib.suppress(ImportError):  # it picks the system's certificates when it is imported
        import pip._vendor.truststore  # noqa: F401
    platform.system = lambda: "Windows"
    runpy.run_module("pip", run_name="__main__", alter_sys=True)


def _give_back(name: str, kept: Mapping[str, ModuleType]) -> None:
    """Let a module be imported again."""
    sys.modules.pop(name, None)
    if name in kept:
        sys.modules[name] = kept[name]


if __name__ == "__main__":
    main()
