"""Short lists of names: genres, countries, languages, services, companies, franchises, notes, artists."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.picking import PickField, PickForm, SuggestingDesk
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
from films.models import AccessFeature, Artist, Company, ContentNote, Country, Franchise, Genre, Language, Service


class TermDesk(SuggestingDesk):
    """A short list of names, each with the number of films under it."""

    search_fields: ClassVar[tuple[str, ...]] = ("name",)
    counted = "films"
    list_per_page = 100

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(number=Count(self.counted, distinct=True))

    @admin.display(description=_("films"), ordering="number")
    def number(self, row: Any) -> int:
        return int(row.number)


@admin.register(Genre)
class GenreDesk(TermDesk):
    shelf = GENRES
    list_display = ("name", "slug", "number")
    prepopulated_fields = {"slug": ("name",)}


class CodedDesk(TermDesk):
    list_display = ("name", "code", "number")
    search_fields: ClassVar[tuple[str, ...]] = ("name", "=code")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code",) if obj else ()  # a new code would be a second row


@admin.register(Country)
class CountryDesk(CodedDesk):
    shelf = COUNTRIES


@admin.register(Language)
class LanguageDesk(CodedDesk):
    shelf = LANGUAGES


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


class CompanyForm(PickForm):
    country = PickField(COUNTRIES, label=_("country"), required=False)

    class Meta:
        model = Company
        fields = ("name", "slug", "country")


@admin.register(Company)
class CompanyDesk(TermDesk):
    shelf = COMPANIES
    form = CompanyForm
    list_display = ("name", "country", "number")
    list_select_related = ("country",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Franchise)
class FranchiseDesk(TermDesk):
    shelf = FRANCHISES
    list_display = ("name", "number")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(ContentNote)
class ContentNoteDesk(TermDesk):
    shelf = CONTENT_NOTES
    list_display = ("name", "slug", "number")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(AccessFeature)
class AccessFeatureDesk(TermDesk):
    shelf = ACCESS_FEATURES
    list_display = ("name", "slug", "number")
    prepopulated_fields = {"slug": ("name",)}
