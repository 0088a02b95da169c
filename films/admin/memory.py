"""What a film's record remembers, for curators: the source and the lock of each fact, and every change of it."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from accounts.admin.desk import Desk, say_refusal, staff
from films import actions, record
from films.models import FactLock, FactSource, Film, FilmChange, Source
from films.provenance import in_order
from films.telling import DASH, Difference, Teller

A_PAGE: Final = 25


@dataclass(frozen=True)
class Fact:
    """One line of "Sources and locks"."""

    key: str
    rows: list[str]
    source: str
    stated: FactSource | None
    lock: FactLock | None

    @property
    def label(self) -> str:
        return record.label(self.key)


@dataclass(frozen=True)
class Told:
    """One line of the history, in words."""

    change: Any  # a FilmChange with `taken_back`
    difference: Difference

    @property
    def label(self) -> str:
        return record.label(self.change.fact)


class MemoryPages(Desk):
    """The two pages, for the desk of films."""

    def get_urls(self) -> list[URLPattern]:
        door = self.admin_site.admin_view
        own = [
            path("<path:object_id>/sources/", door(self.sources), name="films_film_sources"),
            path("<path:object_id>/changes/", door(self.changes), name="films_film_changes"),
        ]
        return [*own, *super().get_urls()]

    def sources(self, request: HttpRequest, object_id: str) -> HttpResponse:
        film = self._film(request, object_id)
        if request.method == "POST":
            self._lock(request, film)
            return redirect(request.get_full_path())
        return self._page(request, film, "sources", title=_("Sources and locks"), facts=facts_of(film))

    def changes(self, request: HttpRequest, object_id: str) -> HttpResponse:
        film = self._film(request, object_id)
        if request.method == "POST":
            asked = self._take_back(request, film)
            return asked or redirect(request.get_full_path())
        fact = request.GET.get("fact", "")
        found = FilmChange.objects.filter(film=film, **({"fact": fact} if record.is_key(fact) else {}))
        again = Exists(FilmChange.objects.filter(reverts=OuterRef("pk")))
        found = found.select_related("by", "run", "reverts").annotate(taken_back=again)
        shown, teller = Paginator(found, A_PAGE).get_page(request.GET.get("page")), Teller()
        told = [Told(change, teller.difference(change.fact, change.before, change.after)) for change in shown]
        label = record.label(fact) if record.is_key(fact) else ""
        return self._page(request, film, "changes", title=_("History"), page=shown, told=told, fact=label)

    def _film(self, request: HttpRequest, object_id: str) -> Film:
        film = self.get_object(request, unquote(object_id))
        if film is None:
            raise Http404
        change = request.method == "POST"
        if not (self.has_change_permission if change else self.has_view_permission)(request, film):
            raise PermissionDenied
        return film

    def _page(self, request: HttpRequest, film: Film, name: str, **context: Any) -> HttpResponse:
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "film": film,
            "film_pk": quote(film.pk),
            "subtitle": str(film),
            "may_change": self.has_change_permission(request, film),
        }
        return TemplateResponse(request, f"admin/films/film/{name}.html", context)

    def _lock(self, request: HttpRequest, film: Film) -> None:
        curator, fact, reason = staff(request), request.POST.get("fact", ""), request.POST.get("reason", "").strip()
        try:
            if "unlock" in request.POST:
                actions.unlock_fact(curator=curator, film=film, fact=fact)
                said = _("Unlocked: %(fact)s.")
            else:
                actions.lock_fact(curator=curator, film=film, fact=fact, reason=reason[:250])
                said = _("Locked: %(fact)s.")
        except ValidationError as refusal:
            say_refusal(self, request, refusal)
            return
        said %= {"fact": record.label(fact) if record.is_key(fact) else fact}
        self.log_change(request, film, f"{said} {reason}".strip())
        self.message_user(request, said)

    def _take_back(self, request: HttpRequest, film: Film) -> HttpResponse | None:
        """Do it, or first ask where the fact has changed since."""
        number = request.POST.get("change", "")
        change = get_object_or_404(
            FilmChange, film=film, pk=int(number) if number.isdecimal() and len(number) < 19 else 0
        )
        now, label = record.read(film, change.fact), record.label(change.fact)
        if now not in (change.after, change.before) and "_answered" not in request.POST:
            return self._asked(request, film, change, now)
        try:
            done = actions.revert_change(curator=staff(request), change=change)
        except ValidationError as refusal:
            say_refusal(self, request, refusal)
            return None
        said = _("Taken back: %(fact)s.") if done else _("%(fact)s says so already.")
        said %= {"fact": label}
        if done:
            self.log_change(request, film, said)
        self.message_user(request, said)
        return None

    def _asked(self, request: HttpRequest, film: Film, change: FilmChange, now: record.Json) -> HttpResponse:
        teller, label = Teller(), record.label(change.fact)
        rows = [
            _("Now: %(value)s") % {"value": teller.words(change.fact, now)},
            _("Before that change: %(value)s") % {"value": teller.words(change.fact, change.before)},
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take back a change of “%(fact)s”?") % {"fact": label},
            "subtitle": str(film),
            "note": _("It has changed again since. If you take this change back, what came later goes too."),
            "button": _("Take it back"),
            "rows": rows,
            "form": forms.Form(),
            "kept": [("change", change.pk)],
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/question.html", context, status=409)


def facts_of(film: Film) -> list[Fact]:
    """Every fact that the film has or could have, and those that are locked."""
    stated = {row.fact: row for row in FactSource.objects.filter(film=film).select_related("by")}
    locks = {row.fact: row for row in FactLock.objects.filter(film=film).select_related("by")}
    teller, found = Teller(), []
    for key in in_order([*record.keys_of(film), *locks]):
        rows = teller.rows(key, record.read(film, key))
        row = stated.get(key)
        source = str(Source(row.source if row else film.origin).label) if row or rows else DASH
        found.append(Fact(key, rows, source, row, locks.get(key)))
    return found
