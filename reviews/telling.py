"""What a notification says: the one place that makes its sentence, for the page, the API, mails and digests.

The rows come from `Notification.objects.visible_to(member).with_line()`: what a member may not know of is not there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from accounts.models import CopyPlace, Webhook
from reviews.markup import excerpt
from reviews.models import Article, Comment, Essay, FilmList, Notice, Notification, Review

EXCERPT: Final = 160

SENTENCES: Final[dict[str, Any]] = {
    Notice.FOLLOW: gettext_lazy("%(who)s follows you"),
    Notice.FOLLOW_REQUEST: gettext_lazy("%(who)s asks to follow you"),
    Notice.FOLLOW_ACCEPTED: gettext_lazy("%(who)s lets you follow them"),
    Notice.REVIEW_LIKED: gettext_lazy("%(who)s likes your review of %(film)s"),
    Notice.LIST_LIKED: gettext_lazy("%(who)s likes your list %(list)s"),
    Notice.ESSAY_LIKED: gettext_lazy("%(who)s likes your essay %(essay)s"),
    Notice.LIST_CLONED: gettext_lazy("%(who)s made a list out of your %(list)s"),
    Notice.LIST_INVITATION: gettext_lazy("%(who)s asks you to help with the list %(list)s"),
    Notice.COMMENT: gettext_lazy("%(who)s comments on %(yours)s"),
    Notice.REPLY: gettext_lazy("%(who)s answers your comment on %(place)s"),
    Notice.THREAD: gettext_lazy("%(who)s comments on %(place)s"),
    Notice.MENTION: gettext_lazy("%(who)s names you in %(place)s"),
    Notice.TIP: gettext_lazy("%(who)s recommends %(film)s to you"),
    Notice.TIP_SEEN: gettext_lazy("%(who)s saw %(film)s, which you recommended"),
    Notice.LEAVING: gettext_lazy("%(film)s leaves %(service)s: %(day)s is its last day"),
    Notice.RELEASE: gettext_lazy("%(out)s"),
    Notice.SCREENING_SEAT: gettext_lazy("A seat is free at %(screening)s: you are in"),
    Notice.SCREENING_CHANGE: gettext_lazy("%(changed)s"),
    Notice.SCREENING_SOON: gettext_lazy("%(screening)s: %(when)s, %(where)s"),
    Notice.SCREENING_SEEN: gettext_lazy("Were you at %(screening)s? Log what you saw"),
    Notice.CASE: gettext_lazy("%(moderators)s"),
    Notice.RATING_HELD: gettext_lazy("%(rating)s"),
    Notice.EXPORT: gettext_lazy("The copy of your data is ready, until %(day)s"),
    Notice.STOPPED: gettext_lazy("%(stopped)s"),
}
# By what it was; the second part says why.
STOPPED: Final[dict[str, Any]] = {
    "webhook": gettext_lazy("Nothing is sent to your webhook at %(host)s any more. %(because)s"),
    "copies": gettext_lazy("No copies of your data are sent to %(host)s any more. %(because)s"),
}
STOPPED_FOR: Final[dict[str, Any]] = {"webhook": Webhook.Off, "copies": CopyPlace.Off}
# By the way in which it comes out.
OUT: Final[dict[str, Any]] = {
    "cinema": gettext_lazy("%(film)s is in cinemas from %(day)s"),
    "digital": gettext_lazy("%(film)s is to be had online from %(day)s"),
    "disc": gettext_lazy("%(film)s is out on disc from %(day)s"),
    "tv": gettext_lazy("%(film)s is on television on %(day)s"),
}
# Kinds of which several about one thing are one line.
GROUPED: Final[dict[str, Any]] = {
    Notice.REVIEW_LIKED: ngettext_lazy(
        "%(who)s and %(others)d other like your review of %(film)s",
        "%(who)s and %(others)d others like your review of %(film)s",
        "others",
    ),
    Notice.LIST_LIKED: ngettext_lazy(
        "%(who)s and %(others)d other like your list %(list)s",
        "%(who)s and %(others)d others like your list %(list)s",
        "others",
    ),
    Notice.ESSAY_LIKED: ngettext_lazy(
        "%(who)s and %(others)d other like your essay %(essay)s",
        "%(who)s and %(others)d others like your essay %(essay)s",
        "others",
    ),
}
# What such a line can be about, by the name of the foreign key.
THINGS: Final = ("review", "film_list", "essay")


@dataclass(frozen=True, slots=True)
class Line:
    """One notification, or several of one thing, as it is told. `url` is the path of what it is of."""

    notification: Notification
    text: str
    url: str
    excerpt: str = ""

    def get_absolute_url(self) -> str:
        return self.url


def line_of(notification: Notification, others: int = 0) -> Line:
    """`others`: how many members more did the same (for the kinds in GROUPED)."""
    sentence = GROUPED[notification.kind] if others else SENTENCES[notification.kind]
    text = " ".join((sentence % _words(notification, others)).split())
    return Line(notification, text, url_of(notification), _excerpt_of(notification))


def lines_of(notifications: Iterable[Notification]) -> list[Line]:
    """A line for each thing, in the order of the first notification of it."""
    groups: dict[tuple[object, ...], list[Notification]] = {}
    for one in notifications:
        group = (one.kind, *thing_of(one)) if one.kind in GROUPED else (one.pk,)
        groups.setdefault(group, []).append(one)
    return [line_of(group[0], len(group) - 1) for group in groups.values()]


def thing_of(notification: Notification) -> tuple[int | None, ...]:
    """The numbers of THINGS; one of them at most is set."""
    return tuple(getattr(notification, f"{name}_id") for name in THINGS)


def url_of(notification: Notification) -> str:
    """The page of what it is of."""
    if notification.kind == Notice.FOLLOW_REQUEST:
        return reverse("reviews:requests")
    if notification.kind == Notice.EXPORT:
        return reverse("reviews:data")
    if notification.kind == Notice.STOPPED:
        return reverse("accounts:webhooks" if notification.details["what"] == "webhook" else "reviews:copies")
    if notification.kind == Notice.TIP:
        return reverse("reviews:recommended")
    if notification.kind == Notice.TIP_SEEN:
        return reverse("reviews:recommended_by_you")
    thing = (
        notification.appeal
        or notification.decision
        or notification.case
        or notification.comment
        or notification.incident
        or notification.screening
        or notification.review
        or notification.film_list
        or notification.essay
        or notification.film
        or notification.actor
    )
    return thing.get_absolute_url() if thing is not None else reverse("reviews:notifications")


def _words(notification: Notification, others: int) -> dict[str, Any]:
    comment, review, details = notification.comment, notification.review, notification.details
    incident, screening = notification.incident, notification.screening
    film = notification.film or (review and review.film) or (incident and incident.film)
    day = details.get("ends_on")
    return {
        "who": notification.actor.name if notification.actor else _("Somebody"),
        "others": others,
        "film": film,
        "list": notification.film_list,
        "essay": notification.essay,
        "place": _place(comment.subject if comment else review or notification.film_list or notification.essay),
        "yours": _yours(comment) if comment else "",
        "service": details.get("service", ""),
        "day": date_format(date.fromisoformat(day), "DATE_FORMAT") if day else "",
        "out": _out(details, film) if notification.kind == Notice.RELEASE else "",
        "stopped": _stopped(details) if notification.kind == Notice.STOPPED else "",
        "screening": details.get("screening", ""),
        "when": screening.when if screening else "",
        "where": screening.place if screening else "",
        "changed": _changed(notification) if notification.kind == Notice.SCREENING_CHANGE else "",
        "moderators": _moderators(notification) if notification.kind == Notice.CASE else "",
        "rating": _rating(notification, film) if notification.kind == Notice.RATING_HELD else "",
    }


def _stopped(details: dict[str, Any]) -> str:
    what = details["what"]
    because = STOPPED_FOR[what](details["because"]).label
    return str(STOPPED[what] % {"host": details["host"], "because": because})


def _place(subject: Any) -> str:
    """What a comment or a name stands in."""
    if isinstance(subject, Review):
        return _("the review of %(film)s") % {"film": subject.film}
    if isinstance(subject, FilmList):
        return _("the list %(list)s") % {"list": subject}
    if isinstance(subject, Article):
        return _("the article %(article)s") % {"article": subject}
    if isinstance(subject, Essay):
        return _("the essay %(essay)s") % {"essay": subject}
    return _("the talk about %(film)s") % {"film": subject}


def _yours(comment: Comment) -> str:
    if comment.review is not None:
        return _("your review of %(film)s") % {"film": comment.review.film}
    if comment.film_list is not None:
        return _("your list %(list)s") % {"list": comment.film_list}
    if comment.essay is not None:
        return _("your essay %(essay)s") % {"essay": comment.essay}
    return _place(comment.subject)


def _out(details: dict[str, Any], film: Any) -> str:
    """Without the country, which is the member's own."""
    day = date_format(date.fromisoformat(details["released_on"]), "DATE_FORMAT")
    return str(OUT[details["way"]]) % {"film": film, "day": day}


def _changed(notification: Notification) -> str:
    """What holds of it now, whatever it was told of then."""
    screening = notification.screening
    if screening is None:
        return ""
    words = {"screening": notification.details.get("screening", ""), "why": screening.called_off_because}
    if screening.is_called_off:
        return _("%(screening)s is called off: %(why)s") % words
    words |= {"when": screening.when, "where": screening.place}
    return _("%(screening)s is moved: %(when)s, %(where)s") % words


def _moderators(notification: Notification) -> str:
    """Names no text: whoever reported it may not see it any more. The page of the case shows what each side may."""
    appeal, decision = notification.appeal, notification.decision
    if appeal is not None:
        return _("The moderators answered your appeal")
    if decision is not None and decision.member_id == notification.member_id:
        if notification.details.get("says") == "reversed":
            return _("The moderators reversed a decision about something of yours")
        return _("The moderators decided about something of yours")
    if notification.details.get("says") == "closed":
        return _("The moderators looked at what you reported")
    return _("The moderators wrote to you about a report")


def _rating(notification: Notification, film: Any) -> str:
    incident = notification.incident
    if notification.details.get("counts"):
        return _("Your rating of %(film)s counts again") % {"film": film}
    if incident is not None and not incident.is_open:
        return _("Your rating of %(film)s was held for a time") % {"film": film}
    return _("Your rating of %(film)s is held for now") % {"film": film}


def _excerpt_of(notification: Notification) -> str:
    """The beginning of a comment, its covers kept. Nothing from under words of others that are covered whole."""
    comment = notification.comment
    if comment is None:
        return ""
    under = comment.review or comment.essay
    if under is not None and under.spoilers and under.member_id != notification.member_id:
        return ""
    return excerpt(comment.body, EXCERPT, kind="comment")
