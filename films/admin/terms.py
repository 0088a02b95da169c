"""Short lists of names: genres, countries, languages, services, companies, franchises, notes, artists."""

import re
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, Count, OuterRef, Subquery, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin.picking import PickField, PickForm
from films.admin.dropping import NamedDesk
from films.admin.shelves import (
    ACCESS_FEATURES,
    ARTISTS,
    COMPANIES,
    CONTENT_NOTES,
    COUNTRIES,
    FRANCHISES,
    GENRES,
    LANGUAGES,
    SERVICES,
)
from films.choices import LETTERS
from films.models import (
    AccessFeature,
    Artist,
    Company,
    ContentNote,
    Country,
    FacetCount,
    Franchise,
    Genre,
    Language,
    Service,
)


class TermForm(forms.ModelForm):
    def clean_name(self) -> str:
        """Films are put under terms by name, whatever its capitals: two that differ in these alone are one."""
        name: str = self.cleaned_data["name"]
        there = self._meta.model.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).first()
        if there is not None:
            raise ValidationError(gettext("There is one of this name already: %(name)s.") % {"name": there})
        return name

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        code = code.upper() if self._meta.model is Country else code.lower()
        if not re.fullmatch(r"[A-Za-z]{2,4}", code):
            raise ValidationError(gettext("Write the letters of its ISO code, such as FR for France or fr for French."))
        return code


class TermDesk(NamedDesk):
    """A short list of names, each with the number of films under it.

    Of what films have words for (films/facets.py), by the `letter` of these, it is known; other films are `counted`.
    """

    form: Any = TermForm
    search_fields: ClassVar[tuple[str, ...]] = ("name",)
    letter = ""
    counted = ""
    key = "slug"  # by which addresses, programs and imports name it: it is given once
    list_per_page = 100

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (self.key,) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    def get_queryset(self, request: HttpRequest) -> Any:
        number = _known(self.letter) if self.letter else Count(self.counted, distinct=True)
        return super().get_queryset(request).annotate(number=number)

    @admin.display(description=_("films"), ordering="number")
    def number(self, row: Any) -> int:
        return int(row.number)


def _known(letter: str) -> Coalesce:
    word = Concat(Value(letter), Cast(OuterRef("pk"), TextField()))
    rows = FacetCount.objects.filter(kind=letter, word=word).values("word").annotate(films=Sum("number"))
    return Coalesce(Subquery(rows.values("films"), output_field=BigIntegerField()), 0)


@admin.register(Genre)
class GenreDesk(TermDesk):
    shelf = GENRES
    letter = LETTERS["genre"]
    list_display = ("name", "slug", "number")
    prepopulated_fields = {"slug": ("name",)}


class CodedDesk(TermDesk):
    list_display = ("name", "code", "number")
    search_fields: ClassVar[tuple[str, ...]] = ("name", "=code")
    key = "code"


@admin.register(Country)
class CountryDesk(CodedDesk):
    shelf = COUNTRIES
    letter = LETTERS["country"]


@admin.register(Language)
class LanguageDesk(CodedDesk):
    shelf = LANGUAGES
    letter = LETTERS["language"]


@admin.register(Service)
class ServiceDesk(TermDesk):
    shelf = SERVICES
    list_display = ("name", "url", "number")
    prepopulated_fields = {"slug": ("name",)}
    counted = "availability__film"


@admin.register(Artist)
class ArtistDesk(TermDesk):
    shelf = ARTISTS
    list_display = ("name", "number")
    prepopulated_fields = {"slug": ("name",)}
    counted = "songs__film"


class CompanyForm(TermForm, PickForm):
    country = PickField(COUNTRIES, label=_("country"), required=False)

    class Meta:
        model = Company
        fields = ("name", "slug", "country")


@admin.register(Company)
class CompanyDesk(TermDesk):
    shelf = COMPANIES
    letter = LETTERS["company"]
    form = CompanyForm
    list_display = ("name", "country", "number")
    list_select_related = ("country",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Franchise)
class FranchiseDesk(TermDesk):
    shelf = FRANCHISES
    letter = LETTERS["franchise"]
    list_display = ("name", "number")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(ContentNote)
class ContentNoteDesk(TermDesk):
    shelf = CONTENT_NOTES
    letter = LETTERS["note"]
    list_display = ("name", "slug", "number")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(AccessFeature)
class AccessFeatureDesk(TermDesk):
    shelf = ACCESS_FEATURES
    letter = LETTERS["access"]
    list_display = ("name", "slug", "number")
    prepopulated_fields = {"slug": ("name",)}
