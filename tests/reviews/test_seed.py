"""`manage.py seed`: a new site is full, and a site that lives is left alone."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from accounts.models import User
from films.models import Chart, ChartPlace, Collection, Film
from films.posters import poster_of
from reviews.actions.documents import house_account
from reviews.models import Article, Document, Finding, Review
from tests import make

pytestmark = pytest.mark.django_db


EVERYTHING = (Film, Collection, User, Document, Finding, Review, Article)


def seed(**options: object) -> str:
    out = StringIO()
    call_command("seed", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_it_fills_a_new_site_and_then_changes_nothing(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    said = seed()
    assert "films added" in said
    assert Film.objects.count() > 35_000
    assert Collection.objects.on_front_page().count() >= 2
    assert ChartPlace.objects.filter(chart__in=Chart.objects.of_all_films()).count() >= 250
    assert "3 texts published" in said
    about = Film.objects.get(slug="baby-driver-2017")
    assert Document.objects.filter(film=about).count() == 3
    review = Review.objects.get()
    assert (review.film, review.half_stars, review.member) == (about, 10, house_account())
    assert set(Article.objects.published().values_list("kind", flat=True)) == {"essay", "news"}
    about.refresh_from_db()
    assert (about.review_count, about.rating_count, about.rating_sum) == (1, 1, 10)
    assert list(User.objects.values_list("username", flat=True)) == ["house"]  # nobody is invented
    first = Film.objects.popular()[0]
    assert poster_of(first).drawn
    assert any(name.startswith(f"{first.pk}-") for name in drawn(first))

    before = [model.objects.count() for model in EVERYTHING]
    assert "nothing was changed" in seed()
    assert [model.objects.count() for model in EVERYTHING] == before


def drawn(film: Film) -> list[str]:
    return default_storage.listdir(f"drawn/{film.pk % 1000:03d}")[1]


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
