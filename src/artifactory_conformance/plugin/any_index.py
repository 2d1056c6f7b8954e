"""Which fixtures ask for no more than any simple index has; a test holds the two sets to what the fixtures are."""

from __future__ import annotations

MAKES_ITS_OWN = frozenset({"proxy", "expiring_proxy"})
"""Fixtures that make something in front of a catalog: a scratch repository, or at an index what is there already."""

OF_ANY_INDEX = MAKES_ITS_OWN | {
    *("run", "observe", "downloads", "known_project", "catalog_index", "site_indexes", "site_pages", "site_files"),
    *("stored_sizes", "small_files", "smallest_release", "installable_release", "known_file", "known_sdist"),
    *("files_to_compare", "hashes_at_the_catalog"),
    *("pip", "second_pip", "run_script", "etc_pip_conf", "uv", "object_store"),
    *("json_offered", "tags_offered", "metadata_offered", "elsewhere", "bare_machine", "credentials_by_index"),
    *("certificate", "another_authority", "strangers_pip", "at_once", "one_connection"),
}
"""Fixtures whose subject is a URL that is read."""

OF_AN_ARTIFACTORY = frozenset(
    {
        *("artifactory", "site", "site_user", "site_catalog", "site_remote", "site_virtual", "site_local"),
        *("admin", "grants", "site_administrator", "test_button", "organization", "site_index_urls"),
        *("known_internal_project", "nobody", "anonymous", "anonymous_access_off", "target", "clock"),
        *("whole_instance", "free_edition", "free_edition_writes", "free_lab", "lab", "tokens", "logs"),
        *("generic_repository", "first_start", "stranger", "router"),
        *("remote_index", "virtual_index", "local_index", "uncached_file", "uncached_twins"),
        *("catalog", "second_catalog", "public_index", "index_in_public_layout", "untrusted_catalog"),
        *("catalog_account", "second_site", "instance_settings", "user_locks", "storage_quota", "full_store"),
        *("usage", "canaries", "survey_of", "climb", "own_configuration"),
        *("instance_configuration", "answer_to_plain_http"),
        *("wrong_credentials", "impostor_of", "persistent_impostor_of"),
        *("keyring_entry", "pip_compile", "pip_sync", "twine", "poetry", "pdm", "pipenv"),
    }
)
"""Fixtures that ask for an Artifactory: a key, a right, a setting, what is stored, or a clock that can be moved."""
