"""What goes wrong when it is ordered, and only then."""

import concurrent.futures
import time

import pytest
import requests

SECONDS = 10


def test_status_is_answered_so_many_times(tenant):
    tenant.publish()
    tenant.faults({"path": "/simple/example/", "status": 503, "times": 2})

    assert [tenant.get("/simple/example/").status_code for _ in range(3)] == [503, 503, 200]
    assert [entry["status"] for entry in tenant.journal()] == [503, 503, 200]


def test_fault_without_times_lasts_until_it_is_cleared(tenant):
    tenant.faults({"path": "/simple/", "status": 403})
    assert [tenant.get("/simple/").status_code for _ in range(3)] == [403] * 3

    tenant.control("DELETE", "faults", expect=204)

    assert tenant.get("/simple/").status_code == 200


def test_new_faults_replace_the_old_ones(tenant):
    tenant.faults({"path": "*", "status": 500})
    tenant.faults({"path": "/packages/*", "status": 500})

    assert tenant.get("/simple/").status_code == 200


def test_first_match_wins_and_gives_way_when_it_is_used_up(tenant):
    tenant.faults(
        {"path": "/simple/*", "status": 500, "times": 1},
        {"path": "*", "status": 429, "headers": {"Retry-After": "7"}, "times": 1},
    )

    answers = [tenant.get("/simple/") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [500, 429, 200]
    assert answers[1].headers["Retry-After"] == "7"


def test_fault_is_for_its_methods_and_paths_only(tenant):
    published = tenant.publish()
    tenant.faults({"path": "/packages/*", "methods": ["head"], "status": 405})

    assert tenant.file(published, method="HEAD").status_code == 405
    assert tenant.file(published).status_code == 200
    assert tenant.get("/simple/example/", method="HEAD").status_code == 200


def test_refused_request_does_not_use_up_a_fault(tenant):
    tenant.faults({"path": "*", "status": 500, "times": 1})

    assert tenant.service.request("GET", f"{tenant.base_path}/simple/").status_code == 401
    assert tenant.get("/simple/").status_code == 500


def test_unguarded_fault_happens_to_everybody_and_lets_nobody_else_in(tenant):
    tenant.faults({"path": "/", "methods": ["HEAD"], "status": 200, "unguarded": True})
    anonymous = [
        tenant.service.request(method, f"{tenant.base_path}{path}").status_code
        for method, path in (("HEAD", "/"), ("GET", "/"), ("HEAD", "/simple/"))
    ]

    assert anonymous == [200, 401, 401]
    assert tenant.get("/", method="HEAD").status_code == 200


def test_base_path_without_its_slash_can_be_given_a_fault(tenant):
    tenant.faults({"path": "", "status": 405})

    assert [tenant.get(path).status_code for path in ("", "/")] == [405, 404]


def test_other_body_is_served_with_its_type(tenant):
    tenant.faults({"path": "/simple/x/", "body": "<p>Zuß</p>"}, {"path": "*", "body": "{}", "content_type": "text/x"})

    page, other = tenant.get("/simple/x/"), tenant.get("/simple/y/")

    assert (page.status_code, page.content.decode()) == (200, "<p>Zuß</p>")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert (other.text, other.headers["Content-Type"]) == ("{}", "text/x")


def test_redirect_leads_elsewhere(tenant):
    tenant.faults({"path": "/packages/*", "redirect": "http://other.test/signed?x=1"})

    answer = tenant.file(tenant.publish())

    assert (answer.status_code, answer.headers["Location"]) == (302, "http://other.test/signed?x=1")


def test_delayed_answer_is_right_and_late_and_holds_up_nobody_else(tenant, tenant_of):
    published, other = tenant.publish(), tenant_of(tenant.service)
    tenant.faults({"path": "/packages/*", "delay": 0.5})
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        started = time.monotonic()
        late = pool.submit(tenant.file, published)

        assert other.get("/simple/").status_code == 200
        assert not late.done()

        assert len(late.result(SECONDS).content) == published["size"]
        assert time.monotonic() - started >= 0.5


@pytest.mark.parametrize("after", [0, 1, 100_000])
def test_truncated_answer_promises_all_and_breaks_off(tenant, after):
    published = tenant.publish(filler=200_000)
    tenant.faults({"path": "/packages/*", "truncate": after})

    answer = tenant.file(published, stream=True)

    assert int(answer.headers["Content-Length"]) == published["size"]
    received = []
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        received.extend(answer.iter_content(1))
    assert len(received) == after
    assert tenant.journal()[-1]["sent_bytes"] == after


def test_truncation_spares_head(tenant):
    published = tenant.publish()
    tenant.faults({"path": "*", "truncate": 10})

    assert int(tenant.file(published, method="HEAD").headers["Content-Length"]) == published["size"]


def test_dropped_connection_gives_no_answer(tenant):
    tenant.faults({"path": "/simple/", "reset": True, "times": 1})

    with pytest.raises(requests.exceptions.ConnectionError):
        tenant.get("/simple/")

    assert tenant.get("/simple/").status_code == 200
    assert [entry["status"] for entry in tenant.journal()] == [None, 200]


def test_wrong_bytes_have_the_length_and_headers_of_the_right_ones(tenant):
    published = tenant.publish()
    right = tenant.file(published)
    tenant.faults({"path": "/packages/*", "wrong_bytes": True})

    wrong = tenant.file(published)

    assert wrong.headers["ETag"] == right.headers["ETag"]
    assert len(wrong.content) == len(right.content)
    assert wrong.content != right.content


def test_fault_begins_after_so_many_requests_and_lasts_as_often_as_ordered(tenant):
    tenant.faults({"path": "/simple/", "status": 403, "after": 2, "times": 2})

    assert [tenant.get("/simple/").status_code for _ in range(6)] == [200, 200, 403, 403, 200, 200]


def test_fault_is_for_requests_with_or_without_credentials(catalog):
    made = catalog.control("POST", "organizations", json={"open": True}, expect=201).json()
    faults = [{"path": "*", "authorized": True, "status": 400}, {"path": "*", "authorized": False, "status": 418}]
    catalog.control("PUT", f"organizations/{made['id']}/faults", json={"faults": faults}, expect=200)

    asked = f"{made['base_path']}/simple/"
    assert catalog.request("GET", asked, auth=("any", "body")).status_code == 400
    assert catalog.request("GET", asked).status_code == 418


def test_fault_spares_requests_that_are_signed(tenant):
    tenant.faults({"path": "*", "unsigned": "X-Amz-Signature", "status": 403})

    assert tenant.get("/simple/").status_code == 403
    assert tenant.get("/simple/?X-Amz-Signature=abc").status_code == 200


def test_redirect_keeps_the_path_and_has_its_own_status_and_page(tenant):
    published = tenant.publish("scantree", "0+unknown")
    order = {"redirect": "http://other.test/store{path}?x=1", "redirect_status": 307, "redirect_body": "<p>moved"}
    tenant.faults({"path": "/packages/*", **order})

    answer = tenant.file(published)

    assert (answer.status_code, answer.text) == (307, "<p>moved")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    below = published["path"].removeprefix(tenant.base_path).replace("+", "%2B")
    assert answer.headers["Location"] == f"http://other.test/store{below}?x=1"


def test_headers_alone_stand_beside_the_right_answer(tenant):
    published = tenant.publish()
    tenant.faults({"path": "/packages/*", "headers": {"Content-Disposition": "attachment; filename=other.whl"}})

    answer = tenant.file(published)

    assert (answer.status_code, len(answer.content)) == (200, published["size"])
    assert answer.headers["Content-Disposition"] == "attachment; filename=other.whl"
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_text_goes_out_in_the_encoding_that_was_ordered(tenant):
    tenant.faults({"path": "*", "body": "ß", "encoding": "latin-1"})

    answer = tenant.get("/simple/")

    assert (answer.content, answer.headers["Content-Type"]) == (b"\xdf", "text/html; charset=utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "no-such-encoding", "rot13"])
def test_text_that_has_no_such_encoding_is_refused(tenant, encoding):
    order = {"faults": [{"path": "*", "body": "ß", "encoding": encoding}]}

    assert "encoding" in tenant.control("PUT", "faults", json=order, expect=400).json()["error"]


def test_stalled_answer_is_right_in_the_end(tenant):
    published = tenant.publish(filler=1_000)
    tenant.faults({"path": "/packages/*", "stall": 100, "stall_seconds": 0.3})
    started = time.monotonic()

    answer = tenant.file(published, stream=True)
    first = answer.raw.read(100)

    assert time.monotonic() - started < 0.3
    assert len(first + answer.raw.read()) == published["size"]
    assert time.monotonic() - started >= 0.3


def test_compressed_answer_is_for_those_who_understand_it(tenant):
    tenant.publish()
    plain = tenant.get("/simple/example/").content
    tenant.faults({"path": "/simple/*", "gzip": True})

    packed = tenant.get("/simple/example/", headers={"Accept-Encoding": "gzip"})
    unpacked = tenant.get("/simple/example/", headers={"Accept-Encoding": "identity"})

    assert (packed.headers["Content-Encoding"], packed.content) == ("gzip", plain)
    assert int(packed.headers["Content-Length"]) < len(plain)
    assert "Content-Encoding" not in unpacked.headers
    assert unpacked.content == plain


def test_answer_of_http_1_0_ends_with_its_connection(tenant):
    published = tenant.publish(filler=200_000)
    tenant.faults({"path": "/packages/*", "http_1_0": True}, {"path": "*", "http_1_0": True, "status": 599})

    answer = tenant.file(published)

    assert (answer.raw.version, answer.status_code, len(answer.content)) == (10, 200, published["size"])
    assert "Content-Length" not in answer.headers
    assert tenant.get("/simple/").status_code == 599
    assert tenant.file(published, method="HEAD").content == b""
    assert [entry["sent_bytes"] for entry in tenant.journal()] == [published["size"], 4, 0]


def test_truncation_in_http_1_0_cannot_be_told(tenant):
    published = tenant.publish()
    tenant.faults({"path": "/packages/*", "http_1_0": True, "truncate": 10})

    assert len(tenant.file(published).content) == 10
