"""What curators do to the catalogue. Each is one transaction, asks for permission, and may be repeated."""

from films.actions.arranging import add_to_collection, arrange_collection, arrange_front_page, save_collection
from films.actions.crediting import CreditFacts, record_facts, replace_credits
from films.actions.dropping import delete_named
from films.actions.filming import FilmFacts, add_film, add_genre, correct_film, delete_film
from films.actions.merging import merge_films, merge_people
from films.actions.naming import PersonFacts, add_person, correct_person
from films.actions.pairing import find_duplicates, mark_distinct
from films.actions.picturing import redraw_poster, set_poster
from films.actions.stating import (
    Outcome,
    accept_conflict,
    lock_fact,
    refuse_conflict,
    revert_change,
    settle_fact,
    state_facts,
    together,
    unlock_fact,
)
from films.actions.suggesting import (
    TooManyWaiting,
    accept_suggestion,
    refuse_suggestion,
    suggest_correction,
    suggest_merge,
    withdraw_suggestion,
)
from films.actions.unmerging import undo_merge

__all__ = [
    "CreditFacts",
    "FilmFacts",
    "Outcome",
    "PersonFacts",
    "TooManyWaiting",
    "accept_conflict",
    "accept_suggestion",
    "add_film",
    "add_genre",
    "add_person",
    "add_to_collection",
    "arrange_collection",
    "arrange_front_page",
    "correct_film",
    "correct_person",
    "delete_film",
    "delete_named",
    "find_duplicates",
    "lock_fact",
    "mark_distinct",
    "merge_films",
    "merge_people",
    "record_facts",
    "redraw_poster",
    "refuse_conflict",
    "refuse_suggestion",
    "replace_credits",
    "revert_change",
    "save_collection",
    "set_poster",
    "settle_fact",
    "state_facts",
    "suggest_correction",
    "suggest_merge",
    "together",
    "undo_merge",
    "unlock_fact",
    "withdraw_suggestion",
]
