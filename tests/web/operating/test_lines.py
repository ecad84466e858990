"""A line of the log is made of fields that are allowed: nothing of a request, no message of an error."""

import json
import logging
import os
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from directory.web.operating.gunicorn_log import LineLogger
from directory.web.operating.lines import Lines
from tests.conftest import ROOT

CANARY = "heroin-canary-7f3"


def line(name, pattern, *args, error=None):
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, "/x/place.py", 7, pattern, args, info)
    return json.loads(Lines().format(record))


def test_what_our_rooms_say_is_told_as_they_say_it():
    told = line("directory.web.errors", "%s at %s", "RuntimeError", "pages.home")
    assert told["event"] == "RuntimeError at pages.home"
    assert (told["level"], told["where"]) == ("error", "place:7")
    assert told["at"].endswith("+00:00")


@pytest.mark.parametrize(
    ("pattern", "args", "event"),
    [
        ("Error handling request %s", (f"/results?text={CANARY}",), "Error handling request …"),
        ("Worker (pid:%s) exited with code %d", (17, 3), "Worker (pid:17) exited with code 3"),
        ("%5.2f of %-9s", (0.5, CANARY), "0.5 of …"),
        (f"Invalid request: {CANARY}", (), None),
        ("%(one)s", ({"one": CANARY},), None),
    ],
)
def test_of_what_others_say_only_the_pattern_and_numbers_are_told(pattern, args, event):
    told = line("gunicorn.error", pattern, *args)
    assert told.get("event") == event
    assert CANARY not in json.dumps(told)


def test_of_an_error_its_types_and_lines_are_told_and_never_its_message():
    try:
        try:
            int(CANARY)
        except ValueError as cause:
            raise RuntimeError(CANARY) from cause
    except RuntimeError as error:
        told = line("directory.curation", "A change could not be published", error=error)
    assert told["error"] == "RuntimeError"
    assert "ValueError" in told["lines"]
    assert "test_lines.py" in told["lines"]
    assert CANARY not in json.dumps(told).replace("int(CANARY)", "")


@pytest.fixture
def logger():
    """gunicorn's own, set up as gunicorn.conf.py says; the root's handlers stay as they were."""
    root = logging.getLogger()
    before = [(one, one.formatter) for one in root.handlers]
    config = Config()
    config.set("accesslog", "-")
    yield LineLogger(config)
    for one, formatter in before:
        one.setFormatter(formatter)


def test_a_request_is_told_by_endpoint_method_status_and_duration(logger, capsys):
    logger.access_log.handlers[0].setStream(sys.stdout)
    environ = {
        "REQUEST_METHOD": f"GET{CANARY}", "RAW_URI": f"/programs/x?{CANARY}", "PATH_INFO": f"/{CANARY}",
        "REMOTE_ADDR": "203.0.113.9", "HTTP_REFERER": CANARY, "stepwise.endpoint": "pages.program",
    }  # fmt: skip
    answer = SimpleNamespace(status="404 NOT FOUND", headers=[("Location", CANARY)])
    logger.access(answer, None, environ, timedelta(milliseconds=12.34))
    told = json.loads(capsys.readouterr().out)
    del told["at"]
    assert told == {
        "level": "info", "logger": "access", "method": "other", "endpoint": "pages.program", "status": 404,
        "ms": 12.3,
    }  # fmt: skip


def test_gunicorn_is_configured_to_write_these_lines():
    config = (ROOT / "gunicorn.conf.py").read_text(encoding="utf-8")
    assert 'logger_class = "directory.web.operating.gunicorn_log.LineLogger"' in config
    assert "control_socket_disable = True" in config


def test_gunicorn_does_not_start_with_what_production_refuses(tmp_path):
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
    own = {"DIRECTORY_PRODUCTION": "1", "DIRECTORY_HOME": str(tmp_path / "home"), "PORT": "0"}
    run = subprocess.run(
        command, cwd=ROOT, env=os.environ | own, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 1
    assert "Refused: Setting DIRECTORY_SECRET" in run.stderr
    assert not (tmp_path / "home").exists()
