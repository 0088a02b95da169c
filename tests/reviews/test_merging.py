"""Two films become one, and two again: whatever members and curators said of either."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from films import actions, record
from films.actions.merging import merge_films
from films.actions.unmerging import undo_merge
from films.models import Conflict, Credit, Film, Merge, Suggestion
from reviews.actions.finding import accept_finding
from reviews.models import Article, Document, Mark, Review, Viewing
from tests import make
from tests.reviews.twins import furnish, picture, settled
from tests.staff import curator
from tests.tallies import wrong_tallies

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return settled(make.film(title="Baby Driver", year=None, genres=["Action"], cast=[("Ansel Elgort", "Baby")]))


@pytest.fixture
def gone():
    film = make.film(
        title="Baby Driver", year=2017, genres=["Crime"], countries=["GB"], directors=["Edgar Wright"],
        cast=[("Ansel Elgort", ""), ("Lily James", "Debora")], runtime_minutes=113, synopsis="He drives.",
    )  # fmt: skip
    return settled(film)


@pytest.fixture
def cora():
    return curator(username="cora")


def five_hundred(film: Film, names: range) -> None:
    """A mark of each of these members, by the rows themselves: the triggers count them."""
    now = datetime(2024, 5, 1, tzinfo=UTC)
    members = {user.username: user for user in User.objects.filter(username__startswith="m-")}
    missing = [User(username=f"m-{n}", email=f"m-{n}@example.org") for n in names if f"m-{n}" not in members]
    members |= {user.username: user for user in User.objects.bulk_create(missing)}
    Mark.objects.bulk_create(
        Mark(
            member=members[f"m-{n}"], film=film, half_stars=(n + film.pk) % 10 + 1, rated_at=now, watched_at=now,
            liked_at=now if n % 3 else None, updated_at=now + timedelta(minutes=(n * 7919 + film.pk) % 500),
        )
        for n in names
    )  # fmt: skip


def test_five_hundred_marks_on_each_and_none_is_lost(kept, gone, cora):
    five_hundred(kept, range(500))
    five_hundred(gone, range(400, 900))
    both = {
        member: max(Mark.objects.filter(member=member), key=lambda mark: mark.updated_at).half_stars
        for member in User.objects.filter(username__in=[f"m-{n}" for n in range(400, 500)])
    }
    before = picture(kept), picture(gone)
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    kept.refresh_from_db()
    assert Mark.objects.count() == Mark.objects.filter(film=kept).count() == kept.rating_count == 900
    assert all(Mark.objects.get(member=member).half_stars == stars for member, stars in both.items())
    assert wrong_tallies() == []
    undo_merge(curator=cora, merge=merge)
    assert (picture(kept), picture(gone)) == before
    assert Mark.objects.count() == 1000 and wrong_tallies() == []


def test_everything_moves_and_everything_comes_back(kept, gone, cora):
    house = furnish(kept, gone)
    before = picture(kept), picture(gone)
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    kept.refresh_from_db()
    assert not Film.objects.filter(pk=gone.pk).exists() and wrong_tallies() == []
    assert (kept.review_count, kept.watchlist_count, kept.rating_count) == (2, 1, 2)
    assert set(Review.objects.values_list("film", flat=True)) == set(Viewing.objects.values_list("film", flat=True))
    assert house["review"].comments.get() == house["comment"] and house["review"].likes.count() == 1
    assert [e.film_id for e in house["entry"].entries.all()].count(kept.pk) == 1
    assert house["alone"].films.get() == kept and house["article"].films.get() == kept
    assert house["both"].films.get() == kept
    assert Document.objects.get().film == kept and Conflict.objects.get().film == kept
    suggestions = dict(Suggestion.objects.values_list("pk", "state"))
    assert suggestions == {house["suggestion"].pk: "waiting", house["twin"].pk: "accepted"}
    # Facts: what was empty is filled, with the word of who said so; what was there stays.
    assert (kept.runtime_minutes, kept.synopsis, kept.year, kept.renown) == (113, "He drives.", 2017, 900)
    assert record.read(kept, "genres") == ["Action"] and record.read(kept, "countries") == ["GB"]
    assert record.source_of(kept, "runtime_minutes") == "seed"
    assert dict(kept.external_ids.values_list("source", "value")) == {"imdb": "tt3890160", "tmdb": "999"}
    cast = record.read(kept, "credits.actor")
    assert [(row["name"], row["character"]) for row in cast] == [("Ansel Elgort", "Baby"), ("Lily James", "Debora")]
    assert record.read(kept, "credits.director")[0]["name"] == "Edgar Wright" and "edgar" in kept.search_text
    assert [lock.fact for lock in kept.fact_locks.all()] == ["runtime_minutes"]
    assert kept.poster_key == "posters/ab/cd" and house["winner"].awards.get().lost_to_film == kept
    # The finding knows the film by a number that is no more.
    accept_finding(curator=cora, finding=house["finding"])
    assert kept.outside_scores.get().value == 86
    kept.outside_scores.all().delete()
    kept.fact_sources.filter(fact="scores.Metacritic").delete()
    undo_merge(curator=cora, merge=merge)
    assert (picture(kept), picture(gone)) == before
    assert house["winner"].awards.get().lost_to_film == gone and wrong_tallies() == []
    assert Suggestion.objects.get(kind="merge").twin == gone
    assert Suggestion.objects.get(kind="merge").state == "waiting"
    assert list(house["both"].films.order_by("pk")) == [kept, gone]


def test_what_members_say_after_the_merge_stays_with_the_survivor(kept, gone, cora):
    ana, bea = make.member(), make.member()
    make.mark(member=ana, film=gone, stars=3)
    make.mark(member=bea, film=kept, stars=2)
    make.mark(member=bea, film=gone, stars=5)
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    kept = Film.objects.get(pk=kept.pk)
    assert Mark.objects.get(member=bea).half_stars == 10
    late = make.review(film=kept, stars=1)
    actions.correct_film(curator=cora, film=kept, runtime_minutes=100)
    undo_merge(curator=cora, merge=merge)
    kept, gone = Film.objects.get(pk=kept.pk), Film.objects.get(pk=gone.pk)
    assert Review.objects.get() == late and late.film == kept
    assert (kept.rating_count, gone.rating_count, kept.runtime_minutes, gone.runtime_minutes) == (2, 2, 100, 113)
    assert set(Mark.objects.filter(member=bea).values_list("film", "half_stars")) == {(kept.pk, 4), (gone.pk, 10)}
    assert wrong_tallies() == []


def test_a_later_mark_takes_over_what_it_does_not_say(kept, gone, cora):
    """A film that was reviewed stays watched, and stars that were given are not taken back."""
    ana = make.member()
    make.review(member=ana, film=gone, stars=4)
    make.mark(member=ana, film=kept, in_watchlist=True, liked=True)
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    mark = Mark.objects.get(member=ana)
    assert (mark.film, mark.half_stars, mark.is_watched, mark.is_liked) == (kept, 8, True, True)
    undo_merge(curator=cora, merge=merge)
    assert {(m.film_id, m.half_stars, m.is_liked) for m in Mark.objects.all()} == {
        (kept.pk, None, True), (gone.pk, 8, False),
    }  # fmt: skip
    assert wrong_tallies() == []


def test_what_marks_take_over_is_written_at_once_and_as_data(kept, gone, cora):
    """Django's `bulk_update` writes a CASE for each value: with thousands of marks a merge was given up halfway."""
    five_hundred(kept, range(30))
    five_hundred(gone, range(30))
    Mark.objects.filter(film=gone).update(liked_at=None, updated_at=timezone.now())
    liked = Mark.objects.filter(film=kept, liked_at__isnull=False).count()
    with CaptureQueriesContext(connection) as asked:
        merge_films(curator=cora, kept=kept, gone=gone)
    written = [query["sql"] for query in asked if query["sql"].lstrip().startswith('UPDATE "reviews_mark"')]
    assert len(written) == 2 and not any("CASE" in text for text in written), "what was taken over, and the move"
    assert Mark.objects.filter(film=kept, liked_at__isnull=False).count() == liked == 20
    assert Mark.objects.filter(film=kept).count() == 30 and wrong_tallies() == []


def test_two_drafts_become_one_with_the_words_of_both(kept, gone, cora):
    ana = make.member()
    make.review(member=ana, film=kept, draft=True, body="First thought.")
    make.review(member=ana, film=gone, draft=True, body="Second thought.")
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    assert Review.objects.get().body == "Second thought.\n\nFirst thought."
    undo_merge(curator=cora, merge=merge)
    assert set(Review.objects.values_list("film", "body")) == {
        (kept.pk, "First thought."), (gone.pk, "Second thought."),
    }  # fmt: skip


def test_what_was_replaced_since_comes_back_to_the_other_film_all_the_same(kept, gone, cora):
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    kept = Film.objects.get(pk=kept.pk)
    actions.settle_fact(curator=cora, film=kept, fact="credits.actor", value=[{"person": None, "name": "Somebody"}])
    undo_merge(curator=cora, merge=merge)
    assert [row["name"] for row in record.read(kept, "credits.actor")] == ["Somebody"]
    assert [row["name"] for row in record.read(gone, "credits.actor")] == ["Ansel Elgort", "Lily James"]


def test_a_member_who_left_since_is_not_brought_back(kept, gone, cora):
    ana = make.member()
    make.mark(member=ana, film=kept, stars=2)
    make.mark(member=ana, film=gone, stars=5)
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    ana.delete()
    undo_merge(curator=cora, merge=merge)
    assert not Mark.objects.exists() and wrong_tallies() == []


def test_who_was_suspended_since_does_not_count_again(kept, gone, cora):
    ana, bea = make.member(), make.member(is_active=False)
    for member in (ana, bea):
        make.mark(member=member, film=kept, stars=2)
        make.mark(member=member, film=gone, stars=5)
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    User.objects.filter(pk=ana.pk).update(is_active=False)
    User.objects.filter(pk=bea.pk).update(is_active=True)
    undo_merge(curator=cora, merge=merge)
    assert set(Mark.objects.values_list("member", "film", "set_aside")) == {
        (ana.pk, kept.pk, True), (ana.pk, gone.pk, True), (bea.pk, kept.pk, False), (bea.pk, gone.pk, False)
    }  # fmt: skip
    assert {film.rating_count for film in Film.objects.all()} == {1} and wrong_tallies() == []


def test_old_addresses_lead_to_the_last_survivor_for_ever(kept, gone, cora, client):
    last = make.film(title="Baby Driver, the film", year=2017)
    old = [gone.slug, kept.slug]
    first = merge_films(curator=cora, kept=kept, gone=gone)
    kept = Film.objects.get(pk=kept.pk)
    assert kept.slug == "baby-driver-2017", "the address that its year makes, now that nobody else has it"
    second = merge_films(curator=cora, kept=last, gone=kept)
    for slug in old:
        page = client.get(f"/films/{slug}/")
        assert (page.status_code, page["Location"]) == (301, last.get_absolute_url())
        assert page["Cache-Control"] == "no-cache", "or browsers would go there even after an undo"
        answer = client.get(f"/api/v1/films/{slug}/")
        assert answer.status_code == 301 and answer["Location"].endswith(f"/api/v1/films/{last.slug}/")
    with pytest.raises(ValidationError, match="merged into “Baby Driver, the film"):
        undo_merge(curator=cora, merge=first)
    undo_merge(curator=cora, merge=second)
    undo_merge(curator=cora, merge=first)
    assert [Film.objects.get(pk=film.pk).slug for film in (gone, kept, last)] == [*old, last.slug]
    assert client.get(f"/films/{old[0]}/").status_code == client.get(f"/films/{old[1]}/").status_code == 200


def test_the_old_address_takes_marks_and_reviews_for_the_survivor(kept, gone, cora, client):
    ana = make.member()
    client.force_login(ana)
    merge_films(curator=cora, kept=kept, gone=gone)
    client.post(f"/films/{gone.slug}/mark/", {"stars": "4"})
    assert Mark.objects.get(member=ana).film == kept


def test_merging_twice_undoing_twice_and_merging_again(kept, gone, cora):
    first = merge_films(curator=cora, kept=kept, gone=gone)
    assert merge_films(curator=cora, kept=kept, gone=gone) == first and Merge.objects.count() == 1
    undo_merge(curator=cora, merge=first)
    assert undo_merge(curator=cora, merge=first).undone_by == cora
    assert merge_films(curator=cora, kept=kept, gone=gone) != first


def test_it_refuses_in_words(kept, gone, cora):
    with pytest.raises(ValidationError, match="into itself"):
        merge_films(curator=cora, kept=kept, gone=kept)
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    with pytest.raises(ValidationError, match="not in the catalogue any more"):
        merge_films(curator=cora, kept=gone, gone=kept)
    Film.objects.filter(pk=kept.pk).delete()
    with pytest.raises(ValidationError, match="nothing can be taken"):
        undo_merge(curator=cora, merge=merge)


@pytest.mark.parametrize("permissions", [(), ("films.change_film",), ("films.delete_film",)])
def test_only_those_who_may_change_and_delete_films(kept, gone, cora, permissions):
    somebody = make.allow(make.member(), *permissions)
    with pytest.raises(PermissionDenied):
        merge_films(curator=somebody, kept=kept, gone=gone)
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    with pytest.raises(PermissionDenied):
        undo_merge(curator=somebody, merge=merge)
    assert Merge.objects.get().undone_at is None and Credit.objects.filter(film=kept).count() == 3


def test_articles_and_times_are_untouched(kept, gone, cora):
    review = make.review(film=gone)
    written = timezone.now() - timedelta(days=300)
    Review.objects.update(created_at=written, updated_at=written, published_at=written)
    article = make.article(films=[gone])
    stamp = Article.objects.get(pk=article.pk).updated_at
    merge_films(curator=cora, kept=kept, gone=gone)
    review.refresh_from_db()
    assert (review.created_at, review.updated_at, review.published_at) == (written, written, written)
    assert Article.objects.get(pk=article.pk).updated_at == stamp
