"""Members by any word of their names, also where very many are called so."""

import pytest
from django.core.management import CommandError, call_command

from accounts import search
from accounts.actions import block
from accounts.models import User, UserKeys
from reviews.search import Kind
from reviews.search import search as search_all
from reviews.suggesting import suggest
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    for username, name in (
        ("kubrick", ""), ("stan99", "Stanley Kubrick-Fan"), ("the_kubrick", ""), ("AllOfKubrick", ""),
        ("elle", "Élodie Šťastná"), ("soren", "Søren’s Кино"), ("zoe", "Li Wei"), ("gone", "Kubrick gone"),
    ):  # fmt: skip
        make.member(username=username, display_name=name)
    User.objects.filter(username="stan99").update(follower_count=9)
    User.objects.filter(username="gone").update(is_active=False)


def called(query, most=300):
    return [User.objects.get(pk=pk).username for pk in search.ids_called(query, most)]


@pytest.mark.parametrize(("few", "soon"), [(500, 1_000), (3, 1_000), (500, 2)])
def test_the_very_name_comes_first_and_then_the_best_followed(monkeypatch, few, soon):
    for name, value in (("FEW", few), ("WALKED_SOON", soon)):
        monkeypatch.setattr(search, name, value)
    for number in range(8):
        member = make.member(username=f"anna{number}", display_name="")
        User.objects.filter(pk=member.pk).update(follower_count=number)
    make.member(username="zoe", display_name="Anna")
    for username, followers in (("annabel", 90), ("hey_anna", 99)):
        User.objects.filter(pk=make.member(username=username, display_name="").pk).update(follower_count=followers)
    assert called("@Anna", 4) == ["zoe", "annabel", "anna7", "anna6"]
    assert called("an", 4) == called("a", 4) == ["annabel", "anna7", "anna6", "anna5"]
    assert called("anna")[10] == "hey_anna" if few > 3 else "hey_anna" in called("anna")


def test_where_none_of_the_best_followed_begins_so_others_are_found(monkeypatch):
    monkeypatch.setattr(search, "FEW", 4)
    monkeypatch.setattr(search, "WALKED", 1)
    best = make.member(username="zoe")
    User.objects.filter(pk=best.pk).update(follower_count=9)
    for number in range(5):
        make.member(username=f"anna{number}", display_name="")
    assert len(search.ids_called("ann", 3)) == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kubrick", ["kubrick", "stan99", "AllOfKubrick", "the_kubrick"]),
        ("@Kubrick", ["kubrick", "stan99", "AllOfKubrick", "the_kubrick"]),
        ("kubrick stanl", ["stan99"]),
        ("kub stanley", []),  # only the last word may be unfinished
        ("elodie", ["elle"]),
        ("STASTNA élodie", ["elle"]),
        ("sørens", ["soren"]),
        ("кино", ["soren"]),
        ("wei", ["zoe"]),
        ("li", ["zoe"]),
        ("kub", ["kubrick"]),  # too short to be the beginning of a second word
        ("kubrik", ["stan99", "AllOfKubrick", "the_kubrick", "kubrick"]),  # nobody is called so
        ("staneley kurbick", ["stan99"]),
        ("kybrik", []),
        ("staxley kubrick", ["stan99"]),
        ("wex", []),  # too short to be misspelt
        ("elll", []),
        ("we'", []), ("'", []), ("& | ! :* \\", []), ("stanley:*", ["stan99"]),
    ],
)  # fmt: skip
def test_members_are_found_by_any_word_of_their_names(members, query, found):
    assert sorted(called(query)) == sorted(found)
    if query == "kubrick":
        assert called(query)[:2] == found[:2]


@pytest.mark.parametrize(
    ("before", "typed", "is_one"),
    [
        ("stanl", "stanley kub", True),
        ("the kubric", "the kubrick fan", True),
        ("stan", "stanle", False),  # too short to be looked for unfinished
        ("the kub", "the kubrick", False),
        ("allof", "allofK", False),  # two words
        ("stanl", "kubrick", False),
        ("stanl", "stanlé", False),
    ],
)
def test_who_is_not_called_so_is_not_called_so_after_more_letters(members, before, typed, is_one):
    assert search.is_continued(before, typed) is is_one
    if is_one:
        assert set(called(before)) >= set(called(typed))


def test_nobody_finds_whom_they_may_not_see_nor_counts_them(members, client):
    stan, viewer = User.objects.get(username="stan99"), make.member(username="viewer")
    expected = {None: 4, viewer: 4}
    for who, number in expected.items():
        found = search_all(who, "kubrick", "members")
        assert len(found.rows) == found.counts[Kind.MEMBERS] == number
    assert [one.username for one in suggest(viewer, "kubrick").members] == ["kubrick", "stan99", "AllOfKubrick"]
    assert suggest(viewer, "kubrik").members == []  # it may be the beginning of anything
    block(member=stan, other=viewer)
    for query in ("kubrick", "kubrik"):
        found = search_all(viewer, query, "members")
        assert stan not in found.rows
        assert len(found.rows) == found.counts[Kind.MEMBERS] == 3
        assert len(suggest(viewer, f"@{query}").members) == 3
        assert stan not in suggest(viewer, f"@{query}").members
        client.force_login(viewer)
        for path in ("search/?type=members&q=", "search/suggest/?q=@"):
            answer = client.get(f"/api/v1/{path}{query}").json()["results"]
            assert {one["id"] for one in answer if one["type"] == "members"} == {
                "kubrick",
                "the_kubrick",
                "AllOfKubrick",
            }


def test_the_keys_follow_the_names(members):
    stan = User.objects.get(username="stan99")
    stan.display_name = "Agnès"
    stan.save()
    assert called("agnes") == ["stan99"]
    assert "stan99" not in called("kubrick")
    UserKeys.objects.filter(pk=stan.pk).update(keys="kubrick")
    with pytest.raises(CommandError):
        call_command("check_integrity")
    call_command("check_integrity", repair=True)
    assert called("agnes") == ["stan99"]
    number = stan.pk
    stan.delete()
    assert not UserKeys.objects.filter(pk=number).exists()
