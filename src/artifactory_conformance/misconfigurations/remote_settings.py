"""Mistakes in the other settings of the remote repository."""

from __future__ import annotations

from artifactory_conformance.misconfigurations.administrator import Administrator
from artifactory_conformance.misconfigurations.misconfiguration import misconfiguration

YEAR = 365 * 24 * 3600


@misconfiguration("REMOTE-09", "ACCESS-03", "ACCESS-04", "ACCESS-05")
def artifacts_not_stored_locally(administrator: Administrator) -> None:
    """Store Artifacts Locally is off."""
    administrator.change_remote(storeArtifactsLocally=False)


@misconfiguration("REMOTE-10", "BEST-01", "PERM-05")
def retrieval_period_of_0(administrator: Administrator) -> None:
    """Retrieval Cache Period is 0, so that no page is cached, nor served to whom Read alone was granted."""
    administrator.change_remote(retrievalCachePeriodSecs=0)


@misconfiguration("REMOTE-10")
def retrieval_period_of_a_minute(administrator: Administrator) -> None:
    """Retrieval Cache Period is a minute, as for a repository that is pushed to all day."""
    administrator.change_remote(retrievalCachePeriodSecs=60)


@misconfiguration("BEST-01")
def retrieval_period_of_a_year(administrator: Administrator) -> None:
    """Retrieval Cache Period is a year, so that new releases stay hidden."""
    administrator.change_remote(retrievalCachePeriodSecs=YEAR)


@misconfiguration("REMOTE-11", "BEST-01")
def missed_period_of_0(administrator: Administrator) -> None:
    """Missed Retrieval Cache Period is 0, so that every miss asks the catalog again."""
    administrator.change_remote(missedRetrievalCachePeriodSecs=0)


@misconfiguration("REMOTE-11", "BEST-01")
def missed_period_of_a_year(administrator: Administrator) -> None:
    """Missed Retrieval Cache Period is a year, so that a package that is added stays invisible."""
    administrator.change_remote(missedRetrievalCachePeriodSecs=YEAR)


@misconfiguration("REMOTE-12")
def unused_artifacts_cleaned_up(administrator: Administrator) -> None:
    """What nobody has asked for in a week is cleaned up."""
    administrator.change_remote(unusedArtifactsCleanupPeriodHours=168)


@misconfiguration("REMOTE-13")
def warning_left_out(administrator: Administrator) -> None:
    """Neither description nor notes say what the repository is and what must not be mixed with it."""
    administrator.change_remote(description="Python packages", notes="")


@misconfiguration("REMOTE-13")
def warning_without_public_pypi(administrator: Administrator) -> None:
    """The notes name the Curated Catalog, and do not say what must not be mixed with it."""
    administrator.change_remote(description="ActiveState Curated Catalog", notes="Ask the platform team")


@misconfiguration("BEST-03")
def xray_indexing_on(administrator: Administrator) -> None:
    """Xray indexes the catalog's remote, as it does every new repository of the company."""
    administrator.change_remote(xrayIndex=True)


@misconfiguration("M-06")
def remote_offline(administrator: Administrator) -> None:
    """The remote was set offline for some maintenance and left so."""
    administrator.change_remote(offline=True)


@misconfiguration("A46")
def remote_blacked_out(administrator: Administrator) -> None:
    """The remote was blacked out for some maintenance and left so."""
    administrator.change_remote(blackedOut=True)


@misconfiguration("V-05")
def excluded_pages(administrator: Administrator) -> None:
    """An exclude pattern on the remote that was meant for one internal name takes all pages."""
    administrator.change_remote(excludesPattern=".pypi/**")


@misconfiguration("V-05")
def included_wheels_only(administrator: Administrator) -> None:
    """The include pattern of the remote names wheels, and forgets the pages that list them."""
    administrator.change_remote(includesPattern="**/*.whl")


@misconfiguration("REMOTE-02")
def key_with_capitals(administrator: Administrator) -> None:
    """The catalog's remote was given a key with capitals and an underscore."""
    administrator.name_remote("ActiveState_Platform")


@misconfiguration("REMOTE-01", "VIRTUAL-06")
def remote_of_package_type_generic(administrator: Administrator) -> None:
    """The remote was made with the package type Generic, which cannot be changed afterwards."""
    administrator.make_remote_again(packageType="generic")


@misconfiguration("REMOTE-01", "VIRTUAL-06")
def local_in_place_of_the_remote(administrator: Administrator) -> None:
    """Under the catalog's key stands a local repository that somebody fills by hand."""
    administrator.make_remote_again(rclass="local")
