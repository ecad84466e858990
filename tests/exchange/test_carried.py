"""docs/formats.md says what each format carries. Write it anew: python -m tests.exchange.carried"""

from tests.exchange.carried import BEGIN, END, table
from tests.house.files import ROOT


def test_the_document_says_what_each_format_carries() -> None:
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    written = text.partition(BEGIN)[2].partition(END)[0].strip()
    assert written == table()
