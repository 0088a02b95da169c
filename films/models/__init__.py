"""Cinema: films, the people who made them, and what is known of both."""

from films.models.availability import Availability, Service
from films.models.award import Award
from films.models.collection import Collection, CollectionEntry
from films.models.credit import Credit, Job
from films.models.film import Film, FilmId, FormerSlug
from films.models.person import FormerPersonSlug, Person, PersonId
from films.models.score import OutsideScore
from films.models.soundtrack import SoundtrackEntry
from films.models.term import Country, Genre, Language
from films.models.title import AlternativeTitle

__all__ = [
    "AlternativeTitle",
    "Availability",
    "Award",
    "Collection",
    "CollectionEntry",
    "Country",
    "Credit",
    "Film",
    "FilmId",
    "FormerPersonSlug",
    "FormerSlug",
    "Genre",
    "Job",
    "Language",
    "OutsideScore",
    "Person",
    "PersonId",
    "Service",
    "SoundtrackEntry",
]
