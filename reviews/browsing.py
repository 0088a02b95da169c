"""The catalogue's filters, and the two that need to know who is asking."""

from dataclasses import dataclass, replace
from typing import Any, Final, Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from films.browse import Filters
from films.choices import Choices
from films.models import Film
from reviews.models import Mark

YOURS: Final = {
    "unseen": gettext_lazy("Not watched yet"),
    "watchlist": gettext_lazy("On your watchlist"),
}


@dataclass(frozen=True)
class MemberFilters(Filters):
    """`yours` says which of the reader's own films: those not watched yet, or those on the watchlist."""

    yours: str = ""

    @classmethod
    def read(cls, query: QueryDict, choices: Choices) -> tuple[Self, list[str]]:
        filters, notices = super().read(query, choices)
        yours = query.get("yours", "")
        return replace(filters, yours=yours if yours in YOURS else ""), notices

    def apply_for(self, viewer: Any, films: QuerySet[Film]) -> QuerySet[Film]:
        """`apply`, and what is the viewer's; somebody signed out has no films of their own."""
        found = self.apply(films)
        if not self.yours or not getattr(viewer, "is_authenticated", False):
            return found
        marks = Mark.objects.filter(member=viewer, film=OuterRef("pk"))
        if self.yours == "watchlist":
            return found.filter(Exists(marks.in_watchlist()))
        return found.filter(Q(~Exists(marks.watched())))

    def active(self) -> list[tuple[str, Self]]:
        on = super().active()
        return [*on, (str(YOURS[self.yours]), replace(self, yours=""))] if self.yours else on

    def query(self) -> list[tuple[str, str]]:
        return super().query() + ([("yours", self.yours)] if self.yours else [])
