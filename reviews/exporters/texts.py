"""What a member wrote: reviews, essays and drafts of both, comments, lists with what stands on them, articles."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from django.db.models import Prefetch

from accounts.models import User
from films.models import Film, Person
from reviews.exporters.films import Records
from reviews.exporters.rows import each, film_ref, films_named, films_told, site_url, with_film
from reviews.models import Article, Collaborator, Comment, Essay, FilmList, ListEntry, Review, Viewing
from reviews.self_filling import as_entries, found_by

ESSAYS_AT_ONCE: Final = 20  # each may be as long as a hundred reviews


def reviews(member: User) -> Records:
    """A draft has no time of publishing; what moderators removed is told with their reason."""
    for review in each(with_film(Review.objects.filter(member=member)).order_by("pk")):
        yield {
            "id": review.pk,
            "url": site_url(review.get_absolute_url()),
            "film": film_ref(review),
            "viewing": review.viewing_id,
            "evening": review.evening,
            "stars": review.stars,
            "body": review.body,
            "body_html": review.body_html,
            "spoilers": review.spoilers,
            "tags": review.tags,
            "visibility": review.visibility,
            "comment_policy": review.comment_policy,
            "created_at": review.created_at,
            "published_at": review.published_at,
            "updated_at": review.updated_at,
            "pinned_at": review.pinned_at,
            "removed_at": review.removed_at,
            "removal_reason": review.removal_reason,
        }


def essays(member: User) -> Records:
    """The same as of reviews. The films and people are those that it is about."""
    films = Prefetch("films", films_named(Film.objects.order_by("pk")))
    rows = Essay.objects.filter(member=member).prefetch_related(
        films, Prefetch("people", Person.objects.order_by("pk"))
    )
    for essay in rows.order_by("pk").iterator(chunk_size=ESSAYS_AT_ONCE):
        yield {
            "id": essay.pk,
            "url": site_url(essay.get_absolute_url()),
            "title": essay.title,
            "body": essay.body,
            "body_html": essay.body_html,
            "films": [film_ref(film, film) for film in essay.films.all()],
            "people": [{"slug": person.slug, "name": person.name} for person in essay.people.all()],
            "spoilers": essay.spoilers,
            "visibility": essay.visibility,
            "comment_policy": essay.comment_policy,
            "created_at": essay.created_at,
            "published_at": essay.published_at,
            "updated_at": essay.updated_at,
            "removed_at": essay.removed_at,
            "removal_reason": essay.removal_reason,
        }


def comments(member: User) -> Records:
    """Each with where it stands; of what it stands under, nothing but its address."""
    rows = Comment.objects.filter(member=member).select_related("review", "film_list", "article", "film", "essay")
    for comment in each(rows.order_by("pk")):
        yield {
            "id": comment.pk,
            "url": site_url(comment.get_absolute_url()),
            "under": comment.subject_kind,
            "reply_to": comment.reply_to_id,
            "body": comment.body,
            "body_html": comment.body_html,
            "created_at": comment.created_at,
            "edited_at": comment.edited_at,
            "deleted_at": comment.deleted_at,
            "taken_down_at": comment.taken_down_at,
            "removed_at": comment.removed_at,
            "removal_reason": comment.removal_reason,
        }


def lists_with_entries(member: User) -> Iterator[tuple[FilmList, Iterator[ListEntry]]]:
    """The member's lists, each with its entries in their order: two runs of queries for all lists together, and a few
    for each that fills itself, with what it finds for the member now."""
    entries = ListEntry.objects.filter(film_list__member=member).select_related("added_by", "noted_by")
    ordered = with_film(entries, credited=True).order_by("film_list", "position")
    groups = groupby(each(ordered), key=lambda entry: entry.film_list_id)
    number, group = next(groups, (None, iter(())))
    for film_list in each(FilmList.objects.filter(member=member).order_by("pk")):
        while number is not None and number < film_list.pk:  # of a list that was deleted meanwhile
            number, group = next(groups, (None, iter(())))
        if film_list.fills_itself:
            yield film_list, _found(film_list, member)
        else:
            yield film_list, group if film_list.pk == number else iter(())


def _found(film_list: FilmList, member: User) -> Iterator[ListEntry]:
    """Rows that say of their films what those say that are read `with_film`."""
    for entry in as_entries(film_list, found_by(member, film_list), load=films_told):
        vars(entry).update(film_ids=vars(entry.film)["film_ids"], film_directors=vars(entry.film)["film_directors"])
        yield entry


def lists(member: User) -> Records:
    for film_list, entries in lists_with_entries(member):
        yield {
            "id": film_list.pk,
            "url": site_url(film_list.get_absolute_url()),
            "title": film_list.title,
            "description": film_list.description,
            "description_html": film_list.description_html,
            "ranked": film_list.is_ranked,
            "visibility": film_list.visibility,
            "comment_policy": film_list.comment_policy,
            "tags": film_list.tags,
            "finds": film_list.finds or None,
            "most_found": film_list.most_found if film_list.fills_itself else None,
            "created_at": film_list.created_at,
            "updated_at": film_list.updated_at,
            "removed_at": film_list.removed_at,
            "removal_reason": film_list.removal_reason,
            "entries": [] if film_list.fills_itself else [_entry(entry, member) for entry in entries],
        }


def _entry(entry: ListEntry, member: User) -> dict[str, Any]:
    """`added_by` and `note_by`: another member who helped, or nothing."""
    return {
        "position": entry.position,
        "film": film_ref(entry),
        "note": entry.note,
        "note_html": entry.note_html,
        "spoilers": entry.spoilers,
        "added_at": entry.added_at,
        "added_by": _other(entry.added_by, member),
        "note_by": _other(entry.noted_by, member) if entry.note else None,
    }


def _other(one: User | None, member: User) -> str | None:
    return None if one is None or one.pk == member.pk else one.username


def notes_elsewhere(member: User) -> Records:
    """What the member put, or said, on lists of others with which they help or helped."""
    helped = Collaborator.objects.filter(member=member).select_related("film_list__member").order_by("pk")
    for row in each(helped):
        place = {"list": row.film_list.title, "by": row.film_list.member.username}
        yield place | {"invited_at": row.invited_at, "accepted_at": row.accepted_at}
    entries = ListEntry.objects.filter(noted_by=member).exclude(film_list__member=member).exclude(note="")
    for entry in each(with_film(entries.select_related("film_list__member")).order_by("pk")):
        place = {"list": entry.film_list.title, "by": entry.film_list.member.username}
        yield place | {"film": film_ref(entry), "note": entry.note, "updated_at": entry.updated_at}


def tags(member: User) -> Records:
    """With how many reviews, lists and lines of the diary have each."""
    of_reviews: Counter[str] = Counter()
    for review in each(Review.objects.filter(member=member).exclude(tags=[]).only("tags")):
        of_reviews.update(review.tags)
    of_lists: Counter[str] = Counter()
    for film_list in each(FilmList.objects.filter(member=member).exclude(tags=[]).only("tags")):
        of_lists.update(film_list.tags)
    of_lines: Counter[str] = Counter()
    for viewing in each(Viewing.objects.filter(member=member).exclude(tags=[]).only("tags")):
        of_lines.update(viewing.tags)
    for tag in sorted({*of_reviews, *of_lists, *of_lines}):
        yield {"tag": tag, "reviews": of_reviews[tag], "lists": of_lists[tag], "viewings": of_lines[tag]}


def articles(member: User) -> Records:
    for article in each(Article.objects.filter(author=member).order_by("pk")):
        yield {
            "url": site_url(article.get_absolute_url()),
            "kind": article.kind,
            "title": article.title,
            "standfirst": article.standfirst,
            "body": article.body,
            "body_html": article.body_html,
            "created_at": article.created_at,
            "published_at": article.published_at,
            "updated_at": article.updated_at,
        }
