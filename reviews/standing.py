"""What a member has of some films already, and what a row of an import would be beside it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from accounts.models import User
from films.models import ContentNote
from reviews.models import (
    ContentVote,
    Dismissal,
    Favourite,
    FilmMute,
    Import,
    ImportRow,
    ListEntry,
    Mark,
    OwnedCopy,
    PrivateNote,
    Review,
    Viewing,
)
from reviews.models.guidance import Subject

Kind, Verdict, Choice = ImportRow.Kind, ImportRow.Verdict, ImportRow.Choice


class Standing:
    """Everything of the member's about these films: four queries for any number of them, one more for favourites."""

    def __init__(self, member: User, films: Iterable[int], lists: Sequence[int | None] = ()) -> None:
        films = list(films)
        self.member, self.films = member, films
        self.lists = lists
        self.marks = {mark.film_id: mark for mark in Mark.objects.filter(member=member, film__in=films)}
        self.viewings: dict[int, list[Viewing]] = defaultdict(list)
        for viewing in Viewing.objects.filter(member=member, film__in=films).order_by("watched_on", "id"):
            self.viewings[viewing.film_id].append(viewing)
        self.reviews: dict[int, list[Review]] = defaultdict(list)
        self.drafts: dict[int, Review] = {}
        written = Review.objects.filter(member=member, film__in=films)
        for review in written.select_related("viewing").order_by("id"):
            if review.is_draft:
                self.drafts[review.film_id] = review
            else:
                self.reviews[review.film_id].append(review)
        wanted = {number for number in lists if number is not None}
        self.entries = set(
            ListEntry.objects.filter(film_list__in=wanted, film__in=films).values_list("film_list", "film")
        )

    @cached_property
    def favourites(self) -> dict[int, Favourite]:
        """The member's favourites by their positions, of whichever films."""
        return {one.position: one for one in Favourite.objects.filter(member=self.member).select_related("film")}

    @cached_property
    def muted(self) -> set[int]:
        """Films that the member hears nothing of."""
        return set(FilmMute.objects.filter(member=self.member).values_list("film", flat=True))

    @cached_property
    def dismissed(self) -> set[int]:
        """Films that are not recommended to the member any more."""
        return set(Dismissal.objects.filter(member=self.member).values_list("film", flat=True))

    @cached_property
    def notes(self) -> dict[int, PrivateNote]:
        """What the member wrote down for themselves, by film."""
        return {note.film_id: note for note in PrivateNote.objects.filter(member=self.member, film__in=self.films)}

    @cached_property
    def votes(self) -> dict[int, list[ContentVote]]:
        """What the member says that the films contain."""
        found = defaultdict[int, list[ContentVote]](list)
        for vote in ContentVote.objects.filter(member=self.member, film__in=self.films):
            found[vote.film_id].append(vote)
        return found

    @cached_property
    def note_numbers(self) -> dict[str, int]:
        return dict(ContentNote.objects.values_list("slug", "pk"))

    def answers_in(self, row: ImportRow) -> dict[Subject, int]:
        """What the row says of what its film contains, as far as it is asked here."""
        said = row.circumstances or {}
        notes = {self.note_numbers.get(slug): int(is_there) for slug, is_there in said.get("notes", {}).items()}
        return {(category, None): level for category, level in said.get("levels", {}).items()} | {
            ("", number): answer for number, answer in notes.items() if number is not None
        }

    @cached_property
    def copies(self) -> dict[int, list[OwnedCopy]]:
        """What the member owns, by film."""
        found: dict[int, list[OwnedCopy]] = defaultdict(list)
        for copy in OwnedCopy.objects.filter(member=self.member, film__in=self.films).order_by("id"):
            found[copy.film_id].append(copy)
        return found

    def copies_like(self, row: ImportRow) -> list[OwnedCopy]:
        """Those that may be the row's: of its kind, and of the cut and with the details that it gives, if it does."""
        said = row.circumstances or {}
        return [
            copy for copy in self.copies[row.about]
            if copy.kind == said["kind"] and said["cut"] in {"", copy.cut} and said["details"] in {"", copy.details}
        ]  # fmt: skip

    def evenings(self, row: ImportRow) -> list[Viewing]:
        """Lines of the diary that say the same evening as the row: those of the day, first those that agree about
        whether the film was seen before. Few sites say that, so that it tells no two evenings apart.
        """
        of_the_day = [one for one in self.viewings[row.about] if one.watched_on == row.watched_on]
        return sorted(of_the_day, key=lambda one: one.rewatch != row.rewatch)

    def judge(self, rows: Iterable[ImportRow]) -> None:
        """Set the verdict of rows whose film is known, all rows of a film at once, in their order."""
        seen: Counter[object] = Counter()
        for row in rows:
            met = self._met(row, seen)
            row.verdict = Verdict.NEW if met is None else Verdict.SAME if met else Verdict.CONFLICT

    def _met(self, row: ImportRow, seen: Counter[object]) -> bool | None:
        """Whether the member's own says the same; None where they have nothing like it."""
        mark = self.marks.get(row.about)
        if row.kind == Kind.RATING:
            return None if mark is None or mark.half_stars is None else mark.half_stars == row.half_stars
        if row.kind in {Kind.WATCHED, Kind.LIKE}:
            is_so = mark is not None and (mark.is_watched if row.kind == Kind.WATCHED else mark.is_liked)
            return True if is_so else None
        if row.kind in {Kind.MUTED, Kind.DISMISSED}:
            return True if row.about in (self.muted if row.kind == Kind.MUTED else self.dismissed) else None
        if row.kind == Kind.NOTE:
            return self.notes[row.about].body == row.body if row.about in self.notes else None
        if row.kind == Kind.GUIDANCE:
            mine = {one.subject: one.answer for one in self.votes[row.about]}
            return mine.items() >= self.answers_in(row).items() if mine else None
        if row.kind == Kind.COPY:
            unsaid = next((one for one in self.copies_like(row) if not seen[Kind.COPY, one.pk]), None)
            if unsaid is None:
                return None
            seen[Kind.COPY, unsaid.pk] += 1  # no other line is of this one
            return True
        if row.kind == Kind.WATCHLIST:
            return None if mark is None or not (mark.is_watched or mark.is_in_watchlist) else mark.is_in_watchlist
        if row.kind == Kind.ENTRY:
            there = row.list_number is not None and (self.lists[row.list_number], row.about) in self.entries
            return True if there else None
        if row.kind == Kind.VIEWING:
            free = [one for one in self.evenings(row) if not seen[Kind.VIEWING, one.pk]]
            if not free:
                return None
            seen[Kind.VIEWING, free[0].pk] += 1  # no other line is of this one
            return row.half_stars is None or free[0].half_stars == row.half_stars
        if row.kind == Kind.FAVOURITE:
            if row.about in {one.film_id for one in self.favourites.values()}:
                return True
            return False if row.position in self.favourites else None
        review = self.review_like(row)
        if row.kind == Kind.DRAFT:
            seen[row.about, Kind.DRAFT] += 1
            if review is None and seen[row.about, Kind.DRAFT] > 1:
                return False
        return None if review is None else review.body == row.body

    def review_like(self, row: ImportRow) -> Review | None:
        """The member's review that the row's would be: the same words, else of the same evening or the same day.

        A draft would be the one that the member has of the film.
        """
        if row.kind == Kind.DRAFT:
            return self.drafts.get(row.about)
        there = self.reviews[row.about]
        return next((one for one in there if one.body == row.body), None) or next(
            (
                one for one in there
                if one.published_at == row.at
                or (row.watched_on and one.viewing is not None and one.viewing.watched_on == row.watched_on)
            ),
            None,
        )  # fmt: skip

    def written_at(self, row: ImportRow) -> datetime | None:
        """When the member's own was written that the row is in conflict with."""
        mark = self.marks.get(row.about)
        if row.kind == Kind.VIEWING:
            return max((one.updated_at for one in self.evenings(row)), default=None)
        if row.kind in {Kind.REVIEW, Kind.DRAFT}:
            review = self.review_like(row)
            return review.updated_at if review else None
        if row.kind == Kind.NOTE:
            return self.notes[row.about].updated_at if row.about in self.notes else None
        if row.kind == Kind.GUIDANCE:
            return max((one.updated_at for one in self.votes[row.about]), default=None)
        if row.kind == Kind.FAVOURITE:
            return timezone.now()  # no file says when one was chosen
        if mark is None:
            return None
        return mark.rated_at if row.kind == Kind.RATING else mark.watched_at

    def takes(self, row: ImportRow, rule: str) -> bool:
        """Whether the row is taken in: what is new, and of conflicts what the row's choice or the rule says."""
        if row.choice == Choice.SKIP or row.verdict not in {Verdict.NEW, Verdict.CONFLICT}:
            return False
        if row.verdict == Verdict.NEW:
            return True
        decided = row.choice or rule
        if decided == Import.Rule.NEWER:
            mine = self.written_at(row)
            return mine is None or (row.at is not None and row.at > mine)
        return decided == Import.Rule.THEIRS
