"""Styles, font and icons under addresses that change with their content, so caches may keep them.

The style sheet is one file to fetch and several to read: `static/css/*.css` in order of name. So is
the script of the first page: what every page has and `static/js/asking/*.js`, each in a block of its own.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, current_app, request, url_for

from directory.web.pages.site import blueprint

STYLES = "stepwise.css"
ASKING = "js/asking.js"
PAGE, PARTS = "js/page.js", "js/asking/"
YEAR = 365 * 24 * 3600
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SAID = re.compile(r"^ *(//.*)?\n", re.MULTILINE)
_ADDRESS = re.compile(r'url\("([^"]+)"\)')
_KEPT = frozenset({".svg", ".woff2", ".js", ".txt"})
mimetypes.add_type("font/woff2", ".woff2")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served, with the first letters of its checksum."""

    name: str
    body: bytes
    packed: bytes
    stamp: str
    kind: str


def load(folder: Path) -> Mapping[str, Asset]:
    """Every static file, the style sheets as one."""
    plain = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in _KEPT
    }
    found = {name: _asset(name, _spoken(name, body)) for name, body in plain.items()}
    sheets = [path.read_text(encoding="utf-8") for path in sorted((folder / "css").glob("*.css"))]
    styles = bundled(sheets, lambda name: stamped(found[name]))
    found[STYLES] = _asset(STYLES, styles.encode())
    parts = [found.pop(name).body.decode() for name in sorted(found) if name.startswith(PARTS)]
    parts.insert(0, found[PAGE].body.decode())
    found[ASKING] = _asset(ASKING, _scripts(parts).encode())
    return found


def _spoken(name: str, body: bytes) -> bytes:
    """A script without the lines that speak to readers only; any other file as it is."""
    return _SAID.sub("", body.decode()).encode() if name.endswith(".js") else body


def _scripts(parts: list[str]) -> str:
    """Scripts as one module; what one of them names is not seen by another."""
    return "\n".join(f"{{\n{_SAID.sub('', part).strip()}\n}}" for part in parts)


def bundled(sheets: list[str], address: Callable[[str], str]) -> str:
    """Style sheets as one, without comments; `address` says where a file they name is served."""
    text = _COMMENT.sub("", "\n".join(sheets))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return _ADDRESS.sub(lambda one: f'url("{address(one[1])}")', "\n".join(lines))


def _asset(name: str, body: bytes) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    packed = gzip.compress(body, mtime=0) if not name.endswith(".woff2") else b""
    return Asset(name, body, packed, hashlib.sha256(body).hexdigest()[:10], kind)


def stamped(asset: Asset) -> str:
    """'fonts/figtree.1a2b3c.woff2', relative to the folder that serves it."""
    stem, _, suffix = asset.name.rpartition(".")
    return f"{stem}.{asset.stamp}.{suffix}"


@blueprint.record_once
def _read_folder(state: object) -> None:
    app: Flask = state.app  # type: ignore[attr-defined]
    app.extensions["assets"] = load(Path(app.root_path).parent / "static")
    app.jinja_env.globals["static_url"] = static_url


def static_url(name: str) -> str:
    """The address of a static file, with its stamp."""
    asset: Asset = current_app.extensions["assets"][name]
    return url_for("pages.static_file", path=stamped(asset))


@blueprint.get("/static/<path:path>")
def static_file(path: str) -> Response:
    """A file by its stamped name; an old stamp is gone."""
    stem, _, suffix = path.rpartition(".")
    name, _, stamp = stem.rpartition(".")
    asset: Asset | None = current_app.extensions["assets"].get(f"{name}.{suffix}")
    if asset is None or asset.stamp != stamp:
        abort(404)
    return _sent(asset)


def _sent(asset: Asset) -> Response:
    packed = bool(asset.packed) and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(asset.packed if packed else asset.body, mimetype=asset.kind)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response
