"""Mutes: what a member does not want to hear of stays away where they look around, and nobody is told."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from accounts.actions import mute, unmute
from accounts.models import Mute
from films.models import Film
from reviews.actions.hushing import mute_film, unmute_film
from reviews.models import FilmMute, Review
from reviews.quiet import without_muted
from tests import make


@pytest.fixture
def written(cast):
    """Ana and Bea on one film each, by the name of their writer."""
    return {name: make.review(member=getattr(cast, name)) for name in ("ana", "bea")}


def heard(viewer):
    return set(without_muted(Review.objects.visible_to(viewer), viewer))


def test_it_leaves_out_a_muted_member_for_the_muter_alone(cast, written):
    mute(member=cast.fay, other=cast.ana)
    assert heard(cast.fay) == {written["bea"]}
    assert heard(cast.bea) == heard(AnonymousUser()) == set(written.values())


def test_it_leaves_out_a_muted_film_for_the_muter_alone(cast, written):
    mute_film(member=cast.fay, film=written["bea"].film)
    assert heard(cast.fay) == {written["ana"]}
    assert heard(cast.ana) == set(written.values())
    films = without_muted(Film.objects.all(), cast.fay, members=(), films=("pk",))
    assert written["bea"].film not in films and written["ana"].film in films


def test_a_mute_is_set_once_and_taken_back(cast, written):
    for _again in range(2):
        mute(member=cast.fay, other=cast.ana)
        mute_film(member=cast.fay, film=written["bea"].film)
    assert (Mute.objects.count(), FilmMute.objects.count()) == (1, 1)
    for _again in range(2):
        unmute(member=cast.fay, other=cast.ana)
        unmute_film(member=cast.fay, film=written["bea"].film)
    assert heard(cast.fay) == set(written.values())


def test_nobody_mutes_themselves(cast):
    with pytest.raises(ValidationError, match="yourself"):
        mute(member=cast.ana, other=cast.ana)
