"""The form of a film: what is checked, and which sentence says what is wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.admin.picking import PickField, PickForm, PickManyField
from accounts.admin.picturing import PicturedForm, PictureInput
from accounts.admin.two_windows import WatchfulForm
from accounts.picture_shapes import CHOOSER
from films.actions import FilmFacts
from films.admin.shelves import (
    ACCESS_FEATURES,
    COMPANIES,
    CONTENT_NOTES,
    COUNTRIES,
    FRANCHISES,
    GENRES,
    LANGUAGES,
)
from films.models import Film
from films.press import FAMILIES, PALETTES

SEVERAL = _("Several with semicolons between.")


def _choices(names: Any) -> list[tuple[str, Any]]:
    return [("", _("Let the press choose")), *((name, name.replace("_", " ").capitalize()) for name in sorted(names))]


class FilmForm(WatchfulForm, PicturedForm, PickForm):
    held = "poster"
    alt_needed = False  # it stands beside the title

    genres = PickManyField(GENRES, label=_("Genres"), required=False, help_text=SEVERAL)
    countries = PickManyField(COUNTRIES, label=_("Countries"), required=False, help_text=SEVERAL)
    languages = PickManyField(LANGUAGES, label=_("Languages"), required=False, help_text=SEVERAL)
    companies = PickManyField(COMPANIES, label=_("Companies"), required=False, help_text=SEVERAL)
    franchise = PickField(FRANCHISES, label=_("Franchise"), required=False)
    content_notes = PickManyField(CONTENT_NOTES, label=_("Content notes"), required=False, help_text=SEVERAL)
    access_features = PickManyField(ACCESS_FEATURES, label=_("Accessibility"), required=False, help_text=SEVERAL)
    picture = forms.FileField(
        label=_("A poster of your own"),
        required=False,
        widget=PictureInput(attrs=CHOOSER),
        help_text=_("JPEG, PNG or WebP of up to 5 MB, upright. Only what you have the right to show."),
    )
    remove_picture = forms.BooleanField(label=_("Take the uploaded poster away and draw one"), required=False)
    poster_family = forms.ChoiceField(label=_("Composition"), required=False, choices=_choices(FAMILIES))
    poster_palette = forms.ChoiceField(label=_("Colours"), required=False, choices=_choices(PALETTES))

    class Meta:
        model = Film
        fields = (
            "title", "original_title", "year", "release_date", "runtime_minutes", "tagline", "synopsis", "genres",
            "countries", "languages", "companies", "franchise", "franchise_part", "content_notes", "access_features",
            "trailer_url", "budget", "box_office", "poster_alt", "poster_family", "poster_palette", "renown",
        )  # fmt: skip
        help_texts = {
            "original_title": _("Where it differs from the title."),
            "year": _("When it was first shown. With the title it makes the film’s address."),
            "franchise_part": _("Which film of it this is: 1 for the first."),
            "trailer_url": _("At YouTube, Vimeo, Dailymotion or the Internet Archive. The page only links to it."),
            "budget": _("What it cost to make, such as USD 34,000,000."),
            "box_office": _("What it took at cinemas all over the world, such as USD 226,900,000."),
            "poster_alt": _("For people who cannot see it: “A red car over a map of Atlanta”."),
            "renown": _("How well known the film was before anybody here had seen it: 0 for not at all."),
        }
        widgets = {
            "synopsis": forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
        }

    @property
    def facts(self) -> dict[str, Any]:
        """What was changed of the film itself, as the actions take it."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in FilmFacts.__optional_keys__}
