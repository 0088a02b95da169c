"""Names that an address may ask for: what is no name here is refused in words, what no film has finds nothing."""

from collections.abc import Iterable
from typing import Any, Final, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from config.quoting import closest, quoted
from films.asked import called
from films.models import AccessFeature, Company, ContentNote, Country, Franchise, Genre, Language, Person, Service

# By kind, where such names are kept. Of a certificate only the country is: the rest is whatever a board writes.
TABLES: Final[dict[str, tuple[Any, str]]] = {
    "genre": (Genre, "slug"), "note": (ContentNote, "slug"), "access": (AccessFeature, "slug"),
    "country": (Country, "code"), "language": (Language, "code"), "service": (Service, "slug"),
    "company": (Company, "slug"), "franchise": (Franchise, "slug"), "person": (Person, "slug"),
    "certificate": (Country, "code"),
}  # fmt: skip
GUESSED: Final = {"genre", "note", "access", "service"}  # few enough, and words enough, to tell what was meant


def unknown_among(kind: str, said: Iterable[str]) -> list[str]:
    """Those that are not the name of anything of the kind, whatever their case. One query, or none."""
    asked = {each: _country_of(each) if kind == "certificate" else each for each in said}
    if not asked:
        return []
    model, name = TABLES[kind]
    ways = {way for each in asked.values() for way in (each, each.lower(), each.upper())}
    known = {found.casefold() for found in model.objects.filter(**{f"{name}__in": ways}).values_list(name, flat=True)}
    return [each for each, word in asked.items() if word.casefold() not in known]


def _country_of(certificate: str) -> str:
    """Empty where it is no country and a certificate."""
    country, _colon, rest = certificate.partition(":")
    return country if rest else ""


def refusal(kind: str, said: str, known: Iterable[str]) -> str:
    """The sentence for a name that nothing has, with the name out of `known` that may have been meant."""
    if kind == "certificate":
        return _("“%(said)s” is no certificate. Write a country’s code and the certificate, such as GB:15.") % {
            "said": quoted(said)
        }
    words = {"kind": called(kind), "said": quoted(said)}
    if kind in GUESSED and (meant := closest(said, known)):
        return _("There is no %(kind)s “%(said)s” here. Did you mean “%(meant)s”?") % {**words, "meant": meant}
    return _("There is no %(kind)s “%(said)s” here.") % words


class Known:
    """For a field of one name or several: raises ValidationError for each that nothing of the kind has."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __call__(self, said: str | list[str]) -> None:
        if unknown := unknown_among(self.kind, [said] if isinstance(said, str) else said):
            model, name = TABLES[self.kind]
            known = model.objects.values_list(name, flat=True)
            raise ValidationError([refusal(self.kind, each, known) for each in unknown])


class NamedField(serializers.SlugRelatedField[Any]):
    """One of the kind, written by its slug or code; what is no name of one is refused in words."""

    def __init__(self, kind: str, **options: Any) -> None:
        self.kind = kind
        model, name = TABLES[kind]
        super().__init__(slug_field=name, queryset=model.objects.all(), **options)

    def fail(self, key: str, **about: Any) -> NoReturn:
        if key != "does_not_exist":
            super().fail(key, **about)
        model, name = TABLES[self.kind]
        known = model.objects.values_list(name, flat=True)
        raise serializers.ValidationError(refusal(self.kind, str(about["value"]), known), code=key)
