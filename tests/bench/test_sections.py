"""Each program of the bench writes its own sections and leaves those of others as they are."""

from bench.sections import put, replaced

WHOLE = "# Bench\n\nOld head.\n\n## One\n\n1\n\n### Part\n\n2\n\n## Two\n\n3\n"


def test_a_section_stands_where_the_one_of_its_title_stood():
    assert (
        replaced(WHOLE, "## One\n\nnew") == "# Bench\n\nOld head.\n\n## One\n\nnew\n\n## Two\n\n3\n"
    )


def test_a_new_section_comes_last():
    assert replaced(WHOLE, "## Three\n\n4\n") == WHOLE + "\n## Three\n\n4\n"


def test_a_head_replaces_the_head_and_nothing_else():
    new = replaced(WHOLE, "# Bench\n\nNew head.\n\n## Two\n\n5\n")
    assert new == WHOLE.replace("Old", "New").replace("3", "5")


def test_the_same_sections_twice_change_nothing(tmp_path, capsys):
    document = tmp_path / "RESULTS.md"
    put(WHOLE, document)
    put("## Two\n\n3", document)
    assert document.read_text(encoding="utf-8") == WHOLE
    assert "## Two" in capsys.readouterr().out
