"""`manage.py seed`: a site that lives is left alone. What it makes of a new one: tests/test_seed.py."""

from io import StringIO

import pytest
from django.core.management import call_command

from films.models import Collection, Film
from reviews.actions.documents import house_account
from reviews.models import Document, Review
from tests import make

pytestmark = pytest.mark.django_db


def seed(**options: object) -> str:
    out = StringIO()
    call_command("seed", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_it_leaves_a_site_alone_that_has_one_film_and_one_review():
    make.review(film=make.film(title="Ours"))
    assert "nothing was changed" in seed()
    assert Film.objects.count() == 1
    assert Review.objects.count() == 1
    assert not Collection.objects.exists()
    assert not Document.objects.exists()


def test_it_says_nothing_of_films_that_the_site_does_not_have():
    make.film(title="Ours")
    assert "nothing was changed" in seed()
    assert not Document.objects.exists()


def test_it_can_be_quiet():
    make.review(film=make.film(title="Ours"))
    assert seed(verbosity=0) == ""


def test_the_house_is_one_account_without_a_password_or_rights():
    house = house_account()
    assert house_account() == house
    assert not house.has_usable_password()
    assert not (house.is_staff or house.is_superuser or house.email)
