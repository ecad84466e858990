"""A directory that lives: a store, its generations and the API over them; publish, ask, back up, restore."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from directory.curation.publishing import publish
from directory.curation.standing import Deciding
from directory.matching.finder import Finder
from directory.search.generations import Generations
from directory.search.press import Press
from directory.store.connect import open_database, upgrade
from directory.store.sql_records import SqlRecords
from tests.curation.builders import imported, listing_file, organization, program, site, write_json
from tests.curation.lint.measuring import BY
from tests.support.builders import FORMULA, GAZETTEER, NOW, WORDS, a_builder, a_context
from tests.web.api.fakes import web


@dataclass
class LivingSite:
    """One directory in `home`. The client asks what was published last."""

    home: Path
    records: SqlRecords = field(init=False)
    client: FlaskClient = field(init=False)
    finder: Finder = field(init=False)

    def __post_init__(self) -> None:
        self._open()
        self._press = Press(Generations(self.home / "generations", WORDS), a_builder())
        self._now: list[Any] = []
        self.finder = Finder(lambda: self._now[-1], GAZETTEER, a_context, FORMULA, lambda: NOW)
        fake: Any = self.finder
        self.client = web(fake).test_client()
        self.publish()

    @property
    def _file(self) -> Path:
        return self.home / "store.sqlite"

    def _open(self) -> None:
        self._engine = open_database(f"sqlite:///{self._file}")
        upgrade(self._engine)
        self.records = SqlRecords(self._engine)

    @property
    def deciding(self) -> Deciding:
        """A curator of it."""
        return Deciding(self.records, lambda: NOW)

    def state(self, key: str, name: str, **facts: Any) -> int | None:
        """Import a page that states one program; answers the change."""
        own = site(program(key, name=name, **facts), id=f"site-{key}")
        plain = listing_file(organization(own, id=f"org-{key}"), name=f"Page of {key}")
        return imported(self.records, write_json(self.home, plain)).change

    def publish(self, *, whole: bool = False, examples: bool = True) -> str:
        """Put out what the store holds."""
        how = {"examples": examples, "production": False, "whole": whole}
        done = publish(self.records, self._press, by=BY, **how)
        self._now.append(Generations(self.home / "generations", WORDS).current())
        return done.generation

    def listed(self) -> dict[str, str]:
        """What is published: id -> address."""
        _, records = self.finder.records()
        return {one.id: one.slug for one in records}

    def back_up(self) -> Path:
        """Keep the store as it is."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(shutil.copy(self._file, self.home / "kept.sqlite"))

    def restore(self, kept: Path) -> None:
        """Go back to a store that was kept."""
        self._engine.dispose()
        for left in self.home.glob("store.sqlite*"):
            left.unlink()
        shutil.copy(kept, self._file)
        self._open()


@dataclass
class Follower:
    """Somebody who follows the changes and keeps what is listed: id -> address."""

    client: FlaskClient
    held: dict[str, str] = field(default_factory=dict)
    cursor: str | None = None
    begun_again: int = 0

    def step(self, limit: int) -> bool:
        """Ask once; answers whether there is more. Begins again where that is what it is told."""
        asked = {"limit": str(limit), **({"since": self.cursor} if self.cursor else {})}
        answer = self.client.get("/api/v1/changes", query_string=asked)
        if answer.status_code == 410:
            assert answer.json["type"] == "urn:stepwise:problem:begin-again"
            self.held, self.cursor = {}, None
            self.begun_again += 1
            return True
        assert answer.status_code == 200, answer.text
        for one in answer.json["data"]:
            self._take(one)
        self.cursor = answer.json["page"]["next"]
        return bool(answer.json["page"]["more"])

    def _take(self, one: dict[str, Any]) -> None:
        if one["kind"] == "removed":
            self.held.pop(one["id"], None)
            return
        assert one["kind"] == "created" or one["id"] in self.held, one
        self.held[one["id"]] = one["slug"]

    def to_the_end(self, limit: int = 3) -> dict[str, str]:
        """Ask until there is no more."""
        while self.step(limit):
            pass
        return self.held
