"""Checksums that the catalog or a client gives (A92 to A94)."""

import hashlib

import pytest

from tests.reference.made_worlds import FILE, WHEEL, one_project
from tests.reference.stub_catalog import Reply

BODY = b"0123456789"
RIGHT = {
    "X-Checksum-Sha1": hashlib.sha1(BODY, usedforsecurity=False).hexdigest(),
    "X-Checksum-Md5": hashlib.md5(BODY, usedforsecurity=False).hexdigest(),
}
WRONG = {name: "0" * len(value) for name, value in RIGHT.items()}


@pytest.mark.parametrize(
    ("policy", "given", "status"),
    [
        ("generate-if-absent", {}, 200),
        ("generate-if-absent", RIGHT, 200),
        ("generate-if-absent", {"X-Checksum-Sha1": WRONG["X-Checksum-Sha1"]}, 200),
        ("generate-if-absent", {**RIGHT, "X-Checksum-Sha1": WRONG["X-Checksum-Sha1"]}, 200),
        ("generate-if-absent", {"X-Checksum-Sha256": "0" * 64}, 200),
        ("generate-if-absent", WRONG, 409),
        ("fail", {}, 409),
        ("fail", {**WRONG, "X-Checksum-Md5": RIGHT["X-Checksum-Md5"]}, 200),
        ("ignore-and-generate", WRONG, 200),
        ("pass-thru", WRONG, 200),
    ],
)
def test_a92_one_checksum_that_passes_is_enough(model, catalog, policy, given, status):
    one_project(model, catalog, remoteRepoChecksumPolicyType=policy)
    catalog.replies[FILE] = Reply(body=BODY, headers=given)
    assert [model.wheel("catalog", WHEEL).status_code for _ in range(2)] == [status] * 2
    assert model.state("catalog")["missed"] == ([] if status == 200 else [f"ab/cd/{WHEEL}"])


@pytest.mark.parametrize(("given", "status"), [(RIGHT, 201), ({**RIGHT, "X-Checksum-Sha256": "0" * 64}, 409)])
def test_a94_none_that_a_client_gives_may_be_wrong(model, given, status):
    model.local("mine", packageType="generic")
    assert model.call("PUT", "/mine/x", data=BODY, headers=given).status_code == status
    assert (model.get("/mine/x").status_code == 200) == (status == 201)
