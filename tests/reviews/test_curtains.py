"""Covers: open for whoever has seen the film that they give away, shut for everybody else, and left out of the API."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from films.actions.merging import merge_films
from films.actions.unmerging import undo_merge
from reviews import curtains, markup, withheld
from reviews.actions.covering import lock_spoilers, unlock_spoilers
from reviews.actions.reviewing import edit_review
from reviews.actions.writing import Writing
from reviews.models import Article, Comment, Essay, Review, SpoiledFilm
from tests import make
from tests.api import Api
from tests.staff import curator

INLINE = "Quiet. >!He falls at dawn.!< Then loud."
OF_ANOTHER = "Better than the first: >!she was the ghost!<{the-sixth-sense-1999} and all."


@pytest.fixture
def sense(db):
    return make.film(title="The Sixth Sense", year=1999)


def seen_by(member, film):
    return make.mark(member=member, film=film, watched=True)


def shown_to(viewer, row):
    return curtains.drawn(curtains.opened_for(type(row).objects.all(), viewer).get(pk=row.pk))


def is_open(html):
    return " open>" in html


class TestWhatIsWritten:
    def test_a_cover_may_name_another_film(self, sense):
        review = make.review(body=OF_ANOTHER)
        assert '<details class="veil" data-of="1">' in review.body_html
        assert "{" not in review.body_html
        assert [row.film for row in review.spoiled_films.all()] == [sense]
        assert review.excerpt == "Better than the first: … and all."

    @pytest.mark.parametrize("before", ["", "/films/", "https://films.example.org/films/"])
    @pytest.mark.parametrize("cover", [">!the ghost!<", "||the ghost||"])
    def test_it_takes_a_slug_or_an_address(self, sense, before, cover):
        html = make.review(body=f"So {cover}{{{before}the-sixth-sense-1999{'/' if before else ''}}}.").body_html
        assert 'data-of="1"' in html and "the-sixth" not in html

    def test_whole_paragraphs_may_name_another_film(self, sense):
        html = make.review(body="First.\n\n>!One end.\n\n- two\n- ends!<{the-sixth-sense-1999}\n\nLast.").body_html
        assert html.count("<details") == 1 and '<details class="spoiler" data-of="1">' in html
        assert html.index("ends") < html.index("</details>") < html.index("Last")

    def test_paragraphs_about_different_films_are_different_curtains(self, sense):
        html = make.review(body=">!One end.!<\n\n>!Another.!<{the-sixth-sense-1999}").body_html
        assert html.count("<details") == 2

    def test_an_unknown_name_stays_text_and_the_cover_is_of_the_film_itself(self, db):
        review = make.review(
            body="So >!she dies!<{no-such-film-1900} there.\n\n>!All of it.\n- this too!<{nobody-1900}"
        )
        assert "data-of" not in review.body_html and not review.spoiled_films.exists()
        outside = re.sub(r"<details.*?</details>", "", review.body_html, flags=re.S)
        assert "{no-such-film-1900}" in outside
        assert "this too" not in outside and "{nobody-1900}" in review.body_html

    def test_braces_elsewhere_are_only_braces(self, sense):
        assert "{the-sixth-sense-1999}" in make.review(body="A {the-sixth-sense-1999} in words.").body_html

    def test_an_edit_changes_what_is_named(self, cast, sense):
        review = make.review(member=cast.ana, body=OF_ANOTHER)
        edit_review(member=cast.ana, review=review, writing=Writing(body=INLINE))
        assert not SpoiledFilm.objects.exists()

    def test_comments_name_films_too(self, sense):
        assert make.comment(body=OF_ANOTHER).spoiled_films.get().film == sense

    def test_a_merged_film_takes_its_covers_along_and_brings_them_back(self, cast, sense):
        twin = make.film(title="Sixth Sense", year=1999)
        review = make.review(body=OF_ANOTHER)
        boss = curator(username="cora")
        merge = merge_films(curator=boss, kept=twin, gone=sense)
        seen_by(cast.fay, twin)
        assert is_open(shown_to(cast.fay, review))
        undo_merge(curator=boss, merge=merge)
        assert not is_open(shown_to(cast.fay, review))


class TestWhatIsShown:
    @pytest.mark.parametrize("visibility", ["public", "private"])
    def test_it_opens_for_a_viewer_who_has_seen_the_film(self, cast, visibility):
        review = make.review(member=cast.ana, body=INLINE)
        mark = seen_by(cast.fay, review.film)
        type(mark).objects.filter(pk=mark.pk).update(visibility=visibility)
        assert is_open(shown_to(cast.fay, review))
        assert "open because you have seen the film" in shown_to(cast.fay, review)
        assert not is_open(shown_to(cast.bea, review))

    def test_a_like_or_a_place_on_the_watchlist_opens_nothing(self, cast):
        review = make.review(body=INLINE)
        make.mark(member=cast.fay, film=review.film, liked=True, in_watchlist=True)
        assert not is_open(shown_to(cast.fay, review))

    def test_it_opens_for_nobody_who_is_signed_out(self, cast):
        review = make.review(body=INLINE, spoilers=True)
        for nobody in (None, Client().get("/").wsgi_request.user):
            assert not is_open(shown_to(nobody, review))
            assert shown_to(nobody, review).startswith('<details class="spoiler">')

    def test_rows_that_nobody_opened_stay_covered(self, cast):
        review = make.review(member=cast.ana, body=INLINE, spoilers=True)
        assert curtains.is_covered(Review.objects.get(pk=review.pk))
        assert not is_open(curtains.drawn(Review.objects.get(pk=review.pk)))

    def test_a_named_film_decides_and_not_the_film_of_the_review(self, cast, sense):
        review = make.review(member=cast.ana, body=f"{OF_ANOTHER} >!And here too.!<")
        seen_by(cast.fay, review.film)
        html = shown_to(cast.fay, review)
        assert "Spoiler of The Sixth Sense (1999)" in html and html.count(" open>") == 1
        seen_by(cast.bea, sense)
        assert "open because you have seen The Sixth Sense (1999)" in shown_to(cast.bea, review)
        assert shown_to(cast.bea, review).count(" open>") == 1

    def test_a_whole_review_opens_and_says_why(self, cast):
        review = make.review(body="He falls.", spoilers=True)
        seen_by(cast.fay, review.film)
        html = shown_to(cast.fay, review)
        assert "<details" not in html and "because you have seen the film" in html

    def test_comments_open_by_the_film_of_their_thread(self, cast):
        film = make.film()
        under = make.comment(review=make.review(film=film), body=INLINE)
        talk = Comment.objects.create(film=film, member=cast.ana, body=INLINE, body_html=under.body_html)
        seen_by(cast.fay, film)
        for comment in (under, talk):
            assert is_open(shown_to(cast.fay, comment)) and not is_open(shown_to(cast.bea, comment))

    def test_an_article_and_its_talk_open_when_all_its_films_are_seen(self, cast):
        one, two = make.film(), make.film()
        article = make.article(films=[one, two], body=INLINE)
        said = Comment.objects.create(article=article, member=cast.ana, body=INLINE, body_html=article.body_html)
        seen_by(cast.fay, one)
        assert not is_open(shown_to(cast.fay, article)) and not is_open(shown_to(cast.fay, said))
        seen_by(cast.fay, two)
        assert is_open(shown_to(cast.fay, article)) and is_open(shown_to(cast.fay, said))
        of_nothing = make.article(body=INLINE)
        assert not is_open(shown_to(cast.fay, of_nothing))

    def test_an_essay_and_its_talk_open_when_all_its_films_are_seen(self, cast):
        one, two = make.film(), make.film()
        essay = make.essay(member=cast.ana, films=[one, two], body=INLINE)
        said = make.comment(member=cast.ana, under=essay, body=INLINE)
        seen_by(cast.fay, one)
        assert not is_open(shown_to(cast.fay, essay)) and not is_open(shown_to(cast.fay, said))
        seen_by(cast.fay, two)
        assert is_open(shown_to(cast.fay, essay)) and is_open(shown_to(cast.fay, said))
        of_nothing = make.essay(member=cast.ana, title="Windows", body=INLINE)
        assert not is_open(shown_to(cast.fay, of_nothing))

    @pytest.mark.parametrize("text", [Article, Comment, Essay, Review])
    def test_what_was_seen_is_asked_of_no_film(self, cast, text):
        """Of all films, for each comment, PostgreSQL would take most of a second at a million."""
        rows = curtains.with_seen(text.objects.order_by(), cast.fay).values("film_seen")
        assert '"reviews_mark"' in str(rows.query) and '"films_film"' not in str(rows.query)

    def test_pages_open_what_has_been_seen(self, cast):
        review = make.review(member=cast.ana, body="He falls at dawn.", spoilers=True)
        make.comment(member=cast.bea, review=review, body=INLINE)
        client = Client()
        client.force_login(cast.fay)
        pages = (
            review.get_absolute_url(), review.film.get_absolute_url(), f"/films/{review.film.slug}/reviews/",
            "/?scope=everyone", "/members/ana/", "/members/ana/reviews/",
        )  # fmt: skip
        for page in pages:
            assert 'class="spoiler"><summary>' in client.get(page).content.decode(), page
        seen_by(cast.fay, review.film)
        for page in pages:
            assert 'class="spoiler"' not in client.get(page).content.decode(), page
        assert 'class="veil seen" open>' in client.get(pages[0]).content.decode()


class TestTheApi:
    def test_it_leaves_out_what_is_covered(self, cast, sense):
        review = make.review(member=cast.ana, body=f"{INLINE} {OF_ANOTHER}")
        for api in (Api(), Api(as_=cast.fay)):
            answer = api.get(f"reviews/{review.pk}/").json()
            assert answer["covered"] is True
            assert answer["body"] == (
                "Quiet. >!…!< Then loud. Better than the first: >!…!<{the-sixth-sense-1999} and all."
            )
            assert "falls" not in str(answer) and "ghost" not in str(answer)
            assert answer["body_html"].count("<details") == 2

    def test_it_tells_everything_to_its_writer_to_who_has_seen_it_and_to_who_asks(self, cast, sense):
        review = make.review(member=cast.ana, body=OF_ANOTHER)
        seen_by(cast.fay, review.film)
        assert Api(as_=cast.fay).get(f"reviews/{review.pk}/").json()["covered"] is True
        seen_by(cast.fay, sense)
        for answer in (
            Api(as_=cast.ana).get(f"reviews/{review.pk}/").json(),
            Api(as_=cast.fay).get(f"reviews/{review.pk}/").json(),
            Api().get(f"reviews/{review.pk}/?reveal=1").json(),
        ):
            assert (answer["covered"], answer["body"]) == (False, OF_ANOTHER)
            assert "she was the ghost" in answer["body_html"] and "data-of" not in answer["body_html"]

    def test_a_review_that_is_covered_whole_has_no_words(self, cast):
        review = make.review(member=cast.ana, body="He falls at dawn.", spoilers=True)
        lists = ("reviews/", f"films/{review.film.slug}/reviews/", "members/ana/reviews/")
        for answer in (Api().get(f"reviews/{review.pk}/").json(), *(Api().get(p).json()["results"][0] for p in lists)):
            assert (answer["body"], answer["covered"], answer["spoilers"]) == ("", True, True)
            assert "dawn" not in answer["body_html"] and answer["body_html"].startswith('<details class="spoiler">')

    def test_comments_and_articles_are_covered_too(self, cast):
        comment = make.comment(body=INLINE)
        article = make.article(body=INLINE, films=[make.film()])
        said = Api().get(f"reviews/{comment.review_id}/comments/").json()["results"][0]
        written = Api().get(f"articles/{article.slug}/").json()
        for answer in (said, written):
            assert answer["covered"] and answer["body"] == "Quiet. >!…!< Then loud."
            assert "dawn" not in answer["body_html"]


# Pieces of which members make texts that no one would expect.
PIECES = (
    ">!", "!<", "||", "{x-1}", "\n\n", "\n", " ", "`", "**", "- ", "> ", "\\", "a", "SECRET", "# ", "[",
    "](https://x.example)", "|", "```\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
@example("||a || b||SECRET||")
@example(">!- a\n- SECRET!<{x-1}")
@example(">!SECRET")
def test_nothing_covered_is_left_in_the_text_for_programs(text):
    """The words that stay are those that stood in the open."""
    assert withheld.without_covered(text, "review").count("SECRET") <= markup.plain_text(text).count("SECRET")


class TestTheLock:
    def test_its_writer_cannot_take_it_off(self, cast):
        review = make.review(member=cast.ana, body="He falls.")
        lock_spoilers(moderator=cast.eli, text=review)
        edited = edit_review(member=cast.ana, review=review, writing=Writing(body="He still falls.", spoilers=False))
        assert edited.spoilers and edited.body == "He still falls."
        unlock_spoilers(moderator=cast.eli, text=edited)
        assert Review.objects.get().spoilers
        assert not edit_review(member=cast.ana, review=edited, writing=Writing(body="No.", spoilers=False)).spoilers

    def test_it_is_set_once(self, cast):
        review = make.review()
        first = lock_spoilers(moderator=cast.eli, text=review).spoilers_locked_at
        assert lock_spoilers(moderator=cast.eli, text=review).spoilers_locked_at == first

    def test_only_moderators_lock(self, cast):
        review = make.review(member=cast.ana)
        for somebody in (cast.ana, cast.fay, cast.dora):
            with pytest.raises(PermissionDenied):
                lock_spoilers(moderator=somebody, text=review)
        assert not Review.objects.get().spoilers

    def test_the_form_says_why_and_the_api_keeps_it(self, cast):
        review = make.review(member=cast.ana, body="He falls.")
        lock_spoilers(moderator=cast.eli, text=review)
        client = Client()
        client.force_login(cast.ana)
        page = client.get(f"/reviews/{review.pk}/edit/").content.decode()
        assert "A moderator covered this review" in page
        assert re.search(r'<input[^>]*name="spoilers"[^>]*disabled', page)
        client.post(f"/reviews/{review.pk}/edit/", {"body": "Less.", "visibility": "public", "version": "1"})
        assert Review.objects.get().body == "Less." and Review.objects.get().spoilers
        Api(as_=cast.ana).patch(f"reviews/{review.pk}/", {"spoilers": False})
        assert Review.objects.get().spoilers
