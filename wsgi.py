"""The entrance for WSGI servers: `gunicorn -c gunicorn.conf.py wsgi:app`."""

from directory.app import create_app

app = create_app()
