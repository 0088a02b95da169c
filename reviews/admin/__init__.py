"""The desks for what is said about films: articles for curators, members' words and cases for moderators."""

from reviews.admin.articles import ArticleDesk
from reviews.admin.cases import CaseDesk
from reviews.admin.content_counts import ContentCountDesk
from reviews.admin.decisions import AppealDesk, DecisionDesk
from reviews.admin.departures import DepartureDesk
from reviews.admin.documents import DocumentDesk, FindingDesk
from reviews.admin.editions import EditionDesk
from reviews.admin.essays import EssayDesk
from reviews.admin.evenings import EveningDesk
from reviews.admin.film_lists import FilmListDesk
from reviews.admin.films import ListedFilmDesk
from reviews.admin.house import HousePageDesk, WordsDesk
from reviews.admin.house_notices import HouseNoticeDesk
from reviews.admin.incidents import IncidentDesk
from reviews.admin.members import ModeratedMemberDesk
from reviews.admin.reports import ReportDesk
from reviews.admin.screenings import ScreeningDesk
from reviews.admin.texts import CommentDesk, ReviewDesk
from reviews.admin.word_rules import WordRuleDesk
from reviews.admin.words_elsewhere import WordElsewhereDesk

__all__ = [
    "AppealDesk",
    "ArticleDesk",
    "CaseDesk",
    "CommentDesk",
    "ContentCountDesk",
    "DecisionDesk",
    "DepartureDesk",
    "DocumentDesk",
    "EditionDesk",
    "EssayDesk",
    "EveningDesk",
    "FilmListDesk",
    "FindingDesk",
    "HouseNoticeDesk",
    "HousePageDesk",
    "IncidentDesk",
    "ListedFilmDesk",
    "ModeratedMemberDesk",
    "ReportDesk",
    "ReviewDesk",
    "ScreeningDesk",
    "WordElsewhereDesk",
    "WordRuleDesk",
    "WordsDesk",
]
