from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from directory.curation.importing import Report
from directory.store.sql_records import SqlRecords
from tests.curation.builders import imported, new_store, write_json

Import = Callable[..., Report]


@pytest.fixture
def records(tmp_path: Path) -> SqlRecords:
    return new_store(tmp_path)


@pytest.fixture
def take(tmp_path: Path, records: SqlRecords) -> Import:
    def _take(plain: Any, *, dry_run: bool = False) -> Report:
        return imported(records, write_json(tmp_path, plain), dry_run=dry_run)

    return _take
