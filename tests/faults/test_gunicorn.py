"""Bad clients at gunicorn with the shipped settings: each is refused or hung up on, nobody else waits.

Long forms (`make faults`): more sockets than the server lets in, and its patience to the end.
"""

import json
import os
import random
from contextlib import ExitStack

import pytest

from directory.web.serving.patient_worker import LONG_REQUEST_SECONDS, REQUEST_SECONDS
from tests.faults.shapes import (
    CHUNKED,
    CLOSED,
    FORM,
    GET,
    HOST,
    LARGE,
    ODD,
    POST,
    SLOW,
    SMUGGLED,
    WRONG,
)
from tests.faults.wire import Wire, heard

LONG = os.environ.get("FAULTS") == "long"
MANY = 200 if LONG else 12


@pytest.fixture(scope="module")
def wire(live_server):
    return Wire.to(live_server.origin)


def test_while_slow_clients_wait_everybody_else_is_answered(wire):
    """Slowloris: more slow clients of each kind than the server has threads."""
    with ExitStack() as crowds:
        for said in SLOW.values():
            crowds.enter_context(wire.crowd(said, MANY))
            assert wire.normal() == 200
        assert [
            wire.normal(path) for path in ("/", "/guide", "/readyz", "/api/v1/openapi.json")
        ] == [200] * 4
    assert wire.normal() == 200


def test_who_asks_for_much_and_reads_nothing_keeps_nobody_waiting(wire):
    asked = b"GET /api/v1/openapi.json HTTP/1.1\r\n" + HOST + b"\r\n"
    with wire.crowd(asked * 3, MANY):
        assert [wire.normal(path) for path in ("/", "/api/v1/openapi.json")] == [200, 200]


def answers(wire, shapes):
    """What was answered otherwise than it may be; somebody who behaves is answered after each."""
    otherwise = {}
    for name, (said, allowed) in shapes.items():
        statuses = wire.statuses(said)
        if len(statuses) > 1 or (statuses or [CLOSED])[0] not in allowed:
            otherwise[name] = statuses
        if wire.normal() != 200:
            otherwise[name] = "others wait"
    return otherwise


def test_what_is_wrong_is_refused_or_hung_up_on_never_a_fault_of_ours(wire):
    assert answers(wire, WRONG) == {}


def test_no_second_request_hides_behind_a_first(wire):
    assert answers(wire, SMUGGLED) == {}


def test_what_is_odd_and_right_is_answered_and_not_repeated(wire):
    assert answers(wire, ODD) == {}
    for name in ("the whole address", "a host that is not ours", "a host that is no host"):
        assert b"evil.example" not in wire.said(ODD[name][0]), name


@pytest.mark.parametrize("frame", ["length", "chunks"])
def test_a_body_that_is_too_large_is_refused(wire, frame):
    body = b"a=" + b"x" * LARGE
    if frame == "length":
        said = POST + FORM + b"Content-Length: %d\r\n\r\n" % len(body) + body
    else:
        said = CHUNKED + b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    assert wire.statuses(said) == [413]
    assert wire.normal() == 200


def test_one_connection_serves_request_after_request_of_every_kind(wire):
    """What is gathered before it is read is read as it was sent."""
    match = json.dumps({"near": "91101", "limit": 1}).encode()
    json_head = b"POST /api/v1/match HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
    known = json_head + b"Content-Length: %d\r\n\r\n" % len(match) + match
    cut = b"".join(b"%x\r\n%c\r\n" % (1, one) for one in match)
    chunks = json_head + b"Transfer-Encoding: chunked\r\n\r\n" + cut + b"0\r\n\r\n"
    last = GET + HOST + b"Connection: close\r\n\r\n"
    with wire.open() as line:
        for number, said in enumerate((known, chunks, GET + HOST + b"\r\n", known)):
            for at in range(0, len(said), 7 if number else len(said)):
                line.sendall(said[at : at + (7 if number else len(said))])
        line.sendall(last)
        content = heard(line)
    assert content.count(b"HTTP/1.1 200 OK") == 5
    assert content.count(b'"total"') == 3


def test_a_client_that_waits_for_leave_to_send_gets_it(wire):
    head = b"POST /api/v1/match HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
    asks = b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: 16\r\n\r\n"
    with wire.open(head + asks) as line:
        assert line.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(b'{"near":"91101"}')
        assert b"HTTP/1.1 200 OK" in heard(line)


def test_nothing_that_bad_clients_say_is_in_the_log(wire, live_server):
    canary = b"heroin-canary-7f3"
    for said in (
        b"GET /" + canary + b"\x00 HTTP/1.1\r\n\r\n",
        b"GET /?text=" + canary + b"\xff HTTP/1.1\r\n" + HOST + b"\r\n",
        b"BREW /" + canary + b" HTTP/9.1\r\n\r\n",
        GET + HOST + canary + b"\r\n\r\n",
        GET + HOST + b"A: " + canary + b"\x01\r\n\r\n",
        POST + FORM + b"Transfer-Encoding: " + canary + b"\r\n\r\n",
        CHUNKED + canary + b"\r\n",
        POST + FORM + b"Content-Length: 900\r\n\r\n" + canary,
    ):
        wire.said(said)
    assert wire.normal() == 200
    assert canary.decode() not in live_server.log.read_text()
    assert "Traceback" not in live_server.log.read_text()


@pytest.mark.skipif(not LONG, reason="waits 20 seconds: make faults")
@pytest.mark.timeout(600)
def test_slow_clients_are_hung_up_on_in_the_end(wire):
    ends = {}
    with ExitStack() as crowds:
        lines = {name: crowds.enter_context(wire.crowd(said, 1))[0] for name, said in SLOW.items()}
        for name, line in lines.items():
            line.settimeout(REQUEST_SECONDS + LONG_REQUEST_SECONDS)
            ends[name] = heard(line).partition(b"\r\n")[0]
    assert ends["nothing at all"] == b""
    assert ends["half a head"] == ends["half a chunk"] == b"HTTP/1.1 408 Request Timeout"
    assert ends["a head and half a body"] == b"HTTP/1.1 408 Request Timeout"
    assert ends["a long body's beginning"].startswith(b"HTTP/1.1 413 ")
    assert wire.normal() == 200


@pytest.mark.timeout(600)
def test_noise_of_any_length_at_any_cut_leaves_the_server_whole(wire):
    by_chance = random.Random(7)
    shapes = [said for table in (SMUGGLED, WRONG, ODD) for said, _ in table.values()]
    for _ in range(20_000 if LONG else 300):
        said = bytearray(by_chance.choice(shapes)[:70_000])
        for _ in range(by_chance.randint(1, 6)):
            said[by_chance.randrange(len(said))] = by_chance.randrange(256)
        cut = bytes(said[: by_chance.randint(1, len(said))])
        assert all(status < 500 or status in (501, 505) for status in wire.statuses(cut)), cut[:300]
    assert wire.normal() == 200
