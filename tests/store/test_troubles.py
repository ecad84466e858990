"""What may be amiss below us is seen without making or changing anything."""

import sqlalchemy as sa

from directory.store import troubles
from directory.store.connect import open_database, upgrade, writing


def test_a_database_with_the_tables_of_a_newer_release_is_told(tmp_path):
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    look = troubles.with_database(url)
    assert look() == "there is none. Run: python -m directory setup, or restore a backup"
    assert list(tmp_path.iterdir()) == []
    engine = open_database(url)
    upgrade(engine)
    assert look() == ""
    with writing(engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999_later'"))
    assert "9999_later, which a newer release made" in look()


def test_a_database_of_an_older_release_is_no_trouble(tmp_path):
    """It is brought up when it is first used."""
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    open_database(url).connect().close()
    assert troubles.with_database(url)() == ""


def test_a_home_that_is_not_there_or_full_is_told(tmp_path, monkeypatch):
    assert troubles.with_disk(tmp_path)() == ""
    assert "cannot be written" in troubles.with_disk(tmp_path / "nowhere")()
    monkeypatch.setattr(troubles, "LEAST_FREE", 1 << 62)
    assert "Make room" in troubles.with_disk(tmp_path)()
