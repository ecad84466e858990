"""Addresses people can read and that stay."""

from directory.curation.slugs import Slugs


def test_a_slug_reads_like_the_names() -> None:
    assert Slugs(()).new("Clínica Niños", "Evening IOP", "x") == "clinica-ninos-evening-iop"


def test_the_organization_is_not_said_twice() -> None:
    assert Slugs(()).new("Acme", "Acme Evening IOP", "x") == "acme-evening-iop"


def test_a_taken_slug_gets_a_number() -> None:
    slugs = Slugs({"a-b"})
    assert [slugs.new("A", "B", "x"), slugs.new("A", "B", "y")] == ["a-b-2", "a-b-3"]


def test_a_name_without_latin_letters_falls_back_to_the_id() -> None:
    assert Slugs(()).new("診療所", "夜間", "clinic-7") == "clinic-7"
