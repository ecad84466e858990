"""The form to fill in is served as it is imported."""

from pathlib import Path

import pytest

from tests.exchange.stores import empty_store, taken


@pytest.mark.parametrize("sheet", ["csv", "xlsx"])
def test_the_served_template_is_linked_and_goes_in(sheet, client, house, tmp_path: Path) -> None:
    address = f"/listing-template.{sheet}"
    assert f'href="{address}"' in client.get("/about/data").text
    answer = client.get(address)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    path = tmp_path / "filled.dat"
    path.write_bytes(answer.data)
    report = taken(empty_store(), "listing", path, house.vocabularies)
    assert (report.refused, report.created) == ((), ("example-acme-evening",))
