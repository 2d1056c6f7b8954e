"""Wheels and sdists made in memory."""

import io
import tarfile
import zipfile


def wheel(name: str, version: str, requires_python: str = "", summary: str = "") -> bytes:
    text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    text += f"Requires-Python: {requires_python}\n" if requires_python else ""
    text += f"Summary: {summary}\n" if summary else ""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(f"{name}-{version}.dist-info/METADATA", text)
    return buffer.getvalue()


def sdist(name: str, version: str, requires_python: str = "") -> bytes:
    text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nRequires-Python: {requires_python}\n".encode()
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        entry = tarfile.TarInfo(f"{name}-{version}/PKG-INFO")
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
    return buffer.getvalue()
