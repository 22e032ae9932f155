"""The outside of a review package: a zip with a list of its parts and the hash of each.

A zip, because the database inside shrinks to a third, each part can be hashed by itself, and anyone can look in. A
package is known by what it holds, not by its name. The hashes tell a package that was changed or damaged on its way
from one that was not; they are no signature: who rewrites everything can rewrite the hashes, too.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from coding.errors import CodingError
from coding.store.models import SCHEMA_VERSION

MANIFEST, PROJECT, ANSWERS = "manifest.json", "project.telaah", "answers.json"
FORMAT = 1
LARGEST_FILE = 500 * 1024 * 1024
LARGEST_PART = {MANIFEST: 1024 * 1024, ANSWERS: 64 * 1024 * 1024, PROJECT: 2 * 1024 * 1024 * 1024}
_RATIO, _SMALL = 200, 1024 * 1024
"""No part of a project shrinks more than this; what stays small may."""
_CHUNK = 1024 * 1024


def digest_of(file: IO[bytes]) -> str:
    """SHA-256 in hex."""
    found = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        found.update(chunk)
    return found.hexdigest()


def sealed(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest with its own hash, over everything else in it."""
    rest = {key: value for key, value in manifest.items() if key != "hash"}
    written = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return {**rest, "hash": hashlib.sha256(written.encode("utf-8")).hexdigest()}


def write(path: Path, about: dict[str, Any], part: str, body: Path) -> dict[str, Any]:
    """Write a package with the one part `part`, whose content is the file `body`; returns its manifest."""
    with body.open("rb") as file:
        parts = [{"name": part, "bytes": body.stat().st_size, "sha256": digest_of(file)}]
    head = {"telaah-review": FORMAT, "schema": SCHEMA_VERSION, "version": version("telaah")}
    manifest = sealed({**head, **about, "parts": parts})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        package.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        package.write(body, part)
    return manifest


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The package at `path` and its manifest, checked but for the hashes of the parts. Raises CodingError."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise CodingError("file_missing", file=str(path)) from error
    if size > LARGEST_FILE:
        raise CodingError("package_too_large", file=path.name, size=_mb(size), limit=_mb(LARGEST_FILE))
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as file:
                cut = file.read(4) == b"PK\x03\x04"
            if cut:
                raise CodingError("package_damaged", file=path.name, reason="zip")
            raise CodingError("package_not", file=path.name)
        with zipfile.ZipFile(path) as package:
            yield package, _manifest(package, path)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "password" not in str(error) and "encrypt" not in str(error):
            raise
        raise CodingError("package_damaged", file=path.name, reason=str(error)) from error
    except OSError as error:
        raise CodingError("file_unreadable", file=str(path), reason=error.strerror or str(error)) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CodingError("package_damaged", file=path.name, reason=MANIFEST) from error


def _manifest(package: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    names = package.namelist()
    if MANIFEST not in names:
        raise CodingError("package_not", file=path.name)
    found = json.loads(_read(package, path, MANIFEST).decode("utf-8"))
    if not isinstance(found, dict) or "telaah-review" not in found:
        raise CodingError("package_not", file=path.name)
    if not isinstance(found["telaah-review"], int) or found["telaah-review"] > FORMAT:
        raise CodingError("package_newer", file=path.name)
    if not isinstance(found.get("schema"), int) or found["schema"] > SCHEMA_VERSION:
        raise CodingError("package_newer", file=path.name)
    if sealed(found)["hash"] != found.get("hash"):
        raise CodingError("package_changed", file=path.name, part=MANIFEST)
    parts = found.get("parts")
    listed = [part.get("name") for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    if sorted(names) != sorted([MANIFEST, *map(str, listed)]) or listed not in ([PROJECT], [ANSWERS]):
        raise CodingError("package_changed", file=path.name, part=_strange(names, listed))
    if not isinstance(found.get("project"), dict) or not isinstance(found.get("coder"), dict):
        raise CodingError("package_damaged", file=path.name, reason=MANIFEST)
    return found


def _strange(names: list[str], listed: list[Any]) -> str:
    return next((name for name in names if name not in (MANIFEST, *listed) or names.count(name) > 1), MANIFEST)


def part_of(manifest: dict[str, Any]) -> str:
    """The name of the one part: a project, or answers."""
    return str(manifest["parts"][0]["name"])


def extract(package: zipfile.ZipFile, manifest: dict[str, Any], path: Path, target: Path) -> None:
    """Write the part to the file `target`. Raises CodingError when it is not the part that the manifest describes."""
    part = part_of(manifest)
    info = package.getinfo(part)
    _refuse_bombs(info, path)
    found, size = hashlib.sha256(), 0
    with package.open(info) as file, target.open("wb") as out:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > info.file_size:
                raise CodingError("package_damaged", file=path.name, reason=part)
            found.update(chunk)
            out.write(chunk)
    if found.hexdigest() != manifest["parts"][0].get("sha256") or size != manifest["parts"][0].get("bytes"):
        raise CodingError("package_changed", file=path.name, part=part)


def _read(package: zipfile.ZipFile, path: Path, name: str) -> bytes:
    info = package.getinfo(name)
    _refuse_bombs(info, path)
    with package.open(info) as file:
        return file.read(LARGEST_PART[MANIFEST])


def _refuse_bombs(info: zipfile.ZipInfo, path: Path) -> None:
    most = LARGEST_PART.get(info.filename, 0)
    bomb = info.file_size > _SMALL and info.file_size > _RATIO * max(1, info.compress_size)
    if info.file_size > most or bomb:
        raise CodingError("package_too_large", file=path.name, size=_mb(info.file_size), limit=_mb(most))


def _mb(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"
