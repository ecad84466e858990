"""The lists our facts come from: edition, day, terms, how much of them is told, what they dropped."""

from dataclasses import dataclass

from flask import Response

from directory.catalog.evidence import Source
from directory.catalog.operating import QuotedList
from directory.exchange.terms import Terms
from directory.web.i18n import gettext, ngettext
from directory.web.showing.names import source_name
from directory.web.showing.words import full_date
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page


@dataclass(frozen=True, slots=True)
class ListRow:
    """One edition of a list in words."""

    name: str
    dated: str
    read: str
    imported: str
    programs: int
    facts: int
    rows: int
    license: str
    terms: Terms


@blueprint.get("/staff/lists")
def lists() -> Response:
    """Every list that is quoted, and what lists no longer name."""
    condition = staff_services.operating.condition()
    dropped = [
        (source_name(one.source), one.programs, full_date(one.since.date()))
        for one in condition.no_longer_named()
    ]
    rows = [_row(one) for one in condition.lists()]
    return desk_page("staff/lists.html", lists=rows, dropped=dropped)


def _row(one: QuotedList) -> ListRow:
    source = Source(one.name, one.read_last, one.method)  # type: ignore[arg-type]
    terms = staff_services.operating.terms.of(source)
    title = f"{one.name} {one.edition}" if one.edition else one.name
    first, last = full_date(one.read_first), full_date(one.read_last)
    return ListRow(
        name=source_name(title) if one.name else _pages(one.sources),
        dated=_dated(one),
        read=last if first == last else gettext("%(first)s to %(last)s", first=first, last=last),
        imported=full_date(one.imported_at.date()),
        programs=one.programs,
        facts=one.facts,
        rows=one.rows,
        license=_license(terms),
        terms=terms,
    )


def _pages(many: int) -> str:
    return ngettext("%(num)d page of programs", "%(num)d pages of programs", many)


def _dated(one: QuotedList) -> str:
    if not one.name:
        return gettext("Each of its own day")
    return full_date(one.dated) if one.dated else gettext("Not dated")


def _license(terms: Terms) -> str:
    if terms.license == "public-domain":
        return gettext("Public domain")
    return terms.license or gettext("None is stated")
