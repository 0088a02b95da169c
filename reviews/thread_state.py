"""Whether a viewer may comment in a thread, and if not, why: one answer for page, API, action and tests."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Exists, F, OuterRef, Q, Subquery, TextChoices, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.compiled import prepared, row_of
from accounts.models import Block, CommentPolicy, Follow, User
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from reviews.models import Article, Collaborator, Decision, Essay, FilmList, Review, Subscription
from reviews.models.comment import Subject, owner_of, subject_name


class ThreadState(TextChoices):
    """Its label is the sentence that the viewer reads."""

    CAN_COMMENT = "can_comment", _("You can comment.")
    CLOSED = "closed", _("Comments are closed here.")
    SIGNED_OUT = "signed_out", _("Log in to say something.")
    BLOCKED = "blocked", _("You cannot comment here.")
    BANNED = "banned", _("The moderators have banned you from commenting.")
    UNCONFIRMED = "unconfirmed", _("Confirm your email address first: then you can comment.")
    FOLLOWERS_ONLY = "followers_only", _("Only those who follow the writer can comment here.")


class CannotComment(PermissionDenied):
    """`code` is the state of the thread for whoever tried."""

    def __init__(self, state: ThreadState) -> None:
        super().__init__(str(state.label))
        self.code = state.value


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What of a member matters in every thread."""

    is_banned: bool
    banned_until: datetime | None
    is_confirmed: bool


@dataclass(frozen=True, kw_only=True)
class Relation(Standing):
    """And what matters in one."""

    is_let_in: bool = False  # follows the owner, or helps with the list
    is_apart: bool = False  # a block, either way, between them and the owner
    subscribed: bool | None = None  # None: never asked; False: they left


def _standing(now: Any) -> dict[str, Any]:
    """The columns of a standing, of a query of members."""
    bans = Decision.objects.in_force(now).filter(
        member=OuterRef("pk"), kind__in=(Decision.Kind.MUTE, Decision.Kind.SUSPEND)
    )
    return {
        "is_banned": Q(Exists(bans)) | Q(is_active=False),
        "banned_until": Subquery(bans.order_by(F("until").desc(nulls_first=True)).values("until")[:1]),
        "is_confirmed": Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)),
    }


@prepared(viewer=row_of("accounts.User"), now=datetime)
def _standings(viewer: Any, now: Any) -> Any:
    return User.objects.filter(pk=viewer.pk).values(**_standing(now))


def standing_of(viewer: Any) -> Standing | None:
    """None for somebody signed out. One query."""
    found = _standings(viewer=viewer.pk, now=timezone.now()) if is_signed_in(viewer) else []
    return next((Standing(**row) for row in found), None)


def relation_to(subject: Subject, viewer: Viewer) -> Relation | None:
    """None for somebody signed out. One query."""
    return relation_by_number(subject_name(subject), subject.pk, viewer)


def relation_by_number(kind: str, number: int, viewer: Any) -> Relation | None:
    """As `relation_to`, of a thread under what has this number, whether or not that is there. `kind` is as in
    `subject_name`.
    """
    if not is_signed_in(viewer):
        return None
    (row,) = RELATIONS[kind](viewer=viewer.pk, subject=number, now=timezone.now())
    return Relation(**row)


def _under_review(viewer: Viewer, subject: Any, now: Any) -> Any:
    return _relation(viewer, now, {"review": subject}, Review.objects.filter(pk=subject).values("member"))


def _under_list(viewer: Viewer, subject: Any, now: Any) -> Any:
    helpers = Collaborator.objects.filter(film_list=subject, accepted_at__isnull=False, member=OuterRef("pk"))
    owner = FilmList.objects.filter(pk=subject).values("member")
    return _relation(viewer, now, {"film_list": subject}, owner, Q(Exists(helpers)))


def _under_article(viewer: Viewer, subject: Any, now: Any) -> Any:
    return _relation(viewer, now, {"article": subject})


def _under_essay(viewer: Viewer, subject: Any, now: Any) -> Any:
    return _relation(viewer, now, {"essay": subject}, Essay.objects.filter(pk=subject).values("member"))


def _under_film(viewer: Viewer, subject: Any, now: Any) -> Any:
    return _relation(viewer, now, {"film": subject})


def _relation(viewer: Any, now: Any, subject: dict[str, Any], owner: Any = None, let_in: Q | None = None) -> Any:
    """`owner`: a query of one number, if the thread has one."""
    nobody = Value(False, output_field=BooleanField())
    apart: Any = nobody
    if owner is not None:
        follows = Exists(Follow.objects.filter(follower=OuterRef("pk"), followed__in=owner))
        let_in = Q(follows) | let_in if let_in else Q(follows)
        between = Q(blocker=OuterRef("pk"), blocked__in=owner) | Q(blocker__in=owner, blocked=OuterRef("pk"))
        apart = Exists(Block.objects.filter(between))
    subscriptions = Subscription.objects.filter(member=OuterRef("pk"), **subject)
    return User.objects.filter(pk=viewer.pk).values(
        **_standing(now),
        is_let_in=nobody if let_in is None else let_in,
        is_apart=apart,
        subscribed=Subquery(subscriptions.values("is_on")[:1]),
    )


RELATIONS: Final = {
    kind: prepared(viewer=row_of("accounts.User"), subject=int, now=datetime)(query)
    for kind, query in {
        "review": _under_review,
        "film_list": _under_list,
        "article": _under_article,
        "film": _under_film,
        "essay": _under_essay,
    }.items()
}


def policy_of(subject: Subject) -> str:
    """Who may comment, as the review, the list or the essay says, else its member."""
    if isinstance(subject, Review | FilmList | Essay):
        return subject.comment_policy or subject.member.comment_policy
    return CommentPolicy.ANYONE


def is_closed(subject: Subject) -> bool:
    """To everybody, its owner included."""
    if isinstance(subject, Review | Essay):
        gone = subject.removed_at is not None or subject.is_draft
    elif isinstance(subject, FilmList):
        gone = subject.removed_at is not None
    elif isinstance(subject, Article):
        gone = not subject.comments_open or not subject.is_published
    else:
        gone = False
    return gone or policy_of(subject) == CommentPolicy.NOBODY


def state_for(subject: Subject, viewer: Any, relation: Relation | None) -> ThreadState:
    """The state of a thread for a viewer whose relation to it is known. No query."""
    if is_closed(subject):
        return ThreadState.CLOSED
    if relation is None:
        return ThreadState.SIGNED_OUT
    if relation.is_apart:
        return ThreadState.BLOCKED
    if relation.is_banned:
        return ThreadState.BANNED
    # A house that sends no mail cannot ask anybody to confirm an address.
    if settings.EMAIL_URL and not relation.is_confirmed:
        return ThreadState.UNCONFIRMED
    owner = owner_of(subject)
    own = owner is not None and owner.pk == viewer.pk
    if policy_of(subject) == CommentPolicy.FOLLOWERS and not own and not relation.is_let_in:
        return ThreadState.FOLLOWERS_ONLY
    return ThreadState.CAN_COMMENT


def thread_state(subject: Subject, viewer: Viewer) -> ThreadState:
    """The state of one thread for a viewer who may read it. One query."""
    return state_for(subject, viewer, relation_to(subject, viewer))
