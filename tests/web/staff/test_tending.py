"""What time does to tickets, without anybody at the desk."""

import argparse
from dataclasses import replace

from directory.cli import COMMANDS
from directory.store.connect import Database


def test_the_command_expires_tickets_and_deletes_old_ones(referring, house, tmp_path):
    desk = referring.planner()
    referring.open_case(desk, *referring.slugs[:2])
    sent, _ = referring.tickets()
    link = referring.send(desk, sent)
    run = next(one.run for one in COMMANDS if one.name == "referrals")
    config = replace(house.config, database_url=str(referring.engine.url))
    database = Database(config.home, config.url)
    own = replace(house, config=config, clock=referring.watch, database=database)
    options = argparse.Namespace(what="tend")
    assert run(own, options) == {"expired": 0, "purged": 0, "cases_gone": 0}
    referring.watch.forward(days=16)
    assert run(own, options) == {"expired": 1, "purged": 0, "cases_gone": 0}
    assert [one.status for one in referring.tickets()] == ["expired"], "what was not sent is gone"
    assert referring.program().get(link, 410)
    referring.watch.forward(days=91)
    assert run(own, options) == {"expired": 0, "purged": 1, "cases_gone": 1}
    assert [act for _, act, _ in referring.acts()][-2:] == ["referrals_tended"] * 2
    own.close()
