"""Somebody who reads Spanish looks for a group in the evening, and is told in Spanish what to ask."""

import re

from playwright.sync_api import expect

from tests.journeys.looks import NARROW
from tests.journeys.steps import GAADS, Hand, card_of

MORE = re.compile(r"^Mostrar \d+ más$")


def test_a_spanish_speaker_finds_an_evening_program_and_what_to_ask(hand):
    page = hand.page
    page.goto("/")
    hand.follow("Español")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    sees_an_error(hand)
    finds_programs(hand)
    reads_a_program(hand)
    turns_to_english_and_back(hand)


def sees_an_error(hand):
    """A place that is none: what is wrong and what to do, and nothing is lost."""
    page = hand.page
    hand.write("Código postal (ZIP) o ciudad", "Passadena")
    hand.pick("Trabajo de 9 a 5")
    hand.pick("Alcohol o drogas")
    hand.pick("Medi-Cal")
    hand.press("Ver programas")
    main = page.get_by_role("main")
    expect(main).to_contain_text("No encontramos “Passadena”")
    expect(main).to_contain_text("¿Quiso decir uno de estos?")
    expect(main).to_contain_text("Escriba un código postal (ZIP) como 91101, o una ciudad.")


def finds_programs(hand):
    """What fits, and what to ask, in Spanish; the names stay."""
    page = hand.page
    hand.write("Código postal (ZIP) o ciudad", "91101")
    hand.press("Ver programas")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"^\d+ programas? van? bien con su semana$")
    )
    expect(page.get_by_role("heading", name="Pregúnteles", exact=True)).to_be_visible()
    for _ in range(8):
        if page.get_by_role("link", name=GAADS, exact=True).count():
            break
        hand.follow(MORE)
    expect(card_of(page, GAADS)).to_contain_text("No publican qué días se reúnen.")


def reads_a_program(hand):
    """Its hours as people write them here, its questions, its own words left in English."""
    page = hand.page
    hand.follow(GAADS)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(GAADS)
    expect(heading.locator("[lang=en]")).to_have_text(GAADS)
    main = page.get_by_role("main")
    expect(main).to_contain_text("3 noches a la semana, 6:30 a 9:30 p. m.")
    expect(main).to_contain_text("1 mañana a la semana, 9 a. m. a 12:15 p. m.")
    questions = page.get_by_role("table", name="Preguntas", exact=True)
    expect(questions).to_contain_text("¿Qué días se reúne el grupo?")
    expect(questions).to_contain_text("¿Están dentro de la red de Medi-Cal?")


def turns_to_english_and_back(hand):
    """The same program, for the same week."""
    page = hand.page
    hand.follow("English")
    expect(page.get_by_role("heading", level=1)).to_have_text(GAADS)
    expect(page.get_by_role("link", name="Back to your programs", exact=True)).to_be_visible()
    hand.follow("Español")
    expect(page.get_by_role("link", name="Volver a sus programas", exact=True)).to_be_visible()


def test_on_a_phone_no_spanish_word_is_cut(visit):
    """Longer words wrap or stack; nothing sticks out, nothing is hidden under something else."""
    page = visit(viewport=NARROW).page
    page.goto("/es/")
    hand = Hand(page)
    hand.write("Código postal (ZIP) o ciudad", "91101")
    hand.pick("Trabajo de 9 a 5")
    hand.press("Ver programas")
    cut = """() => [...document.querySelectorAll('main a, main p, main dd, main dt, main h2, main h3, label, .btn')]
        .filter(it => !it.closest('.vh'))
        .filter(it => it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).overflowX !== 'visible')
        .map(it => it.textContent.trim().slice(0, 40))"""
    assert page.evaluate(cut) == []
    width, shown = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert width <= shown
