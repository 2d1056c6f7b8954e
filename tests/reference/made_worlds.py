"""Small worlds that several probes begin with."""

from tests.reference.made_distributions import wheel as made_wheel

WHEEL = "example-1.0-py3-none-any.whl"
PAGE = "/org/pypi/simple/example/"
FILE = f"/org/pypi/packages/ab/cd/{WHEEL}"
JSON = {"Accept": "application/vnd.pypi.simple.v1+json"}
EXPIRED = 7201


def one_project(model, catalog, **settings):
    """A remote of a catalog with one project, and somebody with Read alone."""
    catalog.project("example", content=b"0123456789")
    model.remote(catalog, **settings)
    return model.user("reader", groups=["readers"])


def one_upload(model):
    """A local with one wheel, which is in its page by now."""
    model.local("internal")
    model.upload("internal", WHEEL, made_wheel("example", "1.0"), "example", "1.0")
    model.advance(5)
