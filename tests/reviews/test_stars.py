"""Stars in, half-stars kept, words out."""

import pytest
from django.core.exceptions import ValidationError

from reviews.stars import label, numeral, to_half_stars, to_stars


@pytest.mark.parametrize("half_stars", range(1, 11))
def test_every_half_star_comes_back_as_it_went_in(half_stars):
    assert to_half_stars(to_stars(half_stars)) == half_stars
    assert to_half_stars(str(half_stars / 2)) == half_stars


@pytest.mark.parametrize("none", [None, ""])
def test_no_rating_is_none(none):
    assert to_half_stars(none) is None


@pytest.mark.parametrize("stars", [0, "0", 5.5, 3.3, -1, "many", "nan", "inf", "1e400", True, [], "½", 0.25])
def test_anything_else_is_refused_in_words(stars):
    with pytest.raises(ValidationError, match="half a star"):
        to_half_stars(stars)


def test_ratings_are_named_as_people_say_them():
    assert [label(n) for n in (1, 2, 3, 9, 10)] == ["½ star", "1 star", "1½ stars", "4½ stars", "5 stars"]
    assert numeral(10) == "5"
