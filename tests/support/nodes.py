"""Web nodes over one database: gunicorn and `follow` for each, on free ports of this machine."""

import io
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from flask import Flask

from directory.app import app_over
from directory.cli import main
from directory.config import read_config
from directory.house import build_house
from tests.support.desk import renew
from tests.support.postgres import Cluster, clusters

ROOT = Path(__file__).resolve().parents[2]
PATIENCE, ONE_ANSWER = 180.0, 60.0


def wait_until(done: Callable[[], bool], told: Callable[[], str]) -> None:
    """Ask until it is so; the machine may be busy, so wait long before giving up."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, told()
        time.sleep(0.1)


@contextmanager
def servers() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary and a replica that follows it."""
    with clusters(2) as (primary, replica):
        primary.make()
        primary.start()
        replica.copy(primary)
        replica.start()
        yield primary, replica


@dataclass
class Node:
    """One node: a home of its own, the settings that all share."""

    home: Path
    settings: Mapping[str, str]
    origin: str = ""

    @property
    def log(self) -> Path:
        """What it wrote."""
        return self.home / "log.txt"

    def command(self, *arguments: str) -> tuple[int, str]:
        """Run a command on this node: its status, and what it said."""
        said = io.StringIO()
        with (
            patch.dict(os.environ, self._environment(), clear=True),
            redirect_stdout(said),
            redirect_stderr(said),
        ):
            return main(arguments), said.getvalue()

    @contextmanager
    def app(self) -> Iterator[Flask]:
        """The app over the same database and secret, within this process: it can put accounts in."""
        with patch.dict(os.environ, self._environment(), clear=True):
            config = read_config()
        with closing(build_house(config)) as house:
            app = app_over(house)
            renew(app)
            yield app

    @contextmanager
    def running(self) -> Iterator["Node"]:
        """Follow the others and serve, until the end."""
        self.home.mkdir(parents=True, exist_ok=True)
        with ExitStack() as end, self.log.open("wb") as log:
            gunicorn = ("gunicorn", "-c", "gunicorn.conf.py", "wsgi:app")
            for program in (("directory", "follow"), gunicorn):
                started = subprocess.Popen(
                    [sys.executable, "-m", *program],
                    cwd=ROOT, env=self._environment(), stdout=log, stderr=subprocess.STDOUT,
                )  # fmt: skip
                end.callback(started.wait, 30)
                end.callback(started.terminate)
            wait_until(lambda: bool(self._listening()), self.log.read_text)
            self.origin = self._listening()
            yield self

    def ask(self, path: str, body: object = None) -> tuple[int, str]:
        """Status and text of an answer; JSON is posted."""
        sent = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.origin + path, sent, {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=ONE_ANSWER) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def answers(self, path: str, status: int, words: str = "", body: object = None) -> None:
        """Wait for an answer of this status with these words; a node listens before it can answer."""
        seen: list[tuple[int, str]] = []

        def done() -> bool:
            try:
                seen.append(self.ask(path, body))
            except TimeoutError:
                seen.append((0, "no answer"))
            return seen[-1][0] == status and words in seen[-1][1]

        wait_until(done, lambda: f"{path}: {seen[-1]}\n{self.log.read_text()[-3000:]}")

    def generation(self) -> Path:
        """The folder it answers from."""
        folder = self.home / "generations"
        return folder / (folder / "CURRENT").read_text()

    def _listening(self) -> str:
        found = re.search(r"Listening at: (http://127\.0\.0\.1:\d+)", self.log.read_text())
        return found[1] if found else ""

    def _environment(self) -> dict[str, str]:
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith("DIRECTORY_")
        }
        own = {"DIRECTORY_HOME": str(self.home), "HOST": "127.0.0.1", "PORT": "0"}
        return {**clean, **self.settings, **own}


def two_nodes(primary: Cluster, replica: Cluster, folder: Path, **settings: str) -> list[Node]:
    """Two web nodes over both servers, and a folder that both see."""
    common = {
        "DIRECTORY_DATABASE_URL": primary.url(replica, target_session_attrs="read-write"),
        "DIRECTORY_REPLICA_URL": replica.url(),
        "DIRECTORY_SHARED": str(folder / "shared"),
        "DIRECTORY_SECRET": "nodes-" * 8,
        **settings,
    }
    return [Node(folder / name, common) for name in ("one", "two")]
