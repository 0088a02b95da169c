"""Writing, editing, deleting and liking reviews."""

from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.models import Copy, Event, User
from accounts.webhooks.announcing import announce
from films.actions.holding import hold_film
from films.models import Film
from reviews.actions.announcing import keep_mentions, tell_of_review
from reviews.actions.covering import keep_spoiled, render_words
from reviews.actions.diary import change_viewing, drop_viewing, log_viewing, visibility_of_mark
from reviews.actions.flagging import flag
from reviews.actions.limiting import check_may_post, check_words, hold_posts
from reviews.actions.nearness import near_film
from reviews.actions.notifying import notify, untell
from reviews.actions.noting import note, unnote, without_noting
from reviews.actions.quoting import quote_reported
from reviews.actions.rating import lock_mark, mark_film
from reviews.actions.subscribing import follow_by_writing
from reviews.actions.writing import Writing, says
from reviews.federation.telling import tell_elsewhere, tell_of_what_is_out
from reviews.members_named import Naming
from reviews.models import Activity, Notice, Posting, Review, ReviewLike
from reviews.tags import clean_tags

MOST_DRAFTS: Final = 500  # of one member; nobody else sees them, so nothing else ends their number
SAME_POST: Final = timedelta(minutes=5)  # the same words again within this time are one post sent twice


class StaleEdit(Exception):
    """The review was changed elsewhere since the form was opened. `review` is as it stands now."""

    def __init__(self, review: Review) -> None:
        super().__init__(_("This review was changed in another window since you opened it here."))
        self.review = review


@near_film
@transaction.atomic
def post_review(*, member: User, film: Film, writing: Writing, version: int | None = None) -> Review:
    """Publish a review: it rates the film, marks it as watched and, with a day, enters the diary.

    The same words sent twice within five minutes are one review. The member's draft for the film, if any, becomes
    the review; `version` is as of save_draft. Raises ValidationError by field, StaleEdit.
    """
    writing.check()
    hold_posts(member=member)
    film = lock_mark(member=member, film=film).film
    same = Review.objects.published().filter(
        member=member, film=film, body=writing.body, published_at__gt=timezone.now() - SAME_POST
    )
    if (twice := same.first()) is not None:
        return twice
    check_may_post(member=member, kind=Posting.Kind.REVIEW, words=writing.body)
    review = _draft(member, film, writing, version)
    now = timezone.now()
    review.published_at = review.updated_at = now
    review.version, review.evening = 1, None
    with without_noting():  # stars and evening are part of the line about the review
        _record(review, writing)
    note(member=member, kind=Activity.Kind.REVIEWED, review=review, film=film, visibility=review.visibility)
    flag(text=review)
    announce(Event.REVIEW_POSTED, member=member, about=review.pk)
    tell_elsewhere(Copy.Kind.REVIEW, member=member, number=review.pk)
    return review


@near_film
@transaction.atomic
def save_draft(*, member: User, film: Film, writing: Writing, version: int | None = None) -> Review:
    """Keep words, stars and what is said of the evening for later, seen by nobody else. A member has one draft a film.

    With `version` (0 for none that was there), raises StaleEdit when the draft was changed since, to something else.
    Raises ValidationError by field.
    """
    writing.check()
    film = lock_mark(member=member, film=film).film
    review = _draft(member, film, writing, version)
    if review.pk is not None:
        review.version += 1
    else:
        _check_room_for_draft(member)
    review.updated_at, review.evening = timezone.now(), writing.evening
    films, _named = _write(review, writing)
    review.save()
    keep_spoiled(review, films)
    return review


def _check_room_for_draft(member: User) -> None:
    hold_member(member)  # so that there are never too many
    if Review.objects.drafts_of(member).count() >= MOST_DRAFTS:
        raise ValidationError(
            _("You have %(most)d drafts, and there is no room for more. Post one or throw one away first.")
            % {"most": MOST_DRAFTS},
            code="drafts",
        )


def _draft(member: User, film: Film, writing: Writing, version: int | None) -> Review:
    """The member's draft, or a new one. The member's mark is locked. Raises StaleEdit."""
    drafts = Review.objects.drafts_of(member).filter(film=film).select_related("film", "member")
    draft = drafts.first()
    if draft is None:
        return Review(member=member, film=film)
    if version is not None and version != draft.version and not says(draft, writing):
        raise StaleEdit(draft)
    return draft


@near_film
@transaction.atomic
def edit_review(*, member: User, review: Review, writing: Writing, version: int | None = None) -> Review:
    """Change a published review. With `version`, raises StaleEdit when somebody changed it since, to something else."""
    if review.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s review."))
    writing.check()
    check_words(member=member, words=writing.body)
    hold_posts(member=member)  # a day that is added is a line of the diary
    lock_mark(member=member, film=review.film)
    rows = Review.objects.select_for_update(no_key=True, of=("self",)).select_related("film", "viewing")
    locked = rows.filter(pk=review.pk).first()
    if locked is None:
        raise ValidationError(_("This review was deleted in another window. Keep your words, and post them anew."))
    if version is not None and version != locked.version:
        if says(locked, writing):  # the form was sent twice
            return locked
        raise StaleEdit(locked)
    locked.version += 1
    locked.updated_at = timezone.now()
    with without_noting():  # an edit is no news; who sees the line follows the review by itself
        _record(locked, writing)
    flag(text=locked)
    announce(Event.REVIEW_CHANGED, member=member, about=locked.pk)
    tell_elsewhere(Copy.Kind.REVIEW, member=member, number=locked.pk)
    return locked


@near_film
@transaction.atomic
def delete_review(*, member: User, review: Review) -> None:
    """Delete a review or a draft with its comments. The rating and the line in the diary stay.

    What moderators have open about them stays, too, with a copy of the words.
    """
    if review.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s review."))
    hold_film(review.film)
    quote_reported(member=member, text=review)
    number = review.pk
    review.delete()
    if review.published_at is not None:
        announce(Event.REVIEW_DELETED, member=member, about=number, id=number, film=review.film.slug)
        tell_of_what_is_out(Copy.Kind.REVIEW, number=number)


@near_film
@transaction.atomic
def like_review(*, member: User, review: Review) -> ReviewLike:
    """The writer is told. Raises PermissionDenied for one's own review and for one that the member may not read."""
    if review.member_id == member.pk:
        raise PermissionDenied(_("You cannot like your own review."))
    if not Review.objects.visible_to(member).filter(pk=review.pk).exists():
        raise PermissionDenied(_("You cannot like this review."))
    hold_posts(member=member)
    like, is_new = ReviewLike.objects.get_or_create(member=member, review=review)
    if is_new:
        check_may_post(member=member, kind=Posting.Kind.LIKE)
        note(member=member, kind=Activity.Kind.LIKED_REVIEW, review=review, film=review.film)
        key = liked_key(member, review)
        notify(members=[review.member], kind=Notice.REVIEW_LIKED, key=key, actor=member, review=review)
    return like


@near_film
@transaction.atomic
def unlike_review(*, member: User, review: Review) -> None:
    ReviewLike.objects.filter(member=member, review=review).delete()
    unnote(member=member, kind=Activity.Kind.LIKED_REVIEW, review=review)
    untell(member=review.member, key=liked_key(member, review))


def liked_key(member: User, review: Review) -> str:
    return f"{Notice.REVIEW_LIKED}:{review.pk}:{member.pk}"


def _write(review: Review, writing: Writing) -> tuple[tuple[Film, ...], list[User]]:
    """Set what was written. Returns the films that the words name as spoilt and the members whom they name."""
    naming = Naming()
    rendered, films = render_words(writing.body, mentions=naming)
    review.body, review.body_html, review.excerpt = writing.body, rendered.html, rendered.excerpt
    review.half_stars = writing.half_stars
    review.spoilers = writing.spoilers or review.spoilers_locked_at is not None
    review.tags, review.visibility = list(clean_tags(writing.tags)), writing.visibility
    review.comment_policy = writing.comment_policy
    return films, naming.members


def _record(review: Review, writing: Writing) -> None:
    """Store a published review with what follows from it: the mark, the line in the diary, and who is told."""
    stars_before = review.half_stars if review.pk else None
    films, named = _write(review, writing)
    member, film, viewing = review.member, review.film, review.viewing
    seen_by = visibility_of_mark(member, film, writing.visibility)
    if writing.half_stars is not None and (writing.half_stars != stars_before or review.version == 1):
        mark_film(member=member, film=film, half_stars=writing.half_stars, visibility=seen_by)
    else:
        mark_film(member=member, film=film, watched=True, visibility=seen_by)
    if writing.watched_on is None:
        review.viewing = None
        if viewing is not None:
            review.save()
            drop_viewing(viewing)
    elif viewing is None:
        review.viewing = log_viewing(
            member=member,
            film=film,
            watched_on=writing.watched_on,
            rewatch=writing.rewatch,
            half_stars=writing.half_stars,
            **writing.circumstances,
        )
    else:
        change_viewing(
            member=member,
            viewing=viewing,
            watched_on=writing.watched_on,
            rewatch=writing.rewatch,
            half_stars=writing.half_stars,
            **writing.circumstances,
        )
    review.save()
    keep_spoiled(review, films)
    follow_by_writing(member=member, subject=review)
    tell_of_review(review, keep_mentions(review, named))
