"""gunicorn's log in our lines: of a request its endpoint, method, status and duration."""

import logging
import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger

from directory.web.operating.endpoints import ENDPOINT, method_of
from directory.web.operating.lines import TOLD, Lines


class LineLogger(Logger):  # type: ignore[misc]
    """What `logger_class` of gunicorn.conf.py names."""

    def setup(self, cfg: Any) -> None:
        """Write lines of ours wherever gunicorn, the app or a library logs."""
        super().setup(cfg)
        root = logging.getLogger()
        if not root.handlers:
            root.addHandler(logging.StreamHandler(sys.stderr))
        for log in (root, self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(Lines())

    def critical(self, msg: object, *args: object, **kwargs: Any) -> None:
        """As gunicorn does, and so that a line tells where it was said."""
        self.error_log.critical(msg, *args, stacklevel=2, **kwargs)

    def error(self, msg: object, *args: object, **kwargs: Any) -> None:
        """The same."""
        self.error_log.error(msg, *args, stacklevel=2, **kwargs)

    def warning(self, msg: object, *args: object, **kwargs: Any) -> None:
        """The same."""
        self.error_log.warning(msg, *args, stacklevel=2, **kwargs)

    def info(self, msg: object, *args: object, **kwargs: Any) -> None:
        """The same."""
        self.error_log.info(msg, *args, stacklevel=2, **kwargs)

    def exception(self, msg: object, *args: object, **kwargs: Any) -> None:
        """The same."""
        self.error_log.exception(msg, *args, stacklevel=2, **kwargs)

    def access(
        self, resp: Any, req: Any, environ: Mapping[str, Any], request_time: timedelta
    ) -> None:
        """One line for each request that reached the app."""
        told = {
            "logger": "access",
            "method": method_of(environ.get("REQUEST_METHOD", "")),
            "endpoint": environ.get(ENDPOINT, "none"),
            "status": int(str(resp.status)[:3]),
            "ms": round(request_time.total_seconds() * 1000, 1),
        }
        self.access_log.info("", extra={TOLD: told})
