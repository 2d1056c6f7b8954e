"""Whatever is given, settings are taken or refused in one line, and no message shows a secret."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from artifactory_conformance.settings import TABLE, MalformedSettings, resolve
from artifactory_conformance.verdicts import Level
from tests.settings.examples import BY_NAME

texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["instance", "embedded", "mutate", "pull", "http://h", "https://h:1/x", "a", "true", "0", ".", "/"]
    ),
)
names = st.sampled_from(sorted(BY_NAME))
variables = st.sampled_from(sorted(setting.environment for setting in TABLE))


@settings(max_examples=300)
@given(st.dictionaries(names, texts, max_size=8), st.dictionaries(variables, texts, max_size=8))
def test_whatever_is_given_it_is_taken_or_refused_in_one_line(options: dict[str, str], environment: dict[str, str]):
    try:
        found = resolve(options, environment, clauses=("REMOTE-01",))
    except MalformedSettings as error:
        text = str(error)
    else:
        text = repr(found.target)
        assert found.level in Level
    assert text.isprintable()


@given(
    name=st.sampled_from(["password", "admin_password", "admin_token", "catalog_password"]),
    secret=st.from_regex(r"[^\s']{12,20}", fullmatch=True),
)
def test_no_message_shows_a_secret(name: str, secret: str):
    message = ""
    try:
        resolve({}, {BY_NAME[name].environment: secret})
    except MalformedSettings as error:
        message = str(error)
    assert secret not in message
