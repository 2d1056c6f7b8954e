"""What is inside a distribution: the metadata and the generated modules."""

import hashlib
from collections.abc import Mapping

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from artifactory_conformance.distributions.specification import DistributionSpec


def metadata_of(spec: DistributionSpec) -> bytes:
    """The core metadata, version 2.1: METADATA of the wheel and PKG-INFO of the sdist."""
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {spec.project}",
        f"Version: {spec.normalized_version}",
        "Summary: Generated for a test of a package index",
    ]
    if spec.requires_python:
        lines.append(f"Requires-Python: {spec.requires_python}")
    lines += [f"Requires-Dist: {text}" for text in spec.requires]
    for name, texts in spec.extras.items():
        extra = canonicalize_name(name)
        lines.append(f"Provides-Extra: {extra}")
        lines += [f"Requires-Dist: {_only_with(extra, text)}" for text in texts]
    return "".join(f"{line}\n" for line in lines).encode()


def _only_with(extra: str, text: str) -> str:
    requirement = Requirement(text)
    condition = f'extra == "{extra}"'
    if requirement.marker is not None:
        condition = f"({requirement.marker}) and {condition}"
    requirement.marker = None
    # A URL ends at white space only, so the blank in front of the semicolon is part of the syntax.
    return f"{requirement} ; {condition}"


def modules_of(spec: DistributionSpec) -> dict[str, bytes]:
    """The package with `__version__`, and every module and function that an entry point names."""
    functions: dict[str, list[str]] = {spec.package: []}
    for target in spec.entry_points.values():
        module, _, function = target.partition(":")
        parents = module.split(".")[:-1]
        for depth in range(len(parents)):
            functions.setdefault(".".join(parents[: depth + 1]), [])
        names = functions.setdefault(module, [])
        if function not in names:
            names.append(function)
    packages = {spec.package} | {module.rpartition(".")[0] for module in functions}
    files = {}
    for module in sorted(functions):
        path = module.replace(".", "/")
        files[f"{path}/__init__.py" if module in packages else f"{path}.py"] = _source(spec, functions[module])
    if spec.filler:
        seed = f"{spec.normalized_project} {spec.normalized_version} {spec.variant}"
        files[f"{spec.package}/filler.bin"] = hashlib.shake_256(seed.encode()).digest(spec.filler)
    return files


def _source(spec: DistributionSpec, functions: list[str]) -> bytes:
    source = [
        '"""Generated for a test of a package index."""\n\n',
        f"__version__ = {spec.normalized_version!r}\n",
        f"VARIANT = {spec.variant!r}\n",
    ]
    for name in functions:
        source.append(f"\n\ndef {name}():\n    print({spec.normalized_project!r}, __version__)\n")
    return "".join(source).encode()


def entry_points_of(entry_points: Mapping[str, str]) -> bytes:
    """The entry_points.txt of a wheel."""
    return ("[console_scripts]\n" + "".join(f"{name} = {at}\n" for name, at in entry_points.items())).encode()
