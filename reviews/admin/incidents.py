"""Attacks on scores: the open ones first, with what each holds; and a dry run before one is opened by hand."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin.desk import EVERYWHERE, Desk, Reading, ask, say_refusal, staff
from films.addresses import film_at
from reviews.actions.incidents import LONGEST, confirm_incident, lift_incident, open_incident
from reviews.incidents import ACCOUNTS_SHOWN, dry_run, holdings, is_quiet, said
from reviews.models import Incident, Mark, Visibility
from reviews.stars import label
from reviews.voices import Voices


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("What the house says about it"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("Everybody can read it on the film’s page."),
    )


class DryRunForm(forms.Form):
    """Which film, since when, and where the ratings pile up."""

    film = forms.CharField(label=_("Film"), max_length=120, help_text=_("Its address, such as baby-driver-2017."))
    since = forms.DateTimeField(
        label=_("Ratings since"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    end = forms.ChoiceField(
        label=_("Where they pile up"),
        choices=[
            ("low", _("½ and 1 star")),
            ("high", _("4½ and 5 stars")),
            ("both", _("Both ends")),
            ("all", _("All")),
        ],
        help_text=_("When the incident is confirmed, only these stay out of the score."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What the house says about it"), max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 2})
    )

    def clean_film(self) -> Any:
        try:
            return film_at(self.cleaned_data["film"].strip())
        except Http404:
            raise ValidationError(_("No film has this address.")) from None

    def clean_since(self) -> Any:
        if self.cleaned_data["since"] > timezone.now():
            raise ValidationError(_("Choose a time that has passed."))
        return self.cleaned_data["since"]


class OpenFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Open")), *Incident.Ending.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Incident]) -> QuerySet[Incident]:
        if self.value() == "open":
            return queryset.open()  # type: ignore[attr-defined]  # of its own manager
        return queryset.filter(ending=self.value()) if self.value() in Incident.Ending.values else queryset


@admin.register(Incident)
class IncidentDesk(Reading, Desk):
    list_display = ("film", "opened_at", "state", "proposal", "ended_at", "ended_by")
    list_filter = (OpenFilter,)
    search_fields = ("film__title",)
    ordering = (F("ended_at").desc(nulls_first=True), "-opened_at", "-id")
    fields = ("where", "state", "proposal", "opened_at", "began_at", "opened_by", "figures", "effect", "accounts",
              "ended_at", "ended_by", "words")  # fmt: skip
    readonly_fields = ("where", "state", "proposal", "figures", "effect", "accounts")
    actions = ("lift", "confirm")
    change_list_template = "admin/reviews/incident/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        run = self.admin_site.admin_view(self.dry_run)
        return [path("dry-run/", run, name="reviews_incident_dry_run"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        told = {"may_end": self.has_end_permission(request), **(extra_context or {})}
        return super().changelist_view(request, told)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Incident]:
        names = ("search_text", "synopsis")
        rows = super().get_queryset(request).select_related("film", "opened_by", "ended_by")
        return rows.defer(*(f"film__{name}" for name in names))

    def has_end_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "reviews.change_incident")

    @admin.display(description=_("film"))
    def where(self, incident: Incident) -> str:
        return self.link(incident, str(incident.film))

    @admin.display(description=_("state"))
    def state(self, incident: Incident) -> str:
        return str(_("Open")) if incident.is_open else incident.get_ending_display()

    @admin.display(description=_("proposal"))
    def proposal(self, incident: Incident) -> str:
        return str(_("Quiet for two days: lift or confirm it")) if is_quiet(incident, timezone.now()) else "–"

    @admin.display(description=_("what was seen"))
    def figures(self, incident: Incident) -> SafeString:
        return format_html_join("", "<p>{}</p>", ((sentence,) for sentence in said(incident.seen)))

    @admin.display(description=_("what it changes"))
    def effect(self, incident: Incident) -> SafeString:
        [holding] = holdings(incident.film, [incident])
        lines = (
            (_("Held"), holding.held), (_("The score now"), holding.counted), (_("If lifted"), holding.if_lifted),
            (_("If confirmed"), holding.if_confirmed),
        )  # fmt: skip
        return format_html_join("", "<p>{}: {}</p>", ((words, in_words(voices)) for words, voices in lines))

    @admin.display(description=_("held ratings, the newest first"))
    def accounts(self, incident: Incident) -> SafeString:
        marks = Mark.objects.filter(incident=incident).select_related("member").order_by("-rated_at")
        return lines_of(marks[:ACCOUNTS_SHOWN])

    @admin.action(description=_("Lift: the ratings count…"), permissions=["end"], location=EVERYWHERE)
    def lift(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        note = _("All that is held counts again, and the members are told.")
        return self._end(request, queryset, lift_incident, str(_("Lift")), str(note))

    @admin.action(description=_("Confirm: they stay out…"), permissions=["end"], location=EVERYWHERE)
    def confirm(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        note = _("What is held where the ratings piled up stays out of the score. The others count again.")
        return self._end(request, queryset, confirm_incident, str(_("Confirm")), str(note))

    def _end(self, request: HttpRequest, queryset: Any, act: Any, button: str, note: str) -> HttpResponse | None:
        dry = [
            f"{row.incident.film}: {in_words(row.counted)} → {in_words(then)}"
            for incident in queryset.open()[:10]
            for row in holdings(incident.film, [incident])
            for then in [row.if_lifted if act is lift_incident else row.if_confirmed]
        ]
        told = " ".join([note, *dry])
        answer = ask(self, request, queryset, WordsForm, title=button, button=button, note=told)
        if isinstance(answer, HttpResponse):
            return answer
        for incident in list(queryset):
            try:
                ended = act(moderator=staff(request), incident=incident, words=answer["words"])
            except ValidationError as refusal:
                say_refusal(self, request, refusal)
            else:
                self.log_change(request, incident, f"{button}: {answer['words']}")
                self.message_user(request, f"{ended.film}: {ended.get_ending_display()}")
        return None

    def dry_run(self, request: HttpRequest) -> HttpResponse:
        """What holding a film's ratings since some time would change; a second button opens the incident."""
        if not self.has_end_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        form = DryRunForm(asked or None, initial={"since": timezone.localtime() - timedelta(hours=1)})
        run = None
        if form.is_bound and form.is_valid():
            film, since = form.cleaned_data["film"], form.cleaned_data["since"]
            if request.method == "POST":
                incident = open_incident(moderator=staff(request), **form.cleaned_data)
                self.log_addition(request, incident, str(_("Opened by hand.")))
                self.message_user(request, _("The ratings are held."), messages.SUCCESS)
                return redirect(reverse("admin:reviews_incident_change", args=[incident.pk]))
            run = dry_run(film, since)
        context = {
            **self.admin_site.each_context(request), "title": _("Dry run"), "opts": self.opts, "form": form, "run": run,
            "media": self.media + form.media,
        }  # fmt: skip
        if run:
            context |= {
                "sentences": list(said(run.figures.as_json())), "now": in_words(run.counted),
                "held": in_words(run.held), "then": in_words(run.if_held), "accounts": lines_of(run.members),
            }  # fmt: skip
        return TemplateResponse(request, "admin/reviews/incident/dry_run.html", context, status=_status(form))


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200


def in_words(voices: Voices) -> str:
    """`4.12 of 311`."""
    told = {"mean": number_format(voices.mean or 0, 2), "count": voices.count}
    return _("%(mean)s of %(count)d") % told if voices.count else "–"


def lines_of(marks: Any) -> SafeString:
    """Who gave what, with how long they are here and how much they rated. What somebody does not show to everybody has
    no name and no stars here either.
    """
    now, rows = timezone.now(), []
    for mark in marks:
        member = mark.member
        who: str | SafeString = str(_("Somebody who does not show it to everybody"))
        if mark.visibility == Visibility.PUBLIC and not member.is_private:
            stars = label(mark.half_stars) if mark.half_stars else "–"
            who = format_html('<a href="{}">{}</a>: {}', member.get_absolute_url(), member.username, stars)
        days, rated = (now - member.date_joined).days, member.rating_count
        here = ngettext("%(number)d day here", "%(number)d days here", days) % {"number": days}
        given = ngettext("%(number)d film rated", "%(number)d films rated", rated) % {"number": rated}
        rows.append((who, here, given))
    return format_html("<ol>{}</ol>", format_html_join("", "<li>{} · {}, {}</li>", rows))
