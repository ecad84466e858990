from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from directory.curation.importing import Report
from directory.store.sql_records import SqlRecords
from tests.curation.builders import imported, write_json

Import = Callable[..., Report]


@pytest.fixture
def records(engine: sa.Engine) -> SqlRecords:
    """An empty store, on both databases there are."""
    return SqlRecords(engine)


@pytest.fixture
def take(tmp_path: Path, records: SqlRecords) -> Import:
    def _take(plain: Any, *, dry_run: bool = False) -> Report:
        return imported(records, write_json(tmp_path, plain), dry_run=dry_run)

    return _take
