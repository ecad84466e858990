"""`uploads`: what time does to files that curators uploaded, at the command line; `publish` does it, too."""

import argparse
from contextlib import AbstractContextManager
from dataclasses import dataclass

from directory.catalog.clock import Clock
from directory.catalog.staff import StaffBook
from directory.cli.command import Command, Result
from directory.curation.uploading.workshop import Workshop
from directory.house import House
from directory.web.staff.upload_work import tend


@dataclass(frozen=True, slots=True)
class AtCommandLine:
    """An operator who works on uploaded files: no secret of sign-ins is needed for it."""

    house: House

    @property
    def clock(self) -> Clock:
        """What time it is."""
        return self.house.clock

    @property
    def workshop(self) -> Workshop:
        """Where files lie."""
        return self.house.workshop

    def book(self, *, write: bool = True) -> AbstractContextManager[StaffBook]:
        """Everything of staff, in one transaction."""
        return self.house.staff_records().book(write=write)


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=("tend",), nargs="?", default="tend")


def _uploads(house: House, _options: argparse.Namespace) -> Result:
    return {"deleted": tend(AtCommandLine(house))}


COMMANDS = (Command("uploads", _uploads, "Uploaded files: tend (delete those a day old).", _add),)
