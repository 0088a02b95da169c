"""What hangs on a film row by row: cast, crew, titles, ids, songs, prizes, scores, places to watch."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Model, QuerySet, When
from django.http import HttpRequest
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import NATIVE_DATES
from accounts.admin.lines import Lines
from accounts.admin.picking import PickField, PickForm, PickManyField
from films.admin.ordering import OrderedForm, OrderedFormSet, StandingFormSet
from films.admin.shelves import ARTISTS, COUNTRIES, FILMS, LANGUAGES, PEOPLE, SERVICES
from films.models import (
    AlternativeTitle,
    Artist,
    Availability,
    Award,
    Credit,
    FilmId,
    Job,
    OutsideScore,
    Person,
    Release,
    SoundtrackEntry,
)

MOST_CREDITS = 60  # on a film's form; the others are on the desk for credits


class LeadingFormSet(OrderedFormSet):
    """A blockbuster has hundreds of credits, more than a form can carry."""

    def get_queryset(self) -> Any:
        if not hasattr(self, "_leading"):
            self._leading = super().get_queryset()[:MOST_CREDITS]
        return self._leading

    def clean(self) -> None:
        """Somebody who is yet to be added can stand here twice too, and no table knows it."""
        super().clean()
        seen = set()
        for form in self.forms:
            credit = form.instance
            if form in self.deleted_forms or not form.is_valid() or not form.cleaned_data.get("person"):
                continue
            key = (credit.person.pk or credit.person.name, credit.job, credit.character, credit.detail)
            if key in seen:
                raise ValidationError(gettext("“%(who)s” stands here twice.") % {"who": describe(credit)})
            seen.add(key)

    @property
    def left_out(self) -> int:
        """How many of the film's are not on its form."""
        return super().get_queryset().count() - MOST_CREDITS if self.initial_form_count() >= MOST_CREDITS else 0


def _new_person(name: str) -> Person:
    return Person(name=name)


class CastForm(OrderedForm):
    job: str = Job.ACTOR
    person = PickField(PEOPLE, label=_("person"), new=_new_person)

    class Meta:
        model = Credit
        fields = ("position", "person", "character")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.job:
            self.instance.job = self.job

    def _get_validation_exclusions(self) -> set[str]:
        """The job counts too when the same credit is given twice."""
        return super()._get_validation_exclusions() - {"job", "detail", "character"}


class CrewForm(CastForm):
    job: str = ""

    class Meta:
        model = Credit
        fields = ("position", "person", "job", "detail")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        job = cast(forms.ChoiceField, self.fields["job"])
        job.choices = [("", "---------"), *((value, name) for value, name in Job.choices if value != Job.ACTOR)]


class FactInline(Lines, admin.TabularInline):
    """Rows that a film has few of. One empty row waits; the script adds more."""

    extra = 1
    formset: Any = StandingFormSet
    formfield_overrides = NATIVE_DATES
    related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super().get_queryset(request).select_related(*self.related)
            if self.related
            else super().get_queryset(request)
        )


class CastInline(FactInline):
    model = Credit
    form = CastForm
    formset = LeadingFormSet
    verbose_name, verbose_name_plural = pgettext_lazy("that somebody plays", "part"), _("cast")
    related = ("person",)
    classes = ("cast",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Credit]:
        return super().get_queryset(request).filter(job=Job.ACTOR)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj else 5


class CrewInline(FactInline):
    model = Credit
    form = CrewForm
    formset = LeadingFormSet
    verbose_name, verbose_name_plural = _("crew credit"), _("crew")
    related = ("person",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Credit]:
        order = Case(*(When(job=job, then=place) for place, job in enumerate(Job.values)), output_field=IntegerField())
        return super().get_queryset(request).exclude(job=Job.ACTOR).order_by(order, "position", "id")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj else 3


class IdInline(FactInline):
    model = FilmId


class TitleForm(PickForm):
    country = PickField(COUNTRIES, label=_("country"), required=False)
    language = PickField(LANGUAGES, label=_("language"), required=False)

    class Meta:
        model = AlternativeTitle
        fields = ("title", "country", "language")


class TitleInline(FactInline):
    model = AlternativeTitle
    form = TitleForm
    related = ("country", "language")
    classes = ("collapse",)


def _new_artist(name: str) -> Artist:
    return Artist(name=name)


class ReleaseForm(PickForm):
    country = PickField(COUNTRIES, label=_("country"))

    class Meta:
        model = Release
        fields = ("country", "kind", "released_on", "certificate", "note")


class ReleaseInline(FactInline):
    model = Release
    form = ReleaseForm
    related = ("country",)
    classes = ("collapse",)


class SongForm(OrderedForm):
    artist = PickField(ARTISTS, label=_("artist"), required=False, new=_new_artist)

    class Meta:
        model = SoundtrackEntry
        fields = ("position", "title", "artist", "scene")


class SongInline(FactInline):
    model = SoundtrackEntry
    form = SongForm
    formset = OrderedFormSet
    related = ("artist",)
    classes = ("collapse",)


class AwardForm(PickForm):
    people = PickManyField(PEOPLE, label=_("people named"), required=False)
    lost_to_film = PickField(FILMS, label=_("the film that won"), required=False)

    class Meta:
        model = Award
        fields = ("award", "category", "year", "outcome", "people", "lost_to", "lost_to_film")


class AwardInline(FactInline):
    model = Award
    fk_name = "film"
    form = AwardForm
    related = ("lost_to_film",)
    classes = ("collapse",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Award]:
        return super().get_queryset(request).prefetch_related("people")


class ScoreInline(FactInline):
    model = OutsideScore
    classes = ("collapse",)


class PlaceForm(PickForm):
    service = PickField(SERVICES, label=_("service"))
    country = PickField(COUNTRIES, label=_("country"), required=False)

    class Meta:
        model = Availability
        fields = ("service", "kind", "country", "starts_on", "ends_on", "url")


class PlaceInline(FactInline):
    model = Availability
    form = PlaceForm
    related = ("service", "country")
    classes = ("collapse",)


INLINES = (
    CastInline,
    CrewInline,
    IdInline,
    TitleInline,
    ReleaseInline,
    PlaceInline,
    ScoreInline,
    AwardInline,
    SongInline,
)


def describe(row: Model) -> str:
    """A row in the history of its film, in words instead of numbers."""
    if isinstance(row, Credit):
        return f"{row.person} ({row.character or row.get_job_display()})"
    if isinstance(row, FilmId):
        return f"{row.get_source_display()} {row.value}"
    if isinstance(row, Availability):
        return f"{row.service}, {row.get_kind_display()}"
    if isinstance(row, Release):
        return f"{row.country}, {row.get_kind_display()}"
    return str(row)
