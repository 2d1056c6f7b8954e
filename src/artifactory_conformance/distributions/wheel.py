"""Wheels, PEP 427."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import replace

from packaging.tags import parse_tag

from artifactory_conformance.distributions.archives import zip_of
from artifactory_conformance.distributions.content import entry_points_of, metadata_of, modules_of
from artifactory_conformance.distributions.specification import Distribution, DistributionKind, DistributionSpec


def build_wheel(spec: DistributionSpec) -> Distribution:
    """Build the wheel that the specification describes; the same one gives the same bytes everywhere."""
    return Distribution(
        project=spec.normalized_project,
        version=spec.normalized_version,
        filename=wheel_filename(spec),
        content=zip_of(wheel_members(spec)),
        requires_python=spec.requires_python,
        kind=DistributionKind.WHEEL,
    )


def wheel_without_metadata(spec: DistributionSpec) -> Distribution:
    """Build the same wheel, but that its METADATA is missing."""
    metadata = f"{spec.file_stem}.dist-info/METADATA"
    members = {name: content for name, content in wheel_members(spec).items() if name != metadata}
    return replace(build_wheel(spec), content=zip_of(members))


def wheel_filename(spec: DistributionSpec) -> str:
    """The file name of the wheel."""
    return f"{spec.file_stem}-{spec.tag}.whl"


def wheel_members(spec: DistributionSpec) -> dict[str, bytes]:
    """The members of the wheel in their order; RECORD comes last, as PEP 427 recommends."""
    dist_info = f"{spec.file_stem}.dist-info"
    members = modules_of(spec)
    members[f"{dist_info}/METADATA"] = metadata_of(spec)
    members[f"{dist_info}/WHEEL"] = _wheel_file(spec.tag)
    if spec.entry_points:
        members[f"{dist_info}/entry_points.txt"] = entry_points_of(spec.entry_points)
    members[f"{dist_info}/RECORD"] = _record(members, f"{dist_info}/RECORD")
    return members


def _wheel_file(tag: str) -> bytes:
    is_pure = tag.endswith("-none-any")
    lines = ["Wheel-Version: 1.0", "Generator: artifactory-conformance", f"Root-Is-Purelib: {str(is_pure).lower()}"]
    lines += sorted(f"Tag: {each}" for each in parse_tag(tag))
    return "".join(f"{line}\n" for line in lines).encode()


def _record(members: Mapping[str, bytes], record: str) -> bytes:
    lines = []
    for name, content in members.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    return "".join([*lines, f"{record},,\n"]).encode()
