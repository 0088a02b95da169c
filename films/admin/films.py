"""The desk for films: everything that is known of one on one page."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.aggregates import StringAgg
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import staff
from accounts.admin.picking import SuggestingDesk
from accounts.admin.picturing import FIELDS, FOCUS, picture_now, take_picture
from films import actions, finding
from films.admin.film_acts import add_a_genre, put_into_collection, redraw_posters
from films.admin.film_form import FilmForm
from films.admin.film_rows import INLINES, describe
from films.admin.filters import DecadeFilter, MissingFilter
from films.admin.memory import MemoryPages
from films.admin.merging import merge_two
from films.admin.ordering import OrderedFormSet
from films.admin.shelves import FILMS
from films.models import Credit, Film, Job

DIRECTORS = (
    Credit.objects.filter(film=OuterRef("pk"), job=Job.DIRECTOR)
    .order_by()
    .values("film")
    .annotate(names=StringAgg("person__name", delimiter=Value(", "), order_by=("position", "id")))
    .values("names")
)


@admin.register(Film)
class FilmDesk(MemoryPages, SuggestingDesk):
    shelf = FILMS
    form = FilmForm
    inlines = INLINES
    actions = (put_into_collection, add_a_genre, redraw_posters, merge_two)
    list_display = ("title", "year", "directors", "rating_count", "review_count", "has_poster")
    list_filter = (MissingFilter, DecadeFilter, "genres")
    search_fields = ("title",)  # what is searched is the site's own index: see get_search_results
    search_help_text = _("A title, a name, a year, or the film’s id elsewhere such as tt3890160")
    ordering = ("-popularity", "-id")
    readonly_fields = ("poster_now", "address", "former")
    fieldsets = (
        (None, {"fields": ("title", "original_title", ("year", "release_date", "runtime_minutes"), "seen")}),
        (_("What it is"), {"fields": ("tagline", "synopsis", "genres", "countries", "languages", "companies")}),
        (_("Franchise, trailer"), {"fields": (("franchise", "franchise_part"), "trailer_url")}),
        (_("Money"), {"fields": (("budget", "box_office"),)}),
        (_("Before they watch"), {"fields": ("content_notes", "access_features")}),
        (
            _("Poster"),
            {"fields": ("poster_now", *FIELDS[1:], "poster_alt", FOCUS, ("poster_family", "poster_palette"))},
        ),
        (_("On the site"), {"fields": ("address", "former", "renown"), "classes": ("collapse",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Film]:
        return super().get_queryset(request).defer("search_text").annotate(directors=Subquery(DIRECTORS))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Film], search_term: str
    ) -> tuple[QuerySet[Film], bool]:
        term = search_term.strip()
        if (term[:2] in {"tt", "Q"} or term[:1] == "Q") and term.lstrip("tQ").isdigit():
            return queryset.filter(external_ids__value=term), False
        return finding.found_by(term, queryset, finding.FILMS), False

    def has_delete_permission(self, request: HttpRequest, obj: Film | None = None) -> bool:
        """What members have said of a film does not go with a slip of a curator’s hand."""
        allowed = super().has_delete_permission(request, obj)
        if obj is None or staff(request).is_superuser:
            return allowed
        return allowed and not (
            obj.watch_count or obj.like_count or obj.watchlist_count or obj.fan_count or obj.review_count
        )

    def delete_model(self, request: HttpRequest, obj: Film) -> None:
        actions.delete_film(curator=staff(request), film=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Film]) -> None:
        for film in queryset:
            self.delete_model(request, film)

    def save_model(self, request: HttpRequest, obj: Film, form: FilmForm, change: bool) -> None:
        curator = staff(request)
        if change:
            actions.correct_film(curator=curator, film=obj, **form.facts)
        else:
            obj.pk = actions.add_film(curator=curator, **form.facts).pk
            obj.refresh_from_db()
            self._tell_namesake(request, obj)
        take_picture(self, request, partial(actions.set_poster, curator=curator, film=obj, **form.wish))

    def _tell_namesake(self, request: HttpRequest, film: Film) -> None:
        """Two films of one title and year are rare; one that was there already is not."""
        there = Film.objects.filter(title__iexact=film.title, year=film.year).exclude(pk=film.pk).only("slug").first()
        if there is not None:
            known = _("A film of this title and year was here already. If it is the same, tick both and merge them:")
            self.message_user(request, format_html("{} {}", known, self.link(there, there.slug)), messages.WARNING)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """All rows at once: somebody new may stand in several of them."""
        kept: list[Any] = []
        dropped: list[Any] = []
        named: list[Any] = []
        changed = [formset for formset in formsets if formset.has_changed()]
        for formset in changed:
            rows = formset.save(commit=False)
            kept += formset.in_order(rows) if isinstance(formset, OrderedFormSet) else rows
            dropped += formset.deleted_objects
            saved = (row for row in formset.saved_forms if "people" in row.cleaned_data)
            named += [(row.instance, row.cleaned_data["people"]) for row in saved]
        if not changed:
            return
        added = actions.record_facts(
            curator=staff(request), film=form.instance, kept=kept, dropped=dropped, named=named
        )
        if added:
            self.message_user(request, _("New people: %(names)s.") % {"names": ", ".join(added)}, messages.INFO)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Django's own, with rows said in words."""
        said: list[dict[str, Any]] = super().construct_change_message(request, form, [], add)
        for formset in formsets:
            kind = str(formset.model._meta.verbose_name)
            changes = (
                *(("added", row, None) for row in getattr(formset, "new_objects", ())),
                *(("changed", row, fields) for row, fields in getattr(formset, "changed_objects", ())),
                *(("deleted", row, None) for row in getattr(formset, "deleted_objects", ())),
            )
            for what, row, fields in changes:
                said.append({what: {"name": kind, "object": describe(row)} | ({"fields": fields} if fields else {})})
        return said

    @admin.display(description=_("directed by"))
    def directors(self, film: Any) -> str:
        return film.directors or "–"

    @admin.display(description=_("poster"))
    def has_poster(self, film: Film) -> str:
        return str(_("Uploaded") if film.poster_key else _("Drawn"))

    @admin.display(description=_("poster now"))
    def poster_now(self, film: Film) -> str:
        if film.poster_key:
            return picture_now(film, "poster")
        return render_to_string("admin/films/film/_poster_now.html", {"film": film})

    @admin.display(description=_("address"))
    def address(self, film: Film) -> str:
        return self.link(film, film.get_absolute_url()) if film.pk else str(_("Made from title and year."))

    @admin.display(description=_("former addresses"))
    def former(self, film: Film) -> str:
        return ", ".join(film.former_slugs.values_list("slug", flat=True)) if film.pk else "–"
