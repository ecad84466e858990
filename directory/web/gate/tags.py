"""Which answers caches may keep, and by which tag they ask again: the same bytes are not sent twice."""

from hashlib import blake2b

from flask import Request, Response, g

from directory.web.answers import Edition
from directory.web.machines import READ


def is_public(asked: Request, response: Response) -> bool:
    """True for what was read and not refused, unless its view says that nobody may keep it."""
    told = response.headers.get("Cache-Control", "")
    return asked.method in READ and response.status_code == 200 and "no-store" not in told


def read_from(generation: str) -> None:
    """Say what a streamed answer is read from: another generation may stand when it goes out."""
    g.read_from = generation


def tag(response: Response, asked: Request, edition: Edition) -> None:
    """Give a public answer its strong tag, and send 304 to who has it already.

    The tag is of the generation and the bytes. What is streamed is never held whole: its tag is of
    the generation it is `read_from`, the day and the address. A view that knows better sets its own.
    """
    if "ETag" not in response.headers:
        word = blake2b(g.get("read_from", edition.generation).encode(), digest_size=12)
        word.update(f"\0{response.content_type}\0".encode())
        if response.is_sequence:
            word.update(response.get_data())
        else:
            word.update(f"{edition.day} {asked.full_path}".encode())
        response.set_etag(word.hexdigest())
    response.make_conditional(asked)
