"""A command `docker` that answers what a test wants, and connections that nobody needs an engine for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

INFO = '{"MemTotal": 8589934592, "Architecture": "x86_64"}'


def put_docker(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str, name: str = "docker") -> None:
    """Put a shell script in the place of a command. $* are its arguments."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")


def healthy(more: str = "") -> str:
    """Give a script of an engine that is well."""
    return f"case \"$*\" in info*) echo '{INFO}' ;; {more} *) exit 1 ;; esac"
