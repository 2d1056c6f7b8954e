"""What cannot be meant is refused in one line that names the setting and its origin."""

from __future__ import annotations

import certifi
import pytest

from tests.settings.examples import ADMIN, BY_NAME, INSTANCE, SECRET, SET_UP, refusal

LONG = "x" * 5000
BAD_OPTIONS = [
    ("target", "cloud", "--target 'cloud'", "must be one of embedded, container, instance, index"),
    ("target", "", "--target ''", "must be one of"),
    ("target", "index", "--target 'index'", "needs --index-url"),
    ("target", "instance", "--target 'instance'", "needs --artifactory-url"),
    ("level", "destroy", "--level 'destroy'", "must be one of observe, pull, mutate"),
    ("repo", "", "--repo ''", "must be the key"),
    ("repo", "a b", "--repo 'a b'", "is no repository key"),
    ("repo", "1st", "--repo '1st'", "is no repository key"),
    ("repo", "a/b", "--repo 'a/b'", "is no repository key"),
    ("repo", "../x", "--repo '../x'", "is no repository key"),
    ("repo", "ü", "--repo 'ü'", "is no repository key"),
    ("repo", "a\n", "--repo 'a\\n'", "is no repository key"),
    ("repo", "x" * 65, "--repo 'xxx", "at most 64"),
    ("repo", "internal-pypi", "--repo 'internal-pypi'", "three different keys"),
    ("repo", "Internal-PyPI", "--repo 'Internal-PyPI'", "three different keys"),
    ("virtual", "activestate-platform", "--virtual 'activestate-platform'", "three different keys"),
    ("local", "activestate-platform", "--local 'activestate-platform'", "three different keys"),
    ("virtual", "-x", "--virtual '-x'", "is no repository key"),
    ("local", "x?", "--local 'x?'", "is no repository key"),
    ("organization", "acme", "--organization 'acme'", "must be your organization's UUID"),
    ("organization", "b5865a43-1f24-48df-b6f3-8c932c7aae29", "--organization 'b5865a43", "printed example"),
    ("organization", "B5865A43-1F24-48DF-B6F3-8C932C7AAE29", "--organization 'B5865A43", "printed example"),
    ("organization", "01234567-89ab-cdef-0123-456789abcdef", "--organization '0123", "contradicts the embedded target"),
    ("artifactory_url", "http://h", "--artifactory-url 'http://h'", "contradicts the embedded target"),
    ("artifactory_url", "h:8081", "--artifactory-url 'h:8081'", "http:// or https://"),
    ("artifactory_url", "ftp://h", "--artifactory-url 'ftp://h'", "http:// or https://"),
    ("artifactory_url", "http://", "--artifactory-url 'http://'", "with a host"),
    ("artifactory_url", "http://[", "--artifactory-url 'http://['", "is no URL"),
    ("artifactory_url", "http://h:port", "--artifactory-url 'http://h:port'", "is no URL"),
    ("artifactory_url", "http://h:70000", "--artifactory-url 'http://h:70000'", "is no URL"),
    ("artifactory_url", "http://h\n/x", "--artifactory-url 'http://h\\n/x'", "control characters"),
    ("artifactory_url", " http://h", "--artifactory-url ' http://h'", "blanks"),
    ("artifactory_url", f"http://h/?token={SECRET}", "--artifactory-url 'http://h/…'", "query"),
    ("artifactory_url", f"http://h/#{SECRET}", "--artifactory-url 'http://h/…'", "fragment"),
    ("artifactory_url", "http://h?", "--artifactory-url", "query"),
    ("artifactory_url", f"http://me:{SECRET}@h", "--artifactory-url '…h'", "credentials do not belong"),
    ("artifactory_url", f"http://{SECRET}@h", "--artifactory-url '…h'", "credentials do not belong"),
    ("artifactory_url", f"http://me:{SECRET}@h:port", "--artifactory-url", "credentials do not belong"),
    ("artifactory_url", f"http://me:{SECRET}/x@h", "--artifactory-url", "credentials do not belong"),
    ("artifactory_url", f"http://me:{SECRET}#x@h", "--artifactory-url", "credentials do not belong"),
    ("artifactory_url", f"me:{SECRET}@h", "--artifactory-url", "credentials do not belong"),
    ("catalog_control", f"http://me:{SECRET}@h", "--catalog-control", "credentials do not belong"),
    ("catalog_control", "http://h", "--catalog-control 'http://h'", "contradicts the embedded target"),
    ("catalog_address", "nowhere", "--catalog-address 'nowhere'", "http:// or https://"),
    ("catalog_dir", "/nowhere/at/all", "--catalog-dir '/nowhere/at/all'", "is not a folder"),
    ("catalog_dir", __file__, "--catalog-dir", "is not a folder"),
    ("catalog_dir", "a\0b", "--catalog-dir 'a\\x00b'", "folder"),
    ("catalog_dir", LONG, "--catalog-dir", "cannot be looked at"),
    ("reports", __file__, "--reports", "is not a folder"),
    ("reports", f"{__file__}/x", "--reports", "is not a folder"),
    ("reports", "", "--reports ''", "must be the name of a folder"),
    ("reports", "a\0b", "--reports 'a\\x00b'", "must be the name of a folder"),
    ("reports", LONG, "--reports", "cannot be looked at"),
    ("reports", "\ud800", "--reports '\\ud800'", "cannot be looked at"),
    ("set_up_site", "perhaps", "--set-up-site 'perhaps'", "must be one of"),
    ("ca_bundle", "nowhere.pem", "--ca-bundle 'nowhere.pem'", "not a file that can be read"),
    ("ca_bundle", "pyproject.toml", "--ca-bundle", "holds no certificate"),
    ("tls", "2", "--tls '2'", "must be one of"),
    ("fail_on_warning", "2", "--fail-on-warning '2'", "must be one of"),
    ("require", "REMOTE-99", "--require", "'REMOTE-99' is no clause"),
    ("require", "a\nb", "--require", "'a\\nb' is no clause"),
]


@pytest.mark.parametrize(("name", "value", "shown", "problem"), BAD_OPTIONS)
def test_a_bad_option_is_refused_by_name_with_its_origin(name: str, value: str, shown: str, problem: str):
    text = refusal({name: value})
    assert text.startswith(shown)
    assert "(from the command line)" in text
    assert problem in text


@pytest.mark.parametrize(("name", "value", "shown", "problem"), [row for row in BAD_OPTIONS if row[1]])
def test_a_bad_variable_is_refused_likewise(name: str, value: str, shown: str, problem: str):
    text = refusal({}, {BY_NAME[name].environment: value})
    assert text.startswith(shown)
    assert f"(from environment variable {BY_NAME[name].environment})" in text
    assert problem in text


@pytest.mark.parametrize(
    ("options", "environment", "named", "problem"),
    [
        (INSTANCE, {"ARTIFACTORY_USER": SECRET}, "ARTIFACTORY_USER", "without ARTIFACTORY_PASS"),
        (INSTANCE, {"ARTIFACTORY_PASS": SECRET}, "ARTIFACTORY_PASS", "without ARTIFACTORY_USER"),
        (INSTANCE, {"ARTIFACTORY_ADMIN_USER": SECRET}, "ARTIFACTORY_ADMIN_USER", "without ARTIFACTORY_ADMIN_PASS"),
        (INSTANCE, {"ARTIFACTORY_ADMIN_PASS": SECRET}, "ARTIFACTORY_ADMIN_PASS", "without ARTIFACTORY_ADMIN_USER"),
        (INSTANCE, {"CATALOG_USER": SECRET}, "CATALOG_USER", "without CATALOG_PASS"),
        (INSTANCE, {"CATALOG_PASS": SECRET}, "CATALOG_PASS", "without CATALOG_USER"),
        (INSTANCE, {**ADMIN, "ARTIFACTORY_ADMIN_PASS": "x"}, "ARTIFACTORY_ADMIN_TOKEN", "give one of the two"),
        ({}, {"ARTIFACTORY_USER": SECRET, "ARTIFACTORY_PASS": SECRET}, "ARTIFACTORY_USER", "contradicts the embedded"),
        ({}, ADMIN, "ARTIFACTORY_ADMIN_TOKEN", "contradicts the embedded"),
        ({**INSTANCE, "model_profile": "oss"}, {}, "--model-profile", "embedded target only"),
        ({**INSTANCE, "catalog_dir": "."}, {}, "--catalog-dir", "embedded target only"),
        ({**INSTANCE, "tls": True}, {}, "--tls", "embedded target only"),
        ({"ca_bundle": certifi.where()}, {}, "--ca-bundle", "contradicts the embedded"),
        ({**INSTANCE, "level": "mutate"}, {}, "--level", "needs an administrator"),
        ({**SET_UP, "level": "pull"}, ADMIN, "--set-up-site", "needs --level mutate"),
        ({**SET_UP, "catalog_control": None}, ADMIN, "--set-up-site", "needs --catalog-control"),
        (SET_UP, {**ADMIN, "ARTIFACTORY_USER": "u", "ARTIFACTORY_PASS": SECRET}, "ARTIFACTORY_USER", "makes its own"),
        ({**SET_UP, "organization": "01234567-89ab-cdef-0123-456789abcdef"}, ADMIN, "--organization", "makes its own"),
        ({}, {"CATALOG_USER": "u", "CATALOG_PASS": SECRET}, "CATALOG_USER", "contradicts the embedded"),
        ({**INSTANCE, "local": "x", "virtual": "x"}, {}, "--local 'x'", "both 'x'"),
    ],
)
def test_what_cannot_be_meant_together_is_refused(options, environment, named: str, problem: str):
    text = refusal(options, environment)
    assert text.startswith(named)
    assert problem in text
