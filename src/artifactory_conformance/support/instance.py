"""What the guide's Support part asks for, taken from what a run has seen: nobody is asked again.

The fields are those of a support report (client 4.3): the instance, its repositories, who may do what, packages, the
requests behind what is not conformant, so that somebody finds them in the instance's own logs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from artifactory_conformance.ledger import PREFIX
from artifactory_conformance.reporting import RunResults
from artifactory_conformance.verdicts import CheckResult, Verdict

FINE = frozenset({Verdict.CONFORMANT, Verdict.OBSERVED, Verdict.NOT_RUN, Verdict.NOT_APPLICABLE})
"""Verdicts behind which nobody has to look."""

_CONFIGURATION = re.compile(r"/api/repositories/([^/?]+)$")
_GRANT = re.compile(r"/api/(?:v2/)?security/((?:permissions|users|groups)(?:/users|/groups)?/[^/?]+)$")
_PAGE = re.compile(r"/simple/([^/?]+)/?$")
_FILE = re.compile(r"/([^/?]+(?:\.whl|\.tar\.gz|\.zip)(?:\.metadata)?)$")
_TELLING = ("x-jfrog-version", "x-artifactory-id", "x-artifactory-node-id", "x-request-id", "server", "via")
"""Headers by which a request is found again, or which say what stands in between."""


def instance_facts(run: RunResults) -> dict[str, Any]:
    """Give what a run has seen of the instance, as builtins; what was not seen is under `missing`, with the reason."""
    found: dict[str, Any] = {
        "artifactory": {**(run.version or {}), "nodes": sorted(_nodes(run.checks))},
        "repositories": _answers(run.checks, _CONFIGURATION),
        "permissions": _answers(run.checks, _GRANT),
        "packages": _packages(run.checks),
        "requests": list(_requests(run.checks)),
        "log": [item for check in run.checks for item in check.evidence if item.get("kind") == "log"],
        "clients": sorted({f"{item['client']} {item['version']}" for item in _clients(run.checks)}),
    }
    found["missing"] = list(_missing(found, run))
    return found


def _exchanges(checks: Iterable[CheckResult]) -> Iterator[tuple[CheckResult, Mapping[str, Any]]]:
    for check in checks:
        for item in check.evidence:
            if item.get("kind") == "exchange" and item.get("party") == "target":
                yield check, item


def _clients(checks: Iterable[CheckResult]) -> Iterator[Mapping[str, Any]]:
    for check in checks:
        for item in check.evidence:
            if item.get("kind") == "client" and item.get("client") and item.get("version"):
                yield item


def _path(url: object) -> str:
    try:
        return urlsplit(str(url)).path
    except ValueError:
        return ""


def _nodes(checks: Iterable[CheckResult]) -> set[str]:
    headers = (
        {name.lower(): value for name, value in item["response_headers"].items()} for _, item in _exchanges(checks)
    )
    return {
        f"{one['x-artifactory-id']} {one.get('x-artifactory-node-id', '')}".strip()
        for one in headers
        if "x-artifactory-id" in one
    }


def _answers(checks: Iterable[CheckResult], wanted: re.Pattern[str]) -> dict[str, Any]:
    """Give the last complete answer about each thing that is not one of the run's own scratch things."""
    found: dict[str, Any] = {}
    for _, item in _exchanges(checks):
        match = wanted.search(_path(item["url"]))
        if match is None or item["method"] != "GET" or item["status"] != 200:
            continue
        name = unquote(match[1])
        if f"/{name}".rpartition("/")[2].startswith(f"{PREFIX}-"):
            continue
        try:
            found[name] = json.loads(item["body"])
        except ValueError:
            found.setdefault(name, "the answer was too long to be kept whole; evidence.jsonl has its beginning")
    return dict(sorted(found.items()))


def _packages(checks: Iterable[CheckResult]) -> dict[str, list[str]]:
    """Give for each project or file that was asked for how it was answered, each way once."""
    found: dict[str, set[str]] = {}
    for _, item in _exchanges(checks):
        path = _path(item["url"])
        match = _PAGE.search(path) or _FILE.search(path)
        if match:
            answer = item["status"] or item["error"] or "no answer"
            found.setdefault(unquote(match[1]), set()).add(f"{item['method']} {path} as {item['identity']}: {answer}")
    return {name: sorted(ways) for name, ways in sorted(found.items())}


def _requests(checks: Iterable[CheckResult]) -> Iterator[dict[str, Any]]:
    for check, item in _exchanges(checks):
        if check.verdict not in FINE:
            headers = {name.lower(): value for name, value in item["response_headers"].items()}
            yield {
                "check": check.check.id,
                "time": item["time"],
                "method": item["method"],
                "url": item["url"],
                "identity": item["identity"],
                "status": item["status"],
                "error": item["error"],
                "headers": {name: headers[name] for name in _TELLING if name in headers},
            }


def _missing(found: Mapping[str, Any], run: RunResults) -> Iterator[dict[str, str]]:
    administrator = "an administrator reads it: give ARTIFACTORY_ADMIN_TOKEN, or ARTIFACTORY_ADMIN_USER and _PASS"
    if not run.version:
        yield {
            "what": "version and edition",
            "why": "nothing told them: no instance was reached, or it is no Artifactory",
        }
    if not found["repositories"]:
        yield {"what": "repository configuration", "why": administrator}
    if not found["permissions"]:
        yield {"what": "user permissions", "why": administrator}
    if not found["log"]:
        yield {
            "what": "log lines",
            "why": "the run did not read the instance's logs; `requests` has time, path and status, by which to find "
            "the lines in artifactory-request.log and artifactory-request-out.log",
        }
    if not found["packages"]:
        yield {"what": "package names", "why": "no page and no file was asked for"}
