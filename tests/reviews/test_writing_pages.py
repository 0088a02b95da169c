"""The page on which reviews are written: nothing that was typed gets lost."""

import pytest
from django.test import Client

from reviews.models import Review
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make.member()


@pytest.fixture
def client(member):
    client = Client()
    client.force_login(member)
    return client


def words(body: str, **others: str) -> dict[str, str]:
    return {"body": body, "stars": "4", "visibility": "public"} | others


def test_a_form_left_open_in_a_second_window_brings_both_texts(client, member):
    film = make.film()
    page = f"/films/{film.slug}/review/"
    client.post(page, words("The first window was quicker."))
    answer = client.post(page, words("The second window, with a\nlonger thought."))
    review = Review.objects.get()
    assert answer.status_code == 409
    assert "The first window was quicker." in answer.text
    assert ">\nThe second window, with a\nlonger thought.</textarea>" in answer.text
    assert f'action="/reviews/{review.pk}/edit/"' in answer.text
    sent = words("The second window, with a\nlonger thought.", version=answer.context["form"]["version"].value())
    assert client.post(f"/reviews/{review.pk}/edit/", sent).status_code == 302
    review.refresh_from_db()
    assert review.body.startswith("The second window")


def test_a_second_press_of_the_button_leads_to_the_review(client):
    film = make.film()
    for _press in range(2):
        answer = client.post(f"/films/{film.slug}/review/", words("Once is enough."))
    assert answer["Location"] == Review.objects.get().get_absolute_url()


def test_an_edit_of_an_older_version_brings_both_texts(client, member):
    review = make.review(member=member, body="As it was.")
    page = f"/reviews/{review.pk}/edit/"
    client.post(page, words("As it is.", version="1"))
    answer = client.post(page, words("As it might be, “quoted”.", version="1"))
    assert answer.status_code == 409
    assert "As it is." in answer.text
    assert ">\nAs it might be, “quoted”.</textarea>" in answer.text
    assert answer.context["form"]["version"].value() == "2"


def test_a_draft_keeps_all_that_was_typed_and_is_not_lost_to_another_window(client, member):
    film = make.film()
    page = f"/films/{film.slug}/review/"
    evening = {
        "watched_on": "2024-01-28",
        "rewatch": "on",
        "format": "cinema",
        "place": "The Rio",
        "context_shown": "on",
    }
    first = words("As it begins.", draft="1", tags="rain", **evening)
    for _press in range(2):
        assert client.post(page, first)["Location"] == page
    shown = client.get(page).context["form"]
    said = {
        name: str(shown[name].value()) for name in ("watched_on", "rewatch", "format", "place", "context_shown", "tags")
    }
    assert said == {
        "watched_on": "2024-01-28", "rewatch": "True", "format": "cinema", "place": "The Rio", "context_shown": "True",
        "tags": "rain",
    }  # fmt: skip
    version = str(shown["version"].value())
    client.post(page, first | {"body": "As it goes on, at length.", "version": version})
    for button in ({"draft": "1"}, {}):  # a window from before that, and one from before there was a draft
        for opened in (version, ""):
            sent = {name: value for name, value in first.items() if name != "draft"}
            answer = client.post(page, sent | {"body": "Something else.", "version": opened} | button)
            assert answer.status_code == 409
            assert "As it goes on, at length." in answer.text and ">\nSomething else.</textarea>" in answer.text
            assert "Save draft" in answer.text
    assert Review.objects.get().body == "As it goes on, at length."
    again = str(answer.context["form"]["version"].value())
    posted = client.post(page, sent | {"body": "Something else.", "version": again})
    review = Review.objects.get()
    assert posted["Location"] == review.get_absolute_url() and review.body == "Something else."
    assert (review.viewing.place, review.viewing.rewatch, review.evening) == ("The Rio", True, None)
    assert member.marks.get().half_stars == 8, "the stars of a draft that was saved twice"


def test_a_film_deleted_meanwhile_gives_the_words_back(client):
    film = make.film()
    page = f"/films/{film.slug}/review/"
    film.delete()
    answer = client.post(page, words("Now where do I put this?"))
    assert answer.status_code == 410
    assert "Now where do I put this?" in answer.text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"body": "  "}, "Write something first"),
        ({"body": "x" * 200_000}, "200,000"),
        ({"stars": "5.5"}, "half"),
        ({"stars": "0"}, "half"),
        ({"stars": "3.3"}, "half"),
        ({"watched_on": "2999-01-01"}, "not come yet"),
        ({"watched_on": "yesterday"}, "year-month-day"),
    ],
)
def test_what_cannot_be_posted_is_said_and_kept(client, wrong, says):
    film = make.film()
    sent = words("A sentence to keep.") | wrong
    answer = client.post(f"/films/{film.slug}/review/", sent)
    assert answer.status_code == 422
    errors = " ".join(str(message) for messages in answer.context["form"].errors.values() for message in messages)
    assert says in errors
    assert f">\n{sent['body']}</textarea>" in answer.text
    assert not Review.objects.exists()
