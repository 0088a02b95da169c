"""Searches of the catalogue that members save: what they say, and those of one member."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.http import urlencode

from films.browse import named_in
from films.catalogue import Reading
from films.choices import Choices, resting_films
from reviews.browsing import MemberFilters
from reviews.models import SavedSearch
from reviews.models.saved_search import LONGEST_NAME

LONGEST_QUERY: Final = 2000  # characters; all that the form of the catalogue can say is shorter


def searches_of(member: Any) -> list[SavedSearch]:
    """By name."""
    return list(SavedSearch.objects.filter(member=member).order_by(Lower("name"), "id"))


def filters_in(queries: Iterable[str]) -> list[tuple[MemberFilters, list[str]]]:
    """What each of these queries of an address asks for, with a sentence for each part that makes no sense."""
    asked = [QueryDict(query[:LONGEST_QUERY]) for query in queries]
    choices = choices_for(asked, Reading(resting_films()))
    return [MemberFilters.read(each, choices) for each in asked]


def choices_for(asked: Iterable[QueryDict], reading: Reading) -> Choices:
    """What the catalogue has of all that these ask for."""
    named: dict[str, list[str]] = {}
    for each in asked:
        for kind, words in named_in(each).items():
            named.setdefault(kind, []).extend(words)
    return Choices.load(named, reading)


def query_of(filters: MemberFilters) -> str:
    """Empty for all films in their usual order."""
    return urlencode(replace(filters, list_id=None).query())


def words_of(filters: MemberFilters) -> list[str]:
    """What is asked for, in words: the filters, and the order where it is not the usual one."""
    sort = [str(filters.sorts()[filters.sort])] if filters.sort != "popular" else []
    return [label for label, _rest in filters.active()] + sort


def saving(member: Any, filters: MemberFilters) -> dict[str, Any]:
    """For the page that shows them: `searches` of the member, this `query`, and the name to `save_as`.

    That is empty where the member saved just this, or where nothing is narrowed down. One query.
    """
    saved, query = searches_of(member), query_of(filters)
    is_new = bool(query) and all(search.query != query for search in saved)
    return {"searches": saved, "query": query, "save_as": name_for(filters) if is_new else ""}


def name_for(filters: MemberFilters) -> str:
    """As many of its words as fit."""
    name = ""
    for word in words_of(filters):
        longer = f"{name}, {word}" if name else word
        if len(longer) > LONGEST_NAME:
            break
        name = longer
    return name or words_of(filters)[0][:LONGEST_NAME]
