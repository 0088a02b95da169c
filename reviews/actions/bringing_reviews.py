"""Reviews that an import brings, with the evenings that they are about."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils import timezone

from accounts.models import User
from films.models import Film
from reviews.actions.covering import keep_spoiled, render_words
from reviews.actions.flagging import flag
from reviews.actions.import_ledger import Ledger, as_it_is
from reviews.actions.limiting import LINK
from reviews.actions.pinning import MOST_PINNED
from reviews.models import (
    Decision,
    Import,
    ImportChange,
    ImportRow,
    Review,
    Subscription,
    Viewing,
    Visibility,
    WordRule,
)
from reviews.standing import Standing
from reviews.trust import LIMITS, level_of
from reviews.words import rules_met

Kind, Verdict = ImportRow.Kind, ImportRow.Verdict
WRITTEN: Final = frozenset({Kind.REVIEW, Kind.DRAFT})


def most_links_of(member: User) -> int | None:
    """How many links their words may have; None for any number."""
    return None if member.is_staff else LIMITS[level_of(member)].links


def is_limited(member: User) -> bool:
    """Whether moderators took from them to show anything to others for now."""
    return Decision.objects.in_force().filter(member=member, kind=Decision.Kind.LIMIT).exists()


def may_show(member: User, words: str) -> bool:
    """Whether the member could post such words for others."""
    most = most_links_of(member)
    return not is_limited(member) and (most is None or len(LINK.findall(words)) <= most)


class Texts:
    """Writes the reviews of a batch of films, in a few statements.

    They stand at the day on which they were written, so that they do not fill the front page, and name nobody. What
    its writer could not post here (with too many links for somebody new, or under a limit that moderators set) is for
    their eyes only until they say otherwise. Word rules flag what others can read, as they do what is posted.
    """

    def __init__(self, importing: Import, member: User) -> None:
        self.importing, self.member = importing, member
        self.most_links = most_links_of(member)
        self.is_limited = is_limited(member)
        pinned = Review.objects.filter(member=member, pinned_at__isnull=False)
        self.pins_left = MOST_PINNED - pinned.count()
        self.rules = list(WordRule.objects.filter(is_on=True))
        self.named: list[tuple[Review, tuple[Film, ...]]] = []  # films whose endings a review covers

    def may_say(self, row: ImportRow) -> bool:
        """Whether a review that is here could be changed so: not into one with more links than its writer may have."""
        return row.kind != Kind.REVIEW or row.verdict != Verdict.CONFLICT or not self._has_too_many_links(row)

    def _has_too_many_links(self, row: ImportRow) -> bool:
        return self.most_links is not None and len(LINK.findall(row.body)) > self.most_links

    def write(self, rows: Sequence[ImportRow], standing: Standing, ledger: Ledger) -> None:
        rows = [row for row in rows if row.kind in WRITTEN]
        self._log([row for row in rows if row.kind == Kind.REVIEW], standing, ledger)
        made, changed, before = [], [], {}
        for row in rows:
            mine = standing.review_like(row) if row.verdict == Verdict.CONFLICT else None
            if mine is None:
                made.append(self._review(row, standing))
            elif mine.pk is not None and mine.pk not in before:  # one draft a film: the first in the file
                before[mine.pk] = as_it_is(ImportChange.Kind.REVIEW, mine)
                self._say(mine, row)
                mine.version, mine.updated_at = mine.version + 1, timezone.now()
                changed.append(mine)
        Review.objects.bulk_create(made)
        names = ["body", "body_html", "excerpt", "half_stars", "spoilers", "tags", "version", "updated_at"]
        Review.objects.bulk_update(changed, names)
        ledger.note(ImportChange.Kind.REVIEW, [*made, *changed], before)
        for review, films in self.named:
            if films or review.pk in before:
                keep_spoiled(review, films)
        self.named = []
        follows = [Subscription(member=self.member, review=review) for review in made if not review.is_draft]
        Subscription.objects.bulk_create(follows, ignore_conflicts=True)
        for review in [*made, *changed]:
            if rules_met(f"{review.body}\n{' '.join(review.tags)}", self.rules):
                flag(text=review)

    def _log(self, rows: Sequence[ImportRow], standing: Standing, ledger: Ledger) -> None:
        """Evenings of reviews that the diary does not have."""
        made: list[Viewing] = []
        for row in rows:
            if row.watched_on is not None and not standing.evenings(row):
                viewing = Viewing(
                    member=self.member, film_id=row.about, watched_on=row.watched_on, rewatch=row.rewatch,
                    half_stars=row.half_stars, visibility=self.importing.seen_by(row.visibility),
                    created_at=row.at or timezone.now(), tags=[] if self.is_limited else row.tags,
                    **(row.circumstances or {}),
                )  # fmt: skip
                standing.viewings[row.about].append(viewing)
                made.append(viewing)
        Viewing.objects.bulk_create(made)
        ledger.note(ImportChange.Kind.VIEWING, made)

    def _review(self, row: ImportRow, standing: Standing) -> Review:
        """A new one, on an evening of that day that no review is about."""
        if row.kind == Kind.DRAFT:
            return self._draft(row, standing)
        written = standing.reviews[row.about]
        taken = {one.viewing_id for one in written}
        evenings = [one for one in standing.evenings(row) if one.pk not in taken] if row.watched_on else []
        # Of two on one day, the one with its stars.
        evenings.sort(key=lambda one: (one.rewatch != row.rewatch, one.half_stars != row.half_stars))
        free = evenings[0] if evenings else None
        at = row.at or timezone.now()
        review = Review(
            member=self.member, film_id=row.about, viewing=free, created_at=at, published_at=at, updated_at=at
        )
        self._say(review, row)
        review.comment_policy = row.comment_policy
        hidden = self.is_limited or self._has_too_many_links(row)
        review.visibility = Visibility.PRIVATE if hidden else self.importing.seen_by(row.visibility)
        if row.position and self.pins_left > 0:
            review.pinned_at, self.pins_left = at, self.pins_left - 1
        written.append(review)
        return review

    def _draft(self, row: ImportRow, standing: Standing) -> Review:
        at = row.at or timezone.now()
        draft = Review(member=self.member, film_id=row.about, created_at=at, updated_at=at)
        self._say(draft, row)
        draft.comment_policy, draft.evening = row.comment_policy, _evening_of(row)
        draft.visibility = self.importing.seen_by(row.visibility)
        standing.drafts[row.about] = draft
        return draft

    def _say(self, review: Review, row: ImportRow) -> None:
        rendered, films = render_words(row.body)
        self.named.append((review, films))
        review.body, review.body_html, review.excerpt = row.body, rendered.html, rendered.excerpt
        review.half_stars, review.tags = row.half_stars, row.tags
        review.spoilers = row.spoilers or review.spoilers_locked_at is not None


def _evening_of(row: ImportRow) -> dict[str, Any]:
    """As Review.evening has it."""
    where = row.circumstances or {"cut": "", "format": "", "place": "", "context_shown": False}
    return {"watched_on": row.watched_on.isoformat() if row.watched_on else "", "rewatch": row.rewatch, **where}
