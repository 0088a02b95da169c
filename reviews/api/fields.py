"""Fields of the community's serializers."""

from dataclasses import asdict
from typing import Any, cast

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from films.addresses import film_at, person_at
from films.models import Film, Person
from reviews.stars import to_half_stars, to_stars
from reviews.thread_state import Relation, ThreadState, standing_of, state_for

STARS_SCHEMA = {"type": "number", "minimum": 0.5, "maximum": 5, "multipleOf": 0.5}


@extend_schema_field(STARS_SCHEMA)
class StarsField(serializers.Field):
    """0.5 to 5 in halves, or null; half-stars 1 to 10 inside."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="half_stars", allow_null=True, **kwargs)

    def get_attribute(self, instance: Any) -> Any:
        return None if getattr(instance, "stars_covered", False) else super().get_attribute(instance)

    def to_representation(self, half_stars: int) -> float | None:
        return to_stars(half_stars)

    def to_internal_value(self, stars: Any) -> int | None:
        # Text is no number here, whatever it spells: the API has one way to say a rating.
        return to_half_stars(stars if isinstance(stars, int | float) else "text")


class OwnedField(serializers.BooleanField):
    """Of a mark of `with_owned` (reviews/api/queries.py)."""

    def __init__(self) -> None:
        super().__init__(read_only=True, help_text="A copy of the film is on your shelf.")


@extend_schema_field({"type": "string", "maxLength": 120})
class FilmField(serializers.Field):
    """A film by its slug; a former slug does as well."""

    def to_internal_value(self, slug: Any) -> Film:
        if not isinstance(slug, str):
            raise serializers.ValidationError(_("Name the film by its slug, such as baby-driver-2017."))
        try:
            return film_at(slug)
        except Http404:
            raise serializers.ValidationError(_("No film has this address.")) from None

    def to_representation(self, film: Film) -> str:
        return film.slug


@extend_schema_field({"type": "string", "maxLength": 120})
class PersonField(serializers.Field):
    """Somebody who made films, by their slug; a former slug does as well."""

    def to_internal_value(self, slug: Any) -> Person:
        try:
            return person_at(str(slug))
        except Http404 as refusal:
            raise serializers.ValidationError(str(refusal)) from None

    def to_representation(self, person: Person) -> str:
        return person.slug


THREAD_STATE = serializers.ChoiceField(choices=ThreadState.choices)


@extend_schema_field(THREAD_STATE)
class ThreadStateField(serializers.Field):
    """Whether you may comment, and if not, why. Who follows whom, the rows say themselves: `lets_me_in`."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True, help_text="Whether you may comment; if not, why.")

    def to_representation(self, subject: Any) -> str:
        viewer = self.context["request"].user
        kept = cast(dict[str, Any], self.context)
        if "standing" not in kept:  # once for all rows
            kept["standing"] = standing_of(viewer)
        standing = kept["standing"]
        let_in = getattr(subject, "lets_me_in", False)
        return str(state_for(subject, viewer, standing and Relation(**asdict(standing), is_let_in=let_in)))


class WarnedField(serializers.ListField):
    def __init__(self, **options: Any) -> None:
        told = "Content notes of it of which you asked to be told (`me/cautions/`)."
        super().__init__(child=serializers.CharField(), read_only=True, help_text=told, **options)
