"""Rules about rights and log-in, uploads, REST, logs, and the free edition."""

from artifactory_conformance.reference.rules.rule import Area, Rule

_RIGHTS = Area(
    "Rights",
    (
        Rule("Grants to the user and its groups add up, nothing denies, administrators have all", "C1, C2, C5"),
        Rule("Ant patterns; excludes win; none or ** means all", "C4"),
        Rule(
            "A target's remote key stands for the cache's from the moment it is saved",
            "C3, P-08",
            "cache_key_in_target, target_before_remote",
        ),
        Rule(
            "A fresh instance: Anything (readers read), Any Remote (anonymous alone fills caches)",
            "C10, C11, admin 11.10",
            "default_any_remote, readers_read, readers_auto_join",
        ),
        Rule("Saved targets are in force at once, or a moment later", "admin 2.9, admin 11.10, C7", "permission_lag"),
        Rule("What is not cached needs Read and Deploy/Cache, what is cached Read alone", "P-01"),
        Rule(
            "Without Read: 403 that names the cache's path, hidden 404, anonymous 401",
            "P-05, P-06, P-10, A15, A16, A23, C23, C24",
        ),
        Rule("A file without Deploy/Cache: 403 after one HEAD", "P-04, A59"),
        Rule(
            "A page without Deploy/Cache: refused and told in the log",
            "P-02, P-03, open 2",
            "index_without_deploy, expired_index_without_deploy",
        ),
        Rule("Deploy/Cache on a page is asked for when it was fetched, or before", "P-03, B-42", "index_deploy_check"),
        Rule(
            "Pages are judged by their path below .pypi/, or by any right in the repository",
            "P-09, open 21",
            "index_permission",
        ),
        Rule("Hidden existence and a refused store", "P-06, open 20", "hide_deploy_refusal"),
        Rule(
            "Paths outside the patterns: 404 for a download, 409 for an upload",
            "V-06",
            "pattern_rejected_download, pattern_rejected_deploy",
        ),
    ),
)
_LOGIN = Area(
    "Log-in",
    (
        Rule(
            "None while anonymous access is off: 401 everywhere; wrong ones never fall back to anonymous",
            "E-02, C20, admin 8",
            "bad_credentials_text",
        ),
        Rule("403 instead of 401 for locked and suspended names and failing API keys", "C21"),
        Rule("The Basic password may be a token of its subject or an API key", "C22, admin 5.6"),
        Rule(
            "Wrong log-ins in a row suspend a name for a growing time, right credentials or not",
            "P-11, C30, open 22",
            "login_suspension",
        ),
        Rule("A log-in that just succeeded is not asked again", "C31, open 22", "login_cache"),
        Rule("With the lock policy on a name is locked until it is unlocked", "P-13, C34, C35, C36, admin 5.5"),
        Rule("API keys are made until 7.98", "release 19, admin 5.6", "api_key_creation"),
    ),
)
_UPLOADS = Area(
    "Uploads",
    (
        Rule("A form that works: 200, empty, ItemCreated as type, Location without the context", "T-01, T-02, T-07"),
        Rule("Without name or version, or with an unknown action: 400", "T-06"),
        Rule(
            "Again with other bytes: 200 with Delete, else 403, hidden 404",
            "T-03, B-31, open 25",
            "same_bytes_upload, overwrite_wording",
        ),
        Rule("Listed at once or after seconds; by hand after a quiet minute", "T-04", "upload_index_lag"),
        Rule(
            "Found by the properties of its metadata; without readable metadata it is accepted and not listed",
            "N-01, T-05, T-08, H-08",
        ),
        Rule(
            "To a remote refused; to a virtual it needs a default deployment repository",
            "pypi 2.5, V-08, A98, open 15",
            "remote_upload, virtual_upload_without_default",
        ),
        Rule("A local's pages are judged by .pypi/<name>/<name>.html and .pypi/simple.html", "U-14"),
        Rule(
            "PUT: 201 with the item's description; by checksum alone it takes what is stored, else 404, as public "
            "clients expect",
            "A98",
        ),
        Rule("A stated checksum that is wrong: 409", "A94"),
        Rule(
            "A quota that is exceeded: 413 for uploads and for what would be cached", "A58, admin 6", "index_not_stored"
        ),
        Rule("A store without room", "A17", "full_store"),
    ),
)
_STORAGE = Area(
    "Storage paths and the storage API",
    (
        Rule(
            "The first element is an existing key or a cache's, else 404; properties in the path do not matter",
            "A5, A9",
        ),
        Rule("GET and HEAD read, PUT uploads, DELETE removes, all else is 405", "A7, B-30"),
        Rule("A folder: 302 to its slash, and there an HTML listing", "A6, A10, A90"),
        Rule("DELETE: 204; missing is 404 even without the right", "D7"),
        Rule("DELETE below a remote's key", "D8", "delete_through_remote"),
        Rule("?trace runs the request and tells its steps", "A97, ladder E5"),
        Rule(
            "The storage API knows locals, caches and virtuals; Read comes before existence",
            "D3, D4, C40, C-06, admin 6",
            "storage_api_remote_key",
        ),
        Rule("?stats: zeros without downloads; what counts as one is not known, here what the access log tells", "D3"),
        Rule("Zap expires pages at and below a path; files stay", "C-05, D9, release 21", "zap_permission"),
        Rule("The storage summary and what a quota leaves", "admin 6"),
    ),
)
_REST = Area(
    "REST",
    (
        Rule("Errors: pretty JSON with status and message", "E-01, A4, A19, D1, admin 8", "error_content_type"),
        Rule("Administrators only: 403 for users, 401 for nobody", "C40"),
        Rule("The router tells of itself and of each service that it is well", "admin 2.5"),
        Rule(
            "Repositories: defaults, key rules, texts and statuses of admin 3.1",
            "admin 3.1, admin 3.2, R-02, E1, E2, E3, E4, E5, E6, E7, E10, pypi 3.1",
            "delete_repository_body, list_remote_folder_items",
        ),
        Rule("An unknown key is 400, or 404", "B-57, admin 11.5", "unknown_repository, update_unknown_repository"),
        Rule("Only bare application/json is taken", "B-56"),
        Rule(
            "Virtuals with members that do not exist or do not fit",
            "admin 3.3, B14",
            "virtual_unknown_member, virtual_wrong_member_type",
        ),
        Rule("The password of a remote reads back as something else", "admin 3.2, admin 11.4", "remote_password_shown"),
        Rule(
            "Test: the form's URL with a slash; 200, 201, 204 and 302 are green",
            "admin 4.1, G1, G2, G3, G4, G5, open 26, admin 11.2",
            "connection_test, connection_test_method",
        ),
        Rule("verifyconnection: GET of any address, only 200 counts", "admin 4.2"),
        Rule(
            "Users, groups, and permission targets in both forms; PUT makes what is not there (JFrog's documentation), "
            "a null says nothing (as public clients expect)",
            "admin 5.1, admin 5.2, admin 5.3, admin 11.10",
            "user_grants_include_groups",
        ),
        Rule(
            "Access tokens, revoked by id, or by value (JFrog's documentation); Access answers compact JSON from "
            "7.117.5",
            "admin 5.6, release 24",
            "access_json",
        ),
        Rule("Ping for everybody, version with add-ons and licence", "admin 1.3, admin 2.5"),
        Rule(
            "The descriptor: anonymous access, hiding, quota, offline, base URL, by YAML",
            "admin 2.7, admin 5.5, admin 6",
        ),
        Rule("Replications can be set and are 404 without; a remote's needs an Artifactory upstream", "admin 7"),
        Rule("A request that came through this very instance is 404", "A12"),
    ),
)
_LOGS = Area(
    "Logs",
    (
        Rule("artifactory-request.log: eleven columns, path without context and query", "admin 6, F1"),
        Rule(
            "artifactory-request-out.log: a line for each request to a catalog",
            "admin 6, F2, admin 11.13",
            "request_out_columns, request_out_failures",
        ),
        Rule("artifactory-access.log: accepted and denied actions", "F3, F5, B11, admin 6", "access_log_end"),
        Rule("A denied anonymous has no name", "F4", "access_log_denied_anonymous"),
        Rule(
            "The download that fills the cache has the remote's key, later ones the cache's",
            "F6",
            "access_log_first_fetch",
        ),
        Rule("artifactory-service.log: upstream failures, and pages that could not be stored", "admin 6, P-02"),
    ),
)
_FREE = Area(
    "The free edition",
    (
        Rule("/api/pypi is absent: 404", "admin 1.1"),
        Rule("What only Pro has is 400 by name, after the role was asked for", "admin 1.2, D2"),
        Rule(
            "Repositories by a YAML patch, PyPI as well: a proxy of paths then",
            "D20, D22, admin 11.1",
            "oss_yaml_repositories",
        ),
        Rule(
            "Repositories in a file of the data folder, read at the first start; the file is renamed then",
            "admin 1.2, admin 11.1",
            "oss_first_start",
        ),
    ),
)
_STAND_IN = Area(
    "As a stand-in in a container",
    (
        Rule("Everything on port 8082, /artifactory alone on 8081; data and log/ below var", "admin 2.2"),
        Rule("A licence is installed over REST, a second time 400; without one content is 503", "admin 1.3, admin 1.4"),
        Rule("Everybody changes the own password, the first administrator's is well known", "admin 2.6"),
    ),
)
AREAS = (_RIGHTS, _LOGIN, _UPLOADS, _STORAGE, _REST, _LOGS, _FREE, _STAND_IN)
