"""gunicorn settings: lines of the log with endpoint, method and status only, and a start that refuses
what is unsafe. deploy/ shows how it is run.
"""

import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from directory.config import read_config
from directory.errors import Refusal
from directory.web.serving.heaps import share_heaps
from directory.web.serving.lasting import Lasting

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "directory.web.serving.patient_worker.PatientWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
threads = 8
# Above this the one that has waited longest is hung up on; each holds a file, and 1024 is a usual bound.
worker_connections = 500
timeout = 30
graceful_timeout = 20
keepalive = 5
# Never a path, query, header or address: see directory/web/operating/lines.py.
logger_class = "directory.web.operating.gunicorn_log.LineLogger"
accesslog = "-"
# A worker proves that it lives by touching a file: on a full or slow disk it would be killed for it.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
# Proxies are believed by DIRECTORY_TRUSTED_PROXIES only.
forwarded_allow_ips = ""
control_socket_disable = True

_COUNTED = "PROMETHEUS_MULTIPROC_DIR"
_made: list[str] = []
_lasting: list[Lasting] = []


def on_starting(_server):
    """Refuse unsafe settings before anything listens; make a folder where workers count together."""
    try:
        config = read_config()
    except Refusal as refusal:
        sys.exit(f"Refused: {refusal}")
    if config.metrics and _COUNTED not in os.environ:
        os.environ[_COUNTED] = tempfile.mkdtemp(prefix="stepwise-metrics-")
        _made.append(os.environ[_COUNTED])


def post_fork(_server, _worker):
    """Before a worker has threads."""
    share_heaps()


def post_worker_init(worker):
    """Before a worker answers anybody, open what is published."""
    ours = getattr(worker.wsgi, "extensions", {}).get("directory")
    if ours is not None:
        _lasting.append(Lasting(partial(getattr, ours.finder, "generation")))
        _lasting[0].look()


def post_request(_worker, _request, _environ, _response):
    """After each answer, in the thread that gave it."""
    for one in _lasting:
        one.look()


def child_exit(_server, worker):
    """What a worker counted stays in the sums."""
    if _COUNTED in os.environ:
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

        mark_process_dead(worker.pid)


def on_exit(_server):
    """Leave nothing behind."""
    for folder in _made:
        shutil.rmtree(folder, ignore_errors=True)
