"""Knowing before deciding: what an IOP is week by week, how to pay, how family and friends help."""

from flask import render_template

from directory.web.pages.site import blueprint
from directory.web.showing.guide_cards import sourced


@blueprint.get("/guide")
def guide() -> str:
    """What an IOP is and what happens, week by week."""
    return render_template("pages/guide.html", cards=sourced("guide"))


@blueprint.get("/paying")
def paying() -> str:
    """Ways to pay, and what to ask."""
    return render_template("pages/paying.html", cards=sourced("paying"))


@blueprint.get("/family")
def family() -> str:
    """For those who stand beside somebody."""
    return render_template("pages/family.html", cards=sourced("family"))
