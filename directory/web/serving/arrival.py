"""When is a request there whole? Told from its bytes as they come, so that no thread waits for them.

Only the frame is read here (RFC 9112): where the head ends, and how long the body is. What the head says
is gunicorn's to read and to refuse; it gets every byte. Refused at once is what can only be a mistake or
an attack: a line that ends in a bare line feed, NUL, a head or a first line without an end, a body in
chunks that are malformed, carry extensions or trailers, or are more than we take.
"""

import re
from typing import Literal

State = Literal["more", "whole", "partly", "refused"]

MOST_LINE, MOST_HEAD, MOST_BODY = 8190, 64 * 1024, 256 * 1024
_END, _BREAK = b"\r\n\r\n", b"\r\n"
_ODD = re.compile(rb"(?<!\r)\n|\x00")
_LENGTH = re.compile(rb"[0-9]{1,15}")
_LONGEST_SIZE = 8
_SIZE = re.compile(rb"[0-9A-Fa-f]{1,8}")


class Arrival:
    """One request on its way in. `data` is what has come, `status` why it is refused.

    `partly` is for gunicorn to go on with: a body longer than what is gathered here, or a frame that it
    refuses on reading the head. `awaits_leave` says that the body comes once we say "100 Continue".
    """

    def __init__(self) -> None:
        self.data = bytearray()
        self.status = 0
        self.awaits_leave = False
        self._body = 0  # where the body starts, once the head has ended
        self._until: int | None = None  # where a body of known length ends
        self._chunk = 0  # where the next chunk starts

    def take(self, piece: bytes) -> State:
        """Take what has come now; answers what is to be done."""
        before = len(self.data)
        self.data += piece
        if self._body:
            return self._body_state()
        end = self.data.find(_END, max(0, before - len(_END) + 1))
        if status := self._wrong_head(max(0, before - 1), end):
            return self._refuse(status)
        if end < 0:
            return "more"
        self._body = self._chunk = end + len(_END)
        return self._frame(bytes(self.data[:end]))

    def _wrong_head(self, since: int, end: int) -> int:
        """Why a head is not read on; 0 if it is. It was looked at up to `since`."""
        length = end if end >= 0 else len(self.data)
        if _ODD.search(self.data, since, length):
            return 400
        if length > MOST_LINE and self.data.find(_BREAK, 0, MOST_LINE + len(_BREAK)) < 0:
            return 414
        return 431 if length > MOST_HEAD else 0

    def _frame(self, head: bytes) -> State:
        """How the body comes, as the head says."""
        lengths, codings, expects = (
            _values(head, name) for name in (b"content-length", b"transfer-encoding", b"expect")
        )
        self.awaits_leave = [one.lower() for one in expects] == [b"100-continue"]
        if codings:
            # Anything else than chunks alone is refused on reading the head.
            is_plain = not lengths and [one.lower() for one in codings] == [b"chunked"]
            return self._body_state() if is_plain else "partly"
        if not lengths:
            return "whole"
        if len(lengths) > 1 or not _LENGTH.fullmatch(lengths[0]) or int(lengths[0]) > MOST_BODY:
            return "partly"
        self._until = self._body + int(lengths[0])
        return self._body_state()

    def _body_state(self) -> State:
        if self._until is None:
            return self._chunks()
        return "whole" if len(self.data) >= self._until else "more"

    def _chunks(self) -> State:
        """Go over the chunks that have come whole; the last one is empty."""
        while True:
            longest = self._chunk + _LONGEST_SIZE + len(_BREAK)
            at = self.data.find(_BREAK, self._chunk, longest)
            if at < 0:
                return "more" if len(self.data) < longest else self._refuse(400)
            line = bytes(self.data[self._chunk : at])
            if not _SIZE.fullmatch(line):
                return self._refuse(400)
            start, size = at + len(_BREAK), int(line, 16)
            end = start + size
            if end - self._body > MOST_BODY:
                return self._refuse(413)
            after = bytes(self.data[end : end + len(_BREAK)])
            if after != _BREAK:
                return "more" if _BREAK.startswith(after) else self._refuse(400)
            self._chunk = end + len(_BREAK)
            if not size:
                return "whole"

    def _refuse(self, status: int) -> State:
        self.status = status
        return "refused"


def _values(head: bytes, name: bytes) -> list[bytes]:
    lines = (line.partition(b":") for line in head.split(_BREAK)[1:])
    return [value.strip(b" \t") for key, _, value in lines if key.strip().lower() == name]
