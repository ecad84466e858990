"""Released versions of the script that other sites load: each a file that never changes again."""

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app

_RELEASED = re.compile(r"v([0-9]+\.[0-9]+\.[0-9]+)\.js")


@dataclass(frozen=True, slots=True)
class Release:
    """One version, with what a page writes into `integrity`."""

    version: str
    body: bytes
    packed: bytes
    integrity: str


def load(app: Flask) -> tuple[Release, ...]:
    """Every version in `integrations/widget`, the newest first."""
    folder = Path(app.root_path).parent / "integrations" / "widget"
    found = [_release(path) for path in folder.glob("v*.js") if _RELEASED.fullmatch(path.name)]
    return tuple(sorted(found, key=_order, reverse=True))


def releases() -> tuple[Release, ...]:
    """Every released version of the script, the newest first."""
    found: tuple[Release, ...] = current_app.extensions["releases"]
    return found


def integrity(body: bytes) -> str:
    """The checksum of a file as browsers compare it (W3C SRI)."""
    return f"sha384-{base64.b64encode(hashlib.sha384(body).digest()).decode()}"


def _release(path: Path) -> Release:
    body = path.read_bytes()
    return Release(path.name[1:-3], body, gzip.compress(body, mtime=0), integrity(body))


def _order(release: Release) -> tuple[int, ...]:
    return tuple(int(part) for part in release.version.split("."))
