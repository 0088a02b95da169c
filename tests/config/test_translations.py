"""Catalogues of translators: what Django reads of them, and what is left out."""

import gettext
import os
from dataclasses import replace
from pathlib import Path

import allauth
import django
import pytest

from config import languages, translations
from config.env import BadSetting
from config.translations.faults import faults
from config.translations.po import CannotBeRead, Catalogue
from tests.sentences import Sentence, of_code, of_template, sentences

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


def test_every_sentence_of_the_house_has_its_german():
    """Where this fails, `make translate TO=de` puts the sentences into the file, and somebody writes what they are."""
    german = translations.read(translations.HERE / "de" / "LC_MESSAGES" / "django.po")
    said = list(sentences())
    assert _untold(said, german) == []
    lost, guessed, *rest = german.messages
    assert {sentence.one for sentence in said} > {lost.asks, guessed.asks}
    worse = replace(german, messages=[replace(guessed, fuzzy=True), *rest])
    assert {told.partition(": ")[2] for told in _untold(said, worse)} == {f"“{lost.asks}”", f"“{guessed.asks}”"}


def _untold(said: list[Sentence], catalogue: Catalogue) -> list[str]:
    """Where each sentence stands for which the catalogue has no words, or none for several."""
    there = {(message.context, message.asks): message.asks_many for message in catalogue.messages if message.is_done}
    forms = [((sentence.context, sentence.one), sentence) for sentence in said]
    return [
        f"{sentence.where}: “{sentence.one}”"
        for key, sentence in forms
        if key not in there or sentence.many not in {None, there[key]}
    ]


def test_what_is_borrowed_is_still_said():
    """A package that puts one of these another way would say it in its own words again."""
    file = translations.HERE.parent / "translations" / "borrowed.py"
    words = [Path(package.__file__).parent for package in (django, allauth)]
    theirs = [
        *(words[0] / app / "locale" / "en" / "LC_MESSAGES" / "django.po" for app in ("conf", "contrib/admin")),
        words[1] / "locale" / "en" / "LC_MESSAGES" / "django.po",
    ]
    known = {message.asks for path in theirs for message in translations.read(path).messages}
    assert {sentence.one for sentence in of_code(file.read_text("utf-8"), file.name)} - known == set()


def test_sentences_are_found_in_code_and_templates_as_gettext_finds_them():
    code = """
from django.utils.translation import gettext as _, gettext_noop, ngettext_lazy, npgettext as counted
from django.utils.translation import pgettext_lazy

WORDS = gettext_noop("A constant")
said = [_(WORDS), _("Two "
    "lines"), ngettext_lazy("%d film", "%d films", "number"), pgettext_lazy("lights", "Up"), len("No sentence")]
more = counted("at night", "one", "many", 3), _(f"Glued {said}"), _("Glued " + WORDS), gettext("Imported by nobody")
"""
    found = {(sentence.one, sentence.many, sentence.context) for sentence in of_code(code, "code.py")}
    assert found == {
        ("A constant", None, None), ("Two lines", None, None), ("%d film", "%d films", None), ("Up", None, "lights"),
        ("one", "many", "at night"), ("f'Glued {said}'", None, None), ("'Glued ' + WORDS", None, None),
    }  # fmt: skip
    template = """{% load i18n %}<h1 title='{% translate "It’s “\'”" %}'>{% translate "Up" context "lights" %}</h1>
{# _("a note") #}{% include "x.html" with words=_("Given on") %}{{ name|default:_("Nobody") }}
{% blocktranslate count number=films|length trimmed %}
  100% of one {{ film }}
{% plural %}of {{ number }}{% endblocktranslate %}{% blocktranslate %}Whole{% endblocktranslate %}_("no tag")"""
    found = {(sentence.one, sentence.many, sentence.context) for sentence in of_template(template, "x.html")}
    assert found == {
        ("It’s “'”", None, None), ("Up", None, "lights"), ("Given on", None, None), ("Nobody", None, None),
        ("100%% of one %(film)s", "of %(number)s", None), ("Whole", None, None),
    }  # fmt: skip
