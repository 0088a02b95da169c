"""What was sent with a character that no row can have is the sender's mistake."""

import pytest
from django.db import DataError

from config.unreadable import Unreadable

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/tags/%00/", "/tags/a%00b/", "/members/%00/", "/members/%00/diary/", "/members/ana/tags/%00/"],
)
@pytest.mark.parametrize("signed_in", [False, True])
def test_there_is_nothing_at_such_an_address(client, cast, address, signed_in):
    if signed_in:
        client.force_login(cast.ana)
    answer = client.get(address)
    assert answer.status_code == 404
    assert "This seat is empty" in answer.content.decode()


def test_such_a_question_cannot_be_read(client, cast):
    client.force_login(cast.ana)
    answer = client.get("/lists/new/?film=%00")
    assert answer.status_code == 400
    assert "We could not read that" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/accounts/favourites/", {"film": "a\0b", "do": "add"}),
        ("/accounts/requests/answer/", {"accept": "\0"}),
        ("/accounts/settings/unblocking/", {"username": "\0"}),
    ],
)
def test_such_a_form_cannot_be_read(client, cast, address, fields):
    client.force_login(cast.ana)
    assert client.post(address, fields).status_code == 400


def test_a_fault_of_ours_stays_one(rf):
    fault = DataError("value out of range")
    assert Unreadable(lambda request: None).process_exception(rf.get("/?q=readable"), fault) is None
