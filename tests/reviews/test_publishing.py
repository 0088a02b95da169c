"""Articles as curators write them: pictures, scores, revisions, two at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.pictures import PictureRefused
from reviews.actions import publishing
from reviews.models import Article, ArticleRevision
from reviews.revisions import compare
from tests import make, staff
from tests.base import words_of
from tests.staff import form_of, logged_in, page_of, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"


@pytest.fixture
def cora():
    return staff.curator(username="cora", display_name="Cora")


@pytest.fixture
def desk(cora):
    return logged_in(cora)


def numbers(article):
    return [(revision.number, revision.body) for revision in article.revisions.order_by("number")]


# Revisions


def test_every_text_is_kept_with_who_wrote_it(cora):
    dan = staff.curator(username="dan")
    article = publishing.save_article(editor=cora, kind="essay", title="One", body="First.")
    publishing.save_article(editor=dan, article=article, body="Second.")
    publishing.save_article(editor=dan, article=article, body="Second.", byline="The house")
    assert numbers(article) == [(1, "First."), (2, "Second.")]
    assert [revision.by for revision in article.revisions.order_by("number")] == [cora, dan]
    article.refresh_from_db()
    assert article.version == 3


def test_what_was_there_before_there_were_revisions_is_kept_too(cora):
    article = make.article(body="As it was loaded.", author=make.member(username="house"))
    publishing.save_article(editor=cora, article=article, body="As it was bettered.")
    first, second = article.revisions.order_by("number")
    assert (first.body, first.by.username) == ("As it was loaded.", "house")
    assert (second.body, second.by) == ("As it was bettered.", cora)


def test_an_old_text_is_put_back_and_nothing_is_lost(cora, desk):
    article = publishing.save_article(editor=cora, kind="essay", title="One", body="First.\n\n## A part\n\nWords.")
    publishing.save_article(editor=cora, article=article, title="Two", body="Second.")
    page = desk.get(reverse("admin:reviews_article_revision", args=[article.pk, 1])).content.decode()
    assert "Put this revision back" in page
    answer = desk.post(reverse("admin:reviews_article_revision", args=[article.pk, 1]), follow=True)
    assert "Put revision 1 back." in answer.content.decode()
    article.refresh_from_db()
    assert (article.title, [heading["text"] for heading in article.headings]) == ("One", ["A part"])
    newest = article.revisions.first()
    assert (newest.number, newest.restored_from, newest.by) == (3, 1, cora)
    listed = desk.get(reverse("admin:reviews_article_revisions", args=[article.pk])).content.decode()
    assert "put back from 1" in listed and listed.count("/revisions/") >= 3
    assert (
        "Put this revision back"
        not in desk.get(reverse("admin:reviews_article_revision", args=[article.pk, 3])).content.decode()
    )


def test_the_difference_can_be_read(cora, desk):
    article = publishing.save_article(editor=cora, kind="essay", title="One", body="It starts.\n\nThe car is <blue>.")
    publishing.save_article(editor=cora, article=article, body="It starts.\n\nThe car is red.\n\nIt stops.")
    page = desk.get(reverse("admin:reviews_article_revision", args=[article.pk, 2])).content.decode()
    assert "1 paragraph unchanged" in page
    assert "<del>&lt;blue&gt;.</del>" in page and "red." in page and "<ins>" in page
    assert "Headline" not in page.partition("content-main")[2]


def test_it_compares_word_by_word_and_stays_quick_with_long_texts():
    passages = compare("One two three.\n\nSame.", "One 2 three.\r\n\r\n\r\nSame.")
    assert [(part.kind, part.text) for part in passages[0].parts] == [
        ("same", "One "), ("gone", "two "), ("new", "2 "), ("same", "three."),
    ]  # fmt: skip
    assert passages[1].unchanged == 1
    assert compare("a\n\nb", "a\n\n\nb") == [] and compare("", "") == []
    assert [part.kind for part in compare("", "All new.")[0].parts] == ["new"]
    long = " ".join(f"word{n % 7}" for n in range(9000))
    assert [part.kind for part in compare(long, long + " more")[0].parts] == ["gone", "new"]


def test_revisions_are_not_for_everybody(cora, client):
    article = make.article()
    revision = ArticleRevision.objects.create(article=article, number=1, title="A", body="B")
    for who in (make.member(), staff.moderator()):
        with pytest.raises(PermissionDenied):
            publishing.restore(editor=who, revision=revision)
    client.force_login(staff.moderator())
    assert client.get(reverse("admin:reviews_article_revisions", args=[article.pk])).status_code == 403


# Two at once


def test_a_form_that_is_older_than_the_article_saves_nothing_keeps_its_words_and_says_so(cora, desk):
    article = publishing.save_article(editor=cora, kind="essay", title="One", body="First.")
    mine = form_of(desk.get(page_of(article)), body="Mine, written long and carefully.")
    dan = staff.curator(username="dan", display_name="Dan")
    publishing.save_article(editor=dan, article=article, body="Dan’s.")
    answer = desk.post(page_of(article), mine)
    page = answer.content.decode()
    assert "Dan changed this article" in page and "Mine, written long and carefully." in page
    assert reverse("admin:reviews_article_revisions", args=[article.pk]) in page
    article.refresh_from_db()
    assert article.body == "Dan’s."
    again = form_of(answer)
    assert desk.post(page_of(article), again).status_code == 302
    article.refresh_from_db()
    assert article.body == "Mine, written long and carefully."
    assert [revision.body for revision in article.revisions.order_by("number")][1] == "Dan’s."


def test_the_action_refuses_an_older_version_too(cora):
    article = publishing.save_article(editor=cora, kind="essay", title="One", body="First.")
    publishing.save_article(editor=cora, article=article, body="Second.", version=1)
    with pytest.raises(publishing.StaleArticle) as refused:
        publishing.save_article(editor=cora, article=article, body="Third.", version=1)
    assert refused.value.article.body == "Second."


# Pictures


def sent(**fields):
    return {"kind": "essay", "title": "On Getaways", "body": "Words."} | fields


def test_an_article_gets_a_picture_with_words_a_credit_and_a_focal_point(desk, client):
    about = {"picture": picture(), "picture_alt": "A red car", "picture_credit": "Ann Lee, CC BY 4.0"}
    now = timezone.now().strftime("%Y-%m-%dT%H:%M")
    desk.post("/admin/reviews/article/add/", sent(**about, focus_x="20", focus_y="80", published_at=now))
    article = Article.objects.get()
    assert article.picture_key.startswith("fresh/") and (article.picture_focus_x, article.picture_focus_y) == (20, 80)
    page = client.get(article.get_absolute_url()).content.decode()
    assert 'alt="A red car"' in page and "Ann Lee, CC BY 4.0" in page and "wide-24.webp" in page
    at_the_desk = desk.get(page_of(article)).content.decode()
    assert "Its other sizes are being made" in at_the_desk and "whole-480.webp" in at_the_desk
    assert 'x1="20"' in at_the_desk and 'y1="80"' in at_the_desk


def test_a_picture_needs_words(desk):
    answer = desk.post("/admin/reviews/article/add/", sent(picture=picture()))
    assert "Say in a few words what the picture shows" in answer.content.decode()
    assert "The picture is fine. Choose it again" in answer.content.decode()
    assert not Article.objects.exists()


def test_a_file_that_is_no_picture_is_refused_in_words(desk):
    file = SimpleUploadedFile("a.png", b"I am not a picture.", "image/png")
    answer = desk.post("/admin/reviews/article/add/", sent(picture=file, picture_alt="A car"))
    assert "not a picture we can read" in answer.content.decode()
    article = make.article()
    with pytest.raises(PictureRefused):
        publishing.set_article_picture(editor=staff.curator(), article=article, picture=SimpleUploadedFile("a", b"x"))


def test_the_job_that_ends_while_a_curator_writes_is_not_undone(desk, cora):
    article = publishing.save_article(editor=cora, kind="essay", title="One", body="First.")
    publishing.set_article_picture(editor=cora, article=article, picture=picture())
    stale = Article.objects.get(pk=article.pk)
    Article.objects.filter(pk=article.pk).update(picture_key="pictures/ab/" + "ab" * 16)
    publishing.save_article(editor=cora, article=stale, body="Second.")
    article.refresh_from_db()
    assert article.picture_key.startswith("pictures/")


def test_the_focal_point_moves_and_the_picture_goes(desk, cora):
    article = publishing.save_article(editor=cora, kind="essay", title="One", body="First.", picture_alt="A car")
    publishing.set_article_picture(editor=cora, article=article, picture=picture())
    before = article.picture_key
    desk.post(page_of(article), form_of(desk.get(page_of(article)), focus_x="10", focus_y="10"))
    article.refresh_from_db()
    assert (article.picture_focus_x, article.picture_focus_y) == (10, 10) and article.picture_key != before
    assert article.version == 1, "no word was changed"
    answer = desk.post(page_of(article), form_of(desk.get(page_of(article)), focus_x="101"))
    assert answer.status_code == 200
    desk.post(page_of(article), form_of(desk.get(page_of(article)), remove_picture="on", picture_alt=""))
    article.refresh_from_db()
    assert article.picture_key == "" and article.picture_alt == ""


# Scores, states, addresses


def test_a_critics_score_stays_on_its_own_scale(client, cora):
    film, person = make.film(title="Baby Driver"), make.person(name="Edgar Wright")
    facts = {"kind": "review", "title": "Nearly", "body": "Words.", "outlet": "The Evening Reel", "films": [film]}
    article = publishing.save_article(
        editor=cora, **facts, score_value=3.5, score_scale=4, people=[person], published_at=timezone.now()
    )
    for address in (article.get_absolute_url(), film.get_absolute_url(), person.get_absolute_url(), "/articles/"):
        page = client.get(address).content.decode()
        assert "3.5 out of 4" in page and "The Evening Reel" in page, address
    found = client.get(f"/api/v1/articles/{article.slug}/").json()
    assert found["score"] == {"value": 3.5, "scale": 4.0} and found["outlet"] == "The Evening Reel"
    (listed,) = client.get(f"/api/v1/articles/?person={person.slug}").json()["results"]
    assert listed["score"] == found["score"]
    assert '"CriticReview"' in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"score_value": 4}, "score_scale"), ({"score_scale": 5}, "score_value"),
        ({"score_value": 6, "score_scale": 5}, "__all__"), ({"score_value": -1, "score_scale": 5}, "__all__"),
        ({"score_value": 4, "score_scale": 5, "kind": "essay"}, "score_value"),
    ],
)  # fmt: skip
def test_a_score_that_cannot_be_is_refused(cora, fields, where):
    with pytest.raises(ValidationError) as refused:
        publishing.save_article(editor=cora, **{"kind": "review", "title": "A", "body": "B"} | fields)
    assert where in refused.value.message_dict


def test_the_database_holds_a_score_to_its_scale():
    article = make.article()
    for numbers in ((4, None), (None, 5), (6, 5)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=article.pk).update(score_value=numbers[0], score_scale=numbers[1])


def test_the_desk_says_in_which_state_an_article_is(desk):
    make.article(title="Out")
    make.article(title="Later", published_at=timezone.now() + timedelta(days=400))
    make.article(title="Never", published_at=None)
    page = desk.get("/admin/reviews/article/").content.decode()
    year = (timezone.now() + timedelta(days=400)).year
    assert "Published" in page and "Draft" in page and "Scheduled for" in page and str(year) in page


def test_an_article_before_its_time_is_nowhere_but_on_its_own_page_for_curators(desk, client):
    film, person = make.film(title="Baby Driver"), make.person(name="Edgar Wright")
    soon = make.article(title="Soonish", films=[film], published_at=timezone.now() + timedelta(hours=2))
    soon.people.add(person)
    address = soon.get_absolute_url()
    page = desk.get(address).content.decode()
    assert "it appears by itself on" in page and 'content="noindex"' in page and page_of(soon) in page
    assert client.get(address).status_code == 404
    elsewhere = (
        "/", "/articles/", "/feeds/articles.rss", "/feeds/articles/essay.rss", "/search/?q=soonish&kind=articles",
        "/sitemaps/articles-1.xml", "/api/v1/articles/", "/api/v1/search/?q=soonish", film.get_absolute_url(),
        person.get_absolute_url(),
    )  # fmt: skip
    for place in elsewhere:
        assert address not in words_of(client.get(place)) and address not in words_of(desk.get(place)), place
    assert client.get(f"/api/v1/articles/{soon.slug}/").status_code == 404
    Article.objects.filter(pk=soon.pk).update(published_at=timezone.now() - timedelta(minutes=1))
    assert [place for place in elsewhere if address not in words_of(client.get(place))] == []


def test_feeds_show_the_picture_and_know_each_kind(client):
    pictured = {"picture_key": make.picture_key(), "picture_alt": "A <car>"}
    article = make.article(title="On the beat", standfirst="It hears.", **pictured)
    make.article(title="Only news", kind="news")
    essays = client.get("/feeds/articles/essay.rss").content.decode()
    assert "On the beat" in essays and "Only news" not in essays
    assert "wide-640.webp" in essays and "http" in essays.partition("img src")[2][:12] and "It hears." in essays
    assert "&amp;lt;car&amp;gt;" in essays
    assert client.get("/feeds/articles/gossip.rss").status_code == 404
    shown = client.get(f"/api/v1/articles/{article.slug}/").json()["picture"]
    assert shown["alt"] == "A <car>" and client.get(shown["url"]).status_code == 200
