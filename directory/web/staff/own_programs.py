"""Program staff with accounts look after the listings of their organization, as others do by link."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from directory.web.staff import telling, telling_part, telling_view
from directory.web.staff.services import staff_services
from directory.web.staff.site import blueprint, desk_page, signed_in
from directory.web.staff.telling import At


def _at(program: str) -> At:
    return At(program, "editor", signed_in().member.number, "program", {"program": program})


@blueprint.get("/staff/programs")
def programs() -> Response:
    """The programs of one's organization, those that need a look first."""
    listed_as = signed_in().member.organization.listed_as
    with staff_services.book(write=False) as book:
        ids = book.people.programs_of(listed_as) if listed_as else ()
    records = staff_services.listings()
    found = [one for one in map(records.get, ids) if one is not None]
    return desk_page("staff/own_programs.html", programs=telling_view.own_programs(found))


@blueprint.get("/staff/programs/<program>")
def show_program(program: str) -> Response:
    """Today's facts, one button, a way to change each."""
    return telling.page(_at(program))


@blueprint.post("/staff/programs/<program>")
def confirm_program(program: str) -> AnyResponse:
    """All of it is still right."""
    return telling.confirm(_at(program))


@blueprint.get("/staff/programs/<program>/told")
def told_program(program: str) -> Response:
    """What is shown now, and what waits."""
    return telling.told(_at(program))


@blueprint.post("/staff/programs/<program>/take-back")
def take_back_program(program: str) -> AnyResponse:
    """Undo one thing that was told."""
    return telling.take_back(_at(program))


@blueprint.get("/staff/programs/<program>/change/<part>")
def part_program(program: str, part: str) -> Response:
    """The form of one fact."""
    return telling_part.show_part(_at(program), part)


@blueprint.post("/staff/programs/<program>/change/<part>")
def change_program(program: str, part: str) -> AnyResponse:
    """Change one fact."""
    return telling_part.change_part(_at(program), part)
