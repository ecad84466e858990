"""The words of the page for uploaded files: formats, how far a file is, why one was stopped."""

from collections.abc import Mapping, Sequence

from directory.catalog.upload import Upload
from directory.curation.importers import IMPORTERS
from directory.curation.public_lists.editions import known_editions
from directory.curation.uploading.aside import LARGEST
from directory.curation.uploading.bounds import MEGABYTE
from directory.errors import BadValue
from directory.web.i18n import gettext, ngettext


def formats() -> Sequence[tuple[str, str]]:
    """Each format that we read, in words."""
    said = {
        "listing": gettext("Our own format: JSON, CSV or XLSX"),
        "samhsa": gettext("National Directory of SAMHSA: XLSX or CSV"),
        "findtreatment": gettext("Answers of FindTreatment.gov: JSON"),
        "dhcs": gettext("California's list of licenses (DHCS): CSV or JSON"),
        "hsds": gettext("HSDS 3: JSON, NDJSON or a zip of tables"),
        "nppes": gettext("National provider registry (NPPES): only adds numbers, names and phones"),
    }
    return [(name, said.get(name, name)) for name, _ in IMPORTERS]


def short_name(importer: str) -> str:
    """A format in a word or two."""
    said = {
        "listing": gettext("Our own format"),
        "samhsa": "SAMHSA",
        "findtreatment": "FindTreatment.gov",
        "dhcs": "DHCS",
        "hsds": "HSDS",
        "nppes": "NPPES",
    }
    return said.get(importer, importer)


def editions() -> Sequence[tuple[str, str]]:
    """Each edition of a public list that we know: its code, and its name."""
    return [
        (f"{importer}:{edition}", f"{short_name(importer)} {edition}")
        for importer, known in known_editions().items()
        for edition in known
    ]


def listed(upload: Upload) -> tuple[str, tuple[str, str]]:
    """A file in a list: its format, and how far it is."""
    return short_name(upload.importer), standing(upload)


def standing(upload: Upload) -> tuple[str, str]:
    """A mark and how far a file is, in words."""
    said = {
        "waiting": ("wait", gettext("Not tried yet")),
        "checking": ("wait", gettext("Being tried now")),
        "checked": ("ask", gettext("Tried. Look at it, then take it in.")),
        "stopped": ("no", gettext("Stopped before its end")),
        "applying": ("wait", gettext("Being taken in now")),
        "applied": ("yes", gettext("Taken in and published")),
        "unpublished": ("ask", gettext("Taken in, not published yet")),
        "gone": ("no", gettext("Deleted, never taken in")),
    }
    return said[upload.state]


def stopped(upload: Upload, refused: str) -> str:
    """Why work on a file was stopped, and what to do; "" if it was not."""
    said = {
        "time": gettext(
            "It took longer than 10 minutes. Cut the file into parts, or ask the operator to import it "
            "at the command line."
        ),
        "memory": gettext(
            "It needed more memory than one file may have. Cut the file into parts, or ask the operator "
            "to import it at the command line."
        ),
        "size": gettext("It unpacks to more than one file may. Send the tables without the zip."),
        "lost": gettext("The work was cut off from outside, as in a restart. Try it again."),
        "broken": gettext(
            "We could not read it, and that is our fault. Tell the operator the number of this file."
        ),
        "refused": refused or gettext("The listings changed while it was looked at. Try it again."),
    }
    return said.get(upload.why or "", "")


def complaint(bad: BadValue) -> str:
    """What to send instead."""
    most = LARGEST // MEGABYTE
    said = {
        "a larger file": gettext("This file is too large. Send at most %(num)d MB.", num=most),
        "nothing": gettext("Choose a file that is not empty."),
        "a disk that is nearly full": gettext(
            "There is no room for a file now. Tell the operator that the disk is nearly full."
        ),
        "too many": gettext("Too many files wait here. Take some in or delete them first."),
    }
    fields = {
        "source": gettext("Pick the format of the file."),
        "seen_on": gettext("Type the day you got the file: not after today."),
        "edition": gettext(
            "This edition is not one of that list. Leave it empty for other formats."
        ),
        "dated": gettext(
            "Type a day not after the day you got the file. Only public lists take one: other formats "
            "carry their own dates."
        ),
    }
    return said.get(str(bad.got)) or fields.get(bad.field) or gettext("Look at this again.")


def done(code: str) -> str:
    """What was just done."""
    said = {
        "deleted": gettext("The file is deleted."),
        "changed": gettext(
            "The listings had changed meanwhile, so nothing was taken in. We tried it again."
        ),
        "busy": gettext("Other files are being read. Try this one in a minute."),
        "other": gettext("This is not the file that you looked at. Nothing was taken in."),
    }
    return said.get(code, "")


def figures(upload: Upload) -> Sequence[tuple[str, int]]:
    """What was counted, in words."""
    counted: Mapping[str, int] = upload.figures
    said = {
        "read": gettext("Programs in the file"),
        "created": gettext("New"),
        "changed": gettext("Changed"),
        "unchanged": gettext("As we have them"),
        "refused": gettext("Refused"),
        "missing": gettext("Ours that the file no longer has"),
        "review": gettext("Pairs of rows to look at"),
    }
    return [(name, counted[key]) for key, name in said.items() if key in counted]


def progress(told: str) -> str:
    """How far the work is; "" if it has not said."""
    stage, _, counts = told.partition(": ")
    count = counts.partition("/")[0]
    if not (count.isascii() and count.isdigit() and len(count) < 12):
        return ""
    if stage == "write":
        return gettext("Read. Now it is compared with what we have.")
    return ngettext("%(num)d row is read.", "%(num)d rows are read.", int(count))
