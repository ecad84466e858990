"""One program: its groups, who pays, what they offer, how to start, what to ask, who says so."""

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, make_response, render_template, request

from directory.catalog.program import Listing
from directory.matching.need import Need
from directory.matching.outcome import Match
from directory.web.addresses import listed
from directory.web.i18n import same_page
from directory.web.pages.site import blueprint, private
from directory.web.services import services
from directory.web.shortlist import kept_programs
from directory.web.showing.call_sheet import NIAAA
from directory.web.showing.chips import asker_of
from directory.web.showing.disputes import disputes
from directory.web.showing.findings import doubts
from directory.web.showing.markup import markup_for
from directory.web.showing.program_view import Told, program_page


@blueprint.get("/programs/<slug>")
def program(slug: str) -> Response:
    """The program; against a person's week only if the address carries it, sealed."""
    listing = listed(slug)
    asker = asker_of(request.args.get("for", ""))
    need, kept = asker.need, kept_programs(request.args)
    match = services.finder.explain(need, listing) or abort(404)
    page = program_page(match, need, tracks(need, match))
    shown: dict[str, Any] = {"page": page, "listing": listing}
    shown["shortlist"] = kept
    shown["doubts"] = doubts(listing.findings)
    shown["niaaa"] = NIAAA
    shown["disputes"] = disputes(listing, services.clock().date())
    if asker.closed:
        same_page("program", slug=slug, p=kept)
    if asker.closed or asker.sealed:
        return private("pages/program.html", sealed=asker.sealed, closed=asker.closed, **shown)
    shown["markup"] = None if request.args else markup_for(listing)
    response = make_response(render_template("pages/program.html", **shown))
    if listing.example:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def tracks(need: Need, match: Match) -> Sequence[Told]:
    """Every track with its answer, the best one first."""
    listing: Listing = match.listing
    found = services.finder.tracks(need, listing)
    return sorted(found, key=lambda one: one[0] != match.track)
