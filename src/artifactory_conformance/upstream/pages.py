"""The HTML of the simple index (PEP 503, PEP 592, PEP 629)."""

from collections.abc import Iterable
from html import escape

from artifactory_conformance.upstream.layouts import Layout
from artifactory_conformance.upstream.shelf import PublishedFile


def project_page(project: str, files: Iterable[PublishedFile], layout: Layout, host: str) -> str:
    """The links to the files of one project."""
    return _page(f"Links for {project}", (_file_anchor(file, layout, host) for file in files))


def root_page(projects: Iterable[str], layout: Layout) -> str:
    """The links to all projects (U5: of the form `name/` at the catalog; pypi.org has the whole path)."""
    prefix = "" if layout is Layout.CATALOG else "/simple/"
    return _page("Simple index", (_anchor(f"{prefix}{project}/", {}, project) for project in projects))


def _file_anchor(file: PublishedFile, layout: Layout, host: str) -> str:
    distribution = file.distribution
    attributes = {}
    if distribution.requires_python is not None:
        attributes["data-requires-python"] = distribution.requires_python
    if file.yanked is not None:
        attributes["data-yanked"] = file.yanked
    link = layout.link(distribution.sha256, distribution.filename, host)
    return _anchor(f"{link}#sha256={distribution.sha256}", attributes, distribution.filename)


def _anchor(href: str, attributes: dict[str, str], text: str) -> str:
    written = "".join(f' {name}="{escape(value)}"' for name, value in {"href": href, **attributes}.items())
    return f"    <a{written}>{escape(text)}</a><br>\n"


def _page(title: str, anchors: Iterable[str]) -> str:
    return (
        "<!DOCTYPE html>\n<html>\n  <head>\n"
        '    <meta name="pypi:repository-version" content="1.0">\n'
        f"    <title>{escape(title)}</title>\n  </head>\n  <body>\n    <h1>{escape(title)}</h1>\n"
        f"{''.join(anchors)}  </body>\n</html>\n"
    )
