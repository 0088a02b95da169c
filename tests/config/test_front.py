"""Kept pages as the real server gives them: before Django, with all that Django says, and never out of date."""

import http.client
import re
from urllib.parse import quote, urlsplit

import pytest

from reviews.actions.rating import mark_film
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
OF_ONE_ANSWER = {"x-request-id", "date"}


@pytest.fixture
def ask(transactional_db, running_site):
    def asked(address, verb="GET", **headers):
        connection = http.client.HTTPConnection(urlsplit(running_site).netloc, timeout=30)
        try:
            connection.request(verb, address, headers={name.replace("_", "-"): said for name, said in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): said for name, said in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    return asked


def test_a_kept_answer_is_the_answer(ask):
    film = make.film(title="Heat", year=1995).get_absolute_url()
    for form in ("identity", "gzip"):
        answers = [ask(film, Accept_Encoding=form) for _ in range(6)]  # both workers have it by then, most likely
        said = [
            {name: value for name, value in headers.items() if name not in OF_ONE_ANSWER} for _, headers, _ in answers
        ]
        assert {status for status, _, _ in answers} == {200} and len({body for _, _, body in answers}) == 1
        assert all(each == said[0] for each in said)
        assert "content-security-policy" in said[0] and "cookie" in said[0]["vary"].lower()
        assert len({headers["x-request-id"] for _, headers, _ in answers}) == 6
    etag = answers[0][1]["etag"]
    for _ in range(4):
        status, headers, body = ask(film, Accept_Encoding="gzip", If_None_Match=f'"other", {etag}')
        assert (status, body, headers["etag"]) == (304, b"", etag) and "content-encoding" not in headers


@pytest.mark.parametrize("tag", ["né", "שלום"])
def test_a_page_is_kept_whatever_letters_its_address_has(ask, tag):
    """Django reads the path only once: it puts what it read where it was."""
    make.review(body="Rain.", tags=[tag])
    answers = [ask(f"/tags/{quote(tag)}/") for _ in range(6)]
    assert {status for status, _, _ in answers} == {200}
    assert all(b"Rain." in page for _, _, page in answers) and len({page for _, _, page in answers}) == 1


def test_a_rating_shows_on_the_very_next_request(ask):
    film, fans = make.film(title="Heat", year=1995), [make.member() for _ in range(8)]
    for number, fan in enumerate(fans, 1):
        for _ in range(4):
            ask(film.get_absolute_url())
        mark_film(member=fan, film=film, half_stars=9)
        for _ in range(4):
            page = ask(film.get_absolute_url())[2].decode()
            assert re.search(rf">{number} ratings?<", page), number


def test_who_may_get_another_answer_is_not_given_the_kept_one(ask):
    for _ in range(4):
        plain = ask("/films/")[2]
    assert "hx-push-url" in ask("/films/", HX_Request="true")[1] and "hx-push-url" not in ask("/films/")[1]
    assert b'data-lights="up"' in ask("/films/", Cookie="lights=up")[2]
    assert ask("/films/", Cookie="lights=up")[2] != plain and ask("/films/", Cookie="theme=x; lights=down")[2] == plain
    assert ask("/films/", "HEAD")[2] == b"" and ask("/films/", "DELETE")[0] == 403
    assert ask("/films/", Host="elsewhere.example")[0] == 400
    assert ask("/films/?x=1")[0] == 200
