"""Articles: written by the staff, shown from their time on."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Final, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from films.models import Film, Person
from films.names import first_free, roman
from reviews import markup
from reviews.documents.typesetting import to_markdown
from reviews.models import Article

LINKED: Final = ("films", "people")


class ArticleFacts(TypedDict, total=False):
    """What an editor may say of an article. What is left out stays as it is."""

    kind: str
    title: str
    standfirst: str
    body: str
    author: User | None
    byline: str
    published_at: datetime | None
    films: Iterable[Film]
    people: Iterable[Person]


@transaction.atomic
def save_article(*, editor: User, article: Article | None = None, **facts: Unpack[ArticleFacts]) -> Article:
    """A new article, or a changed one, with its text made into HTML. Raises ValidationError by field."""
    article = article or Article(author=editor)
    if not editor.has_perm("reviews.change_article" if article.pk else "reviews.add_article"):
        raise PermissionDenied(_("Only curators do this."))
    for name, value in facts.items():
        if name not in LINKED:
            setattr(article, name, value)
    typeset(article)
    article.full_clean()
    article.save()
    if "films" in facts:
        article.films.set(facts["films"])
    if "people" in facts:
        article.people.set(facts["people"])
    return article


def publish(*, editor: User, article: Article) -> Article:
    """Show it from now on; one that is shown already stays as it is."""
    if article.published_at is not None and article.published_at <= timezone.now():
        return article
    return save_article(editor=editor, article=article, published_at=timezone.now())


def withdraw(*, editor: User, article: Article) -> Article:
    """Make it a draft again, which only the staff sees."""
    return save_article(editor=editor, article=article, published_at=None)


def typeset(article: Article) -> None:
    """Set what follows from an article's words: its HTML, its headings, and its address if it has none yet.

    The address follows the headline until the article is published, and never after.
    """
    if not article.body.strip():
        raise ValidationError({"body": [_("Write something first: one sentence is enough.")]})
    try:
        rendered = markup.render(to_markdown(article.body, title=article.title), kind="article")
    except markup.TooLong as refusal:
        raise ValidationError({"body": [str(refusal)]}) from refusal
    article.body_html, article.headings = rendered.html, [asdict(heading) for heading in rendered.headings]
    if not article.slug or article.published_at is None:
        base = roman(article.title)[:100].strip("-") or "article"
        others = Article.objects.exclude(pk=article.pk).filter(slug__startswith=base)
        article.slug = first_free(base, set(others.values_list("slug", flat=True)))
