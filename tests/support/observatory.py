"""The score that MDN's HTTP Observatory would give an answer, worked out here: no answer leaves the machine.

Rules and points: mdn/mdn-http-observatory, `src/grader/charts.js` and `src/analyzer/tests/`, as read on
2026-11-26. Every site begins with 100; what is good counts only if the rest is worth 90. Left out, as one
answer cannot show it: where plain http leads, and whether the name is preloaded; both are taken as neither
good nor bad.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from tests.support.page import Reader

START, LEAST_FOR_EXTRA = 100, 90
HALF_A_YEAR = 15_552_000
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
OF_RESOURCES = {"same-origin": 10, "same-site": 10, "cross-origin": 0, "": 0}


@dataclass(frozen=True)
class Score:
    """Points by rule."""

    points: dict[str, int]

    @property
    def total(self) -> int:
        """The score; extra points count only on a good ground."""
        bad = START + sum(one for one in self.points.values() if one < 0)
        good = sum(one for one in self.points.values() if one > 0)
        return max(0, bad + good if bad >= LEAST_FOR_EXTRA else bad)


def score(answer: TestResponse, host: str) -> Score:
    """The points of an answer that came over https."""
    return Score(
        {
            "content-security-policy": _policy(directives(answer)),
            "cookies": _cookies(answer),
            "cross-origin-resource-sharing": _sharing(answer),
            "referrer-policy": _referrer(answer.headers.get("Referrer-Policy", "")),
            "strict-transport-security": _transport(answer),
            "subresource-integrity": _scripts(answer, host),
            "x-content-type-options": 0
            if _says(answer, "X-Content-Type-Options", "nosniff")
            else -5,
            "x-frame-options": _frames(answer),
            "cross-origin-resource-policy": OF_RESOURCES.get(
                answer.headers.get("Cross-Origin-Resource-Policy", ""), -5
            ),
        }
    )


def directives(answer: TestResponse) -> dict[str, set[str]]:
    """The policy, by directive."""
    found: dict[str, set[str]] = {}
    said = ";".join(answer.headers.getlist("Content-Security-Policy"))
    for name, *sources in (part.split() for part in said.split(";") if part.strip()):
        found.setdefault(name.lower(), set(sources))
    return found


def _policy(said: dict[str, set[str]]) -> int:
    """Without anything unsafe 5, with nothing allowed by default 10."""
    if not said:
        return -25
    default = said.get("default-src", {"*"})
    script, style = said.get("script-src", default), said.get("style-src", default)
    objects = said.get("object-src", default)
    if script & (BROAD | INLINE) or objects & BROAD:
        return -20
    active = set().union(*(sources for name, sources in said.items()
                           if name not in ("img-src", "media-src")))  # fmt: skip
    if any(
        one.startswith(("http:", "ftp:")) for one in active - said.get("frame-ancestors", set())
    ):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    passive = said.get("img-src", default) | said.get("media-src", default)
    if any(one.startswith(("http:", "ftp:")) for one in passive):
        return -10
    if style & (BROAD | INLINE):
        return 0
    return 10 if default == {"'none'"} else 5


def _cookies(answer: TestResponse) -> int:
    """All of them secure, out of reach of scripts, and for this site: 5."""
    cookies = [one.lower() for one in answer.headers.getlist("Set-Cookie")]
    if not cookies:
        return 0
    worst = 5
    for one in cookies:
        marks = {part.strip() for part in one.split(";")[1:]}
        name = one.partition("=")[0]
        is_session = "sess" in name or "login" in name
        if is_session and "secure" not in marks:
            worst = min(worst, -40)
        if is_session and "httponly" not in marks:
            worst = min(worst, -30)
        if "secure" not in marks:
            worst = min(worst, -20)
        if not {"samesite=lax", "samesite=strict"} & marks:
            worst = min(worst, 0)
    return worst


def _sharing(answer: TestResponse) -> int:
    """What sends an Origin back and takes credentials with it is open to everybody."""
    with_credentials = _says(answer, "Access-Control-Allow-Credentials", "true")
    origin = answer.headers.get("Access-Control-Allow-Origin", "")
    return -50 if with_credentials and origin not in ("", "*") else 0


def _referrer(said: str) -> int:
    if not said:
        return 0
    return 5 if said in PRIVATE else -5


def _transport(answer: TestResponse) -> int:
    said = answer.headers.get("Strict-Transport-Security", "")
    ages = [part.strip()[8:] for part in said.split(";") if part.strip().startswith("max-age=")]
    if len(ages) != 1 or not ages[0].isdigit():
        return -20
    return 0 if int(ages[0]) >= HALF_A_YEAR else -10


def _scripts(answer: TestResponse, host: str) -> int:
    """Scripts of our own need no checksum; those of others do, and https."""
    if answer.mimetype != "text/html":
        return 0
    read = Reader()
    read.feed(answer.get_data(as_text=True))
    worst = 0
    for one in read.all("script"):
        address = urlsplit(one.attributes.get("src") or "")
        if address.netloc in ("", host):
            continue
        is_safe, is_checked = address.scheme == "https", bool(one.attributes.get("integrity"))
        if not (is_safe and is_checked):
            worst = min(worst, -5 if is_safe else -20 if is_checked else -50)
    return worst


def _frames(answer: TestResponse) -> int:
    if directives(answer).get("frame-ancestors"):
        return 5
    said = answer.headers.get("X-Frame-Options", "").lower()
    return 0 if said in ("deny", "sameorigin") else -20


def _says(answer: TestResponse, name: str, value: str) -> bool:
    return answer.headers.get(name, "").strip().lower() == value
