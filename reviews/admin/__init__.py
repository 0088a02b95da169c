"""The desks for what is said about films: articles for curators, members' words for moderators."""

from reviews.admin.articles import ArticleDesk
from reviews.admin.documents import DocumentDesk, FindingDesk
from reviews.admin.reports import ReportDesk
from reviews.admin.texts import CommentDesk, ReviewDesk

__all__ = ["ArticleDesk", "CommentDesk", "DocumentDesk", "FindingDesk", "ReportDesk", "ReviewDesk"]
