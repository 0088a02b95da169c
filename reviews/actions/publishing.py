"""Articles: written by the staff, shown from their time on, every text of theirs kept."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.legible import is_legible, line_of
from accounts.models import User
from accounts.pictures import Readable
from accounts.picturing import Focus, arrange
from films.models import Film, Person
from films.names import first_free, roman
from reviews import markup
from reviews.actions.covering import keep_spoiled, render_words
from reviews.documents.typesetting import to_markdown
from reviews.models import Article, ArticleRevision

LINKED: Final = ("films", "people")
LINES: Final = ("title", "byline", "outlet")


class ArticleFacts(TypedDict, total=False):
    """What an editor may say of an article. What is left out stays as it is."""

    kind: str
    title: str
    standfirst: str
    body: str
    author: User | None
    byline: str
    outlet: str
    outlet_url: str
    score_value: Decimal | None
    score_scale: Decimal | None
    picture_alt: str
    picture_credit: str
    published_at: datetime | None
    films: Iterable[Film]
    people: Iterable[Person]


class StaleArticle(Exception):
    """The article was changed elsewhere since the form was opened. `article` is as it stands now."""

    def __init__(self, article: Article) -> None:
        super().__init__(_("This article was changed in another window since you opened it here."))
        self.article = article


@transaction.atomic
def save_article(
    *,
    editor: User,
    article: Article | None = None,
    version: int | None = None,
    restored_from: int | None = None,
    **facts: Unpack[ArticleFacts],
) -> Article:
    """A new article, or a changed one, with its text made into HTML and a revision of its words.

    Raises ValidationError by field and, with `version`, StaleArticle when somebody changed it since.
    """
    new = article is None or article.pk is None
    if not editor.has_perm("reviews.add_article" if new else "reviews.change_article"):
        raise PermissionDenied(_("Only curators do this."))
    row = lock(article, version) if article is not None and article.pk else article or Article(author=editor)
    if not new:
        _keep_the_first(row)
        row.version += 1
    for name, value in facts.items():
        if name not in LINKED:
            setattr(row, name, line_of(str(value), name) if name in LINES else value)
    named = typeset(row)
    row.full_clean()
    row.save()
    keep_spoiled(row, named)
    if "films" in facts:
        row.films.set(facts["films"])
    if "people" in facts:
        row.people.set(facts["people"])
    _revise(row, editor, restored_from)
    return row


@transaction.atomic
def set_article_picture(
    *,
    editor: User,
    article: Article,
    picture: Readable | None = None,
    remove: bool = False,
    focus: Focus = (50, 50),
) -> Article:
    """Another picture, none, or the same one cut around another point. Raises accounts.pictures.PictureRefused."""
    if not editor.has_perm("reviews.change_article") and not editor.has_perm("reviews.add_article"):
        raise PermissionDenied(_("Only curators do this."))
    arrange(article, "picture", file=picture, remove=remove, focus=focus)
    return article


def publish(*, editor: User, article: Article) -> Article:
    """Show it from now on; one that is shown already stays as it is."""
    return (
        article if article.is_published else save_article(editor=editor, article=article, published_at=timezone.now())
    )


def withdraw(*, editor: User, article: Article) -> Article:
    """Make it a draft again, which only the staff sees."""
    return save_article(editor=editor, article=article, published_at=None)


def restore(*, editor: User, revision: ArticleRevision) -> Article:
    """Make the words of a revision the article's own again; they become its newest revision."""
    words: dict[str, Any] = {"title": revision.title, "standfirst": revision.standfirst, "body": revision.body}
    return save_article(editor=editor, article=revision.article, restored_from=revision.number, **words)


def lock(article: Article, version: int | None = None) -> Article:
    """The article as it stands, for this transaction alone. Raises StaleArticle when it is not of that version."""
    row = Article.objects.select_for_update(no_key=True, of=("self",)).select_related("author").get(pk=article.pk)
    if version is not None and version != row.version:
        raise StaleArticle(row)
    return row


def typeset(article: Article) -> tuple[Film, ...]:
    """Set what follows from an article's words: its HTML, its headings, and its address if it has none yet.

    The address follows the headline until the article is published, and never after. Returns the films that the words
    name as spoilt, to be stored with the article.
    """
    if not is_legible(article.body):
        raise ValidationError({"body": [_("Write something first: one sentence is enough.")]})
    try:
        rendered, named = render_words(to_markdown(article.body, title=article.title), kind="article")
    except markup.TooLong as refusal:
        raise ValidationError({"body": [str(refusal)]}) from refusal
    article.body_html, article.headings = rendered.html, [asdict(heading) for heading in rendered.headings]
    if not article.slug or article.published_at is None:
        base = roman(article.title)[:100].strip("-") or "article"
        others = Article.objects.exclude(pk=article.pk).filter(slug__startswith=base)
        article.slug = first_free(base, set(others.values_list("slug", flat=True)))
    return named


def _keep_the_first(row: Article) -> None:
    """An article that came by another way than a form has no revision yet: keep what it said until now."""
    if not row.revisions.exists():
        _revise(row, row.author, None, at=row.updated_at)


def _revise(row: Article, editor: User | None, restored_from: int | None, *, at: datetime | None = None) -> None:
    last = row.revisions.first()
    revision = ArticleRevision(
        article=row,
        number=last.number + 1 if last else 1,
        title=row.title,
        standfirst=row.standfirst,
        body=row.body,
        by=editor,
        restored_from=restored_from,
        at=at or timezone.now(),
    )
    if last is None or last.words != revision.words:
        revision.save(force_insert=True)
