from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import Cause, Identity, Link, RemoteRepository, cause_of
from artifactory_conformance.checks import clause, control
from artifactory_conformance.checks.causes import UNCACHED_FILE_COMES

BLOCKED = (Cause.XRAY, Cause.CURATION)


@clause("BEST-03", facts=("admin 7", "T34"))
def test_xray_does_not_index_the_remote(site_remote: RemoteRepository, observe: Callable[[str, Any], None]) -> None:
    """Xray does not index the catalog's remote repository; that the setting is not told at all is recorded."""
    configuration = site_remote.configuration()
    for name in ("xrayIndex", "curated"):
        observe(name, configuration.get(name, "not told"))

    assert not configuration.get("xrayIndex"), "xrayIndex is on"


@clause("BEST-03", facts=("P-14", "T34"), builds_on=[UNCACHED_FILE_COMES])
def test_no_policy_blocks_a_sampled_file(
    downloads: Identity,
    remote_index: RemoteRepository,
    known_project: str,
    small_files: Callable[..., tuple[Link, ...]],
) -> None:
    """The page of a known project and a small file of it are not refused by a policy of Xray or of Curation."""
    page = downloads.get_page(remote_index, known_project)
    assert cause_of(page) not in BLOCKED, page
    file = downloads.fetch(small_files(downloads.page(remote_index, known_project))[0])
    assert cause_of(file) not in BLOCKED, file
    with control("the file comes: a refusal whose cause is not named could be a policy's"):
        assert file.status == 200, file
        assert file.media_type != "text/html", "a page in place of a file, as whoever stands in front would give one"
