"""What CI runs installs what the suites would otherwise be skipped for."""

import re

from tests.house.files import ROOT, text_files
from tests.support.postgres import PLACES

RUN = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
HERE_ALREADY = {"make"}
"""CI is started by it."""


def test_every_package_that_a_skipped_test_asks_for_is_installed():
    asked = {
        package
        for path, text in text_files()
        if path.is_relative_to(ROOT / "tests") and path.suffix == ".py"
        for package in re.findall(r"not installed \(apt-get install ([a-z-]+)\)", text)
    }
    assert {"chromium", "nginx", "postgresql"} <= asked
    assert asked - HERE_ALREADY == set(re.findall(r"missing\+=\(([a-z-]+)\)", RUN))


def test_postgresql_is_looked_for_where_the_tests_look():
    assert re.findall(r'"(/[^"]+/bin)"', RUN) == list(PLACES)
