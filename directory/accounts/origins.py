"""The exact origin of a partner's page, as browsers compare it: scheme, host and port, nothing else."""

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from directory.errors import BadValue

EXPECTED = "an origin such as https://clinic.example: scheme, host and, if it has one, port"
LONGEST_HOST = 253
USUAL_PORTS = {"https": 443, "http": 80}
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# Python's codec follows IDNA 2003, which spells these four otherwise than browsers do.
_SPELLED_OTHERWISE = re.compile("[\u00df\u03c2\u200c\u200d]")


def read_origin(text: str) -> str:
    """The origin in the browser's own spelling: lower case, punycode, no usual port.

    http is for trials on one's own machine only. Raises `BadValue` for everything a browser would
    not send as an origin: a path, a wildcard, a user, a network address.
    """
    if not text.isprintable() or text != text.strip():
        raise _bad(text, EXPECTED)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _bad(text, EXPECTED) from None
    _only_origin(text, parts)
    host = _host(text, parts)
    if parts.scheme != "https" and not _is_own_machine(host):
        raise _bad(text, "https: only one's own machine is reached over http")
    shown = "" if port in (None, USUAL_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


def _only_origin(text: str, parts: SplitResult) -> None:
    if parts.scheme not in USUAL_PORTS or not text.startswith(f"{text.partition('://')[0]}://"):
        raise _bad(text, EXPECTED)
    if "*" in text:
        raise _bad(text, "each origin by itself: a wildcard would let in pages nobody knows")
    if "@" in text:
        raise _bad(text, "an origin without a user name")
    if parts.path or any(sign in text for sign in "?#\\"):
        short = f"{parts.scheme}://{parts.netloc}"
        raise _bad(text, f"the origin alone, without a path: {short}")
    if parts.port == 0 or parts.netloc.endswith(":"):
        raise _bad(text, "a port from 1 to 65535, or none")


def _host(text: str, parts: SplitResult) -> str:
    host = parts.hostname or ""
    if not host.isascii():
        host = _punycode(text, host)
    if _is_own_machine(host):
        return host
    labels = host.split(".")
    is_name = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    if not is_name or len(host) > LONGEST_HOST or labels[-1].isdigit():
        raise _bad(text, f"{EXPECTED}; the host is a full name, not a network address")
    if any(label.startswith("xn--") and not _is_punycode(label) for label in labels):
        raise _bad(text, "a host whose xn-- parts can be read")
    return host


def _punycode(text: str, host: str) -> str:
    if _SPELLED_OTHERWISE.search(host):
        raise _bad(text, "this host in the spelling that browsers show in an origin (xn--...)")
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise _bad(text, EXPECTED) from None


def _is_punycode(label: str) -> bool:
    try:
        return label.encode("ascii").decode("idna").encode("idna").decode("ascii") == label
    except UnicodeError:
        return False


def _is_own_machine(host: str) -> bool:
    """True for localhost and 127.0.0.0/8. An IPv6 address cannot stand in frame-ancestors."""
    if host == "localhost":
        return True
    try:
        found = ip_address(host)
    except ValueError:
        return False
    return found.version == 4 and found.is_loopback


def _bad(text: str, expected: str) -> BadValue:
    return BadValue("origin", text[:120], expected)
