"""`python -m tests.reference.replay ARCHIVE`: hold recorded answers against the model.

An archive (HAR 1.2, as `first-contact` writes it) is asked anew: the model is set up as the archive, or a file beside
it, says, gets the archive's GET and HEAD requests, and has to answer alike: status, media type, headers, shape of the
body.
docs/first-contact.md tells what a set-up holds.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from artifactory_conformance.reference.app import application
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.profiles import UnknownProfile, profile_named
from artifactory_conformance.reference.switches import UnknownSwitch
from tests.reference.made_distributions import wheel
from tests.reference.model_client import ADMIN, NOBODY, ModelClient
from tests.reference.shapes import Answer, differences
from tests.reference.stage import standing
from tests.reference.stub_catalog import Reply, StubCatalog

INDEXED = 3
"""Seconds after which a local repository lists what it got."""

_KEY = re.compile(r"/(?:api/(?:pypi|storage|repositories)/)?([^/?]+?)(-cache)?(?=[/?]|$)")
_WITHOUT_KEY = ("/api/system/",)
_SENT = frozenset({"accept", "range", "if-none-match", "if-modified-since", "accept-encoding", "user-agent"})
_WHO = {"anonymous": NOBODY, "admin": ADMIN}


class NotReplayable(Exception):
    """An archive or a set-up that cannot be used. The message is one line."""


@dataclass(frozen=True)
class SetUp:
    """What the model is to be. local, remote: distributions by key, as name, version and requires-python."""

    base: str
    profile: str
    switches: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    local: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    remote: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    virtual: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @staticmethod
    def of(given: Any) -> SetUp:
        """Read one; other fields are for people. Raises NotReplayable."""
        if not isinstance(given, dict) or not given.get("base") or not given.get("profile"):
            raise NotReplayable("no set-up: neither the archive's comment nor --set-up has `base` and `profile`")
        return SetUp(**{name: given[name] for name in SetUp.__dataclass_fields__ if name in given})

    @property
    def keys(self) -> set[str]:
        """The model's keys."""
        return {*self.local, *self.remote, *self.virtual}

    def build(self, model: ModelClient, catalog: StubCatalog) -> None:
        """Make the repositories with what is in them."""
        for key, distributions in self.local.items():
            model.local(key)
            for name, version, requires in distributions:
                file = f"{name}-{version}-py3-none-any.whl"
                model.upload(key, file, wheel(name, version, requires), name, version, requires_python=requires)
        for key, distributions in self.remote.items():
            _publish(catalog, distributions)
            model.remote(catalog, key)
        for key, members in self.virtual.items():
            model.virtual(*members, key=key)
        model.advance(INDEXED)


def _publish(catalog: StubCatalog, distributions: Sequence[Sequence[str]]) -> None:
    pages: dict[str, str] = {}
    for name, version, _ in distributions:
        file = f"{name}-{version}-py3-none-any.whl"
        catalog.replies[f"/org/pypi/packages/{file}"] = Reply(body=wheel(name, version))
        pages[name] = pages.get(name, "") + f'<a href="../../packages/{file}">{file}</a>\n'
    for name, page in pages.items():
        body = f"<!DOCTYPE html><html><body>{page}</body></html>".encode()
        catalog.replies[f"/org/pypi/simple/{name}/"] = Reply(body=body, headers={"Content-Type": "text/html"})


@dataclass
class Replayed:
    """What became of an archive. different: lines; left_out: why requests were not asked."""

    asked: int = 0
    different: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def replay(archive: Mapping[str, Any], set_up: SetUp, model: ModelClient) -> Replayed:
    """Ask the model what the archive was asked, in its order. Raises NotReplayable."""
    found = Replayed()
    try:
        entries = archive["log"]["entries"]
        for entry in entries:
            _one(entry, set_up, model, found)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NotReplayable(f"no HTTP Archive: {type(error).__name__} {error}") from None
    return found


def _one(entry: Mapping[str, Any], set_up: SetUp, model: ModelClient, found: Replayed) -> None:
    request, response = entry["request"], entry["response"]
    path = _path(request["url"], set_up)
    who = _WHO.get(entry.get("_identity", "anonymous"))
    if request["method"] not in {"GET", "HEAD"}:
        found.left_out["another method"] += 1
    elif path is None:
        found.left_out["another address or repository"] += 1
    elif who is None:
        found.left_out["another user"] += 1
    elif not response["status"]:
        found.left_out["no answer was recorded"] += 1
    else:
        sent = {each["name"]: each["value"] for each in request["headers"] if each["name"].lower() in _SENT}
        came = model.call(request["method"], path, who, headers=sent)
        now = Answer(came.status_code, {k.lower(): v for k, v in came.headers.items()}, came.text, whole=True)
        found.asked += 1
        for line in differences(request["method"], path, sent, _renamed(Answer.recorded(response), set_up), now):
            found.different.append(f"{request['method']} {path}: {line}")


def _renamed(answer: Answer, set_up: SetUp) -> Answer:
    """Give an answer with the model's keys wherever it names a repository."""

    def renamed(text: str) -> str:
        for name, key in set_up.names.items():
            text = key.join(re.split(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])", text))
        return text

    headers = {name: renamed(value) for name, value in answer.headers.items()}
    return replace(answer, headers=headers, text=renamed(answer.text))


def _path(url: str, set_up: SetUp) -> str | None:
    """Give the path below the context with the model's keys; None if it is about something else."""
    if not url.startswith(f"{set_up.base}/"):
        return None
    path = url.removeprefix(set_up.base)
    if path.startswith(_WITHOUT_KEY):
        return path
    match = _KEY.match(path)
    if match is None:
        return None
    key = set_up.names.get(match[1], match[1])
    return f"{path[: match.start(1)]}{key}{path[match.end(1) :]}" if key in set_up.keys else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Give 0 if the model answers alike, 1 if not or if nothing could be asked, 4 for what cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m tests.reference.replay", description=main.__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--set-up", type=Path, metavar="FILE", help="instead of what the archive's comment says")
    options = parser.parse_args(arguments)
    try:
        archive = json.loads(options.archive.read_text("utf-8"))
        told = options.set_up.read_text("utf-8") if options.set_up else archive["log"].get("comment") or "{}"
        set_up = SetUp.of(json.loads(told))
        found = played(archive, set_up)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        print(f"{options.archive}: no archive with a set-up ({type(error).__name__})", file=sys.stderr)
        return 4
    except (NotReplayable, UnknownProfile, UnknownSwitch) as error:
        print(f"{options.archive}: {error}", file=sys.stderr)
        return 4
    for line in found.different:
        print(line)
    for reason, count in sorted(found.left_out.items()):
        print(f"not asked: {count}, {reason}")
    print(f"{found.asked} requests asked, {len(found.different)} differences")
    return int(bool(found.different) or not found.asked)


def played(archive: Mapping[str, Any], set_up: SetUp) -> Replayed:
    """Replay an archive at a model of its own."""
    with started(set_up) as model:
        return replay(archive, set_up, model)


@contextmanager
def started(set_up: SetUp) -> Iterator[ModelClient]:
    """Start a model with a catalog, as a set-up wants them."""
    profile = profile_named(set_up.profile)
    catalog = StubCatalog()
    instance = Instance(profile, profile.switch_set(set_up.switches), public_index=catalog.origin)
    try:
        with standing() as stage:
            stage.app = application(instance)
            model = ModelClient(stage.origin)
            try:
                set_up.build(model, catalog)
                yield model
            finally:
                model.session.close()
    finally:
        instance.logs.close()
        catalog.stop()


if __name__ == "__main__":
    sys.exit(main())
