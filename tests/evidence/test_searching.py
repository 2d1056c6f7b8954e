"""A secret is found in a file whatever coding or archive it lies in, and in nothing else."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artifactory_conformance.evidence import Redactor, holds_secret, searching

SECRET = "s3cret/välue+1"


def zipped(content: bytes, name: str = "a.txt") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


CODINGS = {
    "utf-8": lambda text: text.encode(),
    "utf-8 after junk": lambda text: b"\xff\xfe\x00" + text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16, big end first": lambda text: text.encode("utf-16-be"),
    "utf-16 at an odd place": lambda text: b"x" + text.encode("utf-16-le"),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zip": lambda text: zipped(text.encode()),
    "zip of utf-16": lambda text: zipped(text.encode("utf-16")),
    "name in a zip": lambda text: zipped(b"", text),
}


@pytest.mark.parametrize("coding", CODINGS)
def test_a_secret_is_found_in_every_coding(coding: str) -> None:
    assert holds_secret(CODINGS[coding](f"it is {SECRET}, see"), Redactor([SECRET]))
    assert not holds_secret(CODINGS[coding]("it is something else, see"), Redactor([SECRET]))


@settings(max_examples=60)
@given(content=st.binary(max_size=80), start=st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08\x00"]))
def test_any_bytes_can_be_looked_through(content: bytes, start: bytes) -> None:
    assert not holds_secret(start + content, Redactor(["canary0123456789"]))


def test_what_is_too_long_unpacked_is_not_called_free_of_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "LARGEST_UNPACKED", 1000)
    for packed in (zipped(b"\0" * 1001), gzip.compress(b"\0" * 1001)):
        assert holds_secret(packed, Redactor([SECRET]))
    assert not holds_secret(zipped(b"\0" * 1000), Redactor([SECRET]))
