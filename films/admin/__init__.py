"""The curators' desks for the catalogue."""

from films.admin.collections import CollectionDesk
from films.admin.credits import CreditDesk
from films.admin.films import FilmDesk
from films.admin.people import PersonDesk
from films.admin.terms import CountryDesk, GenreDesk, LanguageDesk, ServiceDesk

__all__ = [
    "CollectionDesk",
    "CountryDesk",
    "CreditDesk",
    "FilmDesk",
    "GenreDesk",
    "LanguageDesk",
    "PersonDesk",
    "ServiceDesk",
]
