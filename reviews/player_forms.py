"""The form of a player. It checks and converts, and never writes."""

from functools import cache
from itertools import groupby
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reviews.models import Player, Visibility
from reviews.models.player import time_zones

# Where people live. What else there is, such as Etc/GMT+3, are other names for the same or of use to machines.
PARTS_OF_THE_WORLD: Final = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip


class PlayerForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        help_text=_("So that you know it again, such as “Plex in the living room”."),
        error_messages={"required": _("Give the player a name, so that you know it again.")},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    user_name = forms.CharField(
        label=_("Only what this user watches"),
        help_text=_("If others use the server, too: your user name there. What they watch is left alone then."),
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "autocapitalize": "none"}),
    )
    visibility = forms.ChoiceField(
        label=_("Who can see these lines of your diary"),
        help_text=_("Films of which you have said something for fewer people stay with those."),
        choices=Visibility.choices,
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": _("Choose who can see this.")},
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Where the player stands: a film that ends after midnight there is of the next day."),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": _("Choose a time zone from the list, such as Europe/Berlin.")},
    )

    def __init__(self, data: Any = None, *, player: Player | None = None) -> None:
        known = ("name", "user_name", "visibility", "time_zone")
        initial = {name: getattr(player, name) for name in known} if player else {"time_zone": settings.TIME_ZONE}
        super().__init__(data, initial=initial)
        zone: Any = self.fields["time_zone"]
        zone.choices = _zones(initial["time_zone"])
        if player is None and data is None:
            zone.widget.attrs["data-zone"] = True  # static/js/zone.js chooses the reader's own


@cache
def _zones(chosen: str) -> tuple[Any, ...]:
    """By part of the world, those first that are in none: UTC, and what is chosen already."""
    living = sorted(zone for zone in time_zones() if zone.partition("/")[0] in PARTS_OF_THE_WORLD)
    others = sorted({settings.TIME_ZONE, "UTC", chosen} - set(living))
    parts = groupby(living, key=lambda zone: zone.partition("/")[0])
    return (
        *((zone, zone) for zone in others),
        *((part, [(zone, zone.replace("_", " ")) for zone in zones]) for part, zones in parts),
    )
