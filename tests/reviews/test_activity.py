"""What members do becomes lines of the feed, seen by whom the thing itself is seen."""

from datetime import date

import pytest

from films.actions.merging import merge_films
from reviews.actions.diary import change_viewing, delete_viewing, log_viewing
from reviews.actions.documents import load_document
from reviews.actions.moderating import remove_text
from reviews.actions.noting import note
from reviews.actions.rating import mark_film
from reviews.actions.reviewing import delete_review, edit_review, like_review, unlike_review
from reviews.actions.writing import Writing
from reviews.models import Activity, FilmList, Mark, Review, Viewing
from tests import make
from tests.staff import curator

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return make.film(title="Baby Driver")


def kinds() -> list[str]:
    return list(Activity.objects.order_by("created_at", "pk").values_list("kind", flat=True))


def test_a_rating_is_a_line_that_new_stars_bring_up(cast, film):
    mark_film(member=cast.ana, film=film, half_stars=7)
    first = Activity.objects.get()
    assert (first.kind, first.film, first.member) == ("rated", film, cast.ana)
    mark_film(member=cast.ana, film=film, half_stars=7)
    assert Activity.objects.get().created_at == first.created_at
    mark_film(member=cast.ana, film=film, half_stars=9)
    assert Activity.objects.get().created_at > first.created_at
    mark_film(member=cast.ana, film=film, half_stars=None)
    assert kinds() == []


def test_liking_and_listing_a_film_come_and_go(cast, film):
    mark_film(member=cast.ana, film=film, liked=True, in_watchlist=True)
    assert kinds() == ["liked", "watchlisted"]
    mark_film(member=cast.ana, film=film, watched=True)  # which takes it off the watchlist
    assert kinds() == ["liked"]
    mark_film(member=cast.ana, film=film, liked=False)
    assert kinds() == []
    mark_film(member=cast.ana, film=film, watched=True)
    assert kinds() == []


def test_a_logged_evening_is_one_line_with_its_stars(cast, film):
    viewing = log_viewing(member=cast.ana, film=film, watched_on=date(2024, 1, 28), half_stars=8)
    change_viewing(member=cast.ana, viewing=viewing, watched_on=date(2024, 1, 27), rewatch=False, half_stars=6)
    assert kinds() == ["logged"]
    delete_viewing(member=cast.ana, viewing=viewing)
    assert kinds() == []


def test_a_review_is_one_line_with_its_evening_and_stars(cast, film):
    review = make.review(member=cast.ana, film=film, stars=4, watched_on=date(2024, 1, 28))
    line = Activity.objects.get()
    assert (line.kind, line.review, line.film) == ("reviewed", review, film)
    edit_review(member=cast.ana, review=review, writing=Writing(body="Better words.", half_stars=9))
    assert Activity.objects.get().created_at == line.created_at
    delete_review(member=cast.ana, review=review)
    assert kinds() == []


def test_a_draft_is_no_line_until_it_is_posted(cast, film):
    make.review(member=cast.ana, film=film, draft=True)
    assert kinds() == []
    make.review(member=cast.ana, film=film)
    assert kinds() == ["reviewed"]


def test_liking_a_review_comes_and_goes(cast, film):
    review = make.review(member=cast.ana, film=film)
    for _again in range(2):
        like_review(member=cast.fay, review=review)
    line = Activity.objects.get(kind="liked_review")
    assert (line.member, line.review, line.film) == (cast.fay, review, film)
    unlike_review(member=cast.fay, review=review)
    assert kinds() == ["reviewed"]


def test_what_is_loaded_from_documents_is_no_news(cast, film):
    words = b"---\nkind: review\nfilm: Baby Driver\nstars: 4\n---\nIt held me to the last frame, and I saw it twice.\n"
    loaded = load_document(source=words, name="one.md", member=cast.ana)
    assert loaded.is_new
    assert Review.objects.exists()
    assert kinds() == []


@pytest.mark.parametrize("visibility", ["public", "followers", "private"])
def test_a_line_is_seen_as_its_thing_is_whatever_the_path(cast, film, visibility):
    make.review(member=cast.ana, film=film, watched_on=date(2024, 1, 28))
    log_viewing(member=cast.ana, film=film, watched_on=date(2024, 1, 29))
    mark_film(member=cast.ana, film=film, half_stars=3, liked=True)
    film_list = FilmList.objects.create(member=cast.ana, title="Cars")
    note(member=cast.ana, kind="listed", film_list=film_list)
    for model in (Review, Viewing, Mark, FilmList):
        model.objects.filter(member=cast.ana).update(visibility=visibility)
    assert set(Activity.objects.values_list("visibility", flat=True)) == {visibility}
    note(member=cast.ana, kind="listed", film_list=film_list)  # which says "public" itself
    assert set(Activity.objects.values_list("visibility", flat=True)) == {visibility}


def test_another_member_does_not_decide_who_sees_what_one_likes(cast, film):
    review = make.review(member=cast.ana, film=film)
    like_review(member=cast.bea, review=review)
    line = Activity.objects.filter(kind="liked_review")
    Review.objects.update(visibility="followers")
    assert line.get().visibility == "public"
    assert line.visible_to(cast.bea).exists()
    assert not line.visible_to(cast.fay).exists()


def test_a_list_by_link_and_what_was_removed_are_for_their_member_alone(cast, film, sees):
    film_list = FilmList.objects.create(member=cast.ana, title="Cars", visibility="link")
    note(member=cast.ana, kind="listed", film_list=film_list)
    assert sees() == ["ana"]
    FilmList.objects.update(visibility="public")
    assert sees() == ["nobody", "ana", "bea", "fay"]
    Activity.objects.all().delete()
    review = make.review(member=cast.ana, film=film)
    remove_text(moderator=cast.eli, text=review, rule="spam", reason="An advertisement.")
    assert sees() == ["ana"]


@pytest.fixture
def sees(cast):
    def names() -> list[str]:
        viewers = {"nobody": None, "ana": cast.ana, "bea": cast.bea, "cem": cast.cem, "fay": cast.fay}
        return [name for name, who in viewers.items() if Activity.objects.visible_to(who).exists()]

    return names


def test_lines_move_with_the_film_that_is_merged(cast, film):
    gone = make.film(title="Baby Driver", year=2016)
    cora = curator(username="cora")
    mark_film(member=cast.ana, film=film, half_stars=3)
    mark_film(member=cast.ana, film=gone, half_stars=8)
    mark_film(member=cast.bea, film=gone, half_stars=9, liked=True)
    make.review(member=cast.fay, film=gone)
    merge_films(curator=cora, kept=film, gone=gone)
    lines = Activity.objects.order_by("pk")
    assert {line.film_id for line in lines} == {film.pk}
    found = sorted((line.member.username, line.kind) for line in lines)
    assert found == [("ana", "rated"), ("bea", "liked"), ("bea", "rated"), ("fay", "reviewed")]
