"""Secrets stay out of command lines, and verification stays on."""

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.clients.arguments import (
    InsecureOption,
    SecretInArguments,
    passwords_of,
    refuse_insecurity,
    refuse_secrets,
)

SECRETS = st.text(min_size=6, max_size=40).filter(lambda text: text.isprintable() and text.strip("A=") != "")
SPELLINGS = st.sampled_from(
    [
        lambda secret: secret,
        lambda secret: quote(secret, safe=""),
        lambda secret: base64.b64encode(secret.encode()).decode(),
    ]
)


@given(secret=SECRETS, spelling=SPELLINGS, before=st.text(max_size=10))
def test_secret_is_refused_in_every_spelling_and_not_repeated(secret, spelling, before) -> None:
    with pytest.raises(SecretInArguments) as caught:
        refuse_secrets(["pip", f"{before}{spelling(secret)}"], ["", secret])
    assert secret not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["https://me:sesame@127.0.0.1/simple", "--index-url=http://me:p@x@127.0.0.1/", "x://:s@h"]
)
def test_url_with_a_password_is_refused_whether_or_not_it_is_known(url: str) -> None:
    with pytest.raises(SecretInArguments):
        refuse_secrets(["pip", "install", url], [])


@pytest.mark.parametrize("argument", ["https://me@127.0.0.1:8443/simple", "http://127.0.0.1:80/a@b", "example[x]==1.0"])
def test_ordinary_arguments_pass(argument: str) -> None:
    refuse_secrets([argument], ["", "sesame"])


@pytest.mark.parametrize("option", ["--trusted-host", "--trusted-host=127.0.0.1", "--trusted", "--tr"])
def test_trusted_host_is_refused_as_an_option_however_short(option: str) -> None:
    with pytest.raises(InsecureOption):
        refuse_insecurity(["example", option], {})


def test_trusted_host_is_refused_as_a_variable() -> None:
    with pytest.raises(InsecureOption):
        refuse_insecurity([], {"PIP_trusted_HOST": "127.0.0.1"})


@pytest.mark.parametrize("option", ["--target", "--t", "--pre", "tr"])
def test_other_options_pass(option: str) -> None:
    refuse_insecurity([option], {"PIP_PRE": "1"})


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://me:p%40ss@127.0.0.1/", {"p%40ss", "p@ss"}),
        ("http://me@127.0.0.1/", set()),
        ("http://[broken:secret@x", set()),
        (None, set()),
    ],
)
def test_password_of_a_url_is_found_encoded_and_decoded(url: str | None, expected: set[str]) -> None:
    assert passwords_of(url) == expected
