"""What the Authorization header of a call says, and calls with another one."""

import base64
import binascii
from dataclasses import replace

from artifactory_conformance.reference.exchange import Call
from artifactory_conformance.reference.instance import Instance


def basic_of(call: Call) -> tuple[str, str] | None:
    """User name and password that a call gives; None if it gives none, or something else."""
    scheme, _, value = call.header("authorization").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None


def with_basic(call: Call, name: str, password: str) -> Call:
    """The call with another user name and password."""
    value = base64.b64encode(f"{name}:{password}".encode()).decode()
    return replace(call, headers={**call.headers, "authorization": f"Basic {value}"})


def as_the_system(model: Instance, call: Call) -> Call:
    """The call as somebody with all rights makes it."""
    token = model.authentication.issue("the-system", "applied-permissions/admin", 60).secret
    return replace(call, headers={**call.headers, "authorization": f"Bearer {token}"})
