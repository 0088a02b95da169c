"""Undoing an import: everything that is still as it was left goes back to what it was before.

What its member changed since stays as it is, and is told.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final

from django.utils import timezone

from accounts.models import User
from films.actions.holding import hold_films
from films.actions.moving import loaded
from films.models import Film
from reviews.actions.bringing_essays import undo_essays
from reviews.actions.bringing_profile import undo_profile
from reviews.actions.covering import render_words
from reviews.actions.import_ledger import KEPT, PARTS, as_it_is, hold_imports, is_as_left, store_marks
from reviews.actions.import_steps import go_on
from reviews.actions.quoting import quote_reported
from reviews.models import (
    ContentVote,
    FilmList,
    Import,
    ImportChange,
    ImportRow,
    Incident,
    ListEntry,
    Mark,
    Report,
    Review,
    Viewing,
)

AT_ONCE: Final = 500  # changes
State, Kind = Import.State, ImportChange.Kind


def undo_import(number: int) -> None:
    """What the job does. If it cannot, what is undone stays undone, and the member can have it go on."""
    go_on(number, state=State.UNDOING, back=State.DONE, step=_step, end=_end)


def _end(importing: Import) -> None:
    ImportRow.objects.filter(importing=importing).update(taken_in_at=None)
    importing.state, importing.undone_at = State.UNDONE, timezone.now()
    importing.save(update_fields=["state", "undone_at"])


def _step(importing: Import) -> bool:
    """Some hundred changes of one kind, the last ones first, of the kind that depends on none that is left."""
    member = User.objects.get(pk=importing.member_id)
    hold_imports(member)
    for kind, put_back in STEPS:
        left = importing.changes.filter(kind=kind, undone_at=None).order_by("-id")
        if not (some := list(left[:AT_ONCE])):
            continue
        held = hold_films(change.film_id for change in some if change.film_id)
        marks = Mark.objects.filter(member=member, film__in=held).order_by("film")
        list(marks.select_for_update(no_key=True).values("pk"))
        kept, now = put_back(member, some), timezone.now()
        ImportChange.objects.filter(pk__in=[change.pk for change in some]).update(undone_at=now)
        ImportChange.objects.filter(pk__in=kept).update(kept_at=now)
        return True
    return False


def _there(kind: str, changes: Iterable[ImportChange]) -> dict[int, Any]:
    model = KEPT[kind][0]
    return dict(model.objects.in_bulk([change.number for change in changes]))


def _undo_entries(member: User, changes: Sequence[ImportChange]) -> list[int]:
    there, gone, kept = _there(Kind.ENTRY, changes), list[int](), list[int]()
    for change in changes:
        if (entry := there.get(change.number)) is not None:
            is_same = is_as_left(change, entry)
            (gone if is_same else kept).append(entry.pk if is_same else change.pk)
    ListEntry.objects.filter(pk__in=gone).delete()
    return kept


def _undo_lists(member: User, changes: Sequence[ImportChange]) -> list[int]:
    """A list that the import made goes, if nothing is on it any more and nobody said anything about it."""
    there, kept = _there(Kind.LIST, changes), list[int]()
    for change in changes:
        if (film_list := there.get(change.number)) is not None:
            is_same = is_as_left(change, film_list)
            if is_same and not film_list.entries.exists() and not film_list.comment_count:
                FilmList.objects.filter(pk=film_list.pk).delete()
            else:
                kept.append(change.pk)
    return kept


def _undo_reviews(member: User, changes: Sequence[ImportChange]) -> list[int]:
    """Words that others have answered stay: they are not the import's alone any more."""
    there, gone, kept = _there(Kind.REVIEW, changes), list[int](), list[int]()
    for change in changes:
        review = there.get(change.number)
        if review is None:
            continue
        if not is_as_left(change, review) or (change.before is None and review.comment_count):
            kept.append(change.pk)
        elif change.before is None:
            gone.append(review.pk)
        else:
            _put_back(review, change.before)
    for reported in Review.objects.filter(pk__in=Report.objects.filter(review__in=gone).values("review")):
        quote_reported(member=member, text=reported)
    Review.objects.filter(pk__in=gone).delete()
    return kept


def _put_back(review: Review, before: dict[str, Any]) -> None:
    """The words from before, with the count of edits going on, so that a form that is open elsewhere is stale."""
    version = review.version + 1
    for name, value in loaded(Review, before).items():
        setattr(review, name, value)
    rendered = render_words(review.body).rendered
    review.body_html, review.excerpt, review.version = rendered.html, rendered.excerpt, version
    review.updated_at = timezone.now()
    if review.viewing_id is not None and not Viewing.objects.filter(pk=review.viewing_id).exists():
        review.viewing_id = None
    review.save()


def _undo_viewings(member: User, changes: Sequence[ImportChange]) -> list[int]:
    there, gone, back, kept = _there(Kind.VIEWING, changes), list[int](), list[Viewing](), list[int]()
    for change in changes:
        viewing = there.get(change.number)
        if viewing is None:
            continue
        if not is_as_left(change, viewing):
            kept.append(change.pk)
        elif change.before is None:
            gone.append(viewing.pk)
        else:
            viewing.half_stars = change.before["half_stars"]
            back.append(viewing)
    Viewing.objects.filter(pk__in=gone).delete()
    Viewing.objects.bulk_update(back, ["half_stars"])
    return kept


def _undo_marks(member: User, changes: Sequence[ImportChange]) -> list[int]:
    """Part by part: stars that were given since stay, though the like goes."""
    there, kept = _there(Kind.MARK, changes), list[int]()
    films = [mark.film_id for mark in there.values()]
    said = (Viewing.objects, Review.objects.published(), ContentVote.objects)
    needed = {
        film for rows in said for film in rows.filter(member=member, film__in=films).values_list("film", flat=True)
    }
    rated = [mark for mark in there.values() if mark.half_stars is not None]
    made = set[int]()
    for change in changes:
        mark = there.get(change.number)
        if mark is None:
            continue
        if not _restore(mark, change, must_be_watched=mark.film_id in needed):
            kept.append(change.pk)
        if change.before is None:
            made.add(mark.pk)
    _hold_ratings(there.values())
    if member.hides_scores:
        _remember_scores([mark for mark in rated if mark.half_stars is None])
    blank = [mark.pk for mark in there.values() if mark.pk in made and mark.is_blank]
    marks = [mark for mark in there.values() if mark.pk not in blank]
    store_marks(marks)
    Mark.objects.filter(pk__in=blank).delete()
    return kept


def _restore(mark: Mark, change: ImportChange, *, must_be_watched: bool) -> bool:
    """Put back each part that is as the import left it. Whether that were all that it had changed."""
    now, before, whole = as_it_is(Kind.MARK, mark), change.before or {}, True
    for part in PARTS:
        touched = any(change.after[name] != before.get(name, _none(name)) for name in part)
        if not touched:
            continue
        if any(now[name] != change.after[name] for name in part):
            whole = False
            continue
        if part == ("watched_at",) and before.get("watched_at") is None and (must_be_watched or mark.half_stars):
            whole = False
            continue
        was = loaded(Mark, {name: before.get(name, _none(name)) for name in part})
        for name, value in was.items():
            setattr(mark, name, value)
        if "half_stars" in part:
            mark.incident_id = before.get("incident_id")
    return whole


def _remember_scores(marks: Collection[Mark]) -> None:
    """Ratings that are taken back had shown the scores: one that is given later is not a blind one."""
    for mark in marks:
        mark.score_seen_at = mark.score_seen_at or timezone.now()
    Mark.objects.bulk_update(marks, ["score_seen_at"])


def _hold_ratings(marks: Collection[Mark]) -> None:
    """What was lifted meanwhile counts again; what an incident would hold, had it been here all the while, is held."""
    ended = Incident.objects.filter(ending=Incident.Ending.LIFTED).values_list("pk", flat=True)
    lifted = set(ended.filter(pk__in=[mark.incident_id for mark in marks if mark.incident_id]))
    open_now = {one.film_id: one for one in Incident.objects.open().filter(film__in=[mark.film_id for mark in marks])}
    for mark in marks:
        mark.incident_id = None if mark.incident_id in lifted else mark.incident_id
        incident = open_now.get(mark.film_id)
        if incident and mark.rated_at and mark.rated_at >= incident.began_at:
            mark.incident_id = incident.pk


def _none(name: str) -> bool | None:
    return False if name == "rated_blind" else None


def _undo_favourites(member: User, changes: Sequence[ImportChange]) -> list[int]:
    """A place goes back to the film that had it, if that is there and in no other place by now."""
    there, kept = _there(Kind.FAVOURITE, changes), list[int]()
    for change in changes:
        placed = there.get(change.number)
        if placed is None:
            continue
        is_same = placed.film_id == change.film_id and placed.position == change.after["position"]
        if is_same and change.before is None:
            placed.delete()
        elif is_same and change.before and _is_free(member, change.before["film_id"]):
            placed.film_id = change.before["film_id"]
            placed.save(update_fields=["film"])
        else:
            kept.append(change.pk)
    return kept


def _is_free(member: User, film: int) -> bool:
    return Film.objects.filter(pk=film).exclude(favourites__member=member).exists()


def _undo_plain(kind: str) -> Callable[[User, Sequence[ImportChange]], list[int]]:
    """Of rows on which nothing hangs: what was made goes, what was changed is as before."""

    def put_back(member: User, changes: Sequence[ImportChange]) -> list[int]:
        there, kept = _there(kind, changes), list[int]()
        for change in changes:
            row = there.get(change.number)
            if row is None:
                continue
            if not is_as_left(change, row):
                kept.append(change.pk)
            elif change.before is None:
                row.delete()
            else:
                for name, value in change.before.items():
                    setattr(row, name, value)
                if hasattr(row, "version"):
                    row.version += 1  # a form that is open elsewhere is stale
                row.save()
        return kept

    return put_back


# In the order in which things hang on each other.
STEPS: Final = (
    (Kind.FAVOURITE, _undo_favourites), (Kind.ENTRY, _undo_entries), (Kind.LIST, _undo_lists),
    (Kind.REVIEW, _undo_reviews), (Kind.VIEWING, _undo_viewings), (Kind.GUIDANCE, _undo_plain(Kind.GUIDANCE)),
    (Kind.MARK, _undo_marks), (Kind.PROFILE, undo_profile), (Kind.ESSAY, undo_essays),
    *(
        (kind, _undo_plain(kind))
        for kind in (Kind.MUTED, Kind.DISMISSED, Kind.GOAL, Kind.SEARCH, Kind.NOTE, Kind.CAUTION, Kind.COPY)
    ),
)  # fmt: skip
