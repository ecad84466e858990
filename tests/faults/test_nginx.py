"""The same bad clients at Debian's nginx with the shipped file, before gunicorn: nobody else waits there either.

Without TLS, so that the bytes are ours; `tests/deploy` tries the file as it is.
"""

from contextlib import ExitStack

import pytest

from tests.faults.shapes import CLOSED, LARGE, ODD, POST, SLOW, SMUGGLED, WRONG
from tests.faults.wire import Wire
from tests.support import serving
from tests.support.proxy import NGINX, certify, in_the_open, start_nginx

# Of one client (an address), 40 connections with a request are let in: a crowd stays below that.
MANY = 5
# What nginx cannot read of a head it leaves out, and passes the rest on.
LEFT_OUT = {"no colon", "a name with a blank", "a header without a name"}
REFUSED_BY_NGINX = {400, 404, 405, 408, 413, 414}
FORM = b"Host: stepwise.example\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def wire(live_server, tmp_path_factory):
    """nginx before the server of the journeys."""
    if NGINX is None:
        pytest.skip(
            "nginx is not installed (apt-get install nginx): bad clients at it are not tried"
        )
    folder = tmp_path_factory.mktemp("front")
    certify(folder)
    nginx, _, port = start_nginx(folder, [Wire.to(live_server.origin).port], in_the_open)
    yield Wire("127.0.0.1", port)
    serving.stop(nginx)


def test_while_slow_clients_wait_at_the_proxy_everybody_else_is_answered(wire):
    with ExitStack() as crowds:
        for said in SLOW.values():
            crowds.enter_context(wire.crowd(said, MANY))
        assert [wire.normal(path) for path in ("/", "/guide", "/healthz")] == [200] * 3
    assert wire.normal() == 200


def test_what_is_wrong_ends_at_the_proxy_or_behind_it_and_never_as_a_fault(wire):
    otherwise = {}
    for name, (said, allowed) in {**WRONG, **SMUGGLED, **ODD}.items():
        said = said.replace(b"Host: localhost", b"Host: stepwise.example")
        statuses = wire.statuses(said, ends=name not in ODD)
        # What follows may be read as a request of its own by nginx, and only by nginx.
        fine = allowed | REFUSED_BY_NGINX | ({200} if name in LEFT_OUT else set())
        if not {*statuses} <= fine or (not statuses and CLOSED not in allowed):
            otherwise[name] = statuses
        if wire.normal() != 200:
            otherwise[name] = "others wait"
    assert otherwise == {}


def test_a_body_that_is_too_large_is_refused_at_the_proxy(wire):
    body = b"a=" + b"x" * LARGE
    with wire.open(POST + FORM + b"Content-Length: %d\r\n\r\n" % len(body)) as line:
        assert line.recv(13) == b"HTTP/1.1 413 "
    assert wire.normal() == 200
