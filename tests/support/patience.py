"""Tests wait as long as it takes: a busy machine is no fault."""

from flask import Flask

PATIENT = 300.0


def be_patient(app: Flask) -> None:
    """What a desk's page tells is out when the answer comes, and its lists are measured."""
    app.extensions["staff"].put_out._most = PATIENT
    app.extensions["curating"].worklist.patience = PATIENT
