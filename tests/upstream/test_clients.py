"""Real pip is content with the catalog and with the public index."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("layout", ["catalog", "pypi"])
def test_pip_installs_from_it(request, layout, tmp_path):
    tenant = request.getfixturevalue("tenant" if layout == "catalog" else "public")
    tenant.publish("Example", requires=["other-thing"], requires_python=">=3.8")
    tenant.publish("other.thing", "2.0+local", kind="sdist")
    tenant.publish("other-thing", "3.0", yanked="broken")
    user, password = tenant.auth or ("", "")
    netrc = tmp_path / ".netrc"
    netrc.write_text(f"machine 127.0.0.1 login {user} password {password}\n" if tenant.auth else "")
    netrc.chmod(0o600)
    index = f"{tenant.service.url}{tenant.base_path}/simple/"
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PIP_CONFIG_FILE": "/dev/null"}

    pip = [sys.executable, "-m", "pip", "install", "--no-cache-dir", "--no-input", "--disable-pip-version-check", "-q"]
    done = subprocess.run(
        [*pip, "example", "--index-url", index, "--target", str(tmp_path / "target")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "target").glob("*.dist-info")} == {
        "example-1.0.dist-info",
        "other_thing-2.0+local.dist-info",
    }
    downloads = [
        entry["path"] for entry in tenant.journal() if "/packages/" in entry["path"] and entry["status"] == 200
    ]
    assert len(downloads) == 2
