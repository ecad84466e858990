"""No string is left behind; the check notices when one is."""

import ast
import shutil

import pytest

from scripts import check_translations
from tests.house.files import PACKAGE, ROOT, modules, short, tree

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
WHOLE = 'msgid "Find a program"\nmsgstr "Busque un programa"\n\nmsgid "%(num)d day"\nmsgid_plural "%(num)d days"\nmsgstr[0] "%(num)d día"\nmsgstr[1] "%(num)d días"\n'
OLD = '\nmsgid "Search here"\nmsgstr "Busque aquí"\n'
OBSOLETE = '\n#~ msgid "Gone"\n#~ msgstr "Ya no"\n'


@pytest.fixture
def project(tmp_path):
    """A project with one template, one module, and Spanish."""
    (tmp_path / "babel.cfg").write_text(
        "[python: code/**.py]\n[jinja2: templates/**.html]\nencoding = utf-8\n"
    )
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "home.html").write_text('<h1>{{ _("Find a program") }}</h1>')
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "words.py").write_text('ngettext("%(num)d day", "%(num)d days", 2)\n')
    spanish = tmp_path / "translations" / "es" / "LC_MESSAGES"
    spanish.mkdir(parents=True)
    (tmp_path / "translations" / "messages.pot").write_text(HEAD + WHOLE)
    (spanish / "messages.po").write_text(HEAD + WHOLE)
    return tmp_path


def test_our_translations_are_whole():
    assert check_translations.problems(ROOT) == []


def test_a_whole_project_is_taken(project, capsys):
    assert check_translations.problems(project) == []
    assert check_translations.main(project) == 0
    assert capsys.readouterr().out == "Translations: whole.\n"


@pytest.mark.parametrize(("file", "was", "now", "said"), [
    ("templates/home.html", "Find a program", "Find help", "1 strings are not in messages.pot (“Find help”)"),
    ("templates/home.html", '{{ _("Find a program") }}', "{% trans %}Words{% endtrans %}", "not in messages.pot (“Words”)"),
    ("code/words.py", "ngettext", "lazy_gettext", "not in messages.pot"),
    ("templates/home.html", "Find a program", "", "used no more (“Find a program”)"),
    ("translations/es/LC_MESSAGES/messages.po", '"Busque un programa"', '""', "es: 1 strings have no translation"),
    ("translations/es/LC_MESSAGES/messages.po", '"%(num)d días"', '""', "es: 1 strings have no translation"),
    ("translations/es/LC_MESSAGES/messages.po", 'msgid "Find', '#, fuzzy\nmsgid "Find', "es: 1 strings are fuzzy"),
    ("translations/es/LC_MESSAGES/messages.po", WHOLE, "", "es: 2 strings have no translation"),
    ("translations/es/LC_MESSAGES/messages.po", '"%(num)d días"', '"los días"', "es: 1 strings lose or add a placeholder"),
    ("translations/es/LC_MESSAGES/messages.po", '"%(num)d día"', '"%(n)d día"', "es: 1 strings lose or add a placeholder"),
    ("translations/es/LC_MESSAGES/messages.po", '"Busque un', '"Busque <b>un', "es: 1 strings lose or add a placeholder or tag"),
    ("translations/es/LC_MESSAGES/messages.po", WHOLE, WHOLE + OLD, "es: 1 strings are used no more (“Search here”)"),
    ("translations/es/LC_MESSAGES/messages.po", WHOLE, WHOLE + OBSOLETE, "es: 1 strings are used no more (“Gone”)"),
])  # fmt: skip
def test_what_is_left_behind_is_said(project, capsys, file, was, now, said):
    path = project / file
    text = path.read_text()
    assert was in text
    path.write_text(text.replace(was, now))
    assert said in "\n".join(check_translations.problems(project))
    assert check_translations.main(project) == 1
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_missing_template_is_said(project):
    (project / "translations" / "messages.pot").unlink()
    assert check_translations.problems(project) == [
        "translations/messages.pot is missing; run make translations"
    ]


def test_a_copy_of_our_spanish_without_one_string_fails(tmp_path):
    """Our own catalog, one translation emptied; everything else is as it is."""
    shutil.copy(ROOT / "babel.cfg", tmp_path)
    for name in ("templates", "translations", "directory/web"):
        shutil.copytree(ROOT / name, tmp_path / name)
    assert check_translations.problems(tmp_path) == []
    catalog = tmp_path / "translations" / "es" / "LC_MESSAGES" / "messages.po"
    whole = catalog.read_text(encoding="utf-8")
    assert 'msgstr "Primer grupo"' in whole
    catalog.write_text(whole.replace('msgstr "Primer grupo"', 'msgstr ""'), encoding="utf-8")
    assert check_translations.problems(tmp_path) == [
        "es: 1 strings have no translation (“First group”)"
    ]


def test_no_message_hides_in_a_formatted_string():
    """Where extraction cannot see it, nobody would translate it."""
    hidden = []
    for path in modules(PACKAGE / "web"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.JoinedStr):
                calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
                named = {getattr(one.func, "id", "") for one in calls}
                if named & {"_", "gettext", "ngettext", "lazy_gettext"}:
                    hidden.append(f"{short(path)}:{node.lineno}")
    assert hidden == []
