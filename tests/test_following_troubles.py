"""A node that cannot write says so and goes on looking: nobody has to start it anew."""

import errno
from contextlib import closing

from directory.cli import following
from directory.cli.importing import import_one
from directory.cli.tending import Daily
from directory.config import Config
from directory.house import build_house
from directory.store.troubles import with_following
from tests.conftest import frozen
from tests.faults.killing import listed


class Shut(following.OpenData):
    """A folder that another user's node made."""

    def begin(self):
        raise PermissionError(errno.EACCES, "Permission denied", "/srv/stepwise/shared")


def test_a_folder_that_is_not_ours_is_named_by_readyz_and_looked_at_again(tmp_path, capsys):
    with closing(build_house(Config(home=tmp_path, secret="tests-" * 8), frozen)) as house:
        import_one(house, "listing", listed(tmp_path, "one", "a"))
        house.publish(house.records())
        said, daily, readyz = following.Said(), Daily(house), with_following(tmp_path, frozen)
        for _ in range(2):
            following._looked(house, said, Shut(house), daily)
            assert readyz().startswith("/srv/stepwise/shared: got 'Permission denied', expected")
        mended = following.OpenData(house)
        following._looked(house, said, mended, daily)
        mended._work.join()
        assert readyz() == ""
    assert capsys.readouterr().err.count("give the folder to our user") == 1
