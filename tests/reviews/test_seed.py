"""`manage.py seed`: a new site is full, and a site that lives is left alone."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from accounts.models import User
from films.models import Collection, Film
from films.posters import poster_of
from reviews.house import house_account
from tests import make

pytestmark = pytest.mark.django_db


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
    first = Film.objects.popular()[0]
    assert poster_of(first).drawn
    assert any(name.startswith(f"{first.pk}-") for name in drawn(first))

    before = Film.objects.count(), User.objects.count(), Collection.objects.count()
    assert "nothing was changed" in seed()
    assert (Film.objects.count(), User.objects.count(), Collection.objects.count()) == before


def drawn(film: Film) -> list[str]:
    return default_storage.listdir(f"drawn/{film.pk % 1000:03d}")[1]


def test_it_leaves_a_site_alone_that_has_one_film():
    make.film(title="Ours")
    assert "nothing was changed" in seed()
    assert Film.objects.count() == 1
    assert not Collection.objects.exists()


def test_it_can_be_quiet():
    make.film(title="Ours")
    assert seed(verbosity=0) == ""


def test_it_invents_no_member():
    make.film(title="Ours")
    seed()
    assert set(User.objects.values_list("username", flat=True)) <= {"house"}


def test_the_house_is_one_account_without_a_password_or_rights():
    house = house_account()
    assert house_account() == house
    assert not house.has_usable_password()
    assert not (house.is_staff or house.is_superuser or house.email)
