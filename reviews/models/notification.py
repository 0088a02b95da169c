from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Block, Follow, FollowRequest, Mute, User
from config.rows import Row
from films.models import Film
from reviews.models.appeal import Appeal
from reviews.models.case import Case, Decision
from reviews.models.coming import Coming
from reviews.models.comment import Comment
from reviews.models.essay import Essay, EssayLike
from reviews.models.favourite import FilmMute
from reviews.models.film_list import Collaborator, FilmList, ListLike
from reviews.models.incident import Incident
from reviews.models.mark import Mark
from reviews.models.review import UNSHOWN_OF_FILM, UNSHOWN_OF_MEMBER, Review, ReviewLike
from reviews.models.screening import Screening
from reviews.models.taste import Dismissal
from reviews.models.tip import Tip


class Notice(models.TextChoices):
    """What members are told of, each with a switch of its own."""

    FOLLOW = "follow", _("Somebody follows you")
    FOLLOW_REQUEST = "follow_request", _("Somebody asks to follow you")
    FOLLOW_ACCEPTED = "follow_accepted", _("Somebody lets you follow them")
    REVIEW_LIKED = "review_liked", _("Somebody likes your review")
    LIST_LIKED = "list_liked", _("Somebody likes your list")
    ESSAY_LIKED = "essay_liked", _("Somebody likes your essay")
    LIST_CLONED = "list_cloned", _("Somebody makes a list out of yours")
    LIST_INVITATION = "list_invitation", _("Somebody asks you to help with a list")
    COMMENT = "comment", _("A comment under what you wrote")
    REPLY = "reply", _("An answer to your comment")
    THREAD = "thread", _("A comment in a thread that you follow")
    MENTION = "mention", _("Somebody names you")
    TIP = "tip", _("Somebody recommends a film to you")
    TIP_SEEN = "tip_seen", _("Somebody sees a film that you recommended")
    LEAVING = "leaving", _("A film of your watchlist leaves soon")
    RELEASE = "release", _("A film of your watchlist comes out")
    SCREENING_SEAT = "screening_seat", _("A seat is free at a screening of the house")
    SCREENING_CHANGE = "screening_change", _("A screening to which you come is called off or moved")
    SCREENING_SOON = "screening_soon", _("A screening to which you come is within a day")
    SCREENING_SEEN = "screening_seen", _("The day after a screening: log what you saw")
    CASE = "case", _("The moderators, about something of yours or that you reported")
    RATING_HELD = "rating_held", _("A rating of yours is held, or counts again")
    EXPORT = "export", _("The copy of your data that you asked for is ready")
    STOPPED = "stopped", _("Something of yours stopped: a webhook, or copies that are sent")


class Mailing(models.TextChoices):
    """When a notice comes by mail."""

    NEVER = "never", _("Never")
    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")


# What the house itself tells, of decisions and incidents: no mute silences it, and it names no text of anybody's.
OF_SCREENINGS = (Notice.SCREENING_SEAT, Notice.SCREENING_CHANGE, Notice.SCREENING_SOON, Notice.SCREENING_SEEN)
FROM_THE_HOUSE = (Notice.CASE, Notice.RATING_HELD)
# What of other things a line shows, by the name of the foreign key that leads there.
LINE = ("actor", "review", "review__film", "comment", "comment__film", "comment__film_list", "comment__article",
        "comment__review", "comment__review__film", "comment__essay", "film_list", "essay", "film", "case",
        "decision", "appeal",
        "incident", "incident__film", "screening")  # fmt: skip
UNSHOWN = {
    "actor": UNSHOWN_OF_MEMBER,
    "screening": ("words", "words_html"),
    "comment": ("body_html",),
    "comment__article": ("body", "body_html", "headings"),
    **dict.fromkeys(("review", "comment__review"), ("body", "body_html", "tags")),
    **dict.fromkeys(("essay", "comment__essay"), ("body", "body_html", "headings")),
    **dict.fromkeys(("film_list", "comment__film_list"), ("description", "description_html", "tags")),
    **dict.fromkeys(("film", "review__film", "comment__film", "comment__review__film", "incident__film"),
                    UNSHOWN_OF_FILM),
}  # fmt: skip


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, member: User) -> Self:
        """What this member was told and may still know of: the one door to notifications.

        Left out while they are so: who did it is suspended, blocked or muted; the film is muted; the review, list,
        essay or comment is gone, removed or not shown to them any more; the like, the follow or the request was taken
        back; the film was recommended no more, is not for them, or they may not know that it was seen; they come to the
        screening no more.
        """
        return self.filter(Q(member=member), _actor_seen_by(member), *_texts_seen_by(member), *_still_so(member))

    def on_site(self) -> Self:
        return self.filter(is_on_site=True)

    def with_line(self) -> Self:
        """All that reviews/telling.py needs, in the one query."""
        unshown = (f"{key}__{name}" for key, names in UNSHOWN.items() for name in names)
        return self.select_related(*LINE).defer(*unshown)

    def unread(self) -> Self:
        return self.filter(read_at=None, is_on_site=True)

    def newest(self) -> Self:
        return self.order_by("-created_at", "-id")


# Each condition below asks by key for the one row that it is about, so that it costs as much whoever asks.


def _actor_seen_by(member: User) -> Q:
    muted = Mute.objects.filter(muter=member, muted=OuterRef("actor"))
    here = User.objects.filter(pk=OuterRef("actor"), is_active=True)
    return Q(actor=None) | (Q(Exists(here)) & ~Q(Block.between(member, "actor")) & ~Q(Exists(muted)))


def _texts_seen_by(member: User) -> tuple[Q, ...]:
    """The member may read what it is of, and mutes no film that this is about.

    An invitation may be for a list that they see only once they said yes.
    """
    muted = FilmMute.objects.filter(member=member).values("film")
    reviews = Review.objects.visible_to(member).filter(pk=OuterRef("review"), removed_at=None)
    comments = Comment.objects.visible_to(member).standing().filter(pk=OuterRef("comment"))
    essays = Essay.objects.visible_to(member).filter(pk=OuterRef("essay"), removed_at=None)
    lists = FilmList.objects.filter(pk=OuterRef("film_list"), removed_at=None)
    seen = FilmList.objects.visible_to(member).filter(pk=OuterRef("film_list"), removed_at=None)
    asked = lists.filter(Exists(Collaborator.objects.filter(film_list=OuterRef("pk"), member=member)))
    invited = Q(kind=Notice.LIST_INVITATION) & Q(Exists(asked))
    from_the_house = Q(kind__in=FROM_THE_HOUSE)
    return (
        from_the_house | Q(film=None) | ~Q(Exists(FilmMute.objects.filter(member=member, film=OuterRef("film")))),
        from_the_house | Q(review=None) | Q(Exists(reviews.exclude(film__in=muted))),
        from_the_house | Q(comment=None) | Q(Exists(comments.exclude(film__in=muted).exclude(review__film__in=muted))),
        from_the_house | Q(film_list=None) | invited | Q(Exists(seen)),
        from_the_house | Q(essay=None) | Q(Exists(essays)),
    )


def _still_so(member: User) -> tuple[Q, ...]:
    me, they, film = OuterRef("member"), OuterRef("actor"), OuterRef("film")
    unwanted = Dismissal.objects.filter(member=OuterRef("to"), film=OuterRef("film"))
    tips = Tip.objects.filter(member=they, to=me, film=film, removed_at=None)
    facts = {
        Notice.FOLLOW: Follow.objects.filter(follower=they, followed=me),
        Notice.FOLLOW_REQUEST: FollowRequest.objects.filter(follower=they, followed=me),
        Notice.FOLLOW_ACCEPTED: Follow.objects.filter(follower=me, followed=they),
        Notice.REVIEW_LIKED: ReviewLike.objects.filter(review=OuterRef("review"), member=they),
        Notice.LIST_LIKED: ListLike.objects.filter(film_list=OuterRef("film_list"), member=they),
        Notice.ESSAY_LIKED: EssayLike.objects.filter(essay=OuterRef("essay"), member=they),
        Notice.TIP: tips.exclude(Exists(unwanted)),
        Notice.TIP_SEEN: Mark.objects.visible_to(member).watched().filter(member=they, film=film),
    }
    comes = Coming.objects.filter(member=me, screening=OuterRef("screening"))
    facts |= dict.fromkeys(OF_SCREENINGS, comes.filter(screening__in=Screening.objects.visible_to(member)))
    return tuple(~Q(kind=kind) | Q(Exists(rows)) for kind, rows in facts.items())


class Notification(Row):
    """One thing that one member is told. `key` says what it is of, so that nothing is told twice, whatever crashes."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=16, choices=Notice)
    key = models.CharField(max_length=80)
    # Who did it; nobody where the house itself tells.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="+")
    film_list = models.ForeignKey(FilmList, on_delete=models.CASCADE, null=True, related_name="+")
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, null=True, related_name="+")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, null=True, related_name="+")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, null=True, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, null=True, related_name="+")
    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, null=True, related_name="+")
    # What else its sentence needs: a day, the name of a service.
    details = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    is_on_site = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    # As the member had it when this came.
    mailing = models.CharField(max_length=8, choices=Mailing, default=Mailing.NEVER)
    mailed_at = models.DateTimeField(null=True)
    push = models.BooleanField(default=False, db_default=False)  # whether its member's devices are still to ring for it

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="notification_once")]
        indexes = [
            models.Index(fields=["member", "-created_at", "-id"], name="notification_newest"),
            models.Index(
                fields=["member"], name="notification_unread", condition=models.Q(read_at=None, is_on_site=True)
            ),
            models.Index(
                fields=["mailing", "member"],
                name="notification_to_mail",
                condition=models.Q(mailed_at=None) & ~models.Q(mailing="never"),
            ),
            models.Index(fields=["id"], name="notification_to_push", condition=models.Q(push=True)),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.key}"

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


class NoticeChoice(Row):
    """How a member wants to hear of one kind of notice; without a row, as reviews/notices.py says for that kind."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=16, choices=Notice)
    on_site = models.BooleanField(default=True)
    mailing = models.CharField(max_length=8, choices=Mailing, default=Mailing.NEVER)
    push = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="notice_choice_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kind}"
