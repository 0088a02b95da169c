"""Imports while something else goes on: how far one is, seen from outside; and two of one member."""

import threading
from collections.abc import Callable
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from reviews.actions import importing as actions
from reviews.actions import taking_in, undoing_import
from reviews.actions.import_steps import went_on
from reviews.actions.rating import mark_film
from reviews.models import FilmList, Import, Viewing
from tests import make
from tests.api import Api
from tests.base import all_at_once, wait_until
from tests.reviews.imports import archive, bring, take_import_in, undo_import
from tests.tallies import wrong_tallies

HEAD = "Date,Name,Year,Letterboxd URI"


@contextmanager
def stopped_at(rows: QuerySet[Any], job: Callable[[], object]):
    """The job, having come to these rows, which are locked."""
    failures: list[BaseException] = []
    working = threading.Thread(target=lambda: failures.extend(all_at_once([job])))
    with transaction.atomic():
        assert rows.select_for_update().count()
        list(rows.select_for_update())
        working.start()
        wait_until(somebody_waits)
        yield
    working.join()
    assert failures == []


def somebody_waits() -> bool:
    """For this connection: others wait for their own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid() = ANY(pg_blocking_pids(pid)) FROM pg_locks WHERE NOT granted")
        return any(waits for (waits,) in cursor.fetchall())


def somebody_waits_their_turn() -> bool:
    ask = "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = current_database()"
    with connection.cursor() as cursor:
        cursor.execute(f"{ask} AND NOT granted AND locktype = 'advisory'")
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_how_far_it_is_shows_and_nobody_waits_for_a_film_that_is_done():
    ana, bea = make.member(), make.member()
    mine = make.film_list(member=ana, title="Cars")
    films = [make.film(year=2000) for _n in range(3)]
    seen = "".join(f"2021-05-05,{film.title},2000,x,,,,2021-05-04\n" for film in films)
    on_it = f"x\nDate,Name\n2022-01-01,Cars\n\nPosition,Name,Year,URL,Description\n1,{films[0].title},2000,x,\n"
    diary = f"{HEAD},Rating,Rewatch,Tags,Watched Date\n{seen}"
    made = bring(ana, {"diary.csv": diary, "lists/cars.csv": on_it})
    client, api, here = Client(), Api(as_=ana), f"/accounts/data/import/{made.pk}/"
    client.force_login(ana)

    def page(*, part: bool = False) -> str:
        said = {"HX-Request": "true", "HX-Target": "progress"} if part else {}
        return client.get(here, headers=said).content.decode()

    actions.take_in(member=ana, importing=made)
    assert "Being taken in: 0 of 4 lines" in page()
    with stopped_at(FilmList.objects.filter(pk=mine.pk), partial(take_import_in, made.pk)):
        assert "Being taken in: 3 of 4 lines" in page() and 'value="75"' in page(part=True)
        told = api.get(f"me/import/{made.pk}/").json()
        assert (told["state"], told["progress"]) == ("taking_in", {"done": 3, "of": 4})
        assert ana.viewings.count() == 3
        mark_film(member=bea, film=films[0], half_stars=8)
        ana.last_login = timezone.now()
        ana.save(update_fields=["last_login"])
    assert ana.viewings.count() == 3 and mine.entries.count() == 1

    actions.undo_import(member=ana, importing=made)
    with stopped_at(Viewing.objects.filter(member=ana), partial(undo_import, made.pk)):
        assert "Being undone: 1 of 7 changes" in page()
        assert not mine.entries.exists()  # the film on the list is off it
    assert "Everything is as it was before" in page()
    assert api.get(f"me/import/{made.pk}/").json()["progress"] is None


@pytest.mark.django_db(transaction=True)
def test_a_job_that_was_killed_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(taking_in, "AT_ONCE", 1)
    monkeypatch.setattr(undoing_import, "AT_ONCE", 1)
    ana = make.member()
    films = [make.film(year=2000) for _n in range(3)]
    seen = "".join(f"2021-05-05,{film.title},2000,x,4,,,2021-05-04\n" for film in films)
    on_it = f"x\nDate,Name\n2022-01-01,Cars\n\nPosition,Name,Year,URL,Description\n1,{films[0].title},2000,x,\n"
    made = bring(ana, {"diary.csv": f"{HEAD},Rating,Rewatch,Tags,Watched Date\n{seen}", "lists/cars.csv": on_it})
    actions.take_in(member=ana, importing=made)
    for number in (1, 2):
        went_on(made.pk, Import.State.TAKING_IN, taking_in._step, taking_in._end)
        assert ana.viewings.count() == ana.marks.count() == number and wrong_tallies() == []
    take_import_in(made.pk)
    assert (ana.viewings.count(), ana.marks.count(), ana.lists.get().film_count) == (3, 3, 1)
    assert Import.objects.get().state == "done" and wrong_tallies() == []

    actions.undo_import(member=ana, importing=made)
    for _change in range(3):  # the film on the list, the list, the last evening
        went_on(made.pk, Import.State.UNDOING, undoing_import._step, undoing_import._end)
    assert (ana.viewings.count(), ana.marks.count(), ana.lists.count()) == (2, 3, 0)
    undo_import(made.pk)
    assert not ana.viewings.exists() and not ana.marks.exists() and wrong_tallies() == []
    made.refresh_from_db()
    assert made.state == "undone" and not made.changes.filter(kept_at__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_member_come_one_after_the_other():
    """The same file twice is one import; of two files one is refused; and what is in both is there once."""
    ana, film = make.member(), make.film(title="Alpha", year=2000)
    on_it = "x\nDate,Name\n2022-01-01,Cars\n\nPosition,Name,Year,URL,Description\n1,Alpha,2000,x,\n"
    lists = {"lists/cars.csv": on_it}
    diary = {"diary.csv": f"{HEAD},Rating,Rewatch,Tags,Watched Date\n2021-05-05,Alpha,2000,x,4,,,2021-05-04\n"}
    send = partial(actions.start_import, member=ana, name="a.zip")
    assert all_at_once([partial(send, content=archive(lists))] * 4) == []
    Import.objects.get().delete()
    refused = all_at_once([partial(send, content=archive(lists)), partial(send, content=archive(diary))])
    assert [type(one) for one in refused] == [ValidationError] and "under way" in str(refused[0])
    Import.objects.get().delete()

    both = [bring(ana, lists), bring(ana, lists | diary)]
    refused = all_at_once([partial(actions.take_in, member=ana, importing=one) for one in both])
    assert [type(one) for one in refused] == [ValidationError] and "under way" in str(refused[0])
    assert Import.objects.filter(state="taking_in").count() == 1
    Import.objects.update(state="taking_in")  # as if one had come by another way
    second = threading.Thread(target=lambda: refused.extend(all_at_once([partial(take_import_in, both[1].pk)])))
    with stopped_at(both[0].rows.all(), partial(take_import_in, both[0].pk)):  # its list is made, which nobody sees
        second.start()
        wait_until(somebody_waits_their_turn)
    second.join()
    assert len(refused) == 1
    assert Import.objects.filter(state="done").count() == 2
    assert (ana.lists.get().film_count, ana.viewings.count(), ana.marks.get().film) == (1, 1, film)
    Import.objects.update(state="undoing")
    assert all_at_once([partial(undo_import, one.pk) for one in both]) == []
    assert not (ana.lists.exists() or ana.viewings.exists() or ana.marks.exists())
    assert wrong_tallies() == []
