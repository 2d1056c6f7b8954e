"""Ids of checks that others build on: what keeps things from coming through a remote, and what controls ask for."""

CATALOG_IS_A_REMOTE = "remote_repository.the_catalog_is_a_remote_pypi_repository"
REMOTE_IS_SHOWN = "remote_repository.whoever_installs_is_shown_a_remote_pypi_repository"
UNCACHED_FILE_COMES = "permissions.the_installing_account_gets_an_uncached_file"

STORED_LOCALLY = "remote_repository.artifacts_are_stored_locally"
PERIOD_ENDS = "remote_repository.page_is_asked_for_again_after_the_retrieval_cache_period"
PAGE_IS_CACHED = "package_access.page_is_cached_on_the_first_request"
SITE_CACHES = "package_access.downloaded_package_of_the_site_is_in_its_cache"
FILE_IS_CACHED = "package_access.file_is_cached_on_the_first_download"
PROJECT_IS_MISSING = "protocol.project_that_nobody_has_is_missing"
MISSES_END = "caching.a_remembered_miss_is_over_with_its_period"
READ_SERVES_A_PAGE = "permissions.read_alone_serves_a_cached_page"
READ_SERVES_A_FILE = "permissions.read_alone_serves_a_cached_file"
READ_IS_NEEDED = "permissions.without_read_nothing_cached_is_served"
CREDENTIALS_ARE_NEEDED = "remote_repository.nothing_new_is_served_with_credentials_that_the_catalog_refuses"
NOBODY_IS_CHALLENGED = "permissions.nobody_is_challenged_wherever_they_ask"
HASH_IS_THE_SAME = "package_access.hash_of_a_file_is_the_same_everywhere"
HASH_AT_THE_SITE = "package_access.file_of_the_site_has_the_hash_that_its_page_states"
PAGES_LIE_BY_NAME = "protocol.cached_pages_have_lower_case_names_whatever_was_asked_for"
PUBLIC_IS_UNKNOWN = "isolation.a_public_package_is_unknown_to_a_remote"
PUBLIC_STAYS_OFF = "isolation.a_higher_version_on_the_public_index_stays_off_the_page"
FILE_IS_AN_ERROR = "upstream_faults.file_whose_download_alone_fails_is_not_served[404]"

PIP_INSTALLS = "package_access.pip_installs_a_catalog_package"
PIP_INSTALLS_AT_THE_SITE = "package_access.account_of_the_site_installs_a_catalog_package"
UV_INSTALLS = "clients.uv_works_with_credentials_in_the_url"

ADDRESSES = ("remote_repository.url_is_the_catalogs", "remote_repository.registry_url_equals_url")
"""What stands in both URL fields."""

SET_UP = (
    CATALOG_IS_A_REMOTE,
    "remote_repository.neither_url_ends_in_simple",
    *ADDRESSES,
    "remote_repository.both_urls_name_the_customers_organization",
    "remote_repository.registry_suffix_is_simple",
    "remote_repository.patterns_let_the_catalog_through",
    "caching.the_sites_remote_is_neither_offline_nor_blacked_out",
)
"""The remote's configuration, but for the credentials."""

SET_UP_AND_RIGHTS = (
    *SET_UP,
    "remote_repository.site_shows_the_catalog_credentials_that_it_takes",
    "permissions.the_installing_account_has_both_rights",
    "best_practices.the_storage_quota_is_not_reached",
)
"""Also what the catalog and the installing account need."""
