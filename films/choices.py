"""What the catalogue can be narrowed down by: only what some film has."""

from dataclasses import dataclass, field
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from films.models import Availability, Country, Film, Genre, Language, Service
from films.names import normalise


@dataclass(frozen=True, slots=True)
class Choices:
    """Each is slug or code → name, in the order of the names."""

    genre: dict[str, str] = field(default_factory=dict)
    country: dict[str, str] = field(default_factory=dict)
    language: dict[str, str] = field(default_factory=dict)
    service: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Self:
        """In one query."""
        here = OuterRef("pk")
        parts = [
            _named("genre", Genre, "slug", Film.genres.through.objects.filter(genre=here)),
            _named("country", Country, "code", Film.countries.through.objects.filter(country=here)),
            _named("language", Language, "code", Film.languages.through.objects.filter(language=here)),
            _named("service", Service, "slug", Availability.objects.running(timezone.localdate()).filter(service=here)),
        ]
        choices = cls()
        for kind, word, label in parts[0].union(*parts[1:], all=True).order_by("label"):
            getattr(choices, kind)[word] = label
        return choices

    def find(self, kind: str, said: str) -> str:
        """The slug or code for what was said, which may be the name as well; empty when nothing is called so."""
        known: dict[str, str] = getattr(self, kind)
        if said in known:
            return said
        key = normalise(said)
        return next((word for word, label in known.items() if key in (normalise(word), normalise(label))), "")


def _named(kind: str, model: Any, key: str, uses: QuerySet[Any]) -> QuerySet[Any]:
    text = TextField()
    rows = model.objects.filter(Exists(uses)).order_by()
    return rows.annotate(
        kind=Value(kind, output_field=text), word=Cast(key, text), label=Cast(F("name"), text)
    ).values_list("kind", "word", "label")
