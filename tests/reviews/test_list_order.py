"""The places on a list are 1, 2, 3… whoever writes: many windows at once, merges of films, and what undoes them."""

import random
import threading
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from films.actions.merging import merge_films
from films.actions.unmerging import undo_merge
from films.models import Film
from reviews.actions.filling import add_film, change_entry, move_entry, remove_film, reorder
from reviews.actions.holding_lists import lock_list
from reviews.actions.listing import clone_list, like_list
from reviews.models import FilmList, ListEntry
from tests import make
from tests.base import all_at_once, wait_until
from tests.reviews.letters import titles
from tests.staff import curator
from tests.tallies import wrong_tallies

pytestmark = pytest.mark.django_db


def notes(film_list: FilmList) -> list[str]:
    return [entry.note for entry in film_list.entries.order_by("position")]


def films(names: str) -> list[Film]:
    return [make.film(title=name) for name in names]


# The database by itself


def test_it_closes_gaps_and_makes_room_whichever_path_writes(cast):
    made = make.film_list(member=cast.ana, films=films("ABCDE"))
    made.entries.filter(film__title__in="BD").delete()
    assert titles(made) == ["A", "C", "E"]
    ListEntry.objects.bulk_create(
        ListEntry(film_list=made, film=film, position=position)
        for film, position in zip(films("FGH"), (2, 2, 70), strict=True)
    )
    assert titles(made) == ["A", "F", "G", "C", "E", "H"]
    Film.objects.get(title="A").delete()
    assert titles(made) == ["F", "G", "C", "E", "H"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_two_films_never_stand_at_one_place(cast):
    made = make.film_list(member=cast.ana, films=films("AB"))
    with pytest.raises(Exception, match="list_entry_one_a_place"), transaction.atomic():
        made.entries.update(position=1)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# Merges


@pytest.fixture
def cora():
    return curator(username="cora")


def test_a_list_with_both_films_keeps_one_and_gets_both_back(cast, cora):
    kept, gone, *others = films("KGXY")
    made = make.film_list(member=cast.ana, films=[others[0], gone, others[1], kept])
    other = make.film_list(member=cast.bea, films=[gone, others[0]])
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    assert titles(made) in (["X", "Y", "K"], ["X", "K", "Y"])
    assert titles(other) == ["K", "X"]
    made.refresh_from_db()
    assert made.film_count == 3 and wrong_tallies() == []
    undo_merge(curator=cora, merge=merge)
    assert titles(made) == ["X", "G", "Y", "K"]
    assert titles(other) == ["G", "X"]
    made.refresh_from_db()
    assert made.film_count == 4 and wrong_tallies() == []


@pytest.mark.parametrize("places", ["KXG", "GXK"])
def test_it_comes_back_to_its_place_whichever_entry_was_kept(cast, cora, places):
    named = {film.title: film for film in films("KXG")}
    made = make.film_list(member=cast.ana, films=[named[name] for name in places])
    merge = merge_films(curator=cora, kept=named["K"], gone=named["G"])
    assert sorted(titles(made)) == ["K", "X"]
    undo_merge(curator=cora, merge=merge)
    assert "".join(titles(made)) == places


def test_no_words_are_lost_in_a_merge(cast, cora):
    kept, gone = films("KG")
    both = make.film_list(member=cast.ana, films=[kept, gone])
    one = make.film_list(member=cast.ana, films=[kept, gone])
    change_entry(member=cast.ana, entry=both.entries.get(film=kept), note="First.", spoilers=True)
    change_entry(member=cast.ana, entry=both.entries.get(film=gone), note="Second.")
    change_entry(member=cast.ana, entry=one.entries.get(film=kept), note="Alone.")
    one.entries.get(film=gone).delete()
    add_film(member=cast.ana, film_list=one, film=gone)
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    entry = both.entries.get()
    assert (entry.film, entry.note, entry.spoilers) == (kept, "Second.\n\nFirst.", True)
    assert entry.note_html == "<p>Second.</p>\n\n<p>First.</p>\n"
    assert notes(one) == ["Alone."]
    undo_merge(curator=cora, merge=merge)
    assert notes(both) == ["First.", "Second."]
    assert notes(one) == ["Alone.", ""]


def test_what_was_done_to_the_list_since_a_merge_stays(cast, cora):
    kept, gone, *others = films("KGXYZ")
    made = make.film_list(member=cast.ana, films=[gone, others[0], others[1], kept])
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    for title in "XY":
        remove_film(member=cast.ana, entry=made.entries.get(film__title=title))
    add_film(member=cast.ana, film_list=made, film=others[2], position=1)
    undo_merge(curator=cora, merge=merge)
    assert sorted(titles(made)) == ["G", "K", "Z"] and wrong_tallies() == []


def test_a_film_put_on_the_list_anew_is_not_there_twice_after_the_undoing(cast, cora):
    kept, gone = films("KG")
    made = make.film_list(member=cast.ana, films=[kept, gone])
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    remove_film(member=cast.ana, entry=made.entries.get())
    add_film(member=cast.ana, film_list=made, film=kept)
    undo_merge(curator=cora, merge=merge)
    assert len(titles(made)) == len(set(titles(made))) and wrong_tallies() == []


# Many at once


@pytest.mark.django_db(transaction=True)
def test_adds_and_moves_in_many_windows_leave_no_gap():
    ana = make.member()
    made = make.film_list(member=ana, films=films("ABCDEF"))
    entries = list(made.entries.all())
    new = [make.film() for _n in range(8)]
    chance = random.Random(7)
    acts: list[Callable[[], object]] = [
        partial(add_film, member=ana, film_list=made, film=film, position=chance.choice([None, 1, 3])) for film in new
    ]
    acts += [partial(add_film, member=ana, film_list=made, film=new[0]) for _n in range(3)]
    acts += [partial(move_entry, member=ana, entry=chance.choice(entries[:5]), position=n) for n in range(1, 7)]
    acts += [partial(move_entry, member=ana, entry=chance.choice(entries[:5]), by=-1) for _n in range(3)]
    acts += [partial(remove_film, member=ana, entry=entries[5]) for _n in range(2)]
    acts += [partial(reorder, member=ana, film_list=made, entries=[entry.pk for entry in reversed(entries[:5])])]
    acts += [partial(like_list, member=make.member(), film_list=made) for _n in range(3)]
    acts += [partial(clone_list, member=make.member(), film_list=made) for _n in range(2)]
    chance.shuffle(acts)
    assert all_at_once(acts) == []
    assert len(titles(made)) == 6 + 8 - 1
    made.refresh_from_db()
    assert (made.film_count, made.like_count) == (13, 3) and wrong_tallies() == []
    for clone in made.clones.all():
        assert 5 <= len(titles(clone)) <= 14


@pytest.mark.django_db(transaction=True)
def test_a_list_is_not_filled_beyond_its_end_by_many_windows(monkeypatch):
    monkeypatch.setattr("reviews.actions.filling.MOST_ENTRIES", 5)
    ana = make.member()
    made = make.film_list(member=ana)
    acts = [partial(add_film, member=ana, film_list=made, film=make.film()) for _n in range(9)]
    failures = all_at_once(acts)
    assert [type(failure) for failure in failures] == [ValidationError] * 4
    assert len(titles(made)) == 5


@pytest.mark.django_db(transaction=True)
def test_merges_and_windows_do_not_wait_for_each_other():
    """Nobody gets a deadlock: films are held first, then lists, by either."""
    for turn in range(3):
        cora, members = curator(), [make.member() for _n in range(4)]
        kept, gone = make.film(title=f"Kept {turn}"), make.film(title=f"Gone {turn}")
        others = films("UVWXYZ")
        made = [make.film_list(member=member, films=[*others[:3], gone, kept, *others[3:]]) for member in members]
        acts: list[Callable[[], object]] = [partial(merge_films, curator=cora, kept=kept, gone=gone)]
        for one in made:
            entries = {entry.film.title: entry for entry in one.entries.select_related("film")}
            acts += [
                partial(move_entry, member=one.member, entry=entries["Z"], position=1),
                partial(add_film, member=one.member, film_list=one, film=make.film(title="New"), position=2),
                partial(change_entry, member=one.member, entry=entries["U"], note="Here."),
                partial(clone_list, member=cora, film_list=one),
            ]
        assert all_at_once(acts) == []
        for one in [*made, *FilmList.objects.filter(member=cora)]:
            on_it = titles(one)
            assert on_it.count(kept.title) == 1 and gone.title not in on_it
        assert wrong_tallies() == []


@pytest.mark.django_db(transaction=True)
def test_a_merge_waits_for_a_window_before_it_holds_what_that_will_want():
    cora, ana = curator(), make.member()
    kept, gone, *others = films("KGXY")
    made = make.film_list(member=ana, films=[others[0], gone, kept, others[1]])
    failures: list[BaseException] = []
    with transaction.atomic():
        lock_list(made)
        merging = threading.Thread(target=lambda: failures.extend(all_at_once([merge])))
        merge = partial(merge_films, curator=cora, kept=kept, gone=gone)
        merging.start()
        wait_until(somebody_waits)
        move_entry(member=ana, entry=made.entries.get(film=others[1]), position=1)
    merging.join()
    assert failures == []
    assert titles(made)[:2] == ["Y", "X"] and len(titles(made)) == 3


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_the_times_of_a_list_go_forward(cast):
    made = make.film_list(member=cast.ana, films=films("AB"))
    times = [made.updated_at]
    for act in (
        partial(add_film, member=cast.ana, film_list=made, film=make.film()),
        partial(move_entry, member=cast.ana, entry=made.entries.first(), position=2),
        partial(remove_film, member=cast.ana, entry=made.entries.last()),
    ):
        act()
        made.refresh_from_db()
        times.append(made.updated_at)
    assert all(one < other for one, other in pairwise(times))
