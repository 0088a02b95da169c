"""POSTs that are sent twice, by a key of the program: one effect, one answer, for a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.api.upkeep import forget_requests
from accounts.models import RequestCount, SentOnce
from accounts.models.limit import count_request
from reviews.models import Review
from tests import make
from tests.api import Api, program
from tests.base import all_at_once

pytestmark = pytest.mark.django_db


def test_the_same_key_has_one_effect_and_one_answer(cast):
    film = make.film()
    api = program(cast.ana)
    sent = {"film": film.slug, "watched_on": "2024-01-28"}
    first = api.post("diary/", sent, **{"Idempotency-Key": "k1"})
    again = api.post("diary/", sent, **{"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert first["Location"] == again["Location"]
    assert again["Idempotent-Replayed"] == "true"
    assert cast.ana.viewings.count() == 1
    assert api.post("diary/", sent, **{"Idempotency-Key": "k2"}).json()["id"] != first.json()["id"]


def test_the_same_key_for_something_else_is_refused(cast):
    film = make.film()
    api = program(cast.ana)
    api.post("diary/", {"film": film.slug, "watched_on": "2024-01-28"}, **{"Idempotency-Key": "k1"})
    other = api.post("diary/", {"film": film.slug, "watched_on": "2024-01-29"}, **{"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_used")
    # Somebody else's key, and the same key at another address, are other keys.
    assert program(cast.bea).post("diary/", {"film": film.slug, "watched_on": "2024-01-29"},
                                  **{"Idempotency-Key": "k1"}).status_code == 201  # fmt: skip
    assert api.post("reviews/", {"film": film.slug, "body": "Good."}, **{"Idempotency-Key": "k1"}).status_code == 201


def test_a_refused_request_leaves_its_key_free(cast):
    film = make.film()
    api = program(cast.ana)
    key = {"Idempotency-Key": "k1"}
    assert api.post("reviews/", {"film": film.slug, "body": " "}, **key).status_code == 400
    assert api.post("reviews/", {"film": film.slug, "body": "Good."}, **key).status_code == 201
    for bad in ("", "x" * 201):
        assert api.post("reviews/", {}, **{"Idempotency-Key": bad}).status_code == 400


def test_a_key_makes_no_fault_where_nothing_can_be_posted(cast):
    api = program(cast.ana)
    answers = [api.post(path, {}, **{"Idempotency-Key": "k1"}) for path in ("nowhere/", "diary", "me/", "me/feed/")]
    assert [answer.status_code for answer in answers] == [404, 308, 405, 405]


def test_a_key_is_forgotten_after_a_day(cast):
    film = make.film()
    api = program(cast.ana)
    sent = {"film": film.slug, "watched_on": "2024-01-28"}
    api.post("diary/", sent, **{"Idempotency-Key": "k1"})
    SentOnce.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert "Idempotent-Replayed" not in api.post("diary/", sent, **{"Idempotency-Key": "k1"})
    assert cast.ana.viewings.count() == 2


def test_it_forgets_what_is_over(cast):
    film = make.film()
    api = program(cast.ana)
    for key in ("k1", "k2"):
        api.post("diary/", {"film": film.slug, "watched_on": "2024-01-28"}, **{"Idempotency-Key": key})
    SentOnce.objects.filter(key="k1").update(created_at=timezone.now() - timedelta(hours=25))
    count_request("address:long ago", 7)
    forget_requests()
    assert list(SentOnce.objects.values_list("key", flat=True)) == ["k2"]
    assert list(RequestCount.objects.values_list("key", flat=True)) == [f"member:{cast.ana.pk}"]


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_moment_has_one_effect():
    member, film = make.member(), make.film()
    _token, secret = make.token(member=member)
    answers: list[tuple[int, int]] = []

    def send() -> None:
        answer = Api(token=secret).post(
            "reviews/", {"film": film.slug, "body": "All at once."}, **{"Idempotency-Key": "k1"}
        )
        answers.append((answer.status_code, answer.json()["id"]))

    assert all_at_once([send] * 16) == []
    assert len(answers) == 16
    assert set(answers) == {(201, Review.objects.get().pk)}
