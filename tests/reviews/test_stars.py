"""Stars in, half-stars kept, words out."""

import pytest
from django.core.exceptions import ValidationError

from reviews.importers.tables import half_stars_of, tenth_of
from reviews.stars import label, numeral, to_half_stars, to_stars


@pytest.mark.parametrize("half_stars", range(1, 11))
def test_every_half_star_comes_back_as_it_went_in(half_stars):
    assert to_half_stars(to_stars(half_stars)) == half_stars
    assert to_half_stars(str(half_stars / 2)) == half_stars


@pytest.mark.parametrize("none", [None, ""])
def test_no_rating_is_none(none):
    assert to_half_stars(none) is None


@pytest.mark.parametrize(
    "stars",
    [0, "0", 5.5, 3.3, -1, "many", "nan", "inf", "1e400", "1e999998", "1e9999999", "1e-9999999", True, [], "½", 0.25],
)
def test_anything_else_is_refused_in_words(stars):
    with pytest.raises(ValidationError, match="half a star"):
        to_half_stars(stars)


def test_ratings_are_named_as_people_say_them():
    assert [label(n) for n in (1, 2, 3, 9, 10)] == ["½ star", "1 star", "1½ stars", "4½ stars", "5 stars"]
    assert numeral(10) == "5"


@pytest.mark.parametrize("said", ["1e400", "-1e400", "nan", "inf", "9", "0.25", "many"])
def test_a_line_of_an_import_that_gives_no_rating_does_not_stop_the_rest(said):
    assert half_stars_of(said) == 0 and half_stars_of("4.5") == 9
    assert tenth_of(said.replace("9", "²")) == 0 and tenth_of("9" * 5000) == 0 and tenth_of("10") == 10
