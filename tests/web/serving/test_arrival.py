"""A request is there whole when its frame says so, however its bytes come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.web.serving.arrival import MOST_BODY, MOST_HEAD, MOST_LINE, Arrival

GET = b"GET /guide HTTP/1.1\r\nHost: x\r\n\r\n"
HEAD = b"POST /find HTTP/1.1\r\nHost: x\r\n"
KNOWN = HEAD + b"Content-Length: 5\r\n\r\nabcde"
CHUNKED = HEAD + b"Transfer-Encoding: Chunked\r\n\r\n5\r\nabc\r\n\r\n00A\r\n0123456789\r\n0\r\n\r\n"
WHOLE = (GET, KNOWN, CHUNKED, HEAD + b"content-LENGTH:  0 \r\n\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")  # fmt: skip


def states(data, cuts):
    """What is said of each piece until it is more than `more`; and how much had come then."""
    arrival, at = Arrival(), 0
    for cut in [*sorted(cuts), len(data)]:
        state = arrival.take(data[at:cut])
        at = max(at, cut)
        if state != "more":
            return state, at, arrival
    return "more", at, arrival


@given(data=st.sampled_from(WHOLE), cuts=st.lists(st.integers(0, 100), max_size=8))
def test_it_is_whole_with_its_last_byte_however_it_is_cut(data, cuts):
    state, at, arrival = states(data, [cut for cut in cuts if cut < len(data)])
    assert (state, at, bytes(arrival.data)) == ("whole", len(data), data)


@given(data=st.sampled_from(WHOLE))
def test_it_is_not_whole_a_byte_before(data):
    assert states(data[:-1], range(len(data) - 1))[0] == "more"


def test_what_comes_after_it_is_kept():
    state, _, arrival = states(KNOWN + GET, [])
    assert (state, bytes(arrival.data)) == ("whole", KNOWN + GET)


REFUSED = [
    (b"GET / HTTP/1.1\nHost: x\n\n", 400), (b"GET /\x00 HTTP/1.1\r\n", 400), (b"\x16\x03\x01\x02\x00\x01", 400),
    (HEAD + b"A: b\nContent-Length: 5\r\n\r\n", 400),
    (b"GET /" + b"x" * MOST_LINE, 414), (b"x" * 70_000, 414), (b"GET /" + b"x" * MOST_LINE + b" HTTP/1.1\r\n\r\n", 414),
    (HEAD + b"A: b\r\n" * 20_000, 431), (HEAD + b"A: " + b"b" * MOST_HEAD, 431), (HEAD + b"A: b\r\n" * 20_000 + b"\r\n", 431),
    *((HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + body, 400) for body in (
        b"x\r\n", b"0x5\r\n", b"-1\r\n", b"+5\r\n", b" 5\r\n", b"5 \r\n", b"\r\n", b"5;a=b\r\n", b"5\r\nabcdefg", b"123456789\r\n",
        b"ffffffffff", b"0\r\nTrailer: x\r\n\r\n", b"5\nabcde\n0\n\n",
    )),
    (HEAD + b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\n", 413),
    (HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1000\r\n" + b"x" * 4096 + b"\r\n" + b"%x\r\n" % MOST_BODY, 413),
]  # fmt: skip


@pytest.mark.parametrize(("data", "status"), REFUSED, ids=range(len(REFUSED)))
def test_what_can_only_be_wrong_is_refused_before_it_ends(data, status):
    state, _, arrival = states(data, [])
    assert (state, arrival.status) == ("refused", status)
    cut = states(data, range(0, len(data), 997))
    assert (cut[0], cut[2].status) == ("refused", status)


@pytest.mark.parametrize("fields", [
    b"Content-Length: 5\r\nContent-Length: 5", b"Content-Length: 5\r\nTransfer-Encoding: chunked",
    b"Content-Length: +5", b"Content-Length: -5", b"Content-Length: 0x5", b"Content-Length: ", b"Content-Length: 5, 5",
    b"Content-Length: %d" % (MOST_BODY + 1), b"Content-Length: " + b"9" * 30, b"Content-Length: \xd9\xa5",
    b"Transfer-Encoding: gzip, chunked", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", b"Transfer-Encoding: \x0bchunked",
    b"Transfer-Encoding: identity",
])  # fmt: skip
def test_a_frame_that_is_doubtful_or_long_is_the_parsers_as_soon_as_the_head_is_there(fields):
    assert states(HEAD + fields + b"\r\n\r\n", [])[0] == "partly"


def test_who_asks_for_leave_to_send_the_body_is_told_so():
    arrival = Arrival()
    fields = b"Content-Length: 5\r\nExpect: 100-Continue\r\n\r\n"
    assert (arrival.take(HEAD + fields), arrival.awaits_leave) == ("more", True)
    assert arrival.take(b"abcde") == "whole"
    other = Arrival()
    assert (other.take(GET), other.awaits_leave) == ("whole", False)


@given(st.binary(max_size=400), st.lists(st.integers(0, 400), max_size=6))
def test_whatever_comes_is_judged_alike_however_it_is_cut(data, cuts):
    def said(found):
        return found[0], found[2].status

    whole = states(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + data, [])
    cut = states(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + data, [60 + one for one in cuts])
    assert said(whole) == said(cut)
