"""The community: what members make of films, and what they say to each other."""

from reviews.models.activity import Activity
from reviews.models.appeal import Appeal
from reviews.models.article import Article, ArticleRevision
from reviews.models.calendar import CalendarChoice
from reviews.models.case import Case, CaseMessage, Decision
from reviews.models.coming import Coming, ScreeningLine
from reviews.models.comment import Comment
from reviews.models.departure import Departure
from reviews.models.document import Document, Finding
from reviews.models.edition import Edition, EditionFile
from reviews.models.essay import Essay, EssayLike
from reviews.models.export import Export
from reviews.models.favourite import Favourite, FilmMute
from reviews.models.film_list import Collaborator, FilmList, ListEntry, ListLike
from reviews.models.following import Mention, Subscription
from reviews.models.goal import Goal
from reviews.models.guidance import Category, Caution, ContentCount, ContentVote, Level
from reviews.models.house import HousePage, HousePageRevision, HouseWords
from reviews.models.house_notice import HouseNotice, NoticePutAway
from reviews.models.house_rule import HouseRule, WordRule
from reviews.models.importing import Import, ImportChange, ImportRow
from reviews.models.incident import Incident
from reviews.models.mark import Mark
from reviews.models.notification import Mailing, Notice, NoticeChoice, Notification
from reviews.models.owned_copy import OwnedCopy
from reviews.models.player import Player, Playing
from reviews.models.posting import Posting
from reviews.models.private_note import PrivateNote
from reviews.models.push_device import PushDevice
from reviews.models.quotation import Quotation
from reviews.models.report import Report
from reviews.models.review import Review, ReviewLike
from reviews.models.saved_search import SavedSearch
from reviews.models.screening import ScreenedFilm, Screening
from reviews.models.setting_aside import SettingAside
from reviews.models.spoiled import SpoiledFilm
from reviews.models.taste import Dismissal, Kindred
from reviews.models.tip import Tip
from reviews.models.tonight import (
    Attendance,
    Candidate,
    Draw,
    Evening,
    EveningStep,
    Pick,
    Ready,
    Seat,
    ShownOut,
    Veto,
)
from reviews.models.viewing import Viewing
from reviews.models.visibility import Visibility
from reviews.models.word_elsewhere import WordElsewhere

__all__ = [
    "Activity",
    "Appeal",
    "Article",
    "ArticleRevision",
    "Attendance",
    "CalendarChoice",
    "Candidate",
    "Case",
    "CaseMessage",
    "Category",
    "Caution",
    "Collaborator",
    "Coming",
    "Comment",
    "ContentCount",
    "ContentVote",
    "Decision",
    "Departure",
    "Dismissal",
    "Document",
    "Draw",
    "Edition",
    "EditionFile",
    "Essay",
    "EssayLike",
    "Evening",
    "EveningStep",
    "Export",
    "Favourite",
    "FilmList",
    "FilmMute",
    "Finding",
    "Goal",
    "HouseNotice",
    "HousePage",
    "HousePageRevision",
    "HouseRule",
    "HouseWords",
    "Import",
    "ImportChange",
    "ImportRow",
    "Incident",
    "Kindred",
    "Level",
    "ListEntry",
    "ListLike",
    "Mailing",
    "Mark",
    "Mention",
    "Notice",
    "NoticeChoice",
    "NoticePutAway",
    "Notification",
    "OwnedCopy",
    "Pick",
    "Player",
    "Playing",
    "Posting",
    "PrivateNote",
    "PushDevice",
    "Quotation",
    "Ready",
    "Report",
    "Review",
    "ReviewLike",
    "SavedSearch",
    "ScreenedFilm",
    "Screening",
    "ScreeningLine",
    "Seat",
    "SettingAside",
    "ShownOut",
    "SpoiledFilm",
    "Subscription",
    "Tip",
    "Veto",
    "Viewing",
    "Visibility",
    "WordElsewhere",
    "WordRule",
]
