"""Addresses that films and people had: what keeps a copy of the catalogue asks which these are."""

from typing import Final, Self

from django.db import models
from django.db.models.functions import Now

from config.rows import Row
from films.models.film import Film, FormerSlug
from films.models.person import FormerPersonSlug, Person


class LeftAddressQuerySet(models.QuerySet["LeftAddress"]):
    def still_left(self) -> Self:
        """Without those that lead to a film or a person again; each with `moved_to`, null where all is gone."""
        film, person = LeftAddress.Kind.FILM, LeftAddress.Kind.PERSON
        here = models.OuterRef("slug")
        left = self.exclude(models.Q(kind=film) & models.Exists(Film.objects.filter(slug=here)))
        left = left.exclude(models.Q(kind=person) & models.Exists(Person.objects.filter(slug=here)))
        of_film = models.Subquery(FormerSlug.objects.filter(slug=here).values("film__slug"))
        of_person = models.Subquery(FormerPersonSlug.objects.filter(slug=here).values("person__slug"))
        return left.annotate(moved_to=models.Case(models.When(kind=film, then=of_film), default=of_person))


class LeftAddress(Row):
    """When a film or a person left an address last: renamed, merged or deleted. Written by triggers, never by code."""

    class Kind(models.TextChoices):
        FILM = "film", "film"
        PERSON = "person", "person"

    kind = models.CharField(max_length=6, choices=Kind)
    slug = models.CharField(max_length=120)
    left_at = models.DateTimeField(db_default=Now())

    objects = LeftAddressQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="left_address_once")]
        indexes = [models.Index(fields=["left_at", "id"], name="left_address_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


FUNCTION: Final = """
    CREATE FUNCTION leave_address() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO films_leftaddress (kind, slug, left_at) VALUES (TG_ARGV[0], OLD.slug, clock_timestamp())
        ON CONFLICT (kind, slug) DO UPDATE SET left_at = excluded.left_at;
        RETURN NULL;
    END $$;
"""


def create() -> str:
    """The function, and the triggers of both tables."""
    return FUNCTION + "".join(_triggers(kind) for kind in ("film", "person"))


def _triggers(kind: str) -> str:
    return f"""
        CREATE TRIGGER leave_address_by_name AFTER UPDATE OF slug ON films_{kind}
            FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION leave_address('{kind}');
        CREATE TRIGGER leave_address_for_good AFTER DELETE ON films_{kind}
            FOR EACH ROW EXECUTE FUNCTION leave_address('{kind}');
    """


def drop() -> str:
    return "DROP FUNCTION leave_address() CASCADE;"
