"""The community: what members make of films, and what they say to each other."""

from reviews.models.article import Article, ArticleRevision
from reviews.models.comment import Comment
from reviews.models.document import Document, Finding
from reviews.models.mark import Mark
from reviews.models.report import Report
from reviews.models.review import Review, ReviewLike
from reviews.models.viewing import Viewing

__all__ = [
    "Article",
    "ArticleRevision",
    "Comment",
    "Document",
    "Finding",
    "Mark",
    "Report",
    "Review",
    "ReviewLike",
    "Viewing",
]
