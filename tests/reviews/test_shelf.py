"""The shelf: which copies of films a member owns, on the film's page and on a page of its own."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import block, follow
from films.actions.merging import merge_films
from films.actions.unmerging import undo_merge
from reviews.actions import owning
from reviews.actions.departing import delete_account
from reviews.actions.erasing import erase_account
from reviews.actions.following import choose_privacy
from reviews.actions.owning import add_copy, add_once, change_copy, drop_copy
from reviews.models import Departure, OwnedCopy, Posting
from reviews.models.owned_copy import LONGEST_DETAILS
from reviews.shelf import shelf_of
from reviews.trust import LimitReached
from tests import make, staff
from tests.base import cost_of
from tests.reviews.town import ask

pytestmark = pytest.mark.django_db
OWN = "/members/ana/shelf/"


@pytest.fixture
def film():
    return make.film(title="Baby Driver", year=2017)


def at(film) -> str:
    return f"{film.get_absolute_url()}shelf/"


# Putting copies there


def test_a_copy_is_put_there_corrected_lent_and_taken_off_without_a_script(cast, film):
    ana = staff.logged_in(cast.ana)
    page = ana.get(film.get_absolute_url())
    assert "I own this film" in page.text and f'action="{at(film)}"' in page.text
    cost = cost_of(ana, film.get_absolute_url())
    for _sent_twice in range(2):
        put = ana.post(at(film), {"kind": "bluray", "details": " Shelf  3 "})
        assert put["Location"] == f"{film.get_absolute_url()}#shelf"
    copy = OwnedCopy.objects.get()
    assert (copy.kind, copy.details, copy.since, copy.lent_to) == ("bluray", "Shelf 3", None, "")
    page = ana.get(film.get_absolute_url()).text
    assert "Blu-ray" in page and "Shelf 3" in page and "I own another copy" in page
    assert cost_of(ana, film.get_absolute_url()) == cost

    edit = f"/shelf/{copy.pk}/edit/"
    said = {"kind": "uhd", "cut": "directors", "details": "The box", "since": "2019"}
    assert ana.post(edit, said | {"lent_to": "Tom", "lent_on": "2024-01-28"})["Location"] == OWN
    page = ana.get(OWN).text
    for words in ("4K UHD", "Director’s cut", "since 2019", "The box", "lent to Tom on 28 January 2024", "It is back"):
        assert words in page
    assert 'value="2019"' in ana.get(edit).text and 'value="2024-01-28"' in ana.get(edit).text
    ana.post(edit, {"back": "1"})
    copy.refresh_from_db()
    assert (copy.lent_to, copy.lent_on, copy.kind, copy.said_since) == ("", None, "uhd", "2019")
    ana.post(edit, said | {"since": "2019-03-05"})
    assert "since 5 March 2019" in ana.get(film.get_absolute_url()).text

    delete = f"/shelf/{copy.pk}/deletion/"
    assert "Take Baby Driver (2017) (4K UHD) off your shelf?" in ana.get(delete).text
    for _pressed_twice in range(2):
        assert ana.post(delete)["Location"] == OWN
    assert not OwnedCopy.objects.exists() and "Nothing stands here yet" in ana.get(OWN).text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"kind": "papyrus"}, "Choose what kind of copy it is."),
        ({"kind": ""}, "Choose what kind of copy it is."),
        ({"cut": "longest"}, "Choose a cut."),
        ({"details": "m" * (LONGEST_DETAILS + 1)}, "This is 121 characters long. Shorten it to 120 or fewer."),
        ({"since": "last spring"}, "Write a year or a day, such as 2019 or 2019-03-05."),
        ({"since": "2019-02-30"}, "Write a year or a day, such as 2019 or 2019-03-05."),
        ({"since": "1800"}, "There were no films before 1895."),
        ({"since": "2999"}, "That day has not come yet."),
        ({"lent_to": "Tom", "lent_on": "2999-01-01"}, "That day has not come yet."),
        ({"lent_on": "2024-01-01"}, "Say to whom you lent it, or leave the day empty."),
        ({"lent_to": "Tom", "lent_on": "the other day"}, "Write the day as year-month-day"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence(cast, film, said, told):
    ana = staff.logged_in(cast.ana)
    sent = {"kind": "dvd", "details": "Behind the door"} | said
    page = ana.post(at(film), sent)
    assert page.status_code == 422 and told in page.text
    assert f'value="{sent["details"]}"' in page.text and not OwnedCopy.objects.exists()
    copy = add_copy(member=cast.ana, film=film, kind="vhs")
    page = ana.post(f"/shelf/{copy.pk}/edit/", sent)
    assert page.status_code == 422 and told in page.text
    copy.refresh_from_db()
    assert (copy.kind, copy.details) == ("vhs", "")


def test_there_is_room_for_so_many_and_days_have_a_limit(cast, film, monkeypatch):
    monkeypatch.setattr(owning, "MOST_OF_A_FILM", 2)
    for _each in range(2):
        add_copy(member=cast.ana, film=film, kind="dvd")
    page = staff.logged_in(cast.ana).post(at(film), {"kind": "vhs"})
    assert page.status_code == 422 and "You have 2 copies of this film on your shelf" in page.text
    monkeypatch.setattr(owning, "MOST_COPIES", 2)
    with pytest.raises(ValidationError, match="There are 2 copies on your shelf"):
        add_copy(member=cast.ana, film=make.film(), kind="dvd")
    newcomer = make.member(date_joined=timezone.now())
    Posting.objects.bulk_create(Posting(member=newcomer, kind="copy") for _each in range(500))
    with pytest.raises(LimitReached):
        add_copy(member=newcomer, film=film, kind="dvd")


def test_only_its_member_changes_a_copy(cast, film):
    copy = add_copy(member=cast.ana, film=film, kind="dvd")
    with pytest.raises(PermissionDenied):
        change_copy(member=cast.bea, copy=copy, kind="vhs")
    with pytest.raises(PermissionDenied):
        drop_copy(member=cast.bea, copy=copy)
    before = copy.updated_at
    assert change_copy(member=cast.ana, copy=copy, kind="dvd").updated_at == before, "nothing changed"
    assert change_copy(member=cast.ana, copy=copy, lent_to="Tom", lent_on=date(2024, 1, 1)).lent_to == "Tom"
    assert change_copy(member=cast.ana, copy=copy, lent_to=" ").lent_on is None
    twice = [add_once(member=cast.ana, film=film, kind="dvd", details="The second") for _sent in range(2)]
    assert twice[0] == twice[1]
    OwnedCopy.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert add_once(member=cast.ana, film=film, kind="dvd", details="The second") != twice[0], "somebody has two"
    assert OwnedCopy not in admin.site._registry


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "papyrus"},
        {"kind": "dvd", "cut": "longest"},
        {"kind": "dvd", "lent_on": date(2024, 1, 1)},
        {"kind": "dvd", "since": date(2019, 3, 5), "since_is_year": True},
        {"kind": "dvd", "since_is_year": True},
    ],
)
def test_the_database_holds_it(cast, film, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnedCopy.objects.create(member=cast.ana, film=film, **wrong)


# Who sees it


def test_others_see_it_as_its_member_chose_and_never_where_it_stands(cast, film):
    """Bea follows Ana, Cem is blocked, Fay is a stranger; on the page, on its tab and in the queries behind both."""
    add_copy(member=cast.ana, film=film, kind="bluray", details="Third door", lent_to="Tom", since="2019")
    moderator = staff.moderator(username="mod")
    readers = {"ana": cast.ana, "bea": cast.bea, "cem": cast.cem, "fay": cast.fay, "mod": moderator, "nobody": None}
    shown = {
        ("private", False): {"ana"},
        ("followers", False): {"ana", "bea"},
        ("public", False): {"ana", "bea", "fay", "mod", "nobody"},
        ("public", True): {"ana", "bea"},
    }
    for (policy, is_private), see in shown.items():
        choose_privacy(member=cast.ana, shelf_policy=policy, is_private=is_private)
        for name, reader in readers.items():
            client = staff.logged_in(reader) if reader else None
            page = ask(OWN, client)
            assert page.status_code == (200 if name in see else 404), (policy, name)
            assert ("Third door" in page.text and "Tom" in page.text) is (name == "ana")
            assert ("since 2019" in page.text) is (name in see)
            profile = ask("/members/ana/", client)
            assert (f'href="{OWN}"' in profile.text) is (name in see), (policy, name)
            assert shelf_of(cast.ana, reader).exists() is (name in see)
    assert "Baby Driver" in ask(f"{OWN}?lent=no", staff.logged_in(cast.bea)).text, "which is not for her to ask"
    with pytest.raises(ValidationError):
        choose_privacy(member=cast.ana, shelf_policy="some")


def test_a_row_of_others_knows_nothing_that_is_not_shown(cast, film):
    add_copy(member=cast.ana, film=film, kind="dvd", details="Third door")
    choose_privacy(member=cast.ana, shelf_policy="public")
    (copy,) = shelf_of(cast.ana, cast.fay)
    with pytest.raises(Exception, match="details"):
        copy.details  # noqa: B018 -- read
    block(member=cast.fay, other=cast.ana)
    assert not shelf_of(cast.ana, cast.fay).exists()
    cast.ana.is_active = False
    cast.ana.save(update_fields=["is_active"])
    assert not shelf_of(cast.ana, cast.bea).exists()


@pytest.mark.django_db(transaction=True)
def test_who_marked_the_film_alike_is_not_shown_it(cast, film):
    """Parts of the page are kept for all whose marks are alike: the shelf is in none of them."""
    boss = make.member(is_staff=True, is_superuser=True)
    for member in (cast.ana, cast.bea, boss):
        make.mark(member=member, film=film, stars=4)
    copy = add_copy(member=cast.ana, film=film, kind="dvd", details="Third door")
    for member, is_shown in ((cast.ana, True), (cast.bea, False), (boss, False), (None, False), (cast.ana, True)):
        client = staff.logged_in(member) if member else None
        assert ("Third door" in ask(film.get_absolute_url(), client).text) is is_shown
    change_copy(member=cast.ana, copy=copy, details="Fourth door")
    assert "Fourth door" in ask(film.get_absolute_url(), staff.logged_in(cast.ana)).text
    choose_privacy(member=cast.ana, shelf_policy="followers")
    assert ask(OWN, staff.logged_in(cast.bea)).status_code == 200
    choose_privacy(member=cast.ana, shelf_policy="private")
    assert ask(OWN, staff.logged_in(cast.bea)).status_code == 404, "kept pages know it"


# What becomes of it


def test_films_that_become_one_have_all_copies_and_take_them_apart_again(cast, film):
    cora, gone = staff.curator(username="cora"), make.film(title="Baby Driver", year=2018)
    add_copy(member=cast.ana, film=gone, kind="dvd", details="Third door")
    add_copy(member=cast.ana, film=film, kind="dvd", details="Third door")
    before = list(OwnedCopy.objects.order_by("pk").values())
    merge = merge_films(curator=cora, kept=film, gone=gone)
    assert cast.ana.owned_copies.filter(film=film).count() == 2
    assert "Third door" not in str(merge.record), "what is nobody's else is in no ledger"
    undo_merge(curator=cora, merge=merge)
    assert list(OwnedCopy.objects.order_by("pk").values()) == before


def test_it_goes_with_the_account(cast, film):
    add_copy(member=cast.ana, film=film, kind="dvd")
    add_copy(member=cast.bea, film=film, kind="dvd")
    follow(member=cast.fay, other=cast.ana)
    assert "1 copy on your shelf" in staff.logged_in(cast.ana).get("/accounts/data/deletion/").text
    delete_account(member=cast.ana)
    erase_account(Departure.objects.get().pk)
    assert list(OwnedCopy.objects.values_list("member", flat=True)) == [cast.bea.pk]
