"""Moderators and editors at the admin: what they remove, close, publish and decide, and who may not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from films.models import Credit, Film
from reviews.actions.deciding import decide
from reviews.models import Article, Comment, Document, FilmList, Finding, Report, Review
from tests import make, staff
from tests.staff import act, page_of

REVIEWS, COMMENTS, REPORTS = (f"/admin/reviews/{name}/" for name in ("review", "comment", "report"))


@pytest.fixture
def moderator(db):
    return staff.logged_in(staff.moderator(username="maxi"))


@pytest.fixture
def curator(db):
    return staff.logged_in(staff.curator(username="cora"))


def test_a_review_is_removed_with_a_reason_and_put_back(moderator):
    review = make.review()
    asked = act(moderator, REVIEWS, "remove", [review])
    assert "The writer is told why, and can appeal." in asked.content.decode()
    for answers in ({"reason": " ", "rule": "spam"}, {"reason": "An advertisement"}):
        assert act(moderator, REVIEWS, "remove", [review], **answers).status_code == 422
    assert Review.objects.get().removed_at is None
    act(moderator, REVIEWS, "remove", [review], reason="An advertisement", rule="spam")
    review.refresh_from_db()
    assert review.removal_reason == "An advertisement" and review.removed_by.username == "maxi"
    review.film.refresh_from_db()
    assert review.film.review_count == 0
    history = moderator.get(reverse("admin:reviews_review_history", args=[review.pk])).content.decode()
    assert "Removed: An advertisement" in history
    act(moderator, REVIEWS, "put_back", [review])
    review.refresh_from_db()
    assert review.removed_at is None


def test_a_text_is_removed_from_its_own_page_too(moderator):
    comment = make.comment()
    url = page_of(comment)
    data = {"CHANGE_FORM-action": "remove", "_selected_action": comment.pk, "_answered": "1", "reason": "Spam"}
    data["rule"] = "spam"
    prefix = moderator.get(url).context_data["action_form"].prefix
    answer = moderator.post(url, {k.replace("CHANGE_FORM", prefix): v for k, v in data.items()})
    assert answer.status_code == 302
    assert Comment.objects.get().removal_reason == "Spam"


def test_words_of_members_are_read_not_written(moderator):
    review = make.review(body="Their own words")
    url = page_of(review)
    assert "Their own words" in moderator.get(url).content.decode()
    assert moderator.post(url, {"body": "Mine"}).status_code == 403
    assert moderator.post(reverse("admin:reviews_review_delete", args=[review.pk]), {"post": "yes"}).status_code == 403
    assert Review.objects.get().body == "Their own words"


def test_drafts_and_private_reviews_are_nobodys_business(moderator):
    ana = make.member()
    draft, private = make.review(member=ana, draft=True), make.review(member=ana, visibility="private")
    hidden = make.film_list(member=ana, visibility="private")
    under = [make.comment(member=ana, under=text) for text in (private, hidden)]
    listed = moderator.get(REVIEWS).text + moderator.get("/admin/reviews/comment/").text
    for text in (draft, private, hidden, *under):
        url = page_of(text)
        assert url not in listed and moderator.get(url).status_code == 302


@pytest.mark.parametrize("kind", [Review, Comment, FilmList])
def test_what_was_removed_is_found_by_the_filters_of_the_list(moderator, kind):
    review = make.review(body="A review zqreview.")
    texts = {Review: review, Comment: make.comment(review=review, body="zqcomment"), FilmList: make.film_list()}
    text = texts[kind]
    where = f"/admin/reviews/{kind._meta.model_name}/"
    page = page_of(text)
    assert page in moderator.get(where, {"state": "standing"}).content.decode()
    act(moderator, where, "remove", [text], rule="spam", reason="Adverts")
    assert page in moderator.get(where, {"state": "removed"}).content.decode()
    assert page not in moderator.get(where, {"state": "standing"}).content.decode()
    assert moderator.get(where, {"state": "reported"}).status_code == 200
    assert moderator.get("/admin/reviews/decision/", {"state": "force"}).content.decode().count("/change/") >= 1
    assert moderator.get(where, {"member__email__startswith": "a"}).status_code == 400


def test_reports_stand_with_the_open_ones_first_and_lead_to_their_cases(moderator):
    review = make.review()
    first = make.report(text=review)
    decide(moderator=staff.administrator(), about=review, kind="nothing", reason="A matter of taste.")
    second = make.report(text=review)
    listed = moderator.get(REPORTS)
    assert [report.pk for report in listed.context_data["cl"].result_list] == [second.pk, first.pk]
    assert reverse("admin:reviews_case_change", args=[second.case_id]) in listed.content.decode()
    assert [r.pk for r in moderator.get(REPORTS, {"state": "open"}).context_data["cl"].result_list] == [second.pk]
    assert Report.objects.get(pk=first.pk).outcome.endswith("A matter of taste.")


def article_form(**fields: object) -> dict[str, object]:
    return {"kind": "essay", "title": "On Getaways", "body": "First.\n\n## The chase\n\nIt *moves*."} | fields


def test_an_article_is_written_previewed_and_published(curator):
    film, person = make.film(title="Baby Driver"), make.person(name="Edgar Wright")
    author = staff.User.objects.get(username="cora")
    sent = article_form(films="Baby Driver (2017)", people="Edgar Wright", author=author.pk)
    curator.post("/admin/reviews/article/add/", sent)
    article = Article.objects.get()
    assert article.slug == "on-getaways" and article.published_at is None and article.author == author
    assert "<em>moves</em>" in article.body_html
    assert [heading["text"] for heading in article.headings] == ["The chase"]
    assert list(article.films.all()) == [film] and list(article.people.all()) == [person]
    url = article.get_absolute_url()
    assert url in curator.get(page_of(article)).content.decode()
    assert curator.get(url).status_code == 200 and staff.Client().get(url).status_code == 404
    empty = make.article(published_at=None, title="Nothing yet")
    type(article).objects.filter(pk=empty.pk).update(body="\u200b")
    words = act(curator, "/admin/reviews/article/", "publish", [article, empty]).text
    assert "Nothing yet: Write something first" in words and "Published. (1)" in words
    assert "Published. (0)" in act(curator, "/admin/reviews/article/", "publish", [article]).text
    assert staff.Client().get(url).status_code == 200
    act(curator, "/admin/reviews/article/", "withdraw", [article])
    assert staff.Client().get(url).status_code == 404


def test_an_article_with_a_time_in_the_future_waits_for_it(curator):
    soon = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    curator.post("/admin/reviews/article/add/", article_form(published_at=soon))
    article = Article.objects.get()
    assert staff.Client().get(article.get_absolute_url()).status_code == 404
    assert list(curator.get("/admin/reviews/article/", {"state": "scheduled"}).context_data["cl"].result_list) == [
        article
    ]


def test_the_address_of_a_published_article_stays(curator):
    article = make.article(title="First headline")
    url = page_of(article)
    curator.post(url, staff.form_of(curator.get(url), title="Second headline"))
    article.refresh_from_db()
    assert (article.title, article.slug) == ("Second headline", "first-headline")


def test_a_script_in_an_article_stays_words(curator):
    curator.post("/admin/reviews/article/add/", article_form(body="<script>alert(1)</script> [x](javascript:alert(1))"))
    html = Article.objects.get().body_html
    assert "<script" not in html and "href" not in html


def test_findings_enter_the_catalogue_when_a_curator_accepts_them(curator, moderator):
    film = make.film()
    document = Document.objects.create(sha256="0" * 64, name="a.txt", text="Words.", kind="review", film=film)
    facts = {"film": film.pk, "person": None, "name": "Bo Newcomer", "job": "actor", "character": "Ben"}
    wanted, unwanted = (
        Finding.objects.create(document=document, kind="credit", says=f"{name} plays", facts=facts | {"name": name})
        for name in ("Bo Newcomer", "Al Mistake")
    )
    broken = Finding.objects.create(
        document=document,
        kind="leaving",
        says="Leaves on some day",
        facts={"film": film.pk, "service": "Netflix", "day": None, "said": "soon", "country": ""},
    )
    url = "/admin/reviews/finding/"
    assert moderator.get(url).status_code == 403
    answer = act(curator, url, "accept", [wanted, broken])
    assert "The text does not say which day it means." in answer.content.decode()
    act(curator, url, "refuse", [unwanted])
    assert [credit.person.name for credit in Credit.objects.select_related("person")] == ["Bo Newcomer"]
    states = dict(Finding.objects.values_list("pk", "state"))
    assert states == {wanted.pk: "accepted", unwanted.pk: "refused", broken.pk: "waiting"}


def test_each_sees_their_own_part_of_the_front_page(curator, moderator):
    make.report(text=make.review())
    make.article(published_at=None)
    for_curators, for_moderators = (client.get("/admin/").context_data["dashboard"] for client in (curator, moderator))
    assert [str(task.words) for task in for_moderators["waiting"]] == [
        "open case",
        "appeals",
        "open incidents",
        "invitations not used yet",
    ]
    assert [str(words) for words, _url in for_moderators["beginnings"]] == ["Invite somebody"]
    assert for_moderators["waiting"][0].number == 1 and for_moderators["incomplete"] == []
    assert "open case" not in [str(task.words) for task in for_curators["waiting"]]
    assert [str(growth.words) for growth in for_curators["growth"]] == ["New films"]
    assert for_curators["growth"][0].this_week == 1 and len(for_curators["growth"][0].bars) == 12
    assert [task.number for task in for_curators["incomplete"]] == [1, 1, 1, 1, 0, 1, 1]
    begun = [url for _words, url in for_curators["beginnings"]]
    assert len(begun) == 4
    for url in (*begun, *(task.url for task in (*for_curators["waiting"], *for_curators["incomplete"]))):
        assert curator.get(url).status_code == 200, url


def test_curators_do_not_moderate_and_moderators_do_not_edit(curator, moderator):
    review = make.review()
    for url in (REVIEWS, COMMENTS, REPORTS):
        assert curator.get(url).status_code == 403, url
        assert act(curator, url, "remove", [review], reason="x", rule="spam").status_code == 403
    assert Review.objects.get().removed_at is None
    for url in ("/admin/reviews/article/", "/admin/reviews/document/", "/admin/films/film/"):
        assert moderator.get(url).status_code == 403, url


def test_a_film_that_stands_on_a_list_is_not_deleted_by_a_curator(curator):
    film, quiet = make.film(), make.film()
    make.film_list(films=[film])
    for each, status in ((film, 403), (quiet, 302)):
        page = page_of(each).replace("/change/", "/delete/")
        assert curator.post(page, {"post": "yes"}).status_code == status
    assert list(Film.objects.all()) == [film]
    act(curator, "/admin/films/film/", "delete_selected", [film], post="yes")
    assert Film.objects.exists()
    assert staff.logged_in(staff.administrator()).post(page_of(film).replace("change", "delete"), {"post": "yes"})
    assert not Film.objects.exists()


def test_of_a_film_that_many_have_seen_only_numbers_are_shown_to_whoever_deletes_it(db, monkeypatch):
    monkeypatch.setattr("reviews.admin.films.MOST_SHOWN", 1)
    film, admin = make.film(), staff.logged_in(staff.administrator())
    members = [make.member(), make.member()]
    for member in members:
        mark = make.mark(member=member, film=film, stars=3)
    page = page_of(film).replace("/change/", "/delete/")
    shown = admin.get(page).content.decode()
    assert "<li>marks: 2</li>" in shown.lower() and str(mark) not in shown
    review = make.review(member=members[0], film=film)
    assert admin.post(page, {"post": "yes"}).status_code == 403, "what was written is not deleted with a film"
    review.delete()
    assert admin.post(page, {"post": "yes"}).status_code == 302
    assert not Film.objects.exists()
