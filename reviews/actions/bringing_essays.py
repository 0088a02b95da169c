"""What an import brings of essays. They stand at the day on which they were written, name nobody and are no news."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from films.actions.holding import hold_films
from films.models import Film, FilmId, Person
from reviews.actions.bringing_reviews import may_show
from reviews.actions.composing import MOST_DRAFTS, Composition, store_essay
from reviews.actions.flagging import flag
from reviews.actions.import_ledger import Ledger, as_it_is, is_as_left
from reviews.actions.quoting import quote_reported
from reviews.models import Essay, Import, ImportChange, ImportRow, Subscription, Visibility

Kind = ImportChange.Kind


def bring_essays(importing: Import, member: User, rows: Sequence[ImportRow], ledger: Ledger) -> set[int]:
    """The member is held. Returns the rows for which there was no room: drafts beyond those that one can have."""
    there = {essay.title: essay for essay in Essay.objects.filter(member=member, title__in=[r.title for r in rows])}
    room = MOST_DRAFTS - Essay.objects.drafts_of(member).count()
    left = set[int]()
    for row in rows:
        essay, said = there.get(row.title), row.circumstances or {}
        if essay is None and said.get("draft") and room <= 0:
            left.add(row.pk)
            continue
        before = {} if essay is None else {essay.pk: as_it_is(Kind.ESSAY, essay)}
        if essay is None:
            essay = _new(importing, member, row)
            room -= essay.is_draft
        else:
            essay.version, essay.updated_at = essay.version + 1, timezone.now()
        films, people = _films_in(said.get("films", ())), Person.objects.filter(slug__in=said.get("people", ()))
        store_essay(essay, Composition(
            title=row.title, body=row.body, films=tuple(films), people=tuple(people), spoilers=row.spoilers,
            visibility=essay.visibility, comment_policy=row.comment_policy,
        ))  # fmt: skip
        if not essay.is_draft:
            flag(text=essay)
            Subscription.objects.bulk_create([Subscription(member=member, essay=essay)], ignore_conflicts=True)
        there[row.title] = essay
        ledger.note(Kind.ESSAY, [essay], before)
    return left


def _new(importing: Import, member: User, row: ImportRow) -> Essay:
    """Whom the file names sees it, if that is no more than was chosen here."""
    at = row.at or timezone.now()
    is_draft = bool((row.circumstances or {}).get("draft"))
    seen = importing.seen_by(row.visibility) if may_show(member, f"{row.title}\n{row.body}") else Visibility.PRIVATE
    return Essay(
        member=member, created_at=at, updated_at=at, published_at=None if is_draft else at, visibility=seen
    )  # fmt: skip


def _films_in(refs: Sequence[Mapping[str, Any]]) -> list[Film]:
    """The films of this catalogue, held: by their numbers elsewhere, else by their address with the same year."""
    found = dict[str, Film]()
    for source in ("imdb", "tmdb"):
        known = FilmId.objects.filter(source=source, value__in=[ref[source] for ref in refs if ref[source]])
        found |= {f"{source} {one.value}": one.film for one in known.select_related("film")}
    wanted = [Q(slug=ref["slug"], year=ref["year"]) for ref in refs if ref["slug"]]
    for condition in wanted:
        found |= {f"slug {film.slug}": film for film in Film.objects.filter(condition)}
    films = [
        next((found[key] for key in (f"{name} {ref[name]}" for name in ("imdb", "tmdb", "slug")) if key in found), None)
        for ref in refs
    ]
    held = hold_films(film.pk for film in films if film is not None)
    return [film for film in dict.fromkeys(films) if film is not None and film.pk in held]


def undo_essays(member: User, changes: Sequence[ImportChange]) -> list[int]:
    """Words that others have answered stay. Returns the changes that were left as they are."""
    there, kept = Essay.objects.in_bulk([change.number for change in changes]), list[int]()
    for change in changes:
        essay = there.get(change.number)
        if essay is None:
            continue
        if not is_as_left(change, essay) or (change.before is None and essay.comment_count):
            kept.append(change.pk)
        elif change.before is None:
            quote_reported(member=member, text=essay)
            essay.delete()
        else:
            _put_back(essay, change.before)
    return kept


def _put_back(essay: Essay, before: Mapping[str, Any]) -> None:
    """The words from before, with the count of edits going on, so that a form that is open elsewhere is stale."""
    essay.version, essay.updated_at = essay.version + 1, timezone.now()
    store_essay(essay, Composition(
        title=before["title"], body=before["body"], films=tuple(essay.films.all()), people=tuple(essay.people.all()),
        spoilers=before["spoilers"], visibility=before["visibility"], comment_policy=essay.comment_policy,
    ))  # fmt: skip
