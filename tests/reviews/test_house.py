"""The house's own words and pages: who writes them, who reads them, and what they begin with."""

import re
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from config import translations
from reviews import house_texts
from reviews.actions.housekeeping import (
    MOST_PAGES,
    begin_page,
    delete_page,
    publish_page,
    restore_page,
    save_page,
    say_words,
    withdraw_page,
)
from reviews.models import HousePage, HouseWords
from tests import make, staff
from tests.api import Api, assert_golden
from tests.marked import speaking
from tests.staff import act, form_of, page_of

pytestmark = pytest.mark.django_db
PAGES = "/admin/reviews/housepage/"


@pytest.fixture
def boss():
    return staff.administrator(username="boss")


def said(address: str, client: Client | None = None) -> str:
    return (client or Client()).get(address).text


def sitemap() -> str:
    return b"".join(Client().get("/sitemaps/house-1.xml").streaming_content).decode()


def foot_of(page: str) -> str:
    return page[page.index('<footer class="site-foot"') :]


def test_the_house_says_in_its_own_words_what_it_is(boss):
    film = make.film(title="Heat", year=1995).get_absolute_url()
    for address in ("/", film, "/house/"):
        assert "The film club of the Ritz." not in said(address)
    say_words(
        editor=boss, line=" The film club of\nthe Ritz. ", welcome="We go on <talking>.", contact="us@example.org"
    )
    assert "looked after by its members" not in said("/") + said(film)
    for address in ("/", film, "/house/"):
        assert "The film club of the Ritz." in said(address)
        assert 'href="mailto:us@example.org"' in foot_of(said(address))
    assert "We go on &lt;talking&gt;." in said("/") and "hear from whoever" not in said("/")
    say_words(editor=boss, line="", welcome="", contact="https://ritz.example.org/write")
    assert "looked after by its members" in said("/") and "hear from whoever" in said("/")
    assert 'href="https://ritz.example.org/write"' in foot_of(said("/"))
    assert HouseWords.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_it_says_shows_on_the_very_next_request_of_anybody(boss):
    places = ["/", "/films/", make.film(title="Heat", year=1995).get_absolute_url()]
    readers = [Client(), staff.logged_in(make.member())]

    def everywhere(words: str) -> set[bool]:
        return {words in said(place, reader) for place in places for reader in readers for _twice in range(2)}

    assert everywhere("The film club of the Ritz.") == {False}
    say_words(editor=boss, line="The film club of the Ritz.", welcome="", contact="")
    assert everywhere("The film club of the Ritz.") == {True} and everywhere("/house/getting-here/") == {False}
    page = save_page(editor=boss, title="Getting here", body="By tram.", published=True)
    assert everywhere("/house/getting-here/") == {True}
    withdraw_page(editor=boss, page=page)
    assert everywhere("/house/getting-here/") == {False}


@pytest.mark.parametrize("contact", ["me", "javascript:alert(1)", "ftp://example.org", "a@b", "https://", "x://y.org"])
def test_a_contact_that_leads_nowhere_is_refused(boss, contact):
    with pytest.raises(ValidationError, match="Write an email address"):
        say_words(editor=boss, line="", welcome="", contact=contact)
    assert not HouseWords.objects.exists()


def test_only_administrators_say_what_the_house_is(boss):
    page = save_page(editor=boss, title="Getting here", body="By tram.")
    acts = (
        partial(say_words, line="Mine.", welcome="", contact=""),
        partial(save_page, title="Mine", body="Mine."),
        partial(save_page, page=page, body="Mine."),
        partial(publish_page, page=page),
        partial(begin_page, kind="privacy"),
        partial(restore_page, revision=page.revisions.get()),
        partial(delete_page, page=page),
    )
    for member in (make.member(), staff.curator(), staff.moderator()):
        for do in acts:
            with pytest.raises(PermissionDenied):
                do(editor=member)
        assert Client().get(page.get_absolute_url()).status_code == 404
        assert staff.logged_in(member).get(page.get_absolute_url()).status_code == 404
    assert "A draft. Only administrators can see it." in said(page.get_absolute_url(), staff.logged_in(boss))


def test_a_page_stands_at_the_foot_of_every_page_while_it_is_published(boss):
    last = save_page(editor=boss, title="Getting <here>", body="By *tram*.", place=30, published=True)
    first = save_page(editor=boss, kind="about", title="About us", body="Two of us.", place=5)
    assert "About us" not in said("/films/") + said("/house/") and "/house/about-us/" not in sitemap()
    publish_page(editor=boss, page=first)
    foot = foot_of(said("/films/"))
    assert re.findall(r'href="(/house/[^"]+)"', foot) == ["/house/about-us/", last.get_absolute_url()]
    assert "Getting &lt;here&gt;" in foot
    page = said(last.get_absolute_url())
    assert "<p>By <em>tram</em>.</p>" in page and "noindex" not in page
    assert "/house/about-us/" in sitemap() and "/house/about-us/" in said("/house/")
    withdraw_page(editor=boss, page=first)
    assert "About us" not in said("/films/") and Client().get("/house/about-us/").status_code == 404


def test_an_address_follows_the_title_until_it_is_published(boss):
    page = save_page(editor=boss, title="Notices", body="Not those.")
    assert page.slug == "notices-2", "there is something else already"
    page = save_page(editor=boss, page=page, title="Statutes")
    assert page.slug == "statutes"
    page = publish_page(editor=boss, page=page)
    page = save_page(editor=boss, page=page, title="Our statutes")
    assert page.slug == "statutes"
    page = save_page(editor=boss, page=withdraw_page(editor=boss, page=page), title="Rules of ours", body="Anew.")
    assert publish_page(editor=boss, page=page).slug == "statutes", "others have links to it"
    assert save_page(editor=boss, title="Statutes", body="Others.").slug == "statutes-2"
    assert save_page(editor=boss, title="規約", body="In Japanese.").slug == "page"


def test_the_database_has_one_page_of_a_kind_and_one_row_of_words(boss):
    save_page(editor=boss, kind="privacy", title="Privacy", body="None.")
    with pytest.raises(ValidationError, match="There is a page of this kind already."):
        save_page(editor=boss, kind="privacy", title="More privacy", body="None.")
    for broken in (
        HousePage(kind="privacy", title="x", slug="x", body="x", body_html="x"),
        HousePage(title="x", slug="notices", body="x", body_html="x"),
        HouseWords(pk=2),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken.save(force_insert=True)
    for text, told in (("\u200b", "Write something first"), ("x" * 100_001, "at most 100000 are allowed")):
        with pytest.raises(ValidationError, match=told):
            save_page(editor=boss, title="Long", body=text)
    for number in range(MOST_PAGES - 1):
        save_page(editor=boss, title=f"Page {number}", body="Words.")
    with pytest.raises(ValidationError, match="Delete one first"):
        save_page(editor=boss, title="One too many", body="Words.")


def test_every_text_of_a_page_is_kept_and_can_be_put_back(boss):
    desk = staff.logged_in(boss)
    page = save_page(editor=boss, kind="privacy", title="Privacy", body="We keep nothing.", published=True)
    save_page(editor=boss, page=page, body="We keep something.")
    save_page(editor=boss, page=page, place=1)  # changes no word
    assert [revision.number for revision in page.revisions.all()] == [2, 1]
    shown = said(f"{PAGES}{page.pk}/revisions/2/", desk)
    assert "<del>nothing.</del>" in shown and "<ins>something.</ins>" in shown and "what it says now" in shown
    desk.post(f"{PAGES}{page.pk}/revisions/1/")
    page.refresh_from_db()
    assert page.body == "We keep nothing." and page.is_published and page.revisions.first().restored_from == 1
    save_page(editor=boss, page=page, body="[[Fill this in]]", published=False)
    publish_page(editor=boss, page=save_page(editor=boss, page=page, body="Done."))
    answer = desk.post(f"{PAGES}{page.pk}/revisions/4/", follow=True).text
    assert "write what belongs here" in answer and "[[Fill this in]]" not in said(page.get_absolute_url())


@pytest.mark.parametrize("kind", sorted(house_texts.TEXTS))
def test_a_text_to_begin_with_is_a_draft_that_nobody_publishes_unread(boss, kind):
    desk = staff.logged_in(boss)
    answer = desk.post(f"{PAGES}begin/", {"kind": kind}, follow=True)
    page = HousePage.objects.get(kind=kind)
    assert not page.is_published and "[[" in page.body and answer.status_code == 200
    assert "There is a page of this kind already." in desk.post(f"{PAGES}begin/", {"kind": kind}, follow=True).text
    assert HousePage.objects.count() == 1
    with pytest.raises(ValidationError) as refused:
        publish_page(editor=boss, page=page)
    assert house_texts.GAP.search(page.body)[0] in refused.value.messages[0]
    while gap := house_texts.GAP.search(page.body):
        page.body = page.body.replace(gap[0], "Ann Lee")
    page = save_page(editor=boss, page=page, body=page.body, published=True)
    assert "[[" not in said(page.get_absolute_url())
    for address in re.findall(r"\]\(http://[^/]+(/[^)]*)\)", page.body):
        assert desk.get(address).status_code == 200, address


def test_a_text_begins_in_the_language_of_who_asks_for_it_and_has_the_same_gaps(tmp_path):
    english = {kind: house_texts.text_of(kind) for kind in house_texts.TEXTS}
    with speaking("de", LOCALE_PATHS=[translations.make_ready(tmp_path)]):
        german = {kind: house_texts.text_of(kind) for kind in house_texts.TEXTS}
    assert [title for title, _body in german.values()] == ["Über dieses Haus", "Datenschutz", "Impressum"]
    for kind, (_title, body) in german.items():
        lines, others = body.split("\n\n"), english[kind][1].split("\n\n")
        assert [len(house_texts.GAP.findall(line)) for line in lines] == [
            len(house_texts.GAP.findall(line)) for line in others
        ]
        links = re.compile(r"\]\((\S+)\)")
        assert links.findall(body) == links.findall(english[kind][1])
        assert {line for line in lines if line in others} <= {"## Cookies"}


def test_the_text_on_privacy_follows_how_the_site_is_set_up(boss):
    bare = house_texts.text_of("privacy")[1]
    with override_settings(EMAIL_URL="smtp://x", SENTRY_DSN="https://x", LOGIN_SERVICES={"github": {}}):
        full = house_texts.text_of("privacy")[1]
    for told in ("who delivers your mail", "a report of the error", "log in by another service"):
        assert told in full and told not in bare
    with override_settings(MEDIA_ORIGINS=["https://pictures.example.org"]):
        assert "Pictures are loaded from https://pictures.example.org" in house_texts.text_of("privacy")[1]


def test_signing_up_tells_what_one_agrees_to(boss):
    page = said("/accounts/signup/")
    assert "you agree to the <a" in page and "What is stored about you" not in page
    save_page(editor=boss, kind="privacy", title="Your data", body="Little.", published=True)
    terms = save_page(editor=boss, kind="terms", title="Terms of the club", body="Be kind.")
    page = said("/accounts/signup/")
    assert 'stands in <a href="/house/your-data/">Your data</a>' in page and "Terms of the club" not in page
    publish_page(editor=boss, page=terms)
    assert 'and to <a href="/house/terms-of-the-club/">Terms of the club</a>' in said("/accounts/signup/")


def test_the_desk_says_what_is_amiss_and_keeps_what_was_typed(boss):
    desk = staff.logged_in(boss)
    sent = {"kind": "other", "title": "Typed", "body": "By tram, [[line]]", "place": "10", "published": "on"}
    answer = desk.post(f"{PAGES}add/", sent)
    assert "without the brackets: [[line]]" in answer.text and "By tram, [[line]]" in answer.text
    assert not HousePage.objects.exists()
    assert desk.post(f"{PAGES}add/", sent | {"body": "By tram."}).status_code == 302
    page = HousePage.objects.get()
    old = form_of(desk.get(page_of(page)))
    save_page(editor=boss, page=page, body="By bus.")
    late = desk.post(page_of(page), old | {"body": "On foot."})
    assert "after you opened it" in late.text and "On foot." in late.text
    desk.post(page_of(page), form_of(late))
    page.refresh_from_db()
    assert page.body == "On foot." and page.is_published
    act(desk, PAGES, "withdraw", [page])
    save_page(editor=boss, page=page, body="[[How]]")
    assert "write what belongs here" in act(desk, PAGES, "publish", [page]).text
    page.refresh_from_db()
    assert not page.is_published
    words = desk.post("/admin/reviews/housewords/add/", {"line": "Ours.", "contact": "nowhere"})
    assert "Write an email address" in words.text and "Ours." in words.text
    assert desk.post("/admin/reviews/housewords/add/", {"line": "Ours."}).status_code == 302
    assert desk.get("/admin/reviews/housewords/add/")["Location"] == "/admin/reviews/housewords/1/change/"
    assert "Ours." in said("/")


def test_programs_read_what_house_it_is(boss):
    say_words(editor=boss, line="The film club of the Ritz.", welcome="We go on talking.", contact="us@example.org")
    save_page(editor=boss, kind="privacy", title="Privacy", body="*Little*.", published=True)
    save_page(editor=boss, title="Not yet", body="Secret.")
    assert_golden("house", Api().get("house/"))
    assert_golden("house_page", Api().get("house/pages/privacy/"))
    assert Api().get("house/pages/not-yet/").status_code == 404


def test_what_the_house_says_costs_one_query_however_much_it_says(boss):
    def queries() -> int:
        client = Client()
        client.get("/rules/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/rules/").status_code == 200
        return len([one for one in asked if "reviews_housepage" in one["sql"]])

    assert queries() == 1
    for number in range(5):
        save_page(editor=boss, title=f"Page {number}", body="Words.", published=True)
    assert queries() == 1


def test_a_page_that_says_that_nothing_is_here_needs_no_database():
    def is_away(*asked):
        raise OperationalError("the database system is shutting down")

    with connection.execute_wrapper(is_away):
        page = Client().get("/nothing/here/")
    assert page.status_code == 404 and "Intermission" in page.text
