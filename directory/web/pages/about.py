"""What we are: how we rank, where our facts come from."""

from flask import Response, render_template

from directory.exchange.template import TEMPLATES
from directory.places import travel
from directory.web.pages.site import blueprint
from directory.web.services import services
from directory.web.showing.cards import part_names
from directory.web.showing.fact_names import fact_names
from directory.web.showing.figures import audit_of, lists_of, totals
from directory.web.showing.guide_cards import cards_by_state
from directory.web.showing.meetings_view import meetings_by_state


@blueprint.get("/about/ranking")
def ranking() -> str:
    """The formula with its weights, and how the way there is estimated."""
    return render_template(
        "pages/ranking.html",
        formula=services.finder.formula,
        names=part_names(),
        travel=travel,
    )


@blueprint.get("/about/data")
def data() -> str:
    """Sources, their terms, and how many facts are how fresh."""
    freshness, counts = services.freshness, services.finder.statistics()
    return render_template(
        "pages/data.html",
        counts=counts,
        lists=lists_of(counts),
        totals=totals(counts),
        audit=audit_of(counts.audit),
        facts={**counts.facts, "guide": cards_by_state(), "meetings": meetings_by_state()},
        limits={fact: freshness.limit(fact) for fact in freshness.facts()},
        names=fact_names(),
    )


_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/listing-template.<any(csv, xlsx):sheet>")
def listing_template(sheet: str) -> Response:
    """The sheet a program fills in to be listed, with two example rows."""
    response = Response(TEMPLATES[sheet](), content_type=_KINDS[sheet])
    response.headers["Content-Disposition"] = f'attachment; filename="listing-template.{sheet}"'
    return response
