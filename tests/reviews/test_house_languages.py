"""Pages of the house in each language that the site speaks."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from reviews.actions.housekeeping import delete_page, save_page
from reviews.models import HousePage
from tests import staff
from tests.api import Api
from tests.base import words_of
from tests.marked import speaking

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return staff.administrator()


SPOKEN = [("en-gb", "English"), ("de", "Deutsch")]


def test_a_page_has_words_in_each_language_of_the_site(boss):
    reader, to_german = Client(), {"Accept-Language": "de"}
    with speaking("en-gb", LANGUAGES=SPOKEN):
        privacy = save_page(editor=boss, kind="privacy", title="Privacy", body="*Little*.", published=True)
        german = save_page(editor=boss, original=privacy, language="de", title="Datenschutz", body="*Wenig*.")
        assert "Datenschutz" not in reader.get("/house/", headers=to_german).text, "only administrators see a draft"
        assert "<em>Little</em>" in reader.get("/house/privacy/", headers=to_german).text
        save_page(editor=boss, page=german, published=True)
        assert 'href="/house/privacy/">Datenschutz' in reader.get("/house/", headers=to_german).text
        assert 'href="/house/privacy/">Privacy' in reader.get("/house/").text
        page = reader.get("/house/privacy/", headers=to_german).text
        assert "<em>Wenig</em>" in page and "<title>Datenschutz" in page and "Little" not in page
        assert "<em>Little</em>" in reader.get("/house/privacy/").text
        assert reader.get("/house/datenschutz/")["Location"] == "/house/privacy/"
        told = Api(**to_german).get("house/pages/privacy/").json()
        assert (told["language"], told["title"], told["slug"], told["kind"]) == (
            "de", "Datenschutz", "privacy", "privacy",
        )  # fmt: skip
        assert Api().get("house/pages/privacy/").json()["language"] == "en-gb"
        assert [page["title"] for page in Api(**to_german).get("house/").json()["pages"]] == ["Datenschutz"]
        assert "/house/privacy/" in (listed := words_of(reader.get("/sitemaps/house-1.xml")))
        assert "datenschutz" not in listed
    assert "<em>Little</em>" in reader.get("/house/privacy/", headers=to_german).text
    delete_page(editor=boss, page=privacy)
    assert not HousePage.objects.exists()


def test_words_in_another_language_are_of_one_page_in_one_language(boss, settings):
    settings.LANGUAGES = SPOKEN
    about, more = (save_page(editor=boss, title=title, body="Hello.") for title in ("About", "More"))
    words = {"title": "Über uns", "body": "Guten Tag."}
    german = save_page(editor=boss, original=about, language="de", **words)
    for wrong, told in (
        ({"original": about, "language": "de"}, "That page has words in this language already."),
        ({"original": about, "language": "fr"}, "Choose a language that this site speaks besides its first."),
        ({"original": about, "language": "en-gb"}, "Choose a language that this site speaks besides its first."),
        ({"original": german, "language": "de"}, "Choose a page that is in no other’s place."),
        ({"original": about}, "Say of which page these are the words, and in which language."),
        ({"language": "de"}, "Say of which page these are the words, and in which language."),
    ):
        with pytest.raises(ValidationError, match=told):
            save_page(editor=boss, **words, **wrong)
    with pytest.raises(ValidationError, match="in no other’s place"):
        save_page(editor=boss, page=about, original=more, language="de")
    with pytest.raises(IntegrityError), transaction.atomic():
        HousePage.objects.filter(pk=more.pk).update(language="de")


def test_the_desk_writes_in_another_language_only_where_the_site_speaks_one(boss, settings):
    desk, address = staff.logged_in(boss), "/admin/reviews/housepage/add/"
    assert 'name="language"' not in desk.get(address).text
    settings.LANGUAGES = SPOKEN
    about = save_page(editor=boss, title="About", body="Hello.")
    page = desk.get(address).text
    assert "In another language" in page and '<option value="de">Deutsch</option>' in page
    said = {"kind": "about", "title": "Über uns", "body": "Guten Tag.", "place": 10, "seen": "", "language": "de"}
    wrong = desk.post(address, said)
    assert "Say of which page these are the words" in wrong.text and "Guten Tag." in wrong.text
    assert desk.post(address, said | {"original": about.pk}).status_code == 302
    german = HousePage.objects.get(language="de")
    assert (german.original, german.kind, german.slug) == (about, "other", "uber-uns")
    assert "Guten Tag." in desk.get(german.get_absolute_url()).text
