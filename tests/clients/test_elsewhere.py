"""Elsewhere nobody comes through, and it is known where they wanted to go."""

import pytest
import requests

from artifactory_conformance.clients.elsewhere import Elsewhere


def test_hosts_are_noted_with_their_ports_and_nothing_else_of_what_was_asked() -> None:
    with Elsewhere() as elsewhere:
        proxies = {"http": elsewhere.url, "https": elsewhere.url}
        answer = requests.get("http://one.invalid/simple/secret/?q=secret", proxies=proxies, timeout=10)
        with pytest.raises(requests.exceptions.ProxyError):
            requests.get("https://me:secret@two.invalid:8443/", proxies=proxies, timeout=10)
        asked = elsewhere.asked
    assert answer.status_code == 403
    assert asked == ["one.invalid:80", "two.invalid:8443"]
