"""Rewriting of a catalog's links (U-06, U-07, U-08, R-05, R-07, R-08, R-10)."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.reference.links import MalformedPage, links_of_catalog_page, storage_path
from artifactory_conformance.reference.render import project_html
from artifactory_conformance.reference.repositories import Repository, RepositoryClass
from artifactory_conformance.reference.switches import SwitchSet

SWITCHES = SwitchSet({})
OPEN = SwitchSet({"foreign_links": "unfetchable", "link_query": "kept", "remote_yanked": "kept"})


def remote(url, registry=None):
    settings = {"url": url, "pyPIRegistryUrl": registry or url, "pyPIRepositorySuffix": "simple"}
    return Repository("catalog", RepositoryClass.REMOTE, "pypi", settings)


def hrefs(href, url, registry=None, switches=SWITCHES):
    one = remote(url, registry)
    links = links_of_catalog_page(f'<a href="{href}">x</a>', f"{one.index_url}/example/", one, switches)
    return [link.href for link in links]


ORG = "https://catalog.example/org/pypi"


@pytest.mark.parametrize(
    ("href", "url", "registry", "wanted"),
    [
        (  # U-07
            "https://files.pythonhosted.org/packages/4e/e7/81eb/pytest-8.2.2.whl#sha256=ab",
            "https://files.pythonhosted.org",
            "https://pypi.org",
            "../../packages/packages/4e/e7/81eb/pytest-8.2.2.whl#sha256=ab",
        ),
        ("../../packages/aa/x.whl", ORG, None, "../../packages/packages/aa/x.whl"),
        (f"{ORG}/files/x.whl", ORG, None, "../../packages/files/x.whl"),
        ("/org/pypi/files/x.whl", ORG, None, "../../packages/files/x.whl"),
        ("/files/x.whl", "https://catalog.example/python", None, "../../packages/files/x.whl"),
        ("../../packages/x.whl", f"{ORG}/simple", ORG, "../../packages/org/pypi/packages/x.whl"),
        ("x.whl?sig=1#sha256=ab", ORG, None, "../../packages/simple/example/x.whl#sha256=ab"),
        ("https://joe:hush@catalog.example/org/pypi/x.whl", ORG, None, "../../packages/x.whl"),
    ],
)
def test_r10_known_forms(href, url, registry, wanted):
    assert hrefs(href, url, registry) == [wanted]


def test_r08_a_link_to_another_host_is_dropped_or_leads_nowhere():
    assert hrefs("https://elsewhere.example/x.whl", ORG) == []
    assert hrefs("https://elsewhere.example/x.whl", ORG, switches=OPEN) == ["../../packages/x.whl"]


def test_r10_the_query_is_dropped_or_kept():
    assert hrefs("x.whl?sig=1", f"{ORG}/simple", ORG) == ["../../packages/example/x.whl"]
    assert hrefs("x.whl?sig=1", f"{ORG}/simple", ORG, OPEN) == ["../../packages/example/x.whl?sig=1"]


def test_u11_the_storage_path_has_no_packages_prefix():
    assert storage_path("packages/4e/x.whl") == "4e/x.whl"
    assert storage_path("files/x.whl") == "files/x.whl"


names = st.text(alphabet="abzAZ019._-+!%()' ", min_size=1, max_size=12).filter(lambda text: text.strip(". "))
segments = st.lists(names.map(lambda text: text.replace("%", "%25")), min_size=1, max_size=5).map("/".join)
origins = st.sampled_from(
    ["", "/", "../../", "./", "//catalog.example/", "https://catalog.example/", f"{ORG}/", f"{ORG}/packages/",
     "https://other.example/", "http://u:p@catalog.example/org/pypi/", "HTTPS://CATALOG.EXAMPLE/", "ftp://catalog.example/"]
)  # fmt: skip
queries = st.sampled_from(["", "?", "?a=b&c=d", "?X-Amz-Signature=%2F"])
digests = st.text(alphabet="0123456789abcdef", min_size=64, max_size=64)


@given(origin=origins, path=segments, query=queries, digest=digests, open_ends=st.booleans())
def test_no_form_of_a_link_names_the_host_and_the_hash_is_kept(origin, path, query, digest, open_ends):
    href = f"{origin}{path}{query}#sha256={digest}"
    switches = OPEN if open_ends else SWITCHES
    page = f"<html><body><a href='{escape(href)}' data-yanked=''>x</a></body></html>"
    try:
        links = links_of_catalog_page(page, f"{ORG}/simple/example/", remote(ORG), switches)
    except MalformedPage:
        return
    html = project_html(links)
    assert "://" not in html
    assert "example/org" not in html
    assert "u:p@" not in html
    for link in links:
        assert re.match(r"\.\./\.\./packages/[^/]", link.href)
        assert link.href.endswith(f"#sha256={digest}")
        assert not link.path.startswith("/")


@given(st.text(max_size=200))
def test_any_text_is_a_page_or_malformed(text):
    try:
        links = links_of_catalog_page(text, f"{ORG}/simple/example/", remote(ORG), SWITCHES)
    except MalformedPage:
        return
    assert project_html(links).endswith("</body></html>")


@given(st.text(alphabet="<>=3.8,!'\"& ", min_size=1, max_size=20), st.text(max_size=20))
def test_attributes_are_escaped_and_come_back(requires, reason):
    page = f'<a href="x.whl" data-requires-python="{escape(escape(requires))}" data-yanked="{escape(reason)}">x</a>'
    first = links_of_catalog_page(page, f"{ORG}/simple/example/", remote(ORG), OPEN)
    again = links_of_catalog_page(project_html(first), f"{ORG}/simple/example/", remote(ORG), OPEN)
    assert len(again) == 1
    assert project_html(again).count("<a ") == 1


INDEX, STORAGE = "https://first.example/artifactory/api/pypi/catalog", "https://first.example/artifactory/catalog"


@pytest.mark.parametrize(
    ("href", "url", "wanted"),
    [
        ("../../packages/packages/ab/x.whl", INDEX, "../../packages/packages/packages/ab/x.whl"),
        ("../../packages/packages/ab/x.whl", STORAGE, "../../packages/packages/ab/x.whl"),
        ("../../packages/ab/x.whl", STORAGE, "../../packages/packages/ab/x.whl"),
        ("../../x/1.0/x.whl", STORAGE, "../../packages/x/1.0/x.whl"),
    ],
    ids=["within URL", "doubled", "single", "of a local"],
)
def test_r06_links_of_another_artifactory(href, url, wanted):
    assert hrefs(href, url, INDEX) == [wanted]


def test_r06_links_of_another_artifactory_outside_url_lead_nowhere_when_url_alone_counts():
    by_url = SwitchSet({"artifactory_upstream": "by_url"})
    assert hrefs("../../packages/ab/x.whl", STORAGE, INDEX, by_url) == [
        "../../packages/artifactory/api/pypi/catalog/packages/ab/x.whl"
    ]
