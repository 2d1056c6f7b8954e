"""Who looks at an instance, how far the run goes, and what whoever starts it has been told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.diagnosis_matrix.world import OWNER, World


@dataclass(frozen=True)
class Standpoint:
    """One way to start a run at somebody's instance.

    means: what it has, in words. administrator: an administrator's credentials, and what an administrator has from
    ActiveState: the organization's id and its credentials. control: the catalog is driven by the suite as well.
    """

    name: str
    means: str
    level: str = "pull"
    administrator: bool = False
    control: bool = False

    def arguments(self, world: World) -> tuple[str, ...]:
        """Give the options of `verify` for an instance."""
        site = world.site
        keys = [part for name in ("virtual", "local") for part in (f"--{name}", getattr(site, name)) if part]
        told = ["--catalog-address", world.catalog]
        if self.administrator:
            told += ["--organization", site.organization]
        if self.control:
            told += ["--catalog-control", world.catalog, "--exclusive"]
        where = ("--target", "instance", "--artifactory-url", world.model, "--level", self.level)
        unpaced = ("--requests-per-second", "0", "--connections", "0")
        return ("--config=/dev/null", *where, *unpaced, "--repo", site.remote, *keys, *told)

    def environment(self, world: World) -> Mapping[str, str]:
        """Give the secrets, which no command line has."""
        given = {"ARTIFACTORY_USER": world.user.user, "ARTIFACTORY_PASS": world.user.password}
        if self.administrator:
            given |= {
                "ARTIFACTORY_ADMIN_USER": OWNER.user,
                "ARTIFACTORY_ADMIN_PASS": OWNER.password,
                "CATALOG_USER": world.catalog_account.user,
                "CATALOG_PASS": world.catalog_account.password,
            }
        return given


MUTATE = Standpoint(
    "mutate",
    "`--level mutate`, an administrator, and a catalog that the suite drives as well",
    level="mutate",
    administrator=True,
    control=True,
)
READING = Standpoint(
    "pull, administrator",
    "`--level pull`, where the session refuses every write: an administrator who only reads, with the id of the "
    "organization and its credentials at the catalog",
    administrator=True,
)
ALONE = Standpoint("pull, user", "`--level pull`, the account that installs, the keys, and nothing else")

STANDPOINTS = {one.name: one for one in (MUTATE, READING, ALONE)}
