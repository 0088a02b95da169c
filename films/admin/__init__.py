"""The curators' desks for the catalogue."""

from films.admin.collections import CollectionDesk
from films.admin.conflicts import ConflictDesk
from films.admin.credits import CreditDesk
from films.admin.films import FilmDesk
from films.admin.imports import ImportDesk
from films.admin.merging import DuplicateDesk, MergeDesk
from films.admin.people import PersonDesk
from films.admin.suggestions import SuggestionDesk
from films.admin.terms import (
    AccessFeatureDesk,
    ArtistDesk,
    CompanyDesk,
    ContentNoteDesk,
    CountryDesk,
    FranchiseDesk,
    GenreDesk,
    LanguageDesk,
    ServiceDesk,
)

__all__ = [
    "FranchiseDesk",
    "ContentNoteDesk",
    "CompanyDesk",
    "AccessFeatureDesk",
    "ArtistDesk",
    "CollectionDesk",
    "ConflictDesk",
    "CountryDesk",
    "CreditDesk",
    "DuplicateDesk",
    "FilmDesk",
    "GenreDesk",
    "ImportDesk",
    "LanguageDesk",
    "MergeDesk",
    "PersonDesk",
    "ServiceDesk",
    "SuggestionDesk",
]
