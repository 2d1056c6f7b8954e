"""The verb in a sealed home: exit codes, nothing sent, no secret in what it prints."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artifactory_conformance.clients.elsewhere import Elsewhere
from artifactory_conformance.doctor.command import examine
from artifactory_conformance.doctor.report import as_text
from artifactory_conformance.targets.authority import Authority
from tests.doctor.conftest import INDEX, SECRET, UNENCODED, WITH_PASSWORD, Sealed
from tests.traps.instances import Instance


def doctor(sealed: Sealed, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run it as a user would, where every way out is a proxy that refuses."""
    with Elsewhere() as elsewhere:
        done = subprocess.run(
            [sys.executable, "-m", "artifactory_conformance", "doctor", *arguments],
            cwd=sealed.project,
            env={**sealed.environment, **environment, **elsewhere.variables},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert elsewhere.asked == []
    assert SECRET not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def test_a_user_with_one_index_has_no_findings(sealed: Sealed):
    sealed.write("~/.config/pip/pip.conf", f"[global]\nindex-url = {WITH_PASSWORD}\n")
    done = doctor(sealed, "--index-url", INDEX, PIP_EXTRA_INDEX_URL="", PIP_FIND_LINKS="")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "no findings; nothing was sent, and nothing changed" in done.stdout


def test_every_finding_is_told_with_its_place_and_its_remedy(sealed: Sealed):
    sealed.write("~/.pip/pip.conf", f"[global]\nindex-url = {UNENCODED}\n", 0o644)
    sealed.write("~/.netrc", f"default login me password {SECRET}\n", 0o644)
    done = doctor(sealed, "--index-url", INDEX, PIP_EXTRA_INDEX_URL=WITH_PASSWORD)
    assert done.returncode == 1
    counted = int(done.stdout.splitlines()[-1].split()[0])
    assert counted == done.stdout.count("\n   where  ") == done.stdout.count("\n   do     ") >= 5
    data = json.loads(doctor(sealed, "--json", PIP_EXTRA_INDEX_URL=WITH_PASSWORD).stdout)
    assert data["sent"] == ""
    assert any(section["findings"] for section in data["sections"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["--unknown"],
        ["--index-url"],
        ["--index-url", "nowhere"],
        ["--index-url", ""],
        ["--index-url", f"https://me:{SECRET}@h/simple"],
        ["--index-url", f"https://h/simple?token={SECRET}"],
        ["--ask"],
    ],
)
def test_bad_usage_is_2_with_one_reason(sealed: Sealed, arguments: list[str]):
    done = doctor(sealed, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_an_interpreter_without_pip_is_told_and_is_no_finding(sealed: Sealed):
    done = doctor(sealed, "--python", "/nowhere/python")
    assert done.returncode == 0
    assert "name the interpreter whose pip is used with --python" in done.stdout


def test_asked_to_it_tells_which_authorities_vouch_for_the_index(tmp_path: Path, sealed: Sealed):
    sealed.write("~/.config/pip/pip.conf", f"[global]\nindex-url = {WITH_PASSWORD}\n")
    (tmp_path / "ca").mkdir()
    authority = Authority(tmp_path / "ca")
    with Instance(tmp_path, authority) as instance:
        index = f"{instance.url}/simple"
        done = doctor(sealed, "--ask", "--index-url", index, SSL_CERT_FILE=str(authority.bundle))
    assert done.returncode == 1
    assert "SSL_CERT_FILE" in done.stdout
    assert "some authorities do not vouch for the index's host" in done.stdout
    assert "was asked for its certificate, and nothing else was sent" in done.stdout


FILES = ("~/.pip/pip.conf", "~/.netrc", "/etc/uv/uv.toml", "pyproject.toml", "requirements.txt")
FILES += ("~/.config/pypoetry/auth.toml",)
lines = st.sampled_from(
    [
        *("[global]", "[[index]]", "[tool.uv]", "[[tool.poetry.source]]", "[tool.poetry]", "[pip]", "[http-basic.a]"),
        *(f"index-url = {WITH_PASSWORD}", f'index-url = "{WITH_PASSWORD}"', f'url = "{UNENCODED}"'),
        *(f"find-links = {WITH_PASSWORD}", f'password = "{SECRET}"', "default = true", "index = 3"),
        *(f"--index-url {UNENCODED}", "extra-index-url = [1]", f"trusted-host = me:{SECRET}@h", "cert = false"),
        *(f"machine https://{SECRET}@h login a password {SECRET}", f"machine me:{SECRET}@h:1 login a password x%40"),
        f"machine h password {SECRET}",
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(FILES), st.lists(lines | st.text(max_size=12), max_size=5)))
def test_whatever_stands_in_files_it_is_told_without_a_secret(sealed: Sealed, texts: dict[str, list[str]]):
    for name in FILES:
        path = sealed.write(name, "")
        path.write_bytes("\n".join(texts.get(name, [])).encode("utf-8", "replace"))
    text = as_text(examine(sealed.machine(PIP_INDEX_URL=UNENCODED), None), "")
    assert SECRET not in text
    assert all(line.isprintable() for line in text.splitlines())
