"""Answers of the API are kept, and no program reads what it would not read if they were not."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from config.writes import only
from reviews.actions.rating import mark_film
from reviews.actions.reviewing import like_review
from reviews.models import Comment
from reviews.models.comment import EDIT_WINDOW
from tests import make
from tests.reviews.test_kept_for_members import steps
from tests.reviews.town import Town, ask

pytestmark = pytest.mark.django_db(transaction=True)
API = "/api/v1/"


@pytest.fixture
def town(transactional_db) -> Town:
    return Town()


def answers(town: Town, viewers: dict[str, Client]) -> dict[str, tuple[int, dict[str, str], bytes]]:
    """What each viewer is told, headers and all."""
    film, review, film_list = town.film.slug, town.review.pk, town.list.pk
    addresses = (
        "films/", "films/?ordering=-rating&counts=1", f"films/{film}/", f"films/{town.other.slug}/",
        f"films/{film}/reviews/", "reviews/", f"reviews/{review}/", "lists/", f"lists/{film_list}/", "charts/top/",
        "me/feed/", "diary/",
    )  # fmt: skip
    told = {}
    for name, viewer in viewers.items():
        for address in addresses:
            answer = ask(API + address, viewer)
            headers = {header: said for header, said in answer.items() if header != "X-Request-ID"}
            told[f"{name} at {address}"] = answer.status_code, headers, answer.content
    return told


@pytest.mark.slow
def test_every_program_is_told_what_it_would_be_told_if_nothing_were_kept(town, settings):
    """Bea follows Ana, who blocks Cem; Dora hides scores."""
    six = town.people
    settings.API_REQUESTS_ANONYMOUS = settings.API_REQUESTS_MEMBER = 10_000
    mark_film(member=six.ana, film=town.film, half_stars=8, liked=True)
    User.objects.filter(pk=six.dora.pk).update(hides_scores=True)
    like_review(member=six.cem, review=make.review(member=six.fay, film=town.film, body="Words. " * 9, spoilers=True))
    said = make.comment(review=town.review, member=six.fay, body="What a ||veiled|| film.")
    make.review(member=six.ana, film=town.film, body="Between us. " * 9, visibility="followers")
    town.list = make.film_list(member=six.bea, films=[town.film, town.other], title="Getaways")
    viewers = {name: Client() for name in ("nobody", "bea", "cem", "dora")}
    for name in [*viewers][1:]:
        viewers[name].force_login(getattr(six, name))
    began = said.created_at - EDIT_WINDOW
    for name, act in [("nothing", lambda: None), *steps(town, said)]:
        act()
        # What was said a moment ago may still be edited, and its seconds would differ.
        with only("what nothing is made of"):
            Comment.objects.filter(created_at__gt=began).update(created_at=began)
        kept = answers(town, viewers)
        settings.PAGES_KEPT_MB = 0
        fresh = answers(town, viewers)
        settings.PAGES_KEPT_MB = 64
        assert [at for at, answer in kept.items() if answer != fresh[at]] == [], name


def was_kept(address: str, viewer: Client) -> bool:
    """Whether nothing of it was read from the database but who asks."""
    with CaptureQueriesContext(connection) as asked:
        assert ask(API + address, viewer).status_code == 200
    return not any(re.search(r'FROM "(films_film|reviews_review)"', query["sql"]) for query in asked.captured_queries)


def test_answers_outlive_what_does_not_concern_them_and_are_shared_where_they_are_alike(town):
    six, nobody, bea, dora = town.people, Client(), Client(), Client()
    User.objects.filter(pk=six.dora.pk).update(hides_scores=True)
    bea.force_login(six.bea)
    dora.force_login(six.dora)
    film, review = f"films/{town.film.slug}/", f"reviews/{town.review.pk}/"
    assert not was_kept(film, nobody) and was_kept(film, nobody)
    assert was_kept(film, bea), "It is the same for who sees scores."
    assert not was_kept(film, dora) and was_kept(film, dora)
    assert not was_kept(review, nobody) and not was_kept(review, bea), "Of a review each is told what they may do."
    mark_film(member=six.fay, film=town.other, half_stars=7)
    assert was_kept(film, nobody) and was_kept(film, dora) and was_kept(review, bea)
    mark_film(member=six.dora, film=town.other, half_stars=7)
    assert was_kept(film, bea) and not was_kept(film, dora), "She may have rated it."
    like_review(member=six.fay, review=town.review)
    assert not was_kept(review, bea)


def test_what_is_kept_is_asked_for_like_any_other_answer(town, settings):
    settings.API_REQUESTS_ANONYMOUS = 4
    address, program = f"{API}films/{town.film.slug}/", Client()
    first = ask(address, program)
    assert ask(address, program, **{"If-None-Match": first["ETag"]}).status_code == 304
    assert ask(address, program, Authorization="Bearer nobodys").status_code == 401
    pretty = ask(address, program, Accept="application/json; indent=4")
    assert pretty.json() == first.json() and pretty.content != first.content
    assert ask(address, program).status_code == 429
