"""Answers and links made by hand."""

from __future__ import annotations

from requests.structures import CaseInsensitiveDict

from artifactory_conformance.artifactory import Link
from artifactory_conformance.evidence import Answer

BASE = "http://instance.example/artifactory"
INDEX = f"{BASE}/api/pypi/curated/simple"


def answer(status: int = 404, body: str = "", *, url: str = f"{INDEX}/some/", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, CaseInsensitiveDict(named), body.encode(), url, "GET", "somebody")


def page(*filenames: str, url: str = f"{INDEX}/some/") -> Answer:
    anchors = "".join(f'<a href="../../packages/ab/{name}#sha256=00">{name}</a>\n' for name in filenames)
    return answer(200, f"<!DOCTYPE html>\n<html><body>\n{anchors}</body></html>", url=url, Content_Type="text/html")


def link(filename: str, href: str = "", sha256: str = "0" * 64) -> Link:
    where = href or f"../../packages/{sha256}/{filename}"
    return Link(filename, f"{BASE}/api/pypi/curated/x/{filename}", sha256, None, where)
