"""Models that are quickly made of rows. Where a page lists sixty, that is a tenth of its time.

Django goes through all columns of the model for each row, looks for each among those that were read, and sets it by
name, between two signals. What was read can go into the instance as it is, since descriptors of columns find it there.
"""

from collections.abc import Collection, Mapping
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState
from django.db.models.signals import post_init, pre_init


class Row(models.Model):
    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], *, fetch_mode: Any = None
    ) -> Self:
        """The same as Django's, which is asked where something listens to instances as they are made."""
        if pre_init.has_listeners(cls) or post_init.has_listeners(cls):
            return super().from_db(db, field_names, values, fetch_mode=fetch_mode)
        new = cls.__new__(cls)
        new._state = state = ModelState()
        state.adding, state.db = False, db
        if fetch_mode is not None:
            state.fetch_mode = fetch_mode
        new.__dict__.update(zip(field_names, values, strict=True))
        return new

    @classmethod
    def of_row(cls, columns: Mapping[str, Any]) -> Self:
        """One of which these columns were read, as JSON in another row, say. Any other raises FieldFetchBlocked."""
        return cls.from_db(None, tuple(columns), tuple(columns.values()), fetch_mode=models.FETCH_RAISE)
