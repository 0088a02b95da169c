"""Models that are made of rows (config/rows.py): the same as Django makes them."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldFetchBlocked
from django.db import models
from django.db.models.signals import post_init

from config.rows import Row
from films.models import Film

OURS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in {"accounts", "films", "reviews"} and not model._meta.proxy
]
AS_DJANGO_DOES = models.Model.from_db.__func__  # type: ignore[attr-defined]  # a class method has it


def _said_of(row: models.Model) -> tuple[object, ...]:
    state = row._state
    columns = {name: value for name, value in vars(row).items() if name != "_state"}
    return columns, state.adding, state.db, state.fetch_mode, row.get_deferred_fields()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_row_becomes_what_django_makes_of_it(model: type[models.Model]) -> None:
    assert issubclass(model, Row)
    names = [column.attname for column in model._meta.concrete_fields]
    for known in (names, names[:1] + names[2::2]):
        values = [f"value {place}" for place, _name in enumerate(known)]
        made = model.from_db("default", known, values, fetch_mode=models.FETCH_RAISE)
        assert _said_of(made) == _said_of(
            AS_DJANGO_DOES(model, "default", known, values, fetch_mode=models.FETCH_RAISE)
        )


def test_whoever_listens_to_films_as_they_are_made_hears_of_them() -> None:
    heard = []

    def listen(instance: Film, **_rest: object) -> None:
        heard.append(instance.slug)

    post_init.connect(listen, sender=Film)
    try:
        Film.from_db("default", ["id", "slug"], [1, "heat-1995"])
    finally:
        post_init.disconnect(listen, sender=Film)
    Film.from_db("default", ["id", "slug"], [2, "ronin-1998"])
    assert heard == ["heat-1995"]


def test_a_row_knows_no_more_than_was_read() -> None:
    film = Film.of_row({"id": 1, "slug": "heat-1995"})
    assert film.slug == "heat-1995"
    with pytest.raises(FieldFetchBlocked):
        _ = film.rating_count
