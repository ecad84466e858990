"""What stands in for a test client where the site runs elsewhere: real requests, a browser's cookies."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart
from werkzeug.wrappers import Response

PATIENCE = 60.0


class _Stay(urllib.request.HTTPRedirectHandler):
    """Answers where it is led instead of going there."""

    def redirect_request(self, *_args: object) -> None:
        return None


class OverHttp:
    """A browser. `origin` may change between requests, as behind a proxy: cookies know no ports."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        jar = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(jar), _Stay
        ).open

    def get(
        self, address: str, headers: Mapping[str, str], *, follow_redirects: bool = False
    ) -> Response:
        """Ask for a page."""
        found = self._answer(address, None, headers)
        while follow_redirects and found.status_code in (302, 303, 307, 308):
            found = self._answer(found.headers["Location"], None, headers)
        return found

    def post(self, address: str, data: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
        """Send a form; a file is a `FileStorage`."""
        if not any(isinstance(value, FileStorage) for value in data.values()):
            body = urllib.parse.urlencode(data, doseq=True).encode()
            return self._answer(address, body, headers)
        boundary, body = encode_multipart(data)
        kind = f"multipart/form-data; boundary={boundary}"
        return self._answer(address, body, {**headers, "Content-Type": kind})

    def _answer(self, address: str, body: bytes | None, headers: Mapping[str, str]) -> Response:
        url = urllib.parse.urljoin(self.origin, address)
        request = urllib.request.Request(url, body, dict(headers))
        try:
            answer = self._open(request, timeout=PATIENCE)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            return Response(answer.read(), answer.status, list(answer.headers.items()))
