"""The open questions about what is served: what may be, which fact leaves it open, what it is about.

`python -m artifactory_conformance.reference --switch NAME=VALUE` settles one; `docs/model.md` shows all.
"""

from artifactory_conformance.reference.switch import Switch, Window

OPEN_QUESTIONS = (
    Switch("index_miss_remembered", ("yes", "no"), "M-13", "a missing page enters the missed cache"),
    Switch("file_miss_remembered", ("yes", "no"), "M-13", "a missing file enters the missed cache"),
    Switch("save_empties_missed", ("yes", "no"), "A40", "a saved repository empties the missed caches of all remotes"),
    Switch("delete_lifts_miss", ("no", "yes"), "A41", "deleting a path ends that it is remembered as missed"),
    Switch("stale_on_error", ("always", "unreachable"), "C-03, open 6", "failures for which an expired page is served"),
    Switch("stale_resets_age", ("yes", "no"), "C-03, A54", "an expired page that was served is fresh again"),
    Switch("hard_fail", ("500", "404"), "M-12", "answer with hard fail when the catalog cannot be reached"),
    Switch("blacked_out", ("404", "403"), "A46", "answer of a repository that is blacked out"),
    Switch("single_flight", ("yes", "no"), "C-07, open 17", "first requests at the same time share one download"),
    Switch("head_downloads", ("yes", "no"), "F-05", "HEAD of an uncached file downloads and stores it"),
    Switch("existing_binary", ("reused", "downloaded"), "C-09", "a file whose X-Checksum-Sha1 is stored already"),
    Switch("checksum_uncached", ("404", "fetched"), "U-20", "checksum file of a file that is not cached"),
    Switch("delete_through_remote", ("404", "500"), "D8", "deletion of a cached path below the remote's own key"),
    Switch("virtual_choice", ("final", "next_member"), "B8", "a member that has a file, but fails to deliver it"),
    Switch(
        "originated_requests", ("cached_only", "forwarded"), "C-10, B4", "another Artifactory's requests to a virtual"
    ),
    Switch(
        "artifactory_upstream",
        ("by_registry", "by_url"),
        "R-06",
        "files of another Artifactory: at URL, by their place below Registry URL, or only as links below URL",
    ),
    Switch("index_failure", ("404", "empty_page"), "M-02", "answer when the catalog fails on an index, but not by 404"),
    Switch("range", ("200", "206"), "F-06", "answer to a Range on /api/pypi: whole file or slice"),
    Switch("suffix_range", ("first", "last"), "A76", "bytes=-N means the first N+1 or the last N bytes"),
    Switch(
        "index_etag", ("off", "on", "local"), "I-04, I-07", "project pages carry an ETag: none, all, those of locals"
    ),
    Switch("index_last_modified", ("absent", "remote"), "I-07, open 8", "Last-Modified of a remote's project page"),
    Switch("index_head", ("200", "405"), "I-06, open 9", "answer to HEAD of an index page"),
    Switch("index_range", ("ignored", "206"), "I-06, open 9", "answer to a Range on an index page"),
    Switch("index_gzip", ("off", "large"), "I-05, open 9", "pages are compressed for clients that take it"),
    Switch("index_refresh", ("get", "head_get"), "open 5", "how a page is fetched: by GET at once or after a HEAD"),
    Switch("index_conditional", ("no", "yes"), "open 5", "an expired page is asked for with conditions"),
    Switch("empty_page", ("200", "404"), "open 29", "a catalog's page without any link"),
    Switch(
        "core_metadata",
        ("unadvertised", "absent", "served"),
        "H-10, open 12",
        "PEP 658: fetched if asked for, never there, or advertised and served",
    ),
    Switch("forward_accept", ("no", "yes"), "M-18, open 18", "the client's Accept goes to the catalog"),
    Switch("foreign_redirect", ("followed", "refused"), "M-11, open 19", "a redirect of the catalog to another host"),
    Switch("etag_on_304", ("off", "on"), "I-02", "the 304 of a project page repeats the ETag"),
    Switch("local_href", ("packages", "bare"), "U-09", "form of the links to files of a local repository"),
    Switch("json", ("off", "on"), "J-01", "PEP 691 pages", {"on": Window(since="7.132")}),
    Switch(
        "json_root",
        ("off", "on"),
        "J-01",
        "the root page as JSON, where project pages are",
        {"on": Window(since="7.132")},
    ),
    Switch(
        "json_api_version", ("1.0", "1.1"), "J-01", "what JSON pages call themselves", {"1.1": Window(since="7.132")}
    ),
    Switch("json_only_accept", ("html", "406"), "J-06", "answer to an Accept of JSON alone while JSON is off"),
    Switch(
        "normalise",
        ("200", "redirect", "404", "unfolded"),
        "N-03, open 10",
        "answer to a project name that is not normalised",
    ),
    Switch("verify_fragment", ("no", "yes"), "M-08", "a file is held against the sha256 of the page"),
    Switch("preemptive_auth", ("yes", "no"), "M-15", "credentials go with the first request or after a 401"),
    Switch("file_last_modified", ("upstream", "cached"), "F-04, open 23", "Last-Modified of a proxied file"),
    Switch("file_conditions", ("bare", "any_form", "ignored"), "A60, F-07", "which If-None-Match of a file gives 304"),
    Switch("uncached_conditions", ("ignored", "304"), "A61", "conditions on a file that is not cached yet"),
    Switch("content_disposition", ("ignored", "renames"), "M-17, A35", "a name in the catalog's Content-Disposition"),
    Switch("blocked_type_status", ("409", "404"), "M-09, open 18", "answer when the catalog sends a page for a file"),
    Switch("blocked_type_accept", ("honoured", "ignored"), "M-09, open 18", "an Accept of */* lets such a page pass"),
    Switch("remote_properties", ("absent", "present"), "B-49", "pypi.* properties of cached wheels"),
    Switch("cleanup_pages", ("kept", "removed"), "open 24", "cached pages when unused artifacts are cleaned up"),
    Switch(
        "location_base",
        ("configured", "request"),
        "U-02, open 28",
        "base of the redirect to the slash",
        {"request": Window(before="7.161")},
    ),
    Switch("forwarded_headers", ("ignored", "honoured"), "open 28", "X-Forwarded-Proto and -Host of a proxy"),
    Switch("file_cache_control", ("absent", "1y"), "F-02", "Cache-Control of files"),
    Switch("origin_remote_path", ("off", "on"), "F-03", "X-Artifactory-Origin-Remote-Path of files"),
    Switch("direct_path_download", ("yes", "no"), "U-12, open 27", "a storage path below a remote's key downloads"),
    Switch("remote_href", ("doubled", "single"), "U-07, U-08", "links of a remote: packages/ before the path or not"),
    Switch("outside_links", ("unfetchable", "dropped"), "R-07, R-10", "links to URL's host, but not below URL"),
    Switch("foreign_links", ("dropped", "unfetchable"), "R-08", "links of a page that lead to a host not in URL"),
    Switch("link_query", ("dropped", "kept"), "R-10", "the query of a link of the catalog's page"),
    Switch("remote_requires_python", ("kept", "dropped"), "H-08", "data-requires-python of a remote's page"),
    Switch("remote_yanked", ("dropped", "kept"), "H-09", "data-yanked of a remote's page"),
    Switch("remote_gpg_sig", ("dropped", "kept"), "H-11", "data-gpg-sig of a remote's page"),
    Switch("remote_root", ("fetched", "cached_names"), "V-10", "what the root page of a remote lists"),
    Switch("virtual_root", ("merged", "locals"), "V-10, open 11", "whose names the root page of a virtual lists"),
    Switch(
        "virtual_duplicates",
        ("first", "both", "listed_first"),
        "V-09, open 14",
        "the same file name in two members: one line or two",
    ),
    Switch(
        "priority_resolution", ("honoured", "ignored"), "V-04", "a virtual's page comes from priority members alone"
    ),
    Switch(
        "legacy_json_local",
        ("off", "on"),
        "U-17, release 22",
        "legacy JSON of local projects",
        {"off": Window(before="7.108.3"), "on": Window(since="7.108.3")},
    ),
    Switch("legacy_json_remote", ("proxied", "off"), "U-17", "legacy JSON of a remote's projects"),
    Switch(
        "assumed_offline_recovery",
        ("recovers", "stays"),
        "release 21, M-05",
        "a remote that is assumed offline, once the catalog is back",
        {"stays": Window(before="7.104.12")},
    ),
)
