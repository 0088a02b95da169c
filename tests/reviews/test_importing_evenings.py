"""An evening is one, whichever site tells of it."""

import pytest

from tests import make
from tests.cast import Cast
from tests.reviews.imports import bring, take_in

pytestmark = pytest.mark.django_db

DIARY = "Date;Name;Year;Letterboxd URI;Rating;Rewatch;Tags;Watched Date\n"


def test_a_history_without_rewatches_doubles_none_of_a_diary(cast: Cast):
    """Few say whether a film was seen before: the day tells."""
    make.film(title="Heat", year=1995)
    head = "title,year,tmdbId,imdbId,watchedAt,comment,location\n"
    files = {
        "diary.csv": DIARY + "2020-02-02;Heat;1995;x;4;Yes;;2020-02-01\n2020-02-02;Heat;1995;x;4,5;;;2020-02-01\n",
        "history.csv": head + "Heat,1995,,,2020-02-01,,\nHeat,1995,,,2020-02-03,,\n",
        "last.json": '[{"last_watched_at": "2020-02-03T12:00:00.000Z", "movie": {"title": "Heat", "year": 1995}}]',
    }
    for member, order in ((cast.ana, ("diary.csv", "history.csv")), (cast.bea, ("history.csv", "diary.csv"))):
        for name in order:
            take_in(bring(member, {name: files[name]}, name=name))
        take_in(bring(member, {"": files["last.json"]}, name="watched-movies.json"))
        days = [str(one.watched_on) for one in member.viewings.order_by("watched_on")]
        assert days == ["2020-02-01", "2020-02-01", "2020-02-03"], order
