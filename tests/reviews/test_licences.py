"""By which licence others may use what a member writes: where it is chosen, and where it stands."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Licence, User
from reviews.actions.following import choose_privacy
from reviews.actions.listing import Details, change_list, clone_list
from tests import make
from tests.api import Api, program
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PRIVACY = "/accounts/privacy/"
DEED = "https://creativecommons.org/licenses/by-sa/4.0/"


def facts_of(page: str) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', page)
    assert found
    return json.loads(found[1])


def test_it_is_chosen_among_the_members_choices_and_refused_in_words(cast: Cast):
    client = Client()
    client.force_login(cast.ana)
    page = client.get(PRIVACY).content.decode()
    assert "what somebody has copied by then they may go on using" in page
    assert re.findall(r'name="licence" value="([^"]*)"', page) == list(Licence.values)
    sent = {"comment_policy": "anyone", "tip_policy": "nobody", "shelf_policy": "private"}
    sent |= {"licence": "CC-BY-SA-4.0", "opens_ratings": "on"}
    assert client.post(PRIVACY, sent).status_code == 302
    cast.ana.refresh_from_db()
    assert (cast.ana.licence, cast.ana.opens_ratings) == ("CC-BY-SA-4.0", True)
    assert client.post(PRIVACY, sent | {"licence": "WTFPL", "opens_ratings": ""}).status_code == 422
    assert client.post(PRIVACY, sent | {"licence": "", "opens_ratings": ""}).status_code == 302
    cast.ana.refresh_from_db()
    assert (cast.ana.licence, cast.ana.opens_ratings) == ("", False)
    with pytest.raises(ValidationError, match="Choose one of these licences"):
        choose_privacy(member=cast.ana, licence="WTFPL")
    with pytest.raises(IntegrityError, match="user_licence_known"), transaction.atomic():
        User.objects.filter(pk=cast.ana.pk).update(licence="WTFPL")


def test_programs_choose_it_too(cast: Cast):
    api = program(cast.ana)
    assert api.get("me/").json()["licence"] == ""
    assert api.patch("me/", {"licence": "CC0-1.0", "opens_ratings": False}).json()["licence"] == "CC0-1.0"
    assert api.get("me/").json()["opens_ratings"] is False
    assert "licence" in api.patch("me/", {"licence": "MIT"}).json()


def test_it_stands_beside_what_everybody_may_read(cast: Cast):
    review = make.review(member=cast.ana, stars=4.5)
    shelf = make.film_list(member=cast.ana, films=[make.film()])
    visitor, addresses = Client(), [review.get_absolute_url(), shelf.get_absolute_url()]
    for address in addresses:
        page = visitor.get(address).content.decode()
        assert 'rel="license"' not in page and "license" not in facts_of(page)
    choose_privacy(member=cast.ana, licence="CC-BY-SA-4.0")
    for address in addresses:  # the pages that were kept are made anew
        page = visitor.get(address).content.decode()
        assert f'<a href="{DEED}" rel="license">CC BY-SA 4.0</a>' in page and facts_of(page)["license"] == DEED
    told = facts_of(visitor.get(addresses[0]).content.decode())
    assert (told["@type"], told["reviewRating"]["ratingValue"], told["author"]["name"]) == ("Review", "4.5", "Ana")
    assert Api().get(f"reviews/{review.pk}/").json()["licence"] == "CC-BY-SA-4.0"
    assert Api().get("lists/").json()["results"][0]["licence"] == "CC-BY-SA-4.0"


def test_what_is_for_fewer_is_under_none(cast: Cast):
    choose_privacy(member=cast.ana, licence="CC-BY-4.0")
    review = make.review(member=cast.ana, visibility="followers")
    shelf = make.film_list(member=cast.ana, visibility="private")
    client = Client()
    client.force_login(cast.ana)
    assert 'rel="license"' not in client.get(review.get_absolute_url()).content.decode()
    assert 'rel="license"' not in client.get(shelf.get_absolute_url()).content.decode()
    assert program(cast.ana).get(f"reviews/{review.pk}/").json()["licence"] == ""
    public = make.review(member=cast.ana)
    choose_privacy(member=cast.ana, is_private=True)
    assert program(cast.ana).get(f"reviews/{public.pk}/").json()["licence"] == ""


def test_a_copied_description_is_its_writers_until_it_is_written_anew(cast: Cast):
    source = make.film_list(member=cast.bea, title="Hers", description="Her words")
    copy = clone_list(member=cast.ana, film_list=source)
    assert not copy.description_is_own
    assert clone_list(member=cast.bea, film_list=source).description_is_own
    change_list(member=cast.ana, film_list=copy, details=Details(title="Mine", description="Her words"))
    copy.refresh_from_db()
    assert not copy.description_is_own
    change_list(member=cast.ana, film_list=copy, details=Details(title="Mine", description="My words"))
    copy.refresh_from_db()
    assert copy.description_is_own
