"""The makers of test rows: what one makes is what the site itself would have made."""

from tests import make


def test_it_makes_a_whole_evening(cast):
    film = make.film(
        title="Baby Driver", genres=["Action"], directors=["Edgar Wright"], cast=[("Ansel Elgort", "Baby")]
    )
    review = make.review(member=cast.ana, film=film, stars=4.5)
    make.comment(member=cast.bea, review=review)
    make.viewing(member=cast.fay, film=film, stars=3)
    make.mark(member=cast.eli, film=film, in_watchlist=True)
    make.article(films=[film])
    make.collection(films=[film])
    make.availability(film=film)
    make.report(text=review)
    film.refresh_from_db()
    review.refresh_from_db()
    assert film.slug == "baby-driver-2017"
    assert (film.rating_count, film.rating_sum, film.watch_count, film.watchlist_count) == (2, 15, 2, 1)
    assert (review.comment_count, review.stars) == (1, 4.5)
    assert make.film(title="Baby Driver").slug == "baby-driver-2017-2"


def test_it_knows_who_is_who(cast):
    assert cast.dora.has_perm("films.add_film")
    assert not cast.ana.has_perm("films.add_film")
    assert cast.eli.has_perm("reviews.remove_review")
    assert cast.ana.follower_count == 0
    cast.ana.refresh_from_db()
    assert cast.ana.follower_count == 1
