"""No secret leaves a run: not on the terminal, not in a file of the reports, in no encoding, however a check tries."""

from __future__ import annotations

import base64
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from tests.traps.instances import PASSWORD, READER, Instance
from tests.traps.project import GOOD, Ended, Project, check

NASTY = "/ä %41@:+&?\\'"
"""What the generated password of a lab's user has in it besides."""

LEAKS = {
    "printed": "print(*forms)\nassert answer.status == 200",
    "printed_to_stderr": "print(*forms, file=sys.stderr)\nassert answer.status == 200",
    "printed_before_a_failure": "print(*forms)\nassert answer.status == 299",
    "logged": "logging.getLogger('x').error('%s', forms)\nassert answer.status == 200",
    "asserted": "assert password == 'something else', forms",
    "asserted_in_a_list": "assert answer.status == 200\nassert forms == ['something', 'else']",
    "asserted_deep_in_a_text": "assert 'x' * 1490 + password == answer.text",
    "raised": "raise ValueError(*forms)",
    "raised_at_the_end_of_a_long_text": "raise ValueError('x' * 1490 + ' ' + password)",
    "raised_in_a_chain": "try:\n    {}[password]\nexcept KeyError as error:\n    raise OSError(forms) from error",
    "failed": "pytest.fail(' '.join(forms))",
    "skipped": "pytest.skip(' '.join(forms))",
    "named_in_a_control": "with control(password):\n    assert answer.status == 299, forms",
    "kept_as_a_property": "record_property(password, forms)\nassert answer.status == 200",
    "observed": "observe(password, forms)\nassert answer.status == 200",
    "asked_for": "assert user.get('api/storage/' + quote(password, safe='')).status == 200",
}

PREAMBLE = """
import json
import logging


def forms_of(name, password):
    return [
        password,
        quote(password, safe=""),
        quote(quote(password)),
        base64.b64encode(password.encode()).decode(),
        base64.b64encode(f"{name}:{password}".encode()).decode(),
        json.dumps(password),
        repr(password),
        f"http://{name}:{quote(password)}@art.example.org/artifactory",
        f"Authorization: Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}",
    ]


@pytest.fixture
def leaves_a_secret(site_user):
    yield
    raise OSError(site_user.password)
"""


def leaking_checks(preparation: str, fixtures: str) -> Iterator[str]:
    given = (
        f"{preparation}\npassword = user.password\nanswer = user.get(VERSION)\nforms = forms_of(user.name, password)"
    )
    for name, lines in LEAKS.items():
        yield check(name, given, lines, fixtures=f"{fixtures}, record_property, observe")


def shapes(user: str, password: str) -> set[bytes]:
    """Give what must be found nowhere."""
    texts = {password, quote(password), quote(password, safe=""), quote_plus(password), quote(quote(password))}
    texts |= {json.dumps(password)[1:-1], ascii(password)[1:-1], repr(password)[1:-1], password.encode().hex()}
    texts |= {base64.b64encode(text.encode()).decode().rstrip("=") for text in (password, f"{user}:{password}")}
    texts |= set(password.split("-")[1:2])  # the part of a generated password that no canary gives away
    return {text.encode(coding) for text in texts for coding in ("utf-8", "utf-16-le")} | {password.encode("latin-1")}


def assert_nowhere(ended: Ended, user: str, password: str) -> None:
    """Search what was printed, and every byte of the reports."""
    places = {"the terminal": ended.output.encode()}
    places |= {str(path): path.read_bytes() for path in ended.reports.rglob("*") if path.is_file()}
    assert {"results.json", "junit.xml", "evidence.jsonl"} <= {Path(name).name for name in places}
    found = {
        f"{shape!r} in {place}"
        for place, content in places.items()
        for shape in shapes(user, password)
        if shape in content
    }
    assert not found


@pytest.mark.parametrize(
    "arguments",
    [
        ("-vv", "-rA", "--showlocals", "--junitxml=reports/own.xml", "-o", "junit_logging=all"),
        ("-s", "-vv", "-rA"),
        ("-n", "2", "-s", "-vv", "-rA"),
    ],
    ids=["captured", "not captured", "two workers"],
)
def test_password_of_the_instance_is_shown_nowhere(
    project: Project, instance: Instance, arguments: tuple[str, ...]
) -> None:
    project.write(
        PREAMBLE,
        *leaking_checks("user = site_user", "site_user"),
        check("cleaned_up", "assert site_user.get(VERSION).status == 200", fixtures="site_user, leaves_a_secret"),
        GOOD,
    )
    ended = project.run(*arguments, environment=instance.environment)
    assert_nowhere(ended, READER, PASSWORD)
    assert ended.code == 1, ended.output
    assert len(ended.verdicts) == len(LEAKS) + 2
    assert ended.verdicts["good"] == "conformant"
    assert "[redacted]" in ended.output
    printed = "-s" in arguments
    assert bool(ended.results["problems"]) is printed, "something came as far as the last gate"
    assert PASSWORD[:9] not in ended.output, "a password was cut in two"


def test_passwords_of_labs_are_shown_nowhere(project: Project, tmp_path: Path) -> None:
    told = tmp_path / "told"
    told.mkdir()
    preparation = f"user = lab.user(password_with={NASTY!r})\n"
    preparation += f"(Path({str(told)!r}) / user.name).write_text(user.password, encoding='utf-8')"
    project.write(PREAMBLE, *leaking_checks(preparation, "lab"))
    ended = project.run("-n", "2", "-rA", "-vv")
    assert len(list(told.iterdir())) == len(LEAKS)
    assert ended.results["problems"] == [], "something came as far as the last gate"
    for user in told.iterdir():
        password = user.read_text(encoding="utf-8")
        assert NASTY in password
        assert_nowhere(ended, user.name, password)


@pytest.mark.parametrize(
    ("line", "arguments", "telling"),
    [
        ("(run.settings.reports / 'notes.txt').write_text(run.canary)", (), "notes.txt"),
        ("(run.settings.reports / 'notes.txt').write_text(run.canary)", ("-n", "2"), "notes.txt"),
        ("print('it is', run.canary, file=sys.__stdout__)", ("-s",), "about to print a secret"),
        ("print('it is', run.canary, file=sys.__stderr__)", ("-n", "2", "-s"), "about to print a secret"),
        ("warnings.warn(run.canary)", (), "about to be shown on the terminal"),
        ("(run.settings.reports / 'log').write_text(run.canary, 'utf-16')", (), "log"),
        ("(run.settings.reports / 'log.gz').write_bytes(gzip.compress(run.canary.encode()))", (), "log.gz"),
        ("run.ledger.intend('user', run.canary)", (), "ledger-"),
        ("record_testsuite_property('x', run.canary)", ("--junitxml=../own.xml",), "own.xml"),
    ],
    ids=[
        "file",
        "file of a worker",
        "stream",
        "stream of a worker",
        "warning",
        "file of sixteen bits",
        "packed file",
        "ledger",
        "file elsewhere",
    ],
)
def test_canary_that_gets_past_the_redactor_fails_the_run(
    project: Project, instance: Instance, line: str, arguments: tuple[str, ...], telling: str
) -> None:
    lines = ("assert site_user.get(VERSION).status == 200", line)
    fixtures = "site_user, run, record_testsuite_property"
    project.write("import gzip\n", check("leaking", *lines, fixtures=fixtures))
    ended = project.run(*arguments, environment=instance.environment)
    assert ended.verdicts == {"leaking": "conformant"}
    assert ended.code == 6, ended.output
    assert telling in ended.results["why"]
    assert "it is canary" not in ended.output
    assert not list(ended.reports.glob("*support*")), "a bundle was not withheld"


def test_a_clean_run_of_an_instance_leaves_a_bundle_without_secrets(project: Project, instance: Instance) -> None:
    project.write(*leaking_checks("user = site_user", "site_user"), PREAMBLE, GOOD)
    ended = project.run(environment=instance.environment)
    bundle = ended.reports / f"support-{ended.results['run']}.zip"
    assert f"for support: reports/{bundle.name}" in ended.output.replace(f"{ended.reports.parent}/", "")
    assert bundle.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(bundle) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    assert {"README.txt", "results.json", "junit.xml", "evidence.jsonl", "summary.txt", "settings.txt"} <= set(contents)
    found = [name for name, content in contents.items() for shape in shapes(READER, PASSWORD) if shape in content]
    assert not found
    assert json.loads(contents["results.json"]) == ended.results
    assert instance.url.encode() in contents["settings.txt"]


def test_output_that_cannot_be_watched_is_refused(project: Project) -> None:
    project.write(GOOD)
    ended = project.run("--capture=tee-sys")
    assert ended.code == 4, ended.output
    assert "--capture=tee-sys shows output before secrets are taken out of it" in ended.output
