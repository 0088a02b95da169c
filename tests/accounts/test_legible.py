"""What members call themselves and their things can be read, and what shows nothing is no text."""

import pytest

from accounts.legible import is_legible, one_line
from accounts.models import User
from reviews.models import Comment, FilmList, Review, Seat
from tests import make
from tests.api import Api, program
from tests.cast import Cast

NOTHING = ["\u200b\u200b", "\u3164", "\u2800 \u2800", "\u202e", "\u0301", "\u200d", "\U000e0041", " \n\t"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        *((nothing, "") for nothing in NOTHING),
        ("\u202egpj.exe", "gpj.exe"),
        ("  two\r\nlines\x00 ", "two lines"),
        ("e" + "\u0301" * 40, "é" + "\u0301" * 4),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("שָׁלוֹם", "שָׁלוֹם"),
        ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",) * 2,
    ],
)
def test_a_line_keeps_what_is_seen(said: str, kept: str):
    assert one_line(said) == kept and is_legible(said) is bool(kept)


@pytest.mark.django_db
@pytest.mark.parametrize("nothing", ["\u200b\u200b", "\u3164"])
def test_nobody_posts_what_shows_nothing(cast: Cast, nothing: str):
    ana, review, guest = program(cast.ana), make.review(member=cast.bea), Api()
    said = {"body": ["Write something first: one sentence is enough."]}
    refused = ana.post("reviews/", {"film": review.film.slug, "body": nothing})
    assert (refused.status_code, refused.json()) == (400, said)
    refused = ana.post(f"reviews/{review.pk}/comments/", {"body": nothing})
    assert (refused.status_code, refused.json()) == (400, {"body": ["Write something first."]})
    refused = ana.post("lists/", {"title": nothing})
    assert (refused.status_code, refused.json()) == (400, {"title": ["Give the list a name."]})
    evening = make.evening(host=cast.ana)
    refused = guest.post(f"tonight/{evening.key}/join/", {"name": nothing})
    assert (refused.status_code, refused.json()) == (400, {"name": ["Say what the others call you."]})
    assert Review.objects.count() == 1 and not Comment.objects.exists() and Seat.objects.count() == 1
    assert ana.patch("me/", {"display_name": nothing, "pronouns": "she\u202e"}).json()["name"] == "ana"
    assert User.objects.get(pk=cast.ana.pk).pronouns == "she"
    tagged = ana.post("lists/", {"title": f"Rain\u202e{nothing}", "tags": ["rain\u2066", nothing]}).json()
    assert (FilmList.objects.get().title.rstrip("\u3164"), tagged["tags"]) == ("Rain", ["rain"])
