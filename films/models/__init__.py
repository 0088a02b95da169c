"""Cinema: films, the people who made them, and what is known of both."""

from films.models.address import LeftAddress
from films.models.availability import Availability, Service
from films.models.award import Award
from films.models.change import FilmChange
from films.models.chart import Chart, ChartPlace
from films.models.collection import Collection, CollectionEntry
from films.models.conflict import Conflict
from films.models.credit import Credit, Job
from films.models.facet import CatalogueChange, FacetCount, FilmFacets
from films.models.film import Film, FilmId, FormerSlug
from films.models.keys import FilmKeys, PersonKeys
from films.models.merge import Duplicate, Merge
from films.models.person import FormerPersonSlug, Person, PersonId
from films.models.prior import Prior
from films.models.release import Release
from films.models.run import ImportRun
from films.models.score import OutsideScore
from films.models.soundtrack import Artist, SoundtrackEntry
from films.models.source import BY_HAND, RANKS, FactLock, FactSource, Source
from films.models.suggestion import Suggestion
from films.models.term import AccessFeature, Company, ContentNote, Country, Franchise, Genre, Language
from films.models.title import AlternativeTitle
from films.models.word import Word

__all__ = [
    "BY_HAND",
    "RANKS",
    "AccessFeature",
    "AlternativeTitle",
    "Artist",
    "Availability",
    "Award",
    "CatalogueChange",
    "Chart",
    "ChartPlace",
    "Collection",
    "CollectionEntry",
    "Company",
    "Conflict",
    "ContentNote",
    "Country",
    "Credit",
    "Duplicate",
    "FacetCount",
    "FactLock",
    "FactSource",
    "Film",
    "FilmChange",
    "FilmFacets",
    "FilmId",
    "FilmKeys",
    "FormerPersonSlug",
    "FormerSlug",
    "Franchise",
    "Genre",
    "ImportRun",
    "Job",
    "Language",
    "LeftAddress",
    "Merge",
    "OutsideScore",
    "Person",
    "PersonId",
    "PersonKeys",
    "Prior",
    "Release",
    "Service",
    "SoundtrackEntry",
    "Source",
    "Suggestion",
    "Word",
]
