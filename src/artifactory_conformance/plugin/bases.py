"""Which checks a check builds on because of what it asks for: one cause gives one red line.

What a fixture gives comes from the site. Where a base check shows that it is not there at all, whoever asks for it
fails as well, and points there.
"""

from __future__ import annotations

from collections.abc import Collection

from artifactory_conformance.plugin.any_index import MAKES_ITS_OWN

_PAGE = "package_access.the_site_serves_the_page_of_a_catalog_project"
_FILE = "permissions.the_installing_account_gets_an_uncached_file"
_LISTED_FILES = "package_access.sample_of_the_files_that_the_site_lists_can_be_downloaded"
_LOCAL_FILE = "protocol.link_to_a_local_file_works_whatever_form_it_has"
_THROUGH_THE_VIRTUAL = "virtual_repository.the_sites_virtual_has_what_the_remote_has"
_LOCAL_IS_SHOWN = "virtual_repository.whoever_installs_is_shown_a_local_pypi_repository"

_ROOM = "best_practices.the_storage_quota_is_not_reached"
_ADMINISTRATOR = "edition.who_configures_is_an_administrator"
_ONLINE = "caching.the_sites_remote_is_neither_offline_nor_blacked_out"

BASES = {
    "lab": (_ROOM, _ONLINE),
    **dict.fromkeys(MAKES_ITS_OWN, (_ROOM, _ONLINE)),
    "site_remote": ("remote_repository.the_catalog_is_a_remote_pypi_repository",),
    "site_virtual": ("virtual_repository.there_is_a_virtual_pypi_repository",),
    "site_local": ("virtual_repository.internal_packages_have_a_local_pypi_repository",),
    **dict.fromkeys(("instance_configuration", "instance_settings"), (_ADMINISTRATOR,)),
    "grants": ("edition.permissions_are_read_through_version_2",),
    "remote_index": (_PAGE,),
    "catalog_index": (_PAGE,),
    "known_project": (_PAGE,),
    "known_file": (_LISTED_FILES,),
    "smallest_release": (_LISTED_FILES,),
    "installable_release": (_FILE, _LISTED_FILES),
    "known_sdist": (_FILE,),
    "uncached_file": (_FILE,),
    "uncached_twins": (_FILE,),
    "virtual_index": (_THROUGH_THE_VIRTUAL,),
    "site_indexes": (_THROUGH_THE_VIRTUAL, _LOCAL_FILE),
    "site_files": (_FILE, _LISTED_FILES, _LOCAL_FILE),
    "local_index": (_LOCAL_IS_SHOWN,),
    "known_internal_project": (_LOCAL_IS_SHOWN,),
}
"""The check that shows that what a fixture gives is there at all: whoever asks for the fixture builds on it."""


def bases_of(fixtures: Collection[str]) -> tuple[str, ...]:
    """Give the ids of the checks that a check builds on because of what it asks for."""
    return tuple(dict.fromkeys(base for name, bases in BASES.items() if name in fixtures for base in bases))
