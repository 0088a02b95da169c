"""Forms of the catalogue's pages: they check and convert what was typed, and never write."""

from typing import Any, Final
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from films import record
from films.actions.suggesting import LONGEST
from films.addresses import film_at
from films.finding import best_films
from films.models import Film, FilmId, Job

FEW: Final = 5
SHORT: Final = {"rows": 3, "class": "input"}
TOO_LONG: Final = {"max_length": _("Shorten this to %(limit_value)d characters or fewer.")}


def facts_to_choose(film: Film) -> list[tuple[Any, Any]]:
    """What can be wrong with a film, grouped, in words."""
    scores = [key for key in record.keys_of(film) if key.startswith("scores.")]
    groups = [
        (_("The film"), [*record.FIELDS, *record.TERMS, "franchise"]),
        (_("Its lists"), [*record.ROWS, *scores]),
        (_("Who made it"), [f"credits.{job}" for job in Job.values]),
        (_("Elsewhere"), [f"ids.{source}" for source in FilmId.Source.values]),
    ]
    named: list[tuple[Any, Any]] = [(words, [(key, record.label(key)) for key in keys]) for words, keys in groups]
    return [("", _("Something else")), *named]


class CorrectionForm(forms.Form):
    """A fact that is wrong or missing."""

    fact = forms.ChoiceField(
        label=_("What is wrong or missing"),
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": _("Choose what is wrong from the list.")},
    )
    value = forms.CharField(
        label=_("What it should say"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=SHORT),
        error_messages={"required": _("Write what it should say.")} | TOO_LONG,
        help_text=_(
            "A day as year-month-day, such as 2017-06-28; a running time in minutes; money with its currency, such as "
            "USD 34,000,000."
        ),
    )
    note = forms.CharField(
        label=_("How you know"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs=SHORT),
        error_messages=TOO_LONG,
        help_text=_("The address of a page, or where it can be seen: in the credits, on the poster."),
    )

    def __init__(self, film: Film, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "correction_%s"})
        self.fields["fact"].choices = facts_to_choose(film)  # type: ignore[attr-defined]  # it is a ChoiceField


class TwinForm(forms.Form):
    """Two films that are one."""

    twin = forms.CharField(
        label=_("The other one"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
        error_messages={"required": _("Name the other film.")} | TOO_LONG,
        help_text=_("The address of its page, or its title."),
    )
    note = forms.CharField(
        label=_("How you know"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs=SHORT),
        error_messages=TOO_LONG,
    )

    def __init__(self, film: Film, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "twin_%s"})
        self.film = film

    def clean_twin(self) -> Film:
        words = self.cleaned_data["twin"].strip()
        found = _at(words)
        if found is None:
            named = best_films(words).exclude(pk=self.film.pk)[: FEW + 1]
            exact = [film for film in named if words.casefold() in {film.title.casefold(), str(film).casefold()}]
            films = exact or list(named)
            if len(films) > 1:
                addresses = ", ".join(f"{film} {film.get_absolute_url()}" for film in films[:FEW])
                raise ValidationError(_("Which one? Copy its address: %(films)s"), params={"films": addresses})
            found = films[0] if films else None
        if found is None:
            raise ValidationError(_("No film here is called that. Copy the address of its page."))
        if found.pk == self.film.pk:
            raise ValidationError(_("Name the other film: this one cannot be its own twin."))
        return found


def _at(words: str) -> Film | None:
    """The film of an address, written with or without the site's name; None for words that are no address of a film."""
    path = urlsplit(words).path if "/" in words else f"/films/{words}/"
    path = path if path.endswith("/") else f"{path}/"
    try:
        slug = resolve(path).kwargs.get("slug") if path.startswith("/films/") else None
        return film_at(slug) if slug else None
    except (Resolver404, Http404):
        return None
