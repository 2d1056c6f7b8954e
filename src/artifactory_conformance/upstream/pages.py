"""The pages of the simple index: HTML (PEP 503, 592, 629, 658) and JSON (PEP 691)."""

import json
from collections.abc import Iterable, Sequence
from html import escape

from artifactory_conformance.upstream.forms import Anchors, Line, PageForm
from artifactory_conformance.upstream.layouts import Layout

JSON_TYPE = "application/vnd.pypi.simple.v1+json"


def project_page(project: str, files: Iterable[Line], form: PageForm) -> str:
    """The links to the files of one project."""
    padding = f"<!--{'-=' * (form.padding // 2)}-->\n" if form.padding else ""
    return _page(f"Links for {project}", [padding, *(_file_anchor(file, form.anchors) for file in files)])


def project_json(project: str, files: Sequence[Line]) -> str:
    """The same as PEP 691 has it."""
    return json.dumps(
        {"meta": {"api-version": "1.0"}, "name": project, "files": [_file_object(file) for file in files]}
    )


def root_page(projects: Iterable[str], layout: Layout) -> str:
    """The links to all projects (U5: of the form `name/` at the catalog; pypi.org has the whole path)."""
    prefix = "" if layout is Layout.CATALOG else "/simple/"
    return _page("Simple index", [_anchor(f"{prefix}{project}/", {}, project) for project in projects])


def _file_object(file: Line) -> dict[str, object]:
    found: dict[str, object] = {"filename": file.filename, "url": file.url, "hashes": file.hashes}
    if file.requires_python is not None:
        found["requires-python"] = file.requires_python
    if file.yanked is not None:
        found["yanked"] = file.yanked or True
    if file.metadata is not None:
        found["core-metadata"] = {"sha256": file.metadata}
    return found


def _file_anchor(file: Line, form: Anchors) -> str:
    attributes = {}
    if file.requires_python is not None:
        attributes["data-requires-python"] = file.requires_python
    if file.yanked is not None:
        attributes["data-yanked"] = file.yanked
    if file.metadata is not None:  # the name of PEP 658 and that of PEP 714
        attributes |= dict.fromkeys(("data-dist-info-metadata", "data-core-metadata"), f"sha256={file.metadata}")
    fragment = "".join(f"#{name}={value}" for name, value in file.hashes.items())
    return _anchor(f"{file.url}{fragment}", attributes, file.filename, form)


def _anchor(href: str, attributes: dict[str, str], text: str, form: Anchors = Anchors.ONE_LINE) -> str:
    written = [f'{name}="{escape(value)}"' for name, value in {"href": href, **attributes}.items()]
    if form is Anchors.MULTI_LINE:
        inside = "\n        ".join(written)
        return f"    <a\n        {inside}\n    >\n        {escape(text)}\n    </a>\n    <br>\n"
    if form is Anchors.UPPER_CASE:
        shouted = " ".join(f"{name.upper()}={value}" for name, _, value in (each.partition("=") for each in written))
        return f"    <A {shouted}>{escape(text)}</A><BR>\n"
    return f"    <a {' '.join(written)}>{escape(text)}</a><br>\n"


def _page(title: str, anchors: Iterable[str]) -> str:
    return (
        "<!DOCTYPE html>\n<html>\n  <head>\n"
        '    <meta name="pypi:repository-version" content="1.0">\n'
        f"    <title>{escape(title)}</title>\n  </head>\n  <body>\n    <h1>{escape(title)}</h1>\n"
        f"{''.join(anchors)}  </body>\n</html>\n"
    )
