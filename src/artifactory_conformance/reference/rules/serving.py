"""Rules about what is served: addresses, pages, files, remotes and their caches, virtuals."""

from artifactory_conformance.reference.rules.rule import Area, Rule

_ADDRESSES = Area(
    "Addresses",
    (
        Rule("Every kind of repository has its index below /api/pypi/<repository>/simple/", "U-01"),
        Rule(
            "A page without its final slash: an empty 302 to the absolute address with it",
            "U-02, open 28",
            "location_base, forwarded_headers",
        ),
        Rule("/simple/<name>/<version> is no page: 404", "U-04"),
        Rule("/api/pypi/<repository>/ itself is 406", "U-16"),
        Rule("Uploads go to the repository itself; POST below /simple is 415, elsewhere below /api/pypi 405", "U-15"),
        Rule(
            "Names are looked up in lower case; what one gets that is not normalised varies",
            "N-02, N-03, open 10",
            "normalise",
        ),
        Rule(
            "Legacy JSON: a remote passes on the catalog's, a local makes its own",
            "U-17, U-18, release 22",
            "legacy_json_local, legacy_json_remote",
        ),
    ),
)
_PAGES = Area(
    "Pages",
    (
        Rule("Doctype, one-line head with api-version 2, one anchor per line, sorted by file name", "H-01, H-03, H-07"),
        Rule("An anchor: href with fragment, escaped attributes, rel=internal, the file name as text", "H-04"),
        Rule("Anchors of the root page are bare names with the newest file's requires-python", "H-05"),
        Rule(
            "Links are relative, two levels up; both their forms lead to the file",
            "U-06, U-07, U-08, U-09, U-10, H-12, open 1",
            "remote_href, local_href",
        ),
        Rule(
            "A remote's link is the catalog's minus URL; what lies elsewhere is left out or cannot be fetched",
            "R-05, R-07, R-08, R-10, open 1",
            "outside_links, foreign_links, link_query",
        ),
        Rule(
            "An Artifactory upstream serves its files below the very address of its index",
            "R-06",
            "artifactory_upstream",
        ),
        Rule(
            "A remote keeps the catalog's requires-python; other attributes vary",
            "H-08, H-09, H-11, open 12",
            "remote_requires_python, remote_yanked, remote_gpg_sig",
        ),
        Rule(
            "PEP 658 metadata is fetched if asked for, never there, or advertised and served",
            "H-10, open 12",
            "core_metadata",
        ),
        Rule(
            "Headers: text/html, max-age=60, chunked; the ETag is a signed number without quotes",
            "I-01, I-03, I-04, I-07, open 8",
            "index_etag, index_last_modified",
        ),
        Rule("The tag as it was given, or the date, gets 304", "I-02, open 8", "etag_on_304"),
        Rule("HEAD, Range and compression of pages vary", "I-05, I-06, open 9", "index_head, index_range, index_gzip"),
        Rule(
            "HTML whatever is accepted, unless JSON pages are on: then with relative addresses",
            "J-01, J-02, J-05",
            "json, json_root, json_api_version",
        ),
        Rule("An Accept of JSON alone, where there is none", "J-06, open 13", "json_only_accept"),
        Rule(
            "The root page of a remote is fetched or made of what is cached, that of a virtual merged or of locals",
            "V-10, open 11",
            "remote_root, virtual_root",
        ),
    ),
)
_REMOTES = Area(
    "Pages of a remote",
    (
        Rule("Order: patterns and Read on the cache, missed cache, cache, catalog", "A20, A21, A22, A42, C-04"),
        Rule("The page is stored as .pypi/<name>.html, the root page as .pypi/simple.html", "U-13"),
        Rule("The catalog is asked for <Registry URL>/<suffix>/<name>/", "R-01, R-03"),
        Rule("By GET at once or after HEAD, with conditions or without", "open 5", "index_refresh, index_conditional"),
        Rule("Younger than the retrieval period: served without a request; a period of 0 asks each time", "C-01, C-02"),
        Rule("A catalog that says 404: 404 and remembered as missed", "M-01, M-13, open 3", "index_miss_remembered"),
        Rule("401, 403, 429 and 500 of the catalog are 404 as well", "M-02, open 4", "index_failure"),
        Rule(
            "Expired and the catalog fails: the stale page, its age reset",
            "C-03, A54, open 6, open 30",
            "stale_on_error, stale_resets_age",
        ),
        Rule(
            "A page that the parser does not get through is as good as none",
            "R-12, open 29",
            "empty_page",
        ),
        Rule(
            "The client's Accept goes to the catalog or not; a JSON page is read as well",
            "M-18, open 18",
            "forward_accept",
        ),
    ),
)
_FILES = Area(
    "Files of a remote",
    (
        Rule("Stored under the catalog's path less packages/; never expiring", "U-11, C-01"),
        Rule("HEAD, then GET, or GET alone with bypassHeadRequests; none of the client's headers", "A20, A30, A31"),
        Rule(
            "Anything but 200 and 204 to the HEAD is 404 and remembered",
            "M-01, M-02, M-13, A34, A36, A38",
            "file_miss_remembered",
        ),
        Rule(
            "A GET that fails after it: the catalog's own status; a body cut short is 404; nothing is stored",
            "M-03, M-07, A17",
        ),
        Rule("A redirect to a path with a final slash is not found", "M-10"),
        Rule(
            "HTML for a file is refused and remembered, unless the client accepts anything",
            "M-09, A80, A81, A82, A83, open 18",
            "blocked_type_status, blocked_type_accept",
        ),
        Rule(
            "Redirects are followed, at most 20, other hosts without credentials",
            "A32, M-11, open 19",
            "foreign_redirect",
        ),
        Rule("One download per path, the others wait for 15 minutes", "C-07, A85, A86, A88, open 17", "single_flight"),
        Rule("HEAD of what is not cached downloads and stores it", "F-05, A14", "head_downloads"),
        Rule(
            "A condition on what is not cached is held against the catalog's date, or not at all",
            "A61",
            "uncached_conditions",
        ),
        Rule("The page's sha256 is not held against the file, or is, with 409", "M-08, open 16", "verify_fragment"),
        Rule("Checksums in the catalog's headers: one that passes is enough under the default policy", "A92, A93"),
        Rule("Content known by X-Checksum-Sha1 is taken from the store", "C-09, A87", "existing_binary"),
        Rule(
            "The name in Content-Disposition does not matter, or becomes the stored one",
            "M-17, A35",
            "content_disposition",
        ),
        Rule(
            "The stored item: the catalog's date as modified, the requester as creator",
            "A89, F-04, open 23",
            "file_last_modified",
        ),
        Rule("Properties of cached wheels", "B-49", "remote_properties"),
        Rule("With storing off: streamed, no Deploy/Cache, nothing kept", "C-08, A96, A68"),
        Rule(
            "A storage path below the remote's key downloads too; below the cache's nobody is asked",
            "U-12, A101, open 27",
            "direct_path_download",
        ),
        Rule("Cached items unused for the clean-up period go", "A100, open 24", "cleanup_pages"),
    ),
)
_ANSWERS = Area(
    "Answers with a file",
    (
        Rule(
            "octet-stream by name, the bare SHA-1 as ETag, dates, disposition, three checksums",
            "F-01, A65, A67, F-02, F-03, open 23",
            "file_cache_control, origin_remote_path",
        ),
        Rule(
            "If-None-Match as the bare SHA-1, If-Modified-Since by the second: 304", "A60, A62, F-07", "file_conditions"
        ),
        Rule(
            "Range on /api/pypi: the whole file or a slice; storage paths serve slices",
            "F-06, A75, A78, open 7",
            "range",
        ),
        Rule("bytes=-N is read as the first N+1 bytes, or right", "A76", "suffix_range"),
        Rule("If-Range: a tag that starts with the SHA-1, or the very date", "A77"),
        Rule(
            "Checksum files come from what is stored; beside what is not cached 404",
            "U-20, A70, A71, A72, A73",
            "checksum_uncached",
        ),
        Rule("A missing file: 404 in the envelope, with a text by kind", "E-03, U-05"),
    ),
)
_CACHE = Area(
    "Misses, offline, catalogs that fail",
    (
        Rule("One map per remote from path to refusal, for the missed period", "A37, A43"),
        Rule(
            "Entries go with a store of the path, a zap, a saved repository",
            "A40",
            "save_empties_missed, zap_lifts_miss",
        ),
        Rule("Deleting the cached item leaves them", "A41", "delete_lifts_miss"),
        Rule("A refused store enters it too", "M-14, A38, P-07", "index_reject_remembered, file_reject_remembered"),
        Rule(
            "502 to 505 and I/O errors: 404, and the monitor probes the base URL", "M-04, A50", "assumed_offline_after"
        ),
        Rule(
            "Assumed offline: no requests for users; growing delays; any other answer ends it",
            "M-05, M-19, release 21",
            "assumed_offline_recovery",
        ),
        Rule("Offline by flag, globally or assumed: cached is served, all else 404 and not remembered", "M-06, A45"),
        Rule("Blacked out hides what is cached as well", "A46", "blacked_out"),
        Rule("Hard fail turns exceptions into 500, in a virtual for the whole search", "M-12, A47", "hard_fail"),
        Rule("Upstream requests name Artifactory as User-Agent and originator", "C-10, A13"),
        Rule(
            "Credentials go to the host of URL alone, with the first request or after a 401",
            "M-15, open 5",
            "preemptive_auth",
        ),
    ),
)
_VIRTUALS = Area(
    "Virtuals",
    (
        Rule("Members depth first, each once, cycles cut; patterns of every virtual on the way count", "B1, V-05"),
        Rule("Nothing left to ask is 404", "B2"),
        Rule("A page is the union of the members' pages", "V-01"),
        Rule("The same file name in two members", "V-09, open 14", "virtual_duplicates"),
        Rule("Members with priority alone, if they have the package", "V-04, open 14", "priority_resolution"),
        Rule("Files: locals, then caches, then remotes", "V-02, B3, B5, B9, B15"),
        Rule("The choice is final once a member says that it has the file", "B8", "virtual_choice"),
        Rule("One denied member makes a miss a refusal, everything else is 404", "V-07, B7", "virtual_denied_member"),
        Rule("Rights are judged on members alone", "B10"),
        Rule("Requests that come from another Artifactory stay away from remotes", "B4, C-10", "originated_requests"),
    ),
)
AREAS = (_ADDRESSES, _PAGES, _REMOTES, _FILES, _ANSWERS, _CACHE, _VIRTUALS)
