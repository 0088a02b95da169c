"""What a member makes of films: marks, diary, notes, favourites, likes, what they hear nothing of, saved searches."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from accounts.models import User
from reviews.exporters.rows import each, film_ref, site_url, with_film
from reviews.models import (
    Caution,
    ContentVote,
    Dismissal,
    Essay,
    EssayLike,
    Favourite,
    FilmList,
    FilmMute,
    Goal,
    ImportRow,
    Level,
    ListLike,
    Mark,
    Playing,
    PrivateNote,
    Review,
    ReviewLike,
    SavedSearch,
    Tip,
    Viewing,
)
from reviews.models.guidance import YES
from reviews.stars import to_stars

type Records = Iterator[dict[str, Any]]


def marks(member: User) -> Records:
    for mark in each(with_film(Mark.objects.filter(member=member)).order_by("pk")):
        yield {
            "film": film_ref(mark),
            "stars": mark.stars,
            "rated_at": mark.rated_at,
            "watched_at": mark.watched_at,
            "liked_at": mark.liked_at,
            "watchlisted_at": mark.watchlisted_at,
            "visibility": mark.visibility,
            "rated_blind": mark.rated_blind,
            "score_seen_at": mark.score_seen_at,
            "rating_held": mark.incident_id is not None,
            "updated_at": mark.updated_at,
        }


def viewings(member: User) -> Records:
    for viewing in each(with_film(Viewing.objects.filter(member=member)).order_by("watched_on", "pk")):
        yield {
            "id": viewing.pk,
            "film": film_ref(viewing),
            "watched_on": viewing.watched_on,
            "rewatch": viewing.rewatch,
            "stars": viewing.stars,
            "cut": viewing.cut,
            "format": viewing.format,
            "place": viewing.place,
            "context_shown": viewing.context_shown,
            "tags": viewing.tags,
            "visibility": viewing.visibility,
            "created_at": viewing.created_at,
            "updated_at": viewing.updated_at,
        }


def favourites(member: User) -> Records:
    for row in each(with_film(Favourite.objects.filter(member=member)).order_by("position")):
        yield {"position": row.position, "film": film_ref(row)}


def muted_films(member: User) -> Records:
    for row in each(with_film(FilmMute.objects.filter(member=member)).order_by("pk")):
        yield {"film": film_ref(row), "since": row.created_at}


def dismissed(member: User) -> Records:
    for row in each(with_film(Dismissal.objects.filter(member=member)).order_by("pk")):
        yield {"film": film_ref(row), "since": row.created_at}


def notes(member: User) -> Records:
    """What the member wrote down for themselves alone."""
    for note in each(with_film(PrivateNote.objects.filter(member=member)).order_by("pk")):
        yield {
            "film": film_ref(note),
            "body": note.body,
            "created_at": note.created_at,
            "updated_at": note.updated_at,
        }


def votes_by_film(member: User) -> Iterator[list[Any]]:
    """What the member says that films contain, the votes on one film together; each with its film and note."""
    votes = with_film(ContentVote.objects.filter(member=member).select_related("note")).order_by("film", "pk")
    for _film, of_film in groupby(each(votes), key=lambda vote: vote.film_id):
        yield list(of_film)


def guidance(member: User) -> Records:
    """What the member says that films contain, a film at a time."""
    for said in votes_by_film(member):
        yield {
            "film": film_ref(said[0]),
            "levels": {vote.category: Level(vote.answer).name.lower() for vote in said if vote.category},
            "notes": {vote.note.slug: vote.answer == YES for vote in said if vote.note},
            "updated_at": max(vote.updated_at for vote in said),
        }


def cautions(member: User) -> Records:
    """Of what the member wants to be told before they watch."""
    for row in each(Caution.objects.filter(member=member).select_related("note").order_by("pk")):
        yield {"note": row.note.slug, "name": row.note.name, "since": row.created_at}


def recommended(member: User) -> Records:
    """What the member recommends to others, and what others recommend to them; the words of these are theirs."""
    tips = with_film(Tip.objects.visible_to(member).select_related("member", "to")).order_by("pk")
    for tip in each(tips):
        if tip.member_id == member.pk:
            said = {"to": tip.to.username, "by": None, "words": tip.words, "removal_reason": tip.removal_reason}
        else:
            said = {"to": None, "by": tip.member.username, "words": None, "removal_reason": ""}
        yield {"film": film_ref(tip)} | said | {"created_at": tip.created_at, "removed_at": tip.removed_at}


def searches(member: User) -> Records:
    for search in each(SavedSearch.objects.filter(member=member).order_by("pk")):
        yield {
            "name": search.name,
            "query": search.query,
            "url": site_url(search.get_absolute_url()),
            "created_at": search.created_at,
        }


def goals(member: User) -> Records:
    for goal in each(Goal.objects.filter(member=member).order_by("year")):
        yield {"year": goal.year, "films": goal.films, "visibility": goal.visibility}


def likes(member: User) -> Records:
    """The member's likes of reviews, lists and essays, as far as they may still see these."""
    reviews = ReviewLike.objects.filter(member=member, review__in=Review.objects.visible_to(member))
    for like in each(with_film(reviews.select_related("review__member"), "review__film").order_by("pk")):
        of = {"kind": "review", "by": like.review.member.username, "film": film_ref(like, like.review.film)}
        yield of | {"url": site_url(like.review.get_absolute_url()), "liked_at": like.created_at}
    lists = ListLike.objects.filter(member=member, film_list__in=FilmList.objects.visible_to(member))
    for one in each(lists.select_related("film_list__member").order_by("pk")):
        of = {"kind": "list", "by": one.film_list.member.username, "title": one.film_list.title}
        yield of | {"url": site_url(one.film_list.get_absolute_url()), "liked_at": one.created_at}
    essays = EssayLike.objects.filter(member=member, essay__in=Essay.objects.visible_to(member))
    unshown = ("essay__body", "essay__body_html", "essay__headings")
    for each_one in each(essays.select_related("essay__member").defer(*unshown).order_by("pk")):
        of = {"kind": "essay", "by": each_one.essay.member.username, "title": each_one.essay.title}
        yield of | {"url": site_url(each_one.essay.get_absolute_url()), "liked_at": each_one.created_at}


def waiting_for_films(member: User) -> Records:
    """Lines that the member brought from elsewhere, or their players told, of films that the catalogue lacks."""
    brought = ImportRow.objects.filter(importing__member=member, film=None, settled_at=None, taken_in_at=None)
    open_ones = brought.filter(verdict__in=[ImportRow.Verdict.UNKNOWN, ImportRow.Verdict.AMBIGUOUS])
    for row in each(open_ones.select_related("importing").defer("importing__file").order_by("pk")):
        lists = row.importing.lists
        yield {
            "source": row.importing.source,
            "file": row.file,
            "line": row.line,
            "kind": row.kind,
            "title": row.title,
            "year": row.year,
            "imdb": row.imdb or None,
            "tmdb": row.tmdb or None,
            "stars": to_stars(row.half_stars),
            "watched_on": row.watched_on,
            "rewatch": row.rewatch,
            "circumstances": row.circumstances,
            "body": row.body,
            "spoilers": row.spoilers,
            "tags": row.tags,
            "written_at": row.at,
            "visibility": row.importing.seen_by(row.visibility),
            "comment_policy": row.comment_policy,
            "list": None if row.list_number is None else lists[row.list_number]["title"],
            "position": row.position,
        }
    yield from _heard_of(member)


def _heard_of(member: User) -> Records:
    """What the member's players said of such films: lines of the diary, as an import has them."""
    waiting = Playing.objects.filter(player__member=member, outcome=Playing.Outcome.WAITING).select_related("player")
    for line, row in enumerate(each(waiting.order_by("pk")), start=1):
        yield {
            "source": "player",
            "file": row.player.name,
            "line": line,
            "kind": ImportRow.Kind.VIEWING,
            "title": row.title,
            "year": row.year,
            "imdb": row.imdb or None,
            "tmdb": row.tmdb or None,
            "stars": None,
            "watched_on": row.watched_on,
            "rewatch": False,
            "circumstances": None,
            "body": "",
            "spoilers": False,
            "tags": [],
            "written_at": row.heard_at,
            "visibility": row.player.visibility,
            "comment_policy": "",
            "list": None,
            "position": None,
        }
