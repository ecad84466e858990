"""Texts are taken apart into concepts and words; nothing a visitor types is a query language."""

import csv

import pytest

from directory.search.danger import any_of
from directory.search.document import document
from directory.search.plain_words import SPANISH, catalog_words
from directory.search.speller import Speller, word_counts
from directory.search.tokens import tokens
from tests.support.builders import (
    DATA,
    VOCABULARIES,
    WORDS,
    a_listing,
    a_track,
    published,
    sessions,
)

TRANSLATIONS = DATA.parent / "translations"
PLAIN = WORDS.concepts.plain
LISTS = sorted((DATA / "words").glob("*.csv"))


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


SYNONYMS = [(row["from"], row["to"]) for row in rows_of(DATA / "words/synonyms.csv")]
NOT_WANTED = [typed for typed, meant in SYNONYMS if meant == "not"]
SYNONYMS = [(typed, meant) for typed, meant in SYNONYMS if meant != "not"]
SEVERAL_WORDS = [(typed, meant) for typed, meant in SYNONYMS if " " in typed]


def concepts(text):
    return [concept for phrase in WORDS.read(text).phrases for concept in phrase.concepts]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("family counseling", ("services", "family_therapy")),
        ("terapia familiar", ("services", "family_therapy")),
        ("DBT", ("services", "dbt")),
        ("suboxone", ("services", "buprenorphine")),
        ("drinking", ("conditions", "alcohol_use")),
        ("medi cal", ("payers", "medi-cal")),
        ("Medi-Cal", ("payers", "medi-cal")),
        ("in Spanish", ("languages", "es")),
        ("dual diagnosis", ("focus", "co_occurring")),
        ("new mom", ("populations", "pregnant_postpartum")),
        ("childcare", ("services", "child_care")),
        ("child-care", ("services", "child_care")),
        ("medical", ("payers", "medi-cal")),
        ("medi–cal", ("payers", "medi-cal")),
        ("cooccurring disorder", ("focus", "co_occurring")),
        ("group therapies", ("services", "group_therapy")),
        ("gamblers", ("conditions", "gambling")),
        ("L.A. Care", ("payers", "la-care")),
        ("cuidado de los niños", ("services", "child_care")),
        ("ED program", ("conditions", "eating_disorders")),
        ("women’s", ("populations", "women")),
    ],
)
def test_peoples_words_name_concepts(text, concept):
    assert concept in concepts(text), concepts(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [*SEVERAL_WORDS, ("en línea", "video"), ("EN LINEA", "video"), ("Fin de Semana", "weekend")],
)
def test_a_synonym_of_several_words_is_one_phrase(typed, meant):
    assert len(WORDS.read(typed).phrases) == 1
    assert WORDS.read(typed).phrases == WORDS.read(meant).phrases
    among_others = WORDS.read(f"terapia familiar {typed} medi-cal").phrases
    assert [one.words for one in among_others] == ["terapia familiar", meant, "medi-cal"]


@pytest.mark.parametrize(("typed", "meant"), SYNONYMS)
def test_every_synonym_is_searched_for_as_its_row_says(typed, meant):
    assert [one.words for one in WORDS.read(typed).phrases] == [meant]


def test_rehab_is_treatment_and_not_only_where_people_stay_overnight(tmp_path):
    index = published(tmp_path, [a_listing(organization="Casa Treatment")]).current()
    assert index.words("rehab").scores.all()
    assert index.words("live in rehab").understood.out_of_scope == "residential"


def test_words_of_a_synonym_that_stand_apart_are_not_that_synonym():
    assert ("fin de semana", "weekend") in SEVERAL_WORDS
    assert "weekend" not in [one.words for one in WORDS.read("semana de fin").phrases]


def test_a_spanish_phrase_finds_the_programs_that_meet_then_and_so(tmp_path):
    weekday = a_track(sessions=sessions("mon", "18:00", "21:00"))
    weekend = a_track(sessions=sessions("sat", "18:00", "21:00"))
    listings = [
        a_listing(weekday, id="weekday"),
        a_listing(weekend, id="weekend"),
        a_listing(a_track(mode="virtual"), id="video"),
    ]
    index = published(tmp_path, listings).current()
    for typed, meant in SEVERAL_WORDS:
        if meant in {"weekday", "weekend", "video"}:
            scores = index.words(typed).scores
            names = ("weekday", "weekend", "video")
            assert [name for name in names if scores[index.row_of(name)]] == [meant]


@pytest.mark.parametrize("file", LISTS, ids=[file.name for file in LISTS])
def test_every_row_of_peoples_words_says_why_it_is_there(file):
    rows = rows_of(file)
    assert rows
    assert [row for row in rows if None in (*row, *row.values())] == [], "too many or few columns"
    assert [row for row in rows if not row["reason"].strip()] == []


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "me quiero morir",
        "took too many pills",
        "took all of her mother's pills",
        "SUICIDAL",
        "suicide prevention group",
        "I don’t want to live",
        "he is beating me",
        "my son wants to kill himself",
        "self-harming",
        "mi hijo se quiere matar",
        "I’ll kill myself",
        "sucidal",
        "cutting",
        "crisis team",
    ],
)
def test_words_of_danger_put_help_first(text):
    assert WORDS.read(text).help_first


@pytest.mark.parametrize(
    "text",
    [
        "evening cbt for depression",
        "overdose prevention class",
        "my job is killing me",
        "naloxone",
        "grief group",
        "can't go on mondays",
        "no puedo más tarde de las 6",
        "cut down on drinking",
        "took anxiety pills for years",
    ],
)
def test_ordinary_words_do_not(text):
    assert not WORDS.read(text).help_first


def test_calm_wording_does_not_hide_the_danger_beside_it():
    assert WORDS.read("can't go on mondays because I cut myself").help_first


def test_danger_and_care_we_do_not_list_are_read_to_the_end_of_a_long_text():
    long = "I work two jobs and nobody at home knows how bad it is " * 4
    assert WORDS.read(f"{long} and I want to die").help_first
    assert WORDS.read(f"{long} so I need detox").out_of_scope == "detox"


def test_no_ordinary_word_alone_is_taken_for_a_misspelling_of_danger():
    words = {*PLAIN.english, *PLAIN.names, *PLAIN.surnames, *WORDS.concepts.words()}
    meant = ("suicid", "overdos", "convuls", "homicid", "collaps", "gurgl", "razor", "seizure")
    shown = {one for one in words if WORDS.danger.is_in([one]) and not one.startswith(meant)}
    assert shown == {
        "autolesion", "cortarse", "cutting", "gasping", "gasps", "kidnapped", "lastimarse",
        "overdoes", "poisoned", "sobredosis", "trafficked", "unconscious", "unresponsive", "unsafe",
    }  # fmt: skip


def test_bracketed_wording_is_one_of_these_or_perhaps_one_of_these():
    wording = any_of(["(cut|hurt) [all of] (myself|my self)", "took ... pills", "suicid*"])
    found = [
        text
        for text in ("cut myself", "hurt all of my self", "cut", "took them pills", "suicidal")
        if wording.search(f" {text} ")
    ]
    assert found == ["cut myself", "hurt all of my self", "took them pills", "suicidal"]


def test_words_that_say_little_rule_nothing_out():
    phrases = WORDS.read("gambling problem meeting").phrases
    assert [(phrase.words, phrase.optional) for phrase in phrases] == [
        ("gambling", False),
        ("problem", True),
        ("meeting", True),
    ]


def test_la_is_a_city_only_perhaps():
    assert [(p.words, p.optional) for p in WORDS.read("detox la").phrases][-1] == (
        "los angeles",
        True,
    )


def test_a_plan_leads_to_its_class_and_a_group_of_people_to_no_wider_one():
    assert WORDS.read("cigna").phrases[0].wider == (("payers", "private-insurance"),)
    assert WORDS.read("pregnant").phrases[0].wider == ()


def test_little_words_are_not_searched_for():
    assert WORDS.read("I need the").phrases == ()


def test_a_word_of_many_hyphens_is_cut_like_a_text_of_many_words():
    assert WORDS.read("cbt " + "a-" * 5_000 + "a").phrases == WORDS.read("cbt").phrases


def test_wildcards_and_field_names_are_words_like_others():
    assert tokens("name:casa* OR [a TO z] ~2 -evening") == [
        "name",
        "casa",
        "or",
        "a",
        "to",
        "z",
        "2",
        "evening",
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("treatmant", "treatment"),
        ("pasadina", "pasadena"),
        ("kasa", "casa"),
        ("casa", "casa"),
        ("xqzw", "xqzw"),
        ("cbd", "cbd"),
        ("wash", "wash"),
        ("torrance", "torrance"),
        ("uribe", "uribe"),
        ("burbank's", "burbank's"),
    ],
)
def test_spelling_is_put_right_only_where_a_word_is_unknown(typed, meant):
    documents = [document(a_listing(organization="Casa Treatment"), VOCABULARIES)]
    assert Speller(word_counts(documents), WORDS.concepts).spelled(typed) == meant


@pytest.mark.parametrize(
    ("typed", "concept"),
    [
        ("cognative behavioral therapy", ("services", "cbt")),
        ("motivational interveiwing", ("services", "motivational_interviewing")),
        ("terapia familair", ("services", "family_therapy")),
    ],
)
def test_one_slip_inside_a_phrase_still_names_the_concept(typed, concept):
    phrases, spelling = Speller({}, WORDS.concepts).put_right(WORDS.read(typed))
    assert [concept in phrase.concepts for phrase in phrases] == [True]
    assert len(spelling) == 1


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("grupos por la mañana para anciedad", ["grupos", "los angeles", "morning", "ansiedad"]),
        ("terapia familair en la tarde", ["terapia familiar", "los angeles", "afternoon"]),
    ],
)
def test_a_word_put_right_changes_no_other_word(typed, phrases):
    found, spelling = Speller({}, WORDS.concepts).put_right(WORDS.read(typed))
    assert [one.words for one in found] == phrases
    assert [one.optional for one in found if one.words == "los angeles"] == [True]
    assert len(spelling) == 1


def test_no_word_of_danger_in_spanish_is_put_right(a_speller):
    said = ["me estoy cortando", "no lo soporto más", "quisiera morirme", "desea suicidarse"]
    assert changed(a_speller, said) == {}


def test_no_word_of_our_spanish_pages_is_put_right(a_speller):
    words = {*catalog_words(TRANSLATIONS / SPANISH), *PLAIN.spanish}
    assert len(words) > 1_500
    assert changed(a_speller, words) == {}


def test_no_label_or_alias_of_a_vocabulary_is_put_right(a_speller):
    called = [
        text for vocabulary in VOCABULARIES.values() for term in vocabulary for text in term.called
    ]
    assert changed(a_speller, {*called, *(word for text in called for word in tokens(text))}) == {}


@pytest.mark.parametrize(
    "word",
    "hijab champus buspar premera lexapro quiere tiene nombre gracias segura hermana parejas".split(),
)
def test_names_of_drugs_and_plans_and_words_of_another_language_are_right(a_speller, word):
    assert changed(a_speller, [word]) == {}


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("necesito ayuda con anciedad", "ansiedad"),
        ("necesito suboxne para mi hijo", "suboxone"),
        ("ansieda", "ansiedad"),
        ("depresión y alcoolismo", "alcoholismo"),
    ],
)
def test_spanish_words_are_put_right_in_spanish(a_speller, typed, used):
    assert list(changed(a_speller, [typed]).values()) == [used]


def changed(speller, texts):
    """What is put right in these texts: typed word -> used word."""
    return {t: u for text in texts for t, u in speller.put_right(WORDS.read(text))[1]}


@pytest.fixture(scope="module")
def a_speller():
    """A speller that knows a listing, and people's words."""
    documents = [document(a_listing(organization="Casa Treatment"), VOCABULARIES)]
    return Speller(word_counts(documents), WORDS.concepts)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("in person only", []),
        ("no suboxone", []),
        ("not in spanish", []),
        ("sin metadona", []),
        ("no suboxone or methadone", []),
        ("without groups, cbt please", ["cbt"]),
        ("i don't want family therapy", []),
        ("doesn't take medi-cal", []),
        ("not only women", ["women"]),
        ("no insurance", ["self-pay"]),
        ("no tengo seguro", ["self-pay"]),
        ("sin costo", ["no-charge"]),
        ("no place to live", ["unhoused"]),
        ("depression not anxiety", ["depression"]),
    ],
)
def test_what_is_not_wanted_is_not_asked_for(text, named):
    phrases = WORDS.read(text).phrases
    assert [code for one in phrases for _, code in one.concepts] == named
    assert [one.words for one in phrases if one.hinted] == []


@pytest.mark.parametrize(
    "word", ["only", "no", "not", "without", "out", "after", "sin", "has", "para"]
)
def test_words_that_say_little_hint_at_nothing(word):
    assert WORDS.concepts.phrase(word).hinted == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("outpatient detox", None),
        ("home detox", None),
        ("sober living with iop", None),
        ("iop after inpatient", None),
        ("step down from residential", None),
        ("aftercare after residential", None),
        ("i do not need detox", None),
        ("sin desintoxicación", None),
        ("detox", "detox"),
        ("medical detox", "detox"),
        ("inpatient rehab", "inpatient"),
        ("sober living", "residential"),
        ("residential for my son", "residential"),
    ],
)
def test_care_we_do_not_list_is_said_only_where_it_is_what_is_asked(text, kind):
    assert WORDS.read(text).out_of_scope == kind


@pytest.mark.parametrize("text", ["my son is 35 fentanyl", "mi hija de 40 años con depresión"])
def test_a_son_or_daughter_is_no_teenager(text):
    assert ("populations", "adolescents") not in concepts(text)
    narrow = [one.words for one in WORDS.read(text).phrases if not one.optional]
    assert not {"son", "hija"} & set(narrow)


@pytest.mark.parametrize(
    "text", ["my mom has medi-cal", "help for my child", "programa para mi mamá", "a doctor"]
)
def test_who_it_is_for_is_no_group_of_people(text):
    assert [code for kind, code in concepts(text) if kind == "populations"] == []


@pytest.mark.parametrize("text", ["in person only", "no suboxone", "hermana", "my son is 35"])
def test_a_text_that_asks_for_nothing_rules_nothing_out(tmp_path, text):
    hits = published(tmp_path, [a_listing()]).current().words(text)
    assert not hits.searched


@pytest.mark.parametrize("text", ["overdse", "hurtng myself", "autolezion"])
def test_danger_is_found_once_a_word_is_put_right(tmp_path, text):
    index = published(tmp_path, [a_listing()]).current()
    assert not WORDS.read(text).help_first
    assert index.words(text).understood.help_first


def test_what_one_cannot_stop_is_asked_for():
    assert concepts("can't stop drinking") == [("conditions", "alcohol_use")]


def test_words_that_name_something_are_not_spelled():
    assert Speller({}, WORDS.concepts).put_right(WORDS.read("gamblers"))[1] == ()


@pytest.mark.parametrize(
    ("typed", "meant"), [("insite", "insight"), ("lamplite", "lamplight"), ("juel", "jewel")]
)
def test_names_are_found_by_how_they_sound(typed, meant):
    assert Speller({meant: 1}, {}).spelled(typed) == meant


def test_two_slips_are_put_right_in_peoples_words_and_not_in_names():
    speller = Speller({"ridgeland": 3, "vineland": 2}, WORDS.concepts)
    assert [speller.spelled(word) for word in ("ridgeline", "vreeland", "counssleling")] == [
        "ridgeline",
        "vreeland",
        "counseling",
    ]


def test_a_spanish_ending_is_no_slip():
    assert Speller({"juniper": 9}, {}).spelled("junipero") == "junipero"


def test_a_document_says_when_and_how_a_program_meets():
    track = a_track(sessions=sessions("sat", "18:00", "21:00"), mode="virtual", label="Night owls")
    offers = document(a_listing(track), VOCABULARIES)["offers"]
    assert all(word in offers for word in ("evening", "weekend", "video", "Night owls"))


def test_who_is_excluded_is_not_found_by_that_word(tmp_path):
    index = published(tmp_path, [a_listing(populations={"women": "excludes"})]).current()
    assert index.words("women").scores.max() == 0


def test_names_outrank_descriptions(tmp_path):
    named = a_listing(id="named", organization="Lighthouse Center")
    told = a_listing(id="told", description="We stand near the lighthouse.")
    index = published(tmp_path, [told, named]).current()
    scores = index.words("lighthouse").scores
    assert scores[index.row_of("named")] > scores[index.row_of("told")] > 0


def test_a_program_is_found_if_all_words_are_and_by_any_if_none_has_all(tmp_path):
    both = a_listing(id="both", services=("family_therapy",), languages={"es": "group"})
    one = a_listing(id="one", services=("family_therapy",))
    index = published(tmp_path, [both, one]).current()
    all_found = index.words("family therapy spanish").scores
    assert (all_found[index.row_of("both")] > 0, all_found[index.row_of("one")] > 0) == (
        True,
        False,
    )
    any_found = index.words("family therapy armenian").scores
    assert (any_found > 0).all()
