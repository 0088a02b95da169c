"""Lists as they stand on a page (templates/reviews/_deal.html), each kept by itself."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import get_template
from django.utils.translation import get_language

from accounts.compiled import prepared
from accounts.counting import apart_from
from accounts.faces import Drawn, drawn
from accounts.models.viewer import Viewer
from config.freshness import WIDE
from config.keeping import Tags, kept_many
from films.freshness import LISTS
from reviews.counting import count_for, with_apart
from reviews.lists import with_cards
from reviews.models import FilmList


@prepared(numbers=list)
def _cards(numbers: Any) -> Any:
    return with_cards(FilmList.objects.filter(pk__in=numbers))


@prepared(numbers=list, apart=list)
def _cards_apart(numbers: Any, apart: Any) -> Any:
    return with_apart(with_cards(FilmList.objects.filter(pk__in=numbers)), apart)


def draw_deals(viewer: Viewer, numbers: Iterable[int], *, bare: bool = False) -> list[Drawn]:
    """In the order of the numbers; `bare`: without whose they are. What was taken away meanwhile is left out.

    One query for those that are not kept. Made afresh for viewers who see other figures than everybody does.
    """

    apart = list(apart_from(viewer))

    def make(missing: list[int]) -> dict[int, Drawn]:
        rows = _cards_apart(numbers=missing, apart=apart) if apart else _cards(numbers=missing)
        count_for(viewer, rows)
        deal = get_template("reviews/_deal.html")
        return {row.pk: drawn(deal.render({"film_list": row, "bare": bare}), [row.member_id]) for row in rows}

    def tags(_number: int, deal: Drawn) -> Tags:
        return WIDE, LISTS, *deal.faces

    keys = {number: ("deal", number, bare, get_language()) for number in numbers}
    made = make(list(keys)) if keys and apart else kept_many(keys, tags, make)
    return [made[number] for number in keys if number in made]
