"""Loading a document: a review becomes its member's, news and essays become articles, and what they state waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from films.models import Film, Person
from reviews import markup
from reviews.actions.covering import keep_spoiled, render_words
from reviews.actions.finding import accept_finding, note_findings
from reviews.actions.noting import without_noting
from reviews.actions.publishing import typeset
from reviews.actions.reviewing import post_review
from reviews.actions.writing import Writing
from reviews.documents.catalogue import StoredCatalogue
from reviews.documents.evidence import FilmReading, Outcome
from reviews.documents.files import Source, from_bytes, open_file
from reviews.documents.kind import Kind
from reviews.documents.reader import Understanding, read
from reviews.documents.typesetting import to_markdown
from reviews.models import Article, Document, Finding, Review

HOUSE: Final = "house"


class NotLoaded(Exception):
    """The document was understood but not loaded; the message says why."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file. `is_new` is False for one that was loaded before: then nothing was changed."""

    document: Document
    understanding: Understanding
    is_new: bool
    refusals: tuple[str, ...] = ()  # findings that could not be accepted, and why


def understand(*, source: Path | bytes, name: str = "", today: date | None = None) -> tuple[Source, Understanding]:
    """Read a file or its bytes, and change nothing. Raises files.Unreadable."""
    found = open_file(source) if isinstance(source, Path) else from_bytes(source, name or "document.txt")
    today = today or timezone.localdate()
    return found, read(found.text, name=name or found.name, catalogue=StoredCatalogue(), today=today)


def load_document(
    *,
    source: Path | bytes,
    name: str = "",
    member: User | None = None,
    accept: User | None = None,
    today: date | None = None,
) -> Loaded:
    """Read a document and publish it; with `accept`, a curator, what it states enters the catalogue at once.

    A review belongs to the member its front matter names, else to `member`, else to the house. The same bytes are
    loaded once. Raises files.Unreadable and NotLoaded.
    """
    found, understanding = understand(source=source, name=name, today=today)
    earlier = Document.objects.filter(sha256=found.sha256).select_related("film", "review", "article").first()
    if earlier is not None:
        return Loaded(earlier, understanding, is_new=False)
    _refuse_uncertain(understanding)
    with transaction.atomic():
        document = _publish(found, understanding, _writer(understanding, member))
        findings = note_findings(document=document, understanding=understanding)
    refusals = _accept(accept, findings) if accept is not None else []
    return Loaded(document, understanding, is_new=True, refusals=tuple(refusals))


def _accept(curator: User, findings: Iterable[Finding]) -> list[str]:
    """Put the findings into the catalogue, each by itself; the reasons of those that cannot be."""
    refusals = []
    for finding in findings:
        try:
            accept_finding(curator=curator, finding=finding)
        except ValidationError as refusal:
            refusals.append(f"{finding.says} {' '.join(refusal.messages)}")
    return refusals


def describe(film: FilmReading) -> str:
    """In words, why a film is not certain."""
    if film.outcome is Outcome.AMBIGUOUS:
        return _("“%(said)s” may be any of: %(films)s. Name the film in front matter.") % {
            "said": film.said,
            "films": ", ".join(map(str, film.candidates)),
        }
    if film.outcome is Outcome.UNKNOWN and film.candidates:
        return _("The catalogue has no “%(said)s” that fits, only: %(films)s.") % {
            "said": film.said,
            "films": ", ".join(map(str, film.candidates)),
        }
    if film.outcome is Outcome.UNKNOWN:
        return _("The catalogue has no film called “%(said)s”.") % {"said": film.said}
    return _("It does not say which film it is about. Name the film in front matter.")


def _refuse_uncertain(understanding: Understanding) -> None:
    """An article about several films needs no single one, if at least one is certain; a review does."""
    film = understanding.film
    if film.outcome is Outcome.KNOWN:
        return
    if film.outcome is Outcome.NONE and understanding.kind is not Kind.REVIEW and understanding.films:
        return
    raise NotLoaded(describe(film))


def _writer(understanding: Understanding, member: User | None) -> User:
    """Raises NotLoaded when the front matter names nobody who is here."""
    if understanding.member:
        named = User.objects.filter(username__iexact=understanding.member, is_active=True).first()
        if named is None:
            raise NotLoaded(_("There is no member called %(name)s.") % {"name": understanding.member})
        return named
    return member or house_account()


def house_account() -> User:
    """Whom texts without a member belong to. Nobody can log in as the house."""
    house = User.objects.filter(username__iexact=HOUSE).first()
    if house is None:
        house = User.objects.create_user(HOUSE, email="", password=None, display_name=settings.SITE_NAME)
    return house


def _publish(source: Source, understanding: Understanding, writer: User) -> Document:
    about = understanding.film.film
    film = Film.objects.get(pk=about.id) if about is not None else None
    document = Document(
        sha256=source.sha256, name=source.name[:250], text=source.text, kind=understanding.kind.value, film=film
    )
    try:
        if understanding.kind is Kind.REVIEW and film is not None:
            document.review = _post(understanding, writer, film)
        else:
            document.article = _print(understanding, writer, film)
    except ValidationError as refusal:
        raise NotLoaded(" ".join(refusal.messages)) from refusal
    document.save()
    return document


def _post(understanding: Understanding, writer: User, film: Film) -> Review:
    writing = Writing(
        body=understanding.body,
        half_stars=understanding.rating.half_stars,
        watched_on=understanding.watched_on,
        spoilers=understanding.spoilers,
        tags=understanding.tags,
    )
    with without_noting():  # it was written elsewhere, maybe long ago
        review = post_review(member=writer, film=film, writing=writing)
    markdown = to_markdown(understanding.body)
    if len(markdown) <= markup.LIMITS["review"]:
        rendered, named = render_words(markdown)
        review.body_html, review.excerpt = rendered.html, rendered.excerpt
        keep_spoiled(review, named)
    if (written := _moment(understanding.date)) is not None:
        review.created_at = review.published_at = review.updated_at = written
    review.save()
    return review


def _print(understanding: Understanding, writer: User, film: Film | None) -> Article:
    article = Article(
        kind=understanding.kind.value,
        title=understanding.title,
        body=understanding.body,
        author=None if understanding.author else writer,
        byline=understanding.author[:120],
    )
    named = typeset(article)
    article.published_at = _moment(understanding.date) or timezone.now()
    article.full_clean(exclude=["body_html"])
    article.save()
    keep_spoiled(article, named)
    films = {named.film.id for named in understanding.films} | ({film.pk} if film is not None else set())
    article.films.set(Film.objects.filter(pk__in=films))
    article.people.set(Person.objects.filter(pk__in=[named.person.id for named in understanding.people]))
    return article


def _moment(day: date | None) -> datetime | None:
    """Noon of a past day, at which the text was published."""
    moment = datetime.combine(day, time(12), UTC) if day is not None else None
    return moment if moment is not None and moment <= timezone.now() else None
