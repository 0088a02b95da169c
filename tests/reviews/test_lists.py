"""Making lists, changing, liking and copying them: what works, and what is refused."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actions import block, follow
from reviews.actions.filling import add_film, remove_film
from reviews.actions.listing import (
    Details,
    StaleList,
    change_list,
    clone_list,
    delete_list,
    like_list,
    make_list,
    renew_link,
    unlike_list,
)
from reviews.models import Activity, FilmList, ListLike, Notification
from tests import make
from tests.reviews.letters import OTHERS_LIST, entry, letters, titles
from tests.tallies import wrong_tallies

pytestmark = pytest.mark.django_db


def lines() -> list[tuple[str, str]]:
    return [(one.kind, one.visibility) for one in Activity.objects.order_by("id")]


@pytest.fixture
def abc(cast):
    return letters(member=cast.ana)


# The list itself


def test_it_makes_a_list(cast):
    details = Details(title="  Getaway   films ", description="They *drive*.", is_ranked=True, tags=("cars", "Cars"))
    made = make_list(member=cast.ana, details=details)
    made.refresh_from_db()
    assert (made.title, made.description, made.is_ranked, made.tags) == (
        "Getaway films",
        "They *drive*.",
        True,
        ["cars"],
    )
    assert made.description_html == "<p>They <em>drive</em>.</p>\n"
    assert (made.visibility, made.film_count, made.version) == ("public", 0, 1)


def test_the_same_form_sent_twice_makes_one(cast):
    once = make_list(member=cast.ana, details=Details(title="Twice"))
    assert make_list(member=cast.ana, details=Details(title="Twice")) == once
    assert make_list(member=cast.bea, details=Details(title="Twice")) != once
    add_film(member=cast.ana, film_list=once, film=make.film())
    assert make_list(member=cast.ana, details=Details(title="Twice")) != once


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"description": "x" * 5001}, "description"),
        ({"visibility": "friends"}, "visibility"),
        ({"comment_policy": "some"}, "comment_policy"),
    ],
)
def test_it_says_by_field_what_is_wrong(cast, wrong, field):
    with pytest.raises(ValidationError) as refusal:
        make_list(member=cast.ana, details=Details(**({"title": "A list"} | wrong)))
    assert list(refusal.value.message_dict) == [field]
    assert not FilmList.objects.exists()


def test_it_refuses_too_many_tags(cast):
    with pytest.raises(ValidationError, match="at most 10 tags"):
        make_list(member=cast.ana, details=Details(title="A list", tags=tuple("abcdefghijk")))


def test_its_own_member_changes_it(cast, abc):
    changed = change_list(
        member=cast.ana, film_list=abc, details=Details(title="Characters", is_ranked=True), version=1
    )
    assert (changed.title, changed.is_ranked, changed.version) == ("Characters", True, 2)
    assert titles(changed) == ["A", "B", "C"]


def test_it_notices_a_change_in_another_window(cast, abc):
    change_list(member=cast.ana, film_list=abc, details=Details(title="Signs"), version=1)
    with pytest.raises(StaleList) as stale:
        change_list(member=cast.ana, film_list=abc, details=Details(title="Marks"), version=1)
    assert stale.value.film_list.title == "Signs"
    assert FilmList.objects.get().title == "Signs"


def test_nobody_else_changes_deletes_or_opens_it(cast, abc):
    make.helper(film_list=abc, member=cast.bea)
    for other in (cast.bea, cast.fay, cast.eli):
        with pytest.raises(PermissionDenied, match=OTHERS_LIST):
            change_list(member=other, film_list=abc, details=Details(title="Mine"))
        with pytest.raises(PermissionDenied, match=OTHERS_LIST):
            delete_list(member=other, film_list=abc)
        with pytest.raises(PermissionDenied, match=OTHERS_LIST):
            renew_link(member=other, film_list=abc)
    assert FilmList.objects.get().title == "Letters"


def test_its_own_member_deletes_it_and_copies_stay(cast, abc):
    clone = clone_list(member=cast.fay, film_list=abc)
    delete_list(member=cast.ana, film_list=abc)
    clone.refresh_from_db()
    assert clone.cloned_from is None and titles(clone) == ["A", "B", "C"]
    assert FilmList.objects.get() == clone
    with pytest.raises(ValidationError, match="not here any more"):
        add_film(member=cast.ana, film_list=abc, film=make.film())


def test_a_new_link_ends_the_old_one(cast):
    made = make.film_list(member=cast.ana, visibility="link")
    old = made.link_key
    new = renew_link(member=cast.ana, film_list=made).link_key
    assert new != old
    assert not FilmList.objects.visible_to(cast.fay, link_key=old).exists()
    assert FilmList.objects.visible_to(cast.fay, link_key=new).get() == made


# What feeds hear


def test_feeds_hear_of_it_once_it_has_a_film(cast):
    made = make.film_list(member=cast.ana)
    assert lines() == []
    film, _new = add_film(member=cast.ana, film_list=made, film=make.film())
    add_film(member=cast.ana, film_list=made, film=make.film())
    assert lines() == [("listed", "public")]
    for on_it in made.entries.all():
        remove_film(member=cast.ana, entry=on_it)
    assert lines() == []


@pytest.mark.parametrize(
    ("visibility", "told"), [("public", [("listed", "public")]), ("followers", [("listed", "followers")]),
                             ("link", []), ("private", [])],
)  # fmt: skip
def test_feeds_hear_as_far_as_others_may_see_it(cast, visibility, told):
    made = make.film_list(member=cast.ana, films=[make.film()], visibility=visibility)
    assert lines() == told
    change_list(member=cast.ana, film_list=made, details=Details(title="Open", visibility="public"))
    assert lines() == [("listed", "public")]
    like_list(member=cast.fay, film_list=made)
    change_list(member=cast.ana, film_list=made, details=Details(title="Open", visibility=visibility))
    assert ("liked_list" in dict(lines())) is bool(told)
    assert [line for line in lines() if line[0] == "listed"] == told


# Likes


def test_a_like_is_counted_once_and_taken_back(cast, abc):
    for _again in range(2):
        like_list(member=cast.fay, film_list=abc)
    abc.refresh_from_db()
    assert abc.like_count == ListLike.objects.count() == 1
    told = Notification.objects.get()
    assert (told.member, told.kind, told.actor, told.film_list) == (cast.ana, "list_liked", cast.fay, abc)
    assert Activity.objects.filter(member=cast.fay, kind="liked_list", film_list=abc).count() == 1
    for _again in range(2):
        unlike_list(member=cast.fay, film_list=abc)
    abc.refresh_from_db()
    assert abc.like_count == 0 and not Activity.objects.filter(kind="liked_list").exists()
    like_list(member=cast.fay, film_list=abc)
    assert Notification.objects.count() == 1


def test_nobody_likes_their_own_or_what_they_do_not_see(cast, abc):
    with pytest.raises(PermissionDenied, match="your own"):
        like_list(member=cast.ana, film_list=abc)
    with pytest.raises(PermissionDenied, match="cannot see"):
        like_list(member=cast.cem, film_list=abc)
    hidden = make.film_list(member=cast.ana, visibility="followers")
    with pytest.raises(PermissionDenied, match="cannot see"):
        like_list(member=cast.fay, film_list=hidden)
    like_list(member=cast.bea, film_list=hidden)
    by_link = make.film_list(member=cast.ana, visibility="link")
    with pytest.raises(PermissionDenied, match="cannot see"):
        like_list(member=cast.fay, film_list=by_link)
    like_list(member=cast.fay, film_list=by_link, link_key=by_link.link_key)
    assert ListLike.objects.count() == 2


# Copies


def test_a_copy_keeps_order_notes_and_credit(cast):
    source = make.film_list(
        member=cast.ana, title="Loud", films=[make.film(title=name) for name in "AB"], notes="*Loud.*", is_ranked=True,
        description="Turn it up.", tags=("noise",),
    )  # fmt: skip
    clone = clone_list(member=cast.fay, film_list=source)
    assert (clone.member, clone.title, clone.visibility, clone.cloned_from) == (cast.fay, "Loud", "private", source)
    assert (clone.description, clone.tags, clone.is_ranked, clone.film_count) == ("Turn it up.", ["noise"], True, 2)
    assert titles(clone) == ["A", "B"]
    assert [one.note_html for one in clone.entries.all()] == ["<p><em>Loud.</em></p>\n"] * 2
    assert clone_list(member=cast.fay, film_list=source) == clone
    told = Notification.objects.get()
    assert (told.member, told.kind, told.actor, told.film_list) == (cast.ana, "list_cloned", cast.fay, source)
    assert lines() == [("listed", "public")]


def test_a_copy_brings_no_words_that_were_for_few(cast):
    source = make.film_list(
        member=cast.ana, films=[make.film(title="A")], notes="Only for you.", description="Between us.",
        visibility="followers",
    )  # fmt: skip
    clone = clone_list(member=cast.bea, film_list=source)
    assert (clone.description, clone.description_html, clone.entries.get().note) == ("", "", "")
    own = clone_list(member=cast.ana, film_list=source)
    assert (own.description, own.entries.get().note) == ("Between us.", "Only for you.")
    assert Notification.objects.get().kind == "list_cloned"


def test_a_copy_brings_no_words_of_those_whom_the_copier_does_not_see(cast):
    shared = make.film_list(member=cast.ana)
    make.helper(film_list=shared, member=cast.bea)
    add_film(member=cast.bea, film_list=shared, film=make.film(), note="By Bea.")
    block(member=cast.bea, other=cast.fay)
    assert clone_list(member=cast.fay, film_list=shared).entries.get().note == ""
    assert clone_list(member=cast.dora, film_list=shared).entries.get().note == "By Bea."


def test_nobody_copies_what_they_do_not_see(cast):
    by_link = make.film_list(member=cast.ana, films=[make.film()], visibility="link")
    private = make.film_list(member=cast.ana, films=[make.film()], visibility="private")
    for member, film_list in ((cast.fay, by_link), (cast.fay, private), (cast.bea, private), (cast.cem, by_link)):
        with pytest.raises(PermissionDenied, match="cannot see"):
            clone_list(member=member, film_list=film_list)
    with pytest.raises(PermissionDenied, match="cannot see"):
        clone_list(member=cast.cem, film_list=by_link, link_key=by_link.link_key)
    assert clone_list(member=cast.fay, film_list=by_link, link_key=by_link.link_key).film_count == 1


# What is counted


def test_what_is_counted_is_counted_right(cast, abc):
    like_list(member=cast.fay, film_list=abc)
    clone = clone_list(member=cast.fay, film_list=abc)
    remove_film(member=cast.ana, entry=entry(abc, "A"))
    follow(member=cast.fay, other=cast.ana)
    entry(clone, "C").film.delete()
    assert titles(abc) == ["B"] and titles(clone) == ["A", "B"]
    assert wrong_tallies() == []
    abc.refresh_from_db()
    assert (abc.film_count, abc.like_count) == (1, 1)
    cast.fay.is_active = False
    cast.fay.save()
    abc.refresh_from_db()
    assert abc.like_count == 0
    assert wrong_tallies() == []
