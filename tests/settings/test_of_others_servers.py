"""How somebody's server is asked, and by which way: what may be given, and what holds where nothing is."""

from __future__ import annotations

import pytest

from artifactory_conformance.settings import Bounds, resolve
from tests.settings.examples import ADMIN, INSTANCE, SECRET, refusal

INDEX = {"target": "index", "index_url": "https://index.example.org/simple", "project": "example"}
PROXY = {"proxy": "http://proxy.example.org:3128"}
ACCOUNT = {"CONFORMANCE_PROXY_USER": "us@er", "CONFORMANCE_PROXY_PASS": SECRET}


@pytest.mark.parametrize(
    ("options", "environment", "bounds"),
    [
        (INSTANCE, {}, Bounds(2, 2, 5000, 20)),
        ({**INSTANCE, "level": "observe"}, {}, Bounds(2, 2, 5000, 20)),
        ({**INSTANCE, "level": "mutate"}, ADMIN, Bounds(2, 2, 50_000, 200)),
        (INDEX, {}, Bounds(2, 2, 5000, 100)),
        ({**INSTANCE, "requests_per_second": "0", "max_requests": "7"}, {}, Bounds(0, 2, 7, 20)),
        (INSTANCE, {"CONFORMANCE_CONNECTIONS": "1", "CONFORMANCE_MAX_MEGABYTES": "0"}, Bounds(2, 1, 5000, 0)),
        ({}, {"CONFORMANCE_CONNECTIONS": "1"}, Bounds()),
    ],
)
def test_a_server_of_somebodys_is_spared_unless_told(options, environment, bounds):
    assert resolve(options, environment).bounds == bounds


@pytest.mark.parametrize("name", ["requests_per_second", "connections", "max_requests", "max_megabytes"])
def test_bounds_are_whole_numbers_and_not_for_what_the_run_starts(name):
    option = f"--{name.replace('_', '-')}"
    assert option in refusal({**INSTANCE, name: "-1"})
    assert "whole number, at least 0" in refusal({**INSTANCE, name: "1.5"})
    assert f"{option} '1' (from the command line): is for a server of somebody's" in refusal({name: "1"})


def test_credentials_of_a_proxy_are_given_apart_and_shown_nowhere():
    settings = resolve({**INSTANCE, **PROXY}, ACCOUNT)
    assert settings.proxy_with_credentials == f"http://us%40er:{SECRET}@proxy.example.org:3128"
    assert SECRET in settings.secrets()
    assert SECRET not in repr(settings)
    assert resolve({**INSTANCE, **PROXY}, {}).proxy_with_credentials == PROXY["proxy"]


@pytest.mark.parametrize(
    ("options", "environment", "said"),
    [
        ({**INSTANCE, "proxy": f"http://me:{SECRET}@proxy"}, {}, "credentials do not belong into a URL"),
        ({**INSTANCE, "proxy": "socks5://proxy"}, {}, "must be a http:// or https:// URL"),
        (INSTANCE, ACCOUNT, "is given without --proxy"),
        ({**INSTANCE, **PROXY}, {"CONFORMANCE_PROXY_USER": "user"}, "is given without"),
        (PROXY, {}, "--proxy 'http://proxy.example.org:3128' (from the command line): is for a server of somebody's"),
    ],
)
def test_a_proxy_that_cannot_be_meant_is_refused(options, environment, said):
    assert said in refusal(options, environment)
