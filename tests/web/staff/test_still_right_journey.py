"""A curator hands over a link, the program mends its listing, and the public page shows it at once."""

from tests.web.staff.providing import Providing


def test_what_a_program_tells_is_on_its_public_page_with_its_source(curating):
    providing = Providing(curating, published=True)
    link, program = providing.link(), providing.program()
    slug = providing.listing().slug
    visitor = curating.visitor()
    assert "The program itself" not in visitor.get(f"/programs/{slug}").text
    pasted = {"phrase": "Tue and Thu 5:30-8:30 pm, Sat 9 am-12 pm", "which": "0"}
    thanks = providing.change(program, link, "program.tracks", **pasted, step="keep")
    assert "Shown now" in thanks.text
    page = visitor.get(f"/programs/{slug}")
    assert "The program itself, Nov 24, 2026" in page.text
    assert "Saturday" in page.html
    providing.confirm(program, link)
    providing.change(program, link, "site.phone", **{"site.phone": "626-555-0177"})
    assert "626-555-0177" not in visitor.get(f"/programs/{slug}").text
    curator = curating.curator()
    assert "626-555-0177" in curator.get("/staff/curating/wishes").text
