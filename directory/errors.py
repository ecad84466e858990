"""Refusals every room may raise. They carry facts; the words a person reads stand in `web/errors.py`."""

from dataclasses import dataclass


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """The input or the state does not allow what was asked; nothing was changed."""


@dataclass
class BadSetting(Refusal):
    """A setting that is not known, or holds a value we cannot use."""

    name: str
    got: str
    expected: str

    def __str__(self) -> str:
        return f"Setting {self.name}: got {self.got!r}, expected {self.expected}."


@dataclass
class StoreAway(Refusal):
    """The database cannot be asked, or takes no changes, just now. What was open is not kept.

    Where the connection was lost while a change was being kept, nobody can tell whether it was.
    """

    why: str

    def __str__(self) -> str:
        return f"The database cannot be used just now: {self.why}. Try again when it is back."


@dataclass
class BadValue(Refusal):
    """One value of a need or a form that we cannot read."""

    field: str
    got: object
    expected: str
    allowed: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.field}: got {self.got!r}, expected {self.expected}."


@dataclass
class BadQuery(Refusal):
    """Parameters of a machine's question that we cannot read, all of them."""

    problems: tuple[BadValue, ...]

    def __str__(self) -> str:
        return "; ".join(str(problem) for problem in self.problems)


@dataclass
class UnreadableFile(Refusal):
    """A file that cannot be read at all; single bad rows are reported, not raised."""

    file: str
    got: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}: got {self.got}, expected {self.expected}."


@dataclass
class UnknownChange(Refusal):
    """A change that was never written."""

    number: int

    def __str__(self) -> str:
        return (
            f"Change {self.number}: there is none. The changes of a program are listed by: "
            "python -m directory history PROGRAM_ID"
        )


@dataclass
class ListingsHaveChanged(Refusal):
    """Somebody changed the listings since this was looked at; nothing was written."""

    seen: int
    newest: int

    def __str__(self) -> str:
        return (
            f"The listings have changed since change {self.seen}: the newest is {self.newest}. "
            "Look at what would change now; nothing was written."
        )


@dataclass
class UnknownProgram(Refusal):
    """A program that the store has never held."""

    program: str

    def __str__(self) -> str:
        return f"Program {self.program!r}: the store has none of this id."


@dataclass
class CannotChangeListing(Refusal):
    """A program that cannot be taken off, listed again or given another address as things stand."""

    program: str
    reason: str

    def __str__(self) -> str:
        return f"Program {self.program!r}: {self.reason}. Nothing was changed."


@dataclass
class CannotUndo(Refusal):
    """Undoing a change would take back what came later, or leave a record without its name."""

    number: int
    reason: str
    touched: tuple[str, ...]

    def __str__(self) -> str:
        shown = ", ".join(self.touched[:5])
        more = f" and {len(self.touched) - 5} more" if len(self.touched) > 5 else ""
        return f"Change {self.number} cannot be undone: {self.reason}: {shown}{more}."


@dataclass
class UnwritableFile(Refusal):
    """An export that a format has no room for, or that would hold nothing; no file was written."""

    file: str
    got: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}: got {self.got}, expected {self.expected}. Nothing was written."


@dataclass
class UnknownPair(Refusal):
    """A pair of rows that was never found, or was taken back."""

    number: int

    def __str__(self) -> str:
        return f"Pair {self.number}: there is none. They are listed by: python -m directory review list"


@dataclass
class CannotLink(Refusal):
    """An answer about two rows that cannot be given or taken back as things stand."""

    number: int
    reason: str

    def __str__(self) -> str:
        return f"Pair {self.number}: {self.reason}."


@dataclass
class TellsOfAPerson(Refusal):
    """A report's text that may tell who somebody is; `sign` says by what."""

    sign: str

    def __str__(self) -> str:
        return f"The text may tell who somebody is ({self.sign}). Leave that out; nothing was kept."


@dataclass
class TooManyReports(Refusal):
    """So many reports came today that no more are taken."""

    def __str__(self) -> str:
        return "Too many reports today. Try again tomorrow."


@dataclass
class UnknownReport(Refusal):
    """A report that was never told, is closed, or is older than reports are kept."""

    number: int

    def __str__(self) -> str:
        return (
            f"Report {self.number}: none is open. They are listed by: python -m directory reports"
        )


@dataclass
class UnknownKey(Refusal):
    """A key for machines that was never made, or is revoked already."""

    number: int

    def __str__(self) -> str:
        return (
            f"Key {self.number}: none holds. They are listed by: python -m directory api-key list"
        )


@dataclass
class BadKey(Refusal):
    """A request with credentials that are none of ours: not a key, unknown, or revoked."""


@dataclass
class OutOfScope(Refusal):
    """A key that was made for other addresses."""

    scope: str
    scopes: tuple[str, ...]


@dataclass
class TooManyRequests(Refusal):
    """A network or a key has used up what it may ask for now; `wait` seconds until the next one."""

    allowed: str
    wait: int


@dataclass
class NotShared(Refusal):
    """Something that pages of other sites may not send here."""

    field: str
    got: str
    allowed: tuple[str, ...]


@dataclass
class BadChoices(Refusal):
    """Choices for a frame that we cannot use: each one, with what is expected."""

    problems: tuple[BadValue, ...]

    def __str__(self) -> str:
        return " ".join(str(problem) for problem in self.problems)


@dataclass
class UnknownPartner(Refusal):
    """A key that was never given."""

    key: str

    def __str__(self) -> str:
        return f"Key {self.key!r}: no partner has it. They are listed by: python -m directory partner list"


@dataclass
class PartnerHasChanged(Refusal):
    """Somebody else has changed a partner meanwhile; nothing was written."""

    key: str

    def __str__(self) -> str:
        return f"Key {self.key!r} has changed meanwhile. Look at it again, then change it."


@dataclass
class NoGeneration(Refusal):
    """There is no whole generation to answer from."""

    home: str

    def __str__(self) -> str:
        return f"No published listings under {self.home}. Run: python -m directory publish"


@dataclass
class ExamplesInProduction(Refusal):
    """Invented programs may never be published by a production configuration."""

    programs: tuple[str, ...]

    def __str__(self) -> str:
        shown = ", ".join(self.programs[:5])
        return (
            f"{len(self.programs)} example programs are in the store ({shown}). Production publishes "
            "real programs only: set DIRECTORY_EXAMPLES=0, or leave production mode."
        )
