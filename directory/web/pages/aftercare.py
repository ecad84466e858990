"""After the program: small steps down, warning signs, and a plan that is printed and never sent."""

from flask import render_template

from directory.web.i18n import gettext
from directory.web.pages.site import blueprint
from directory.web.showing.guide_cards import sourced


@blueprint.get("/aftercare")
def aftercare() -> str:
    """What to plan, and a sheet to fill in and print."""
    return render_template("pages/aftercare.html", cards=sourced("aftercare"), signs=signs())


def signs() -> tuple[str, ...]:
    """Warning signs that many people know."""
    return (
        gettext("I sleep badly, or all day."),
        gettext("I skip a group or do not pick up the phone."),
        gettext("I tell people I am fine when I am not."),
        gettext("I go past the old places."),
        gettext("I think that one time will not hurt."),
        gettext("I am angry at small things."),
        gettext("I stop my medicine."),
        gettext("I feel that nothing matters."),
    )
