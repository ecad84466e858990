"""Requests that are wrong, or may be read in two ways: what is sent, and what may be answered.

`CLOSED` is a connection that is closed without a word. Where one server refuses and another reads a request in
the one way there is, both may be named. 501 is a transfer coding that nobody knows (RFC 9112 6.1).
"""

GET, POST = b"GET /healthz HTTP/1.1\r\n", b"POST /find HTTP/1.1\r\n"
HOST, BYE = b"Host: localhost\r\n", b"Connection: close\r\n"
FORM = HOST + b"Content-Type: application/x-www-form-urlencoded\r\n"
CHUNKED = POST + FORM + BYE + b"Transfer-Encoding: chunked\r\n\r\n"
SECOND = b"GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
CLOSED = 0
BAD = {400, CLOSED}

LARGE = 300 * 1024  # more than any page takes
# What slow clients have said when they fall silent.
SLOW = {
    "nothing at all": b"",
    "half a head": GET + HOST + b"X-Slow: ",
    "a head and half a body": POST + FORM + b"Content-Length: 1000\r\n\r\na",
    "half a chunk": CHUNKED + b"3e8\r\na",
    "a long body's beginning": POST + FORM + b"Content-Length: %d\r\n\r\na" % LARGE,
    "something wrong, and it stays": b"WRONG\r\n\r\n",
    "a request and half of the next": GET + HOST + b"\r\n" + GET[:9],
}

# What might hide a second request behind the first one: whatever is answered, it is one answer.
SMUGGLED: dict[str, tuple[bytes, set[int]]] = {
    "length and chunks": (POST + FORM + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND, BAD),
    "chunks and length": (POST + FORM + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SECOND, BAD),
    "two lengths": (POST + FORM + b"Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + SECOND, BAD),
    "two lengths alike": (POST + FORM + b"Content-Length: 0\r\nContent-Length: 0\r\n\r\n" + SECOND, BAD),
    "a list of lengths": (POST + FORM + b"Content-Length: 0, 44\r\n\r\n" + SECOND, BAD),
    "a length with a sign": (POST + FORM + b"Content-Length: +0\r\n\r\n" + SECOND, BAD),
    "a negative length": (POST + FORM + b"Content-Length: -1\r\n\r\n" + SECOND, BAD),
    "a length in hex": (POST + FORM + b"Content-Length: 0x0\r\n\r\n" + SECOND, BAD),
    "an empty length": (POST + FORM + b"Content-Length:\r\n\r\n" + SECOND, BAD),
    "a length beyond numbers": (POST + FORM + b"Content-Length: " + b"9" * 40 + b"\r\n\r\n" + SECOND, BAD | {413}),
    "a blank before the colon": (POST + FORM + b"Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n" + SECOND, BAD),
    "a folded line": (POST + FORM + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + SECOND, BAD | {501}),
    "a coding after a tab": (POST + FORM + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n" + SECOND, BAD | {501}),
    "chunks twice": (POST + FORM + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND, BAD | {501}),
    "a coding that is none": (POST + FORM + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SECOND, BAD | {501}),
    "chunks and identity": (POST + FORM + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + SECOND, BAD | {501}),
    "chunks in HTTP/1.0": (b"POST /find HTTP/1.0\r\n" + FORM + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND, BAD | {501}),
    "a size that is none": (CHUNKED + b"x\r\n\r\n" + SECOND, BAD),
    "a negative size": (CHUNKED + b"-1\r\n\r\n0\r\n\r\n" + SECOND, BAD),
    "a size in words of C": (CHUNKED + b"0x5\r\nabcde\r\n0\r\n\r\n" + SECOND, BAD),
    "a size too large": (CHUNKED + b"fffffffffffffffff\r\nabc\r\n0\r\n\r\n" + SECOND, BAD | {413}),
    "a chunk longer than its size": (CHUNKED + b"3\r\nabcdef\r\n0\r\n\r\n" + SECOND, BAD),
    "a chunk that ends in a bare line feed": (CHUNKED + b"3\nabc\n0\n\n" + SECOND, BAD),
    "a line feed in a header": (GET + HOST + b"A: b\nTransfer-Encoding: chunked\r\n\r\n" + SECOND, BAD),
    "a carriage return in a header": (GET + HOST + b"A: b\rTransfer-Encoding: chunked\r\n\r\n" + SECOND, BAD),
}  # fmt: skip

WRONG: dict[str, tuple[bytes, set[int]]] = {
    "a request line without an end": (b"GET /" + b"x" * 20_000, {414, CLOSED}),
    "a huge request line": (b"GET /?" + b"x" * 20_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", {414, CLOSED}),
    "10,000 headers": (GET + HOST + b"".join(b"X-%d: a\r\n" % one for one in range(10_000)) + b"\r\n", {431, 400, CLOSED}),
    "5,000 headers that fit": (GET + HOST + b"A: b\r\n" * 5_000 + b"\r\n", {431, 400, CLOSED}),
    "a huge header": (GET + HOST + b"Cookie: " + b"x" * 40_000 + b"\r\n\r\n", {431, 400, CLOSED}),
    "half a request": (GET + HOST, BAD),
    "half a body": (POST + FORM + b"Content-Length: 500\r\n\r\na=b", BAD),
    "half a chunk": (CHUNKED + b"500\r\nabc", BAD),
    "NUL in the path": (b"GET /heal\x00thz HTTP/1.1\r\n" + HOST + BYE + b"\r\n", BAD),
    "NUL in the path, encoded": (b"GET /heal%00thz HTTP/1.1\r\n" + HOST + BYE + b"\r\n", BAD | {404}),
    "NUL in a header": (GET + HOST + b"A: b\x00c\r\n\r\n", BAD),
    "a blank in the path": (b"GET /heal thz HTTP/1.1\r\n" + HOST + BYE + b"\r\n", BAD),
    "bytes that are no address": (b"GET /\xff\xfe HTTP/1.1\r\n" + HOST + BYE + b"\r\n", BAD | {404}),
    "no UTF-8, encoded": (b"GET /%ff%fe HTTP/1.1\r\n" + HOST + BYE + b"\r\n", BAD | {404}),
    "dots that climb": (b"GET /static/../../../etc/passwd HTTP/1.1\r\n" + HOST + BYE + b"\r\n", BAD | {404}),
    "no colon": (GET + HOST + b"nothing\r\n\r\n", BAD),
    "a name with a blank": (GET + HOST + b"A B: c\r\n\r\n", BAD),
    "a header without a name": (GET + HOST + b": c\r\n\r\n", BAD),
    "two hosts": (GET + HOST + b"Host: evil.example\r\n\r\n", BAD),
    "a method in small letters": (b"get /healthz HTTP/1.1\r\n" + HOST + BYE + b"\r\n", BAD | {405, 501}),
    "no such method": (b"BREW /healthz HTTP/1.1\r\n" + HOST + BYE + b"\r\n", {405, 400, CLOSED}),
    "no such version": (b"GET /healthz HTTP/9.9\r\n" + HOST + b"\r\n", BAD | {505}),
    "HTTP/0.9": (b"GET /healthz\r\n\r\n", BAD),
    "the beginning of HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", BAD | {505}),
    "the beginning of TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00\x41" * 100, BAD),
    "noise": (bytes(range(256)) * 8 + b"\r\n\r\n", BAD),
    "an address to connect to": (b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + BYE + b"\r\n", BAD | {404, 405}),
    "another expectation": (POST + FORM + b"Expect: 200-ok\r\nContent-Length: 0\r\n\r\n", BAD | {417}),
    "a body that is no form": (POST + HOST + BYE + b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 3\r\n\r\n\xff\xfe\xfd", BAD | {303, 415, 422}),
    "a multipart body without a boundary": (POST + HOST + BYE + b"Content-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\nabc", BAD | {303, 415, 422}),
    "no JSON": (b"POST /api/v1/match HTTP/1.1\r\n" + HOST + BYE + b"Content-Type: application/json\r\nContent-Length: 3\r\n\r\n{\xff}", BAD | {422}),
    "JSON without an end of depth": (b"POST /api/v1/match HTTP/1.1\r\n" + HOST + BYE + b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n" + b"[" * 100_000, BAD | {422}),
}  # fmt: skip

# Odd, and right: answered as what they are, and nothing of theirs is repeated.
ODD: dict[str, tuple[bytes, set[int]]] = {
    "the whole address": (b"GET http://evil.example/healthz HTTP/1.1\r\n" + HOST + BYE + b"\r\n", {200, 400, 404}),
    "an asterisk": (b"OPTIONS * HTTP/1.1\r\n" + HOST + BYE + b"\r\n", {200, 204, 400, 404, 405}),
    "HTTP/1.0 without a host": (b"GET /healthz HTTP/1.0\r\n\r\n", {200, 400}),
    "a host that is not ours": (b"GET / HTTP/1.1\r\nHost: evil.example\r\n" + BYE + b"\r\n", {200, 400, 421, 404}),
    "a host that is no host": (b"GET / HTTP/1.1\r\nHost: <b>evil.example\r\n" + BYE + b"\r\n", {200, 400}),
    "a body that GET has no use for": (GET + HOST + BYE + b"Content-Length: 5\r\n\r\nabcde", {200, 400}),
}  # fmt: skip
