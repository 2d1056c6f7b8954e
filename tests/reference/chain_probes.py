"""Probes of the switches that concern a model behind which a model stands: here one and the same."""

import re
from urllib.parse import urljoin

from tests.reference.model_client import ADMIN

USER, PASSWORD = ADMIN


def originated_requests(model, catalog):
    catalog.project("example")
    model.virtual(model.remote(catalog))
    answer = model.page("all", "example", headers={"X-Artifactory-Originated": "another"})
    return {200: "forwarded", 404: "cached_only"}[answer.status_code]


def artifactory_upstream(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    index, storage = f"{model.base}/api/pypi/catalog", f"{model.base}/catalog"
    model.remote(index, key="chained", url=storage, username=USER, password=PASSWORD)
    page = model.page("chained", "example")
    assert page.status_code == 200
    href = re.search(r'href="([^"#]*)', page.text)[1]
    file = model.get(urljoin(page.url, href))
    return {200: "by_registry", 404: "by_url"}[file.status_code]
