"""Open data: what is listed, as files for people and machines to take away."""

from flask import render_template

from directory.web.addresses import home_url
from directory.web.pages.site import blueprint
from directory.web.services import services
from directory.web.showing.open_data import data_markup, lead, told_of


@blueprint.get("/exports/")
def exports() -> str:
    """What each file holds, of which day, how to check it, and under which terms."""
    found = services.release()
    told = told_of(found) if found else None
    home = home_url()
    markup = data_markup(found, home) if found else None
    return render_template(
        "pages/exports.html", told=told, lead=lead(), base_url=home, markup=markup
    )
