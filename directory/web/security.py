"""Headers by kind of address: nothing from elsewhere, nothing framed, nothing sensitive kept.

ASVS 5.0 3.4.x. No route sets a cookie but the staff desk's.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from flask import Flask, Request, Response, current_app, g, request

from directory.web.machines import READ, rule_of
from directory.web.typed_address import parts_of

MOST_BYTES = 256 * 1024
MOST_FORM_FIELDS = 400

Kind = Literal[
    "page",
    "beginning",
    "answer",
    "read",
    "api",
    "static",
    "file",
    "maker",
    "frame",
    "widget",
    "staff",
    "staff_preview",
]

_PAGE_SOURCES: Mapping[str, str] = {
    "default-src": "'none'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_NO_SOURCES: Mapping[str, str] = {"default-src": "'none'", "frame-ancestors": "'none'"}

# A frame on another site: a sandbox whose origin is its own and no other's, so that it can store
# nothing and read nothing of ours. `frame-ancestors` opens for the origins of its partner only.
_FRAME_SOURCES: Mapping[str, str] = {
    **_PAGE_SOURCES,
    "connect-src": "'none'",
    "sandbox": "allow-forms allow-popups allow-popups-to-escape-sandbox allow-scripts",
}
NOBODY = "frame-ancestors 'none'"
# What anybody may load into a page: files that are the same for everybody.
_FOR_ANYBODY: Mapping[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}

_OFF = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
    *("encrypted-media", "fullscreen", "gyroscope", "hid", "idle-detection", "magnetometer"),
    *("microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get"),
    *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
PERMISSIONS = ", ".join(["geolocation=(self)", *(f"{feature}=()" for feature in _OFF)])

EVERYWHERE: Mapping[str, str] = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=63072000; includeSubDomains"


def policy(sources: Mapping[str, str]) -> str:
    """A Content-Security-Policy of these directives."""
    return "; ".join(f"{directive} {allowed}" for directive, allowed in sources.items())


# kind -> headers beside EVERYWHERE. A view may set Cache-Control itself (a conditional answer);
# a static file is immutable only if its address names its content (`?v=` or a hash in the name).
# What machines read says nothing about anybody, so caches may keep it; what they ask in a body does.
# Style, font and script of a frame are loaded by an origin that is nobody's: static files are for anybody.
BY_KIND: Mapping[Kind, Mapping[str, str]] = {
    "page": {
        "Content-Security-Policy": policy(_PAGE_SOURCES),
        "Cache-Control": "public, max-age=60",
    },
    "beginning": {"Content-Security-Policy": policy(_PAGE_SOURCES), "Cache-Control": "no-store"},
    "answer": {
        "Content-Security-Policy": policy(_PAGE_SOURCES),
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    },
    "read": {
        "Content-Security-Policy": policy(_NO_SOURCES),
        "Cache-Control": "public, max-age=60, stale-while-revalidate=600",
        "X-Robots-Tag": "noindex",
    },
    "api": {
        "Content-Security-Policy": policy(_NO_SOURCES),
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    },
    "static": {
        "Content-Security-Policy": policy(_NO_SOURCES),
        "Cache-Control": "public, max-age=31536000, immutable",
        **_FOR_ANYBODY,
    },
    "file": {"Content-Security-Policy": policy(_NO_SOURCES), "Cache-Control": "no-cache"},
    "staff": {
        "Content-Security-Policy": policy(_PAGE_SOURCES),
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    },
    # The one page of the desk that shows a frame of ours.
    "staff_preview": {
        "Content-Security-Policy": policy({**_PAGE_SOURCES, "frame-src": "'self'"}),
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    },
    "maker": {
        "Content-Security-Policy": policy({**_PAGE_SOURCES, "frame-src": "'self'"}),
        "Cache-Control": "no-store",
    },
    "frame": {
        "Content-Security-Policy": policy(_FRAME_SOURCES),
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
        "Cross-Origin-Resource-Policy": "cross-origin",
    },
    "widget": {
        "Content-Security-Policy": policy(_NO_SOURCES),
        "Cache-Control": "public, max-age=3600",
        **_FOR_ANYBODY,
    },
}

# First parts of addresses, after the language, that hold a person's answers or the state of now.
NEVER_KEPT = {
    "find",
    "results",
    "refine",
    "change",
    "share",
    "compare",
    "self-check",
    "meetings",
    "work-hours",
    "healthz",
    "readyz",
    "metrics",
}
# Their first pages hold nobody's answers yet: search engines may know them.
BEGINNINGS = {"self-check", "meetings"}
LANGUAGES = ("es",)
STAFF = "staff"
LOOK = "look"
"""The last part of the desk's page that shows how a partner's frame would look."""
# First parts whose answers have one kind, whatever was asked.
_ALWAYS: Mapping[str, Kind] = {STAFF: "staff", "embed": "maker"}
_HASHED = re.compile(r"\.[0-9a-f]{8,64}\.")


def register(app: Flask) -> None:
    """Put the headers on every response of `app`, and a bound on what it reads."""
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MOST_BYTES
    app.config["MAX_FORM_PARTS"] = MOST_FORM_FIELDS
    app.after_request(_with_headers)


def _with_headers(response: Response) -> Response:
    kind = kind_of(request, response.status_code)
    for name, value in {**EVERYWHERE, **BY_KIND[kind]}.items():
        if kind == "static" or name in EVERYWHERE or name not in response.headers:
            response.headers[name] = value
    if kind == "frame" and (origins := g.get("framed_by")):
        _open_to(response, origins)
    if _is_https():
        response.headers["Strict-Transport-Security"] = HSTS
    return response


def _open_to(response: Response, origins: Sequence[str]) -> None:
    """Let pages of these origins show the answer in a frame."""
    sources = response.headers["Content-Security-Policy"]
    opened = sources.replace(NOBODY, f"frame-ancestors {' '.join(origins)}")
    response.headers["Content-Security-Policy"] = opened
    del response.headers["X-Frame-Options"]


def kind_of(asked: Request, status: int = 200) -> Kind:
    """Which row of the table an answer gets; what was refused may repeat what was typed."""
    if rule_of(asked.path) is not None:
        return "read" if asked.method in READ and status in (200, 206, 304) else "api"
    first, last = _ends(asked.path)
    if first in _ALWAYS:
        return "staff_preview" if (first, last) == (STAFF, LOOK) else _ALWAYS[first]
    if first == "widget" and not last.endswith((".js", ".css", ".json")):
        return "frame"
    if status >= 400:
        return "answer"
    if first == "widget":
        return "widget"
    if first == "static":
        return "static" if "v" in asked.args or _HASHED.search(last) else "file"
    is_question = asked.method not in ("GET", "HEAD") or bool(asked.args)
    if not is_question and first == last and first in BEGINNINGS:
        return "beginning"
    return "answer" if is_question or first in NEVER_KEPT else "page"


def is_staff(path: str) -> bool:
    """True for addresses of the staff desk, in any language: the only ones that know a cookie."""
    return _ends(path)[0] == STAFF


def _ends(path: str) -> tuple[str, str]:
    """The first part of an address after its language, and its last."""
    parts = path.strip("/").split("/")
    return parts[1] if parts[0] in LANGUAGES and len(parts) > 1 else parts[0], parts[-1]


def from_elsewhere(asked: Request) -> bool:
    """True if a page of another site sent this form (ASVS 5.0 3.5.1).

    Browsers say so in Sec-Fetch-Site. Older ones send an Origin, which our no-referrer turns to
    "null" for our own forms, too: that one tells nothing.
    """
    if site := asked.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    origin = asked.headers.get("Origin", "null")
    parts = parts_of(origin)
    return origin != "null" and (parts is None or parts.netloc != asked.host)


def _is_https() -> bool:
    """HSTS only where the operator says that people come over https."""
    base_url = getattr(current_app.extensions.get("directory"), "base_url", "")
    return str(base_url).startswith("https://")
