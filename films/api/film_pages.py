"""Pages of films by `films.picking`, with how many there are for whoever asks."""

from typing import Any

from rest_framework.response import Response

from films.api.paging import CursorPages
from films.browse import Filters
from films.catalogue import Reading
from films.choices import resting_films
from films.counting import Counts, by_choice, count
from films.orders import Leg
from films.paging import Slice
from films.picking import load, pick


class FilmPages(CursorPages):
    """The view says by `filters_class` what may be asked for, and by `load(numbers)` what is said of films.

    `filters` and `legs` say what was read; the first is None where something was asked for that no film has.
    """

    counts: dict[str, Any] | None = None
    filters: Filters | None = None
    legs: tuple[Leg, ...] = ()

    def read(self, queryset: Any, view: Any, size: int, after: str, before: str) -> Slice[Any]:
        asked = view.filters_class(data=self.request.query_params, viewer=self.request.user)
        asked.is_valid(raise_exception=True)
        reading = Reading(resting_films())
        choices, viewer = asked.load(reading), self.request.user
        self.filters = filters = asked.filters(choices)
        if filters is None:
            found, page = Counts(), Slice[Any]([])
        else:
            narrowing, self.legs = asked.narrowing(filters, viewer), asked.legs(filters, viewer)
            page = load(pick(reading, narrowing, self.legs, size=size, after=after, before=before), view.load)
        if asked.validated_data.get("counts") and filters is not None:
            found = count(reading, narrowing)
        if asked.validated_data.get("counts"):
            self.counts = {"films": found.found} | {
                kind: {slug: number for slug, _name, number in rows}
                for kind, rows in by_choice(found, choices, asked.hides_scores(viewer)).items()
            }
        return page

    def get_paginated_response(self, data: Any) -> Response:
        answer = super().get_paginated_response(data)
        if self.counts is not None:
            answer.data["counts"] = self.counts
        return answer

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        page = super().get_paginated_response_schema(schema)
        page["properties"]["counts"] = {
            "type": "object",
            "description": "With `counts=1`: how many films are found, and how many with each choice.",
            "additionalProperties": {"type": ["integer", "object"]},
            "example": {"films": 312, "genre": {"crime": 40, "drama": 312}, "decade": {"1990": 71}},
        }
        return page
