"""Every place from which pip takes its index, in the order in which one outweighs the other."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_came_through, assert_installed, control, relied_on
from artifactory_conformance.checks.causes import PIP_INSTALLS
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.clients.pip_run import PipRun
from artifactory_conformance.clients.sealed_home import PipConfiguration
from artifactory_conformance.labs import Lab

OWN_FILE = "pip-of-the-variable.conf"
ORDER = (
    "xdg_pip_conf",
    "legacy_pip_conf",
    "user_pip_conf",
    "environment_pip_conf",
    "pip_config_file",
    "pip_index_url",
    "command_line",
    "requirements_file",
)
"""From the weakest on; /etc/pip.conf, which only a private /etc can give, has a check of its own."""

FILES = {
    "xdg_pip_conf": PipConfiguration.XDG,
    "legacy_pip_conf": PipConfiguration.LEGACY,
    "user_pip_conf": PipConfiguration.USER,
    "environment_pip_conf": PipConfiguration.ENVIRONMENT,
}


def install_with(pip: Installer, places: dict[str, str]) -> PipRun:
    """Install the project `example` where each of these places names an index, by a URL without credentials."""
    requirements: list[Any] = ["example"]
    options, environment = [], {}
    for place, index_url in places.items():
        text = f"[global]\nindex-url = {index_url}\n"
        if place in FILES:
            pip.home.write_pip_conf(text, FILES[place])
        elif place == "pip_config_file":
            environment["PIP_CONFIG_FILE"] = str(pip.home.write_home_file(OWN_FILE, text))
        elif place == "pip_index_url":
            environment["PIP_INDEX_URL"] = index_url
        elif place == "command_line":
            options += ["--index-url", index_url]
        else:
            requirements = [pip.home.write_requirements(f"--index-url {index_url}\nexample\n")]
    return pip.install(*requirements, options=options, environment=environment)


@relied_on("users 2.1", "client C7", builds_on=[PIP_INSTALLS])
@pytest.mark.parametrize(("weaker", "stronger"), tuple(pairwise(ORDER)), ids=ORDER[1:])
def test_place_outweighs_the_one_before_it(
    weaker: str, stronger: str, lab: Lab, catalog: Organization, pip: Installer
) -> None:
    """Where two places name an index, pip asks the one of the stronger place alone: the next in their order."""
    wheel = catalog.publish("example")
    remote, other = lab.remote_repository(catalog), lab.remote_repository(catalog)
    user = lab.user(remote, other, READ, DEPLOY_CACHE)
    pip.home.write_netrc(user.netrc_entry())

    run = install_with(pip, {weaker: user.index_url(other), stronger: user.index_url(remote)})

    assert_installed(run, wheel)
    assert_came_through(run, user.index_url(remote))
    assert not other.cache.paths(), "the index of the weaker place was asked as well"
    with control("the other index would have had the package, too"):
        user.page(other, "example").link_to(wheel.filename)


@relied_on("users 2.1", builds_on=["clients.pip_conf_of_the_machine_works"])
def test_etc_pip_conf_outweighs_the_one_below_xdg(
    lab: Lab, catalog: Organization, pip: Installer, etc_pip_conf: Callable[[str], None]
) -> None:
    """Of the machine's two files /etc/pip.conf outweighs the one below /etc/xdg, whose index nobody asks."""
    wheel = catalog.publish("example")
    remote, other = lab.remote_repository(catalog), lab.remote_repository(catalog)
    user = lab.user(remote, other, READ, DEPLOY_CACHE)
    pip.home.write_netrc(user.netrc_entry())
    etc_pip_conf(f"[global]\nindex-url = {user.index_url(remote)}\n")

    run = install_with(pip, {"xdg_pip_conf": user.index_url(other)})

    assert_installed(run, wheel)
    assert_came_through(run, user.index_url(remote))
    assert not other.cache.paths(), "the index of the file below /etc/xdg was asked as well"
