"""What the address of a list may ask for.

What the list has not is refused, or `genres=drama` would get all films; so is what is asked for and left empty, or
`film=` would get the reviews of all films; and so is what can be said once and is said twice, or
`country=FR&country=IT` would get those of one of them.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers

from config.api.paging import page_size
from config.quoting import closest, quoted

ON_EVERY_LIST: Final = ("cursor", "page_size")  # on those that are never long, too: a program asks all lists alike
UNSAID: Final = ("format", "reveal")  # taken and not offered: there is JSON alone, and most lists cover nothing
NOT_FOR_US: Final = ("_", "utm_")  # how the names begin that caches and trackers add to any address
MOST_TOLD: Final = 10


@cache
def names_in(filters: type[serializers.Serializer[Any]] | None) -> frozenset[str]:
    return frozenset([*ON_EVERY_LIST, *(filters().fields if filters else ())])


@cache
def said_once(filters: type[serializers.Serializer[Any]] | None) -> frozenset[str]:
    fields = filters().fields if filters else {}
    several = {name for name, field in fields.items() if isinstance(field, serializers.ListField)}
    return names_in(filters) - several


def refuse_unknown(query: QueryDict, filters: type[serializers.Serializer[Any]] | None) -> None:
    """Raises ValidationError with a sentence for each parameter that is no filter here, empty, or there too often."""
    known = names_in(filters)
    unknown = [name for name in query if not (name in known or name in UNSAID or name.startswith(NOT_FOR_US))]
    if unknown:
        raise serializers.ValidationError({quoted(name): [_refusal(name, known)] for name in unknown[:MOST_TOLD]})
    if empty := [name for name, said in query.lists() if name in known and name != "cursor" and not all(said)]:
        told = _("Say what you ask for, or leave this out.")
        raise serializers.ValidationError({name: [told] for name in empty})
    page_size(query)  # on those that are never long, too
    if query.get("reveal", "1") not in {"1", "true"}:
        raise serializers.ValidationError({"reveal": [_("Say reveal=1, or leave this out.")]})
    twice = [name for name, said in query.lists() if len(set(said)) > 1 and name in said_once(filters)]
    if twice:
        told = _("Say it once: this list takes one at a time.")
        raise serializers.ValidationError({name: [told] for name in twice})


def _refusal(name: str, known: Iterable[str]) -> str:
    if meant := closest(name, known):
        return _("This list has no parameter “%(said)s”. Did you mean “%(meant)s”?") % {
            "said": quoted(name), "meant": meant,
        }  # fmt: skip
    return _("This list has no parameter “%(said)s”. It has %(known)s.") % {
        "said": quoted(name), "known": ", ".join(sorted(known)),
    }  # fmt: skip
