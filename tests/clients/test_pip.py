"""Real pip against a small index: every way to name it, and no way around the sealed home."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from artifactory_conformance.clients.arguments import InsecureOption, SecretInArguments
from artifactory_conformance.clients.interpreter import make_virtual_environment
from artifactory_conformance.clients.leashed import ClientTimedOut
from artifactory_conformance.clients.limits import ClientLimits
from artifactory_conformance.clients.pip import ClientNotReady, ModuleDoesNotImport, Pip
from artifactory_conformance.clients.sealed_home import PipConfiguration, SealedHome
from tests.clients.simple_index import ENCODED_PASSWORD, PASSWORD, USER, SimpleIndex, Wheel, serving


@pytest.fixture
def index() -> Iterator[SimpleIndex]:
    with serving(Wheel("example", "1.0", requires=("base",)), Wheel("base", "2.0")) as served:
        yield served


@pytest.fixture
def home(tmp_path: Path) -> Iterator[SealedHome]:
    with SealedHome(tmp_path / "scratch") as sealed:
        yield sealed
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.fixture
def pip() -> Pip:
    return Pip(redact=lambda text: text.replace(USER, "[user]"), limits=ClientLimits(retries=0, grace_seconds=0.5))


@pytest.fixture
def poison(tmp_path: Path) -> Path:
    folder = tmp_path / "poison"
    folder.mkdir()
    wheel = Wheel("base", "9.0")
    (folder / wheel.filename).write_bytes(wheel.content)
    return folder


def test_credentials_by_environment_install_a_project_with_its_dependency(
    pip: Pip, home: SealedHome, index: SimpleIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STARTER_TOKEN", "sesame-open")
    run = pip.install(["example"], home=home, index_url=index.url_with_password)
    assert run.ok, run.stderr
    example, base = run.distribution("example"), run.distribution("base")
    assert (example.version, example.requested, example.requires) == ("1.0", True, ("base",))
    assert (base.version, base.requested) == ("2.0", False)
    assert [found.sha256 for found in (example, base)] == [wheel.sha256 for wheel in index.wheels]
    assert example.url.startswith(f"http://127.0.0.1:{index.port}/files/")
    assert run.version
    assert run.machine_configuration == ()

    assert pip.imports(home, "example") == "1.0"
    assert pip.runs(home, "example").stdout == "hello 1.0\n"
    with pytest.raises(ModuleDoesNotImport, match="absent"):
        pip.imports(home, "absent")

    seen = "\n".join(index.command_lines)
    assert "leash.py" in seen
    pips = [line for line in index.command_lines if "pip" in line and "leash.py" not in line]
    assert len(pips) == 1, pips
    assert f"--python {home.venv}/bin/python install " in pips[0]
    evidence = json.dumps(run.as_evidence())
    for text in (seen, evidence, repr(run)):
        assert PASSWORD not in text
        assert ENCODED_PASSWORD not in text
    assert USER not in evidence
    assert all("sesame-open" not in environment.values() for environment in index.environments)


def test_machine_variables_do_not_feed_pip(
    pip: Pip, home: SealedHome, index: SimpleIndex, poison: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = tmp_path / "hostile.conf"
    hostile.write_text(f"[global]\nfind-links = {poison}\n")
    monkeypatch.setenv("PIP_FIND_LINKS", str(poison))
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "http://127.0.0.1:1/simple/")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(hostile))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1/")
    monkeypatch.setenv("PYTHONPATH", str(poison))
    run = pip.install(["base"], home=home, index_url=index.url_with_password)
    assert run.ok, run.stderr
    assert run.distribution("base").version == "2.0"
    assert index.environments
    assert all(not {"PIP_FIND_LINKS", "PYTHONPATH"} & environment.keys() for environment in index.environments)


@pytest.mark.parametrize("place", [PipConfiguration.USER, PipConfiguration.LEGACY])
def test_user_configuration_names_the_index_and_the_machines_is_taken_back(
    pip: Pip, index: SimpleIndex, poison: Path, tmp_path: Path, place: PipConfiguration
) -> None:
    # pip reads pip/pip.conf below XDG_CONFIG_DIRS at the same rank as /etc/pip.conf, which a test cannot write.
    machine = tmp_path / "machine" / "pip" / "pip.conf"
    machine.parent.mkdir(parents=True)
    machine.write_text(
        f"[global]\nfind_links = {poison}\nindex-url = http://127.0.0.1:1/\n[install]\nno-index = true\n"
    )
    with SealedHome(tmp_path / "scratch", machine_files=(machine,)) as home:
        text = f"[global]\nindex-url = {index.url_with_password}\n"
        written = home.write_pip_conf(text, place)
        run = pip.install(["base"], home=home, environment={"XDG_CONFIG_DIRS": str(tmp_path / "machine")})
        assert written.read_text() == text
    assert run.ok, run.stderr
    assert run.distribution("base").version == "2.0"
    assert run.machine_configuration == (machine,)


def test_requirements_line_names_the_index_and_beats_the_variable(
    pip: Pip, home: SealedHome, index: SimpleIndex
) -> None:
    requirements = home.write_requirements(f"--index-url {index.url_with_password}\nbase\n")
    run = pip.install([requirements], home=home, index_url="http://127.0.0.1:1/simple/")
    assert run.ok, run.stderr
    assert run.distribution("base").requested


def test_netrc_gives_the_credentials(pip: Pip, home: SealedHome, index: SimpleIndex) -> None:
    home.write_netrc(f"machine 127.0.0.1 login {USER} password {PASSWORD}\n")
    run = pip.install(["base"], home=home, index_url=index.url)
    assert run.ok, run.stderr


def test_401_is_a_run_that_failed_and_does_not_hang(pip: Pip, home: SealedHome, index: SimpleIndex) -> None:
    run = pip.install(["base"], home=home, index_url=index.url, deadline=30)
    assert not run.ok
    assert run.exit_code == 1
    assert run.distributions == ()
    assert "No matching distribution found for base" in run.stderr
    assert [path for path, _ in index.requests] == ["/simple/base/"]


def test_without_an_index_nothing_is_installed(pip: Pip, home: SealedHome) -> None:
    run = pip.install(["base"], home=home, deadline=30)
    assert not run.ok
    assert "no-index.invalid" in run.stdout + run.stderr


def test_deadline_ends_a_pip_that_waits_for_an_answer(pip: Pip, home: SealedHome) -> None:
    before = psutil.Process().children(recursive=True)
    with serving(hanging=True) as silent:
        with pytest.raises(ClientTimedOut) as caught:
            pip.install(["base"], home=home, index_url=silent.url_with_password, deadline=3)
        assert [process for process in psutil.Process().children(recursive=True) if process not in before] == []
    assert ENCODED_PASSWORD not in str(caught.value) + json.dumps(caught.value.as_evidence())


@pytest.mark.parametrize(
    "options", [["--index-url", "http://x:sesame@127.0.0.1/"], ["--extra-index-url=http://known/"]]
)
def test_secret_among_the_options_is_refused_before_anything_runs(
    home: SealedHome, index: SimpleIndex, options: list[str]
) -> None:
    strict = Pip(redact=str, secrets={"known"})
    with pytest.raises(SecretInArguments):
        strict.install(["base"], home=home, index_url=index.url, options=options)
    assert not home.venv.exists()


def test_verification_cannot_be_switched_off(pip: Pip, home: SealedHome, index: SimpleIndex) -> None:
    with pytest.raises(InsecureOption):
        pip.install(["base"], home=home, index_url=index.url, options=["--trusted-host", "127.0.0.1"])
    with pytest.raises(InsecureOption):
        pip.install(["base"], home=home, index_url=index.url, environment={"PIP_TRUSTED_HOST": "127.0.0.1"})


def test_password_that_a_client_gives_away_is_masked_in_every_spelling(home: SealedHome, tmp_path: Path) -> None:
    chatty = tmp_path / "chatty"
    chatty.write_text(
        "#!/bin/sh\n"
        'case "$*" in *__pip-runner__*) echo 22.3; exit;; esac\n'  # it has none, and starts itself by --python
        f'case "$*" in *"pip --python"*) echo "from $PIP_INDEX_URL or {PASSWORD}"; exit 1;; esac\n'
        f'exec "{sys.executable}" "$@"\n'
    )
    chatty.chmod(0o700)
    url = f"http://{USER}:{ENCODED_PASSWORD}@127.0.0.1/simple/"
    run = Pip(redact=str, python=chatty).install(["base"], home=home, index_url=url)
    assert (run.exit_code, run.version) == (1, "22.3")
    assert run.stdout == f"from http://{USER}:****@127.0.0.1/simple/ or ****\n"


def test_interpreter_without_pip_is_told_before_anything_runs(home: SealedHome, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    make_virtual_environment(Path(sys.executable), bare)
    with pytest.raises(ClientNotReady, match="No package metadata was found for pip"):
        Pip(redact=str, python=bare / "bin" / "python").install(["base"], home=home)
    assert not home.venv.exists()


def test_environment_that_cannot_be_made_is_told(pip: Pip, home: SealedHome) -> None:
    home.venv.write_text("a file where the folder should be")
    with pytest.raises(ClientNotReady, match="no virtual environment"):
        pip.install(["base"], home=home)
