"""Members by the beginning of their names, also where very many begin so."""

import pytest

from accounts import search
from accounts.models import User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("few", [500, 3])
def test_the_very_name_comes_first_and_then_the_best_followed(monkeypatch, few):
    monkeypatch.setattr(search, "FEW", few)
    for number in range(8):
        member = make.member(username=f"anna{number}", display_name="")
        User.objects.filter(pk=member.pk).update(follower_count=number)
    named = make.member(username="zoe", display_name="Anna")
    known = make.member(username="annabel", display_name="")
    User.objects.filter(pk=known.pk).update(follower_count=90)
    found = [User.objects.get(pk=pk).username for pk in search.ids_called("@Anna", 4)]
    assert found == [named.username, "annabel", "anna7", "anna6"]


def test_where_none_of_the_best_followed_begins_so_others_are_found(monkeypatch):
    monkeypatch.setattr(search, "FEW", 4)
    monkeypatch.setattr(search, "WALKED", 1)
    best = make.member(username="zoe")
    User.objects.filter(pk=best.pk).update(follower_count=9)
    for number in range(5):
        make.member(username=f"anna{number}", display_name="")
    assert len(search.ids_called("ann", 3)) == 3
