"""Catalogues of translators: what Django reads of them, and what is left out."""

import gettext
import os

import pytest

from config import languages, translations
from config.env import BadSetting
from config.translations.faults import faults
from config.translations.po import CannotBeRead

HEADER = r"""
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"Content-Type: text/plain; charset=UTF-8\n"

"""
GOOD = """\
#: templates/reviews/film.html
msgid "Film"
msgstr "Der "
"Film"

msgctxt "house lights"
msgid "Up"
msgstr "An"

msgid "%(number)s film"
msgid_plural "%(number)s films"
msgstr[0] "Ein Film"
msgstr[1] "%(number)s Filme"

msgid "“%(said)s” is 100 %% sure"
msgstr "„%(said)s“ ist zu 100 %% sicher"
"""
BAD = """\
#, fuzzy
msgid "Fuzzy"
msgstr "Geraten"

msgid "Hello %(name)s"
msgstr "Hallo %(nmae)s"

msgid "Half of %(name)s"
msgstr "50 % von %(name)s"

msgid "Nothing of %(name)s"
msgstr "Nichts"

msgid "<b>Bold</b>"
msgstr "<b onclick='x'>Fett</b>"

msgid "one"
msgid_plural "many"
msgstr[0] "alle"

msgid "Untold"
msgstr ""

#~ msgid "Gone"
#~ msgstr "Weg"
"""


@pytest.fixture
def german(tmp_path):
    path = tmp_path / "locale" / "de" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + GOOD + "\n" + BAD)
    return path


def test_django_gets_what_is_whole_and_right_and_the_rest_stays_english(german, tmp_path):
    made = translations.make_ready(tmp_path / "made", german.parents[2])
    with open(made / "de" / "LC_MESSAGES" / "django.mo", "rb") as file:
        said = gettext.GNUTranslations(file)
    assert said.gettext("Film") == "Der Film"
    assert (said.gettext("Up"), said.pgettext("house lights", "Up")) == ("Up", "An")
    assert [said.ngettext("%(number)s film", "%(number)s films", n) for n in (1, 2)] == ["Ein Film", "%(number)s Filme"]
    assert said.gettext("“%(said)s” is 100 %% sure") == "„%(said)s“ ist zu 100 %% sicher"
    left = (
        "Fuzzy",
        "Hello %(name)s",
        "Half of %(name)s",
        "Nothing of %(name)s",
        "<b>Bold</b>",
        "one",
        "Untold",
        "Gone",
    )
    assert [said.gettext(sentence) for sentence in left] == list(left)
    told = " ".join(faults(translations.read(german)))
    for fault in (
        "names %(nmae)s",
        "names %,",
        "leaves out %(name)s",
        "tags",
        "1 plural forms where the language has 2",
    ):
        assert fault in told, fault


def test_a_catalogue_that_changed_is_made_anew_and_another_is_not(german, tmp_path):
    made = translations.make_ready(tmp_path / "made", german.parents[2]) / "de" / "LC_MESSAGES" / "django.mo"
    first = made.stat().st_ino
    translations.make_ready(tmp_path / "made", german.parents[2])
    assert made.stat().st_ino == first
    german.write_text(german.read_text().replace("Der ", "Ein "))
    os.utime(german, (1, 1))  # put back from elsewhere, with an older date
    translations.make_ready(tmp_path / "made", german.parents[2])
    assert b"Ein Film" in made.read_bytes()
    assert [path.name for path in made.parent.iterdir()] == ["django.mo"]
    german.unlink()
    translations.make_ready(tmp_path / "made", german.parents[2])
    assert not made.exists()


def test_two_sentences_need_no_empty_line_between_them(german):
    german.write_text(
        HEADER + 'msgid "One"\nmsgstr "Eins"\n#, fuzzy\nmsgid "Two"\nmsgstr "Zwei"\nmsgid "Three"\nmsgstr "Drei"\n'
    )
    found = [
        (message.asks, message.says, message.fuzzy, message.line) for message in translations.read(german).messages
    ]
    assert [asks for asks, *_ in found] == ["One", "Two", "Three"]
    assert [(says, fuzzy) for _, says, fuzzy, _ in found] == [
        ({0: "Eins"}, False),
        ({0: "Zwei"}, True),
        ({0: "Drei"}, False),
    ]
    assert [line for *_, line in found] == [7, 10, 12]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no catalogue", "line 1"),
        ('msgid "Film"\nmsgstr "Film"\n', "does not begin with a header"),
        ('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=EXPRESSION;\\n"\n', "Plural-Forms"),
    ],
)
def test_what_is_no_catalogue_is_named(german, text, says):
    german.write_text(text)
    with pytest.raises(CannotBeRead, match=f"{german.name}.*{says}"):
        translations.read(german)


def test_the_first_language_is_the_site_s_own_and_english_alone_looks_nothing_up(monkeypatch, tmp_path):
    monkeypatch.delenv("LANGUAGES", raising=False)
    assert languages.spoken() == [("en-gb", "British English")]
    assert not languages.are_looked_up(languages.spoken()) and languages.catalogues(languages.spoken(), tmp_path) == []
    monkeypatch.setenv("LANGUAGES", "de, en-gb")
    assert languages.spoken() == [("de", "Deutsch"), ("en-gb", "British English")]
    monkeypatch.setenv("LANGUAGES", "de")
    assert languages.are_looked_up(languages.spoken())
    assert languages.catalogues(languages.spoken(), tmp_path) == [tmp_path / "locale"]
    monkeypatch.setenv("LANGUAGES", "deutsch")
    with pytest.raises(BadSetting, match="'deutsch': write codes"):
        languages.spoken()


def test_every_catalogue_of_the_house_is_without_fault():
    found = sorted(translations.HERE.glob("*/LC_MESSAGES/django.po"))
    assert {f"{path.parts[-3]}: {fault}" for path in found for fault in faults(translations.read(path))} == set()
