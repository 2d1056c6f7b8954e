"""`python -m tests.reference.recording FILE`: record an archive of the model, in the form of a real one's."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from artifactory_conformance.evidence import Credentials, RecordedSession, Recorder
from artifactory_conformance.first_contact.har import as_har
from artifactory_conformance.limits import LIMITS
from tests.reference.model_client import ADMIN
from tests.reference.replay import SetUp, started

SET_UP = SetUp(
    base="",
    profile="7.161-pro",
    names={"recorded-local": "internal"},
    local={"recorded-local": [["hello", "1.0", ">=3.8"], ["hello", "1.1", ""]]},
    remote={"recorded-remote": [["example", "2.0", ""]]},
    virtual={"recorded-virtual": ["recorded-local", "recorded-remote"]},
)
"""What the recorded one was. The model calls one repository otherwise, as somebody's model may."""

WHEEL = "hello-1.0-py3-none-any.whl"
INTERNAL = "/api/pypi/recorded-local"
REMOTE = "/api/pypi/recorded-remote"
JSON = {"Accept": "application/vnd.pypi.simple.v1+json"}
ASKED: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("GET", "/api/system/version", {}),
    ("GET", f"{INTERNAL}/simple/", {}),
    ("GET", f"{INTERNAL}/simple/hello/", {}),
    ("HEAD", f"{INTERNAL}/simple/hello/", {}),
    ("GET", f"{INTERNAL}/simple/hello/", JSON),
    ("GET", f"{INTERNAL}/simple/hello", {}),
    ("GET", f"{INTERNAL}/simple/absent/", {}),
    ("GET", f"{INTERNAL}/hello/1.0/{WHEEL}", {}),
    ("GET", f"{INTERNAL}/hello/1.0/{WHEEL}", {"Range": "bytes=0-9"}),
    ("GET", f"{REMOTE}/simple/example/", {}),
    ("GET", f"{REMOTE}/packages/packages/example-2.0-py3-none-any.whl", {}),
    ("GET", "/api/pypi/recorded-virtual/simple/hello/", {}),
    ("GET", "/api/storage/recorded-local/hello/1.0", {}),
    ("GET", "/api/pypi/of-somebody-else/simple/", {}),
)


def record(set_up: SetUp = SET_UP) -> dict[str, Any]:
    """Set a model up, ask it everything as administrator, one thing as nobody, and give the archive."""
    recorder = Recorder()
    with started(replace(set_up, names={})) as model:
        for who in (Credentials(*ADMIN), Credentials()):
            session = RecordedSession(model.base, recorder=recorder, limits=LIMITS, level=None, credentials=who)
            for method, path, headers in ASKED if who.user else ASKED[2:3]:
                session.request(method, path, headers=headers)
            session.close()
        base = model.base
    told = asdict(set_up)
    for kind in ("local", "remote", "virtual"):
        told[kind] = {set_up.names.get(key, key): value for key, value in told[kind].items()}
    told["virtual"] = {key: [set_up.names.get(one, one) for one in members] for key, members in told["virtual"].items()}
    return as_har(({"check": "", **item} for item in recorder.items()), json.dumps({**told, "base": base}))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(record(), indent=1) + "\n", encoding="utf-8")
