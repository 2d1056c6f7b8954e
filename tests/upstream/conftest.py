"""A running service, and an organization of it that is the test's own."""

import json
import subprocess
import sys
from dataclasses import dataclass, field

import pytest
import requests

SECONDS = 10


@dataclass
class Service:
    """A service process and its control interface."""

    process: subprocess.Popen
    url: str
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self):
        self.session.trust_env = False

    def request(self, method, path, **options):
        options.setdefault("timeout", SECONDS)
        options.setdefault("allow_redirects", False)
        return self.session.request(method, f"{self.url}{path}", **options)

    def control(self, method, path, *, expect=None, **options):
        answer = self.request(method, f"/_control/{path}", **options)
        if expect is not None:
            assert answer.status_code == expect, answer.text
        return answer


@dataclass
class Tenant:
    """An organization as its control interface and its clients see it."""

    service: Service
    id: str
    base_path: str
    auth: tuple[str, str] | None

    def get(self, path, *, method="GET", **options):
        """Ask as a client with the right credentials, for a path below the base path."""
        return self.service.request(method, f"{self.base_path}{path}", auth=self.auth, **options)

    def file(self, published, **options):
        return self.get(published["path"].removeprefix(self.base_path), **options)

    def publish(self, project="example", version="1.0", kind="wheel", **fields):
        body = {"project": project, "version": version, "kind": kind, **fields}
        return self.control("POST", "distributions", json=body, expect=201).json()

    def control(self, method, path, **options):
        return self.service.control(method, f"organizations/{self.id}/{path}", **options)

    def faults(self, *faults):
        self.control("PUT", "faults", json={"faults": list(faults)}, expect=200)

    def journal(self):
        return self.control("GET", "journal", expect=200).json()["requests"]


@pytest.fixture(scope="session")
def start():
    """Start services; the end of the session ends them through their lifeline."""
    processes = []

    def start_one(*arguments):
        command = [sys.executable, "-m", "artifactory_conformance.upstream", "--port", "0", "--until-stdin-closes"]
        process = subprocess.Popen([*command, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        processes.append(process)
        return Service(process, json.loads(process.stdout.readline())["url"])

    yield start_one
    for process in processes:
        process.stdin.close()
    for process in processes:
        assert process.wait(SECONDS) == 0
        process.stdout.close()


@pytest.fixture(scope="session")
def catalog(start):
    """A service with the catalog's layout."""
    service = start("--canary", "canary-")
    yield service
    service.session.close()


@pytest.fixture(scope="session")
def public_index(start):
    """A service with the public index's layout."""
    service = start("--layout", "pypi")
    yield service
    service.session.close()


@pytest.fixture
def tenant_of():
    """Make an organization of a service."""

    def make(service):
        made = service.control("POST", "organizations", expect=201).json()
        return Tenant(service, made["id"], made["base_path"], (made["user"], made["password"]))

    return make


@pytest.fixture
def tenant(catalog, tenant_of):
    """An organization of the catalog, with credentials and nothing published."""
    return tenant_of(catalog)


@pytest.fixture
def public(public_index):
    """The organization of the public index, emptied afterwards."""
    tenant = Tenant(public_index, "public", "", None)
    yield tenant
    for project in tenant.control("GET", "projects", expect=200).json():
        tenant.control("DELETE", f"projects/{project}", expect=204)
    tenant.control("DELETE", "journal", expect=204)
    tenant.control("DELETE", "faults", expect=204)
