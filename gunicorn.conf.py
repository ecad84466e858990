"""gunicorn settings. The access log names path and status only: never a query, a Referer or a body."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
threads = 8
timeout = 30
graceful_timeout = 20
keepalive = 5
accesslog = "-"
# Sealed addresses are ciphertext, but they are still somebody's: only method and status are kept.
access_log_format = "%(t)s %(m)s %(s)s %(D)sus"
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
control_socket_disable = True
