"""Programs side by side. The shortlist stands in the page's address (`p`, repeated) and nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, request

from directory.catalog.program import Listing
from directory.web.addresses import present, site_url
from directory.web.i18n import ngettext, page_url, same_page
from directory.web.pages.site import blueprint, private
from directory.web.services import services
from directory.web.shortlist import kept_programs
from directory.web.showing.chips import asker_of
from directory.web.showing.compare_view import LETTERS, compared


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What an address keeps: the programs shown, those beyond what fits, and how many are not listed."""

    shown: tuple[Listing, ...]
    left_out: tuple[Listing, ...]
    gone: int


@blueprint.get("/compare")
def compare() -> Response:
    """The programs of the address, against a person's week only if it carries one, sealed."""
    asked, asker = kept_programs(request.args), asker_of(request.args.get("for", ""))
    if asker.closed:
        same_page("compare", p=asked)
    kept = shortlist(asked)
    found = [services.finder.explain(asker.need, listing) for listing in kept.shown]
    page = compared([match for match in found if match], asker.need)
    slugs = [one.slug for one in kept.shown]
    return private(
        "pages/compare.html",
        page=page,
        left_out=kept.left_out,
        gone=no_longer_listed(kept.gone),
        sealed=asker.sealed,
        closed=asker.closed,
        slugs=slugs,
        link=site_url(compare_url(slugs)),
        compare_url=compare_url,
    )


def shortlist(slugs: Sequence[str]) -> Shortlist:
    """The programs of these addresses, each once, in the order they were kept."""
    found = [present(slug) for slug in slugs]
    listed = list({one.slug: one for one in found if one}.values())
    most = len(LETTERS)
    return Shortlist(tuple(listed[:most]), tuple(listed[most:]), found.count(None))


def no_longer_listed(count: int) -> str:
    """Says that kept programs are gone, if any are."""
    if not count:
        return ""
    return ngettext(
        "%(num)d program is no longer listed.", "%(num)d programs are no longer listed.", count
    )


def compare_url(slugs: Sequence[str], sealed: str = "") -> str:
    """The address that keeps these programs, and the week where one was sealed."""
    return page_url("compare", p=list(slugs), **({"for": sealed} if sealed else {}))
