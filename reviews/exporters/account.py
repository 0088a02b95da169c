"""The account itself, where it is logged in, and the people whom the member follows, mutes or blocks."""

from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db.models import F, QuerySet

from accounts.connecting import let_in_by
from accounts.federation.standing import followers_of
from accounts.models import (
    AccessToken,
    Actor,
    App,
    Block,
    CopyPlace,
    Follow,
    FollowElsewhere,
    FollowRequest,
    FormerUsername,
    Invite,
    Mute,
    Refusal,
    User,
    Webhook,
)
from accounts.models.sight import not_apart
from films.models import Suggestion
from reviews.exporters.films import Records
from reviews.exporters.rows import each, film_ref, site_url, with_film
from reviews.models import CalendarChoice, NoticeChoice, NoticePutAway, Player, Playing, PushDevice, Subscription
from reviews.models.subjects import TALKED, which_is_set

# Where the picture is in the archive.
PICTURE: Final = "pictures/profile.webp"


def profile(member: User) -> dict[str, Any]:
    former = FormerUsername.objects.filter(member=member).order_by("until")
    return {
        "username": member.username,
        "former_usernames": list(former.values_list("username", flat=True)),
        "url": site_url(member.get_absolute_url()),
        "display_name": member.display_name,
        "about": member.bio,
        "location": member.location,
        "pronouns": member.pronouns,
        "website": member.website,
        "licence": member.licence,
        "picture": PICTURE if member.avatar_key else None,
        "joined_at": member.date_joined,
        "last_login_at": member.last_login,
        "emails": list(EmailAddress.objects.filter(user=member).order_by("pk").values("email", "verified", "primary")),
        "invitations": list(Invite.objects.filter(created_by=member).order_by("pk").values("created_at", "used_at")),
    }


def settings(member: User) -> dict[str, Any]:
    """Of tokens, webhooks, players and second steps what they are called, never a secret."""
    choices = NoticeChoice.objects.filter(member=member).order_by("pk")
    put_away = NoticePutAway.objects.filter(member=member).order_by("pk")
    tokens = AccessToken.objects.filter(member=member).order_by("pk")
    webhooks = Webhook.objects.filter(member=member).order_by("pk")
    devices = PushDevice.objects.filter(member=member).order_by("pk")
    players = Player.objects.filter(member=member).order_by("pk")
    return {
        "private_account": member.is_private,
        "comment_policy": member.comment_policy,
        "tip_policy": member.tip_policy,
        "shelf_policy": member.shelf_policy,
        "hides_scores": member.hides_scores,
        "wants_recommendations": member.wants_recommendations,
        "lends_taste": member.lends_taste,
        "opens_ratings": member.opens_ratings,
        "calendar": CalendarChoice.objects.filter(member=member).values("country", "ways").first(),
        "notices": list(choices.values("kind", "on_site", "mailing", "push")),
        "notices_of_the_house_put_away": list(put_away.values("at", words=F("notice__words"))),
        "tokens": list(tokens.values("name", "scopes", "created_at", "last_used_at", "expires_at")),
        "devices_that_ring": list(devices.values("user_agent", "created_at", "rang_at")),
        "players": list(players.values("name", "user_name", "visibility", "time_zone", "created_at", "last_used_at")),
        "apps_let_in": [
            {"name": each.app.name, "scopes": each.scopes, "since": each.since} for each in let_in_by(member)
        ],
        "apps_built": [
            {"name": app.name, "addresses": app.get_redirect_uris(), "created_at": app.created_at}
            for app in App.objects.filter(owner=member).order_by("pk")
        ],
        "copies_sent_to": CopyPlace.objects.filter(member=member).values("address", "username", "often").first(),
        "followed_from_elsewhere": [
            {"approves": actor.approves, "since": actor.created_at, "ended_at": actor.ended_at}
            for actor in Actor.objects.filter(member=member).order_by("pk")
        ],
        "webhooks": list(webhooks.values("address", "events", "created_at", "off_at")),
        "second_steps": list(Authenticator.objects.filter(user=member).order_by("pk").values("type", "created_at")),
        "log_in_services": _services(member),
    }


def _services(member: User) -> list[dict[str, Any]]:
    if not apps.is_installed("allauth.socialaccount"):
        return []
    model: Any = apps.get_app_config("socialaccount").get_model("SocialAccount")
    accounts = model.objects.filter(user=member)
    return list(accounts.order_by("pk").values("provider", "uid", "date_joined", "last_login"))


def sessions(member: User) -> Records:
    """Where the member is logged in, as the page of devices shows it."""
    for one in each(UserSession.objects.filter(user=member).order_by("pk")):
        yield {"address": one.ip, "browser": one.user_agent, "since": one.created_at, "last_seen_at": one.last_seen_at}


def playings(member: User) -> Records:
    """What the member's players said last, and what became of it."""
    rows = with_film(Playing.objects.filter(player__member=member)).select_related("player").order_by("pk")
    for row in each(rows):
        yield {
            "player": row.player.name,
            "at": row.at,
            "watched_on": row.watched_on,
            "title": row.title,
            "year": row.year,
            "imdb": row.imdb or None,
            "tmdb": row.tmdb or None,
            "percent": row.percent,
            "outcome": row.outcome,
            "film": film_ref(row) if row.film else None,
        }


def people(member: User) -> Records:
    """Who blocks or mutes the member is their business, and is not here."""
    follows = Follow.objects.filter(not_apart(member, "followed"), follower=member)
    followers = Follow.objects.filter(not_apart(member, "follower"), followed=member)
    yield from _relation("follows", follows, "followed")
    yield from _relation("followed_by", followers, "follower")
    yield from _relation("asks_to_follow", FollowRequest.objects.filter(follower=member), "followed")
    yield from _relation("asked_by", FollowRequest.objects.filter(followed=member), "follower")
    yield from _relation("blocks", Block.objects.filter(blocker=member), "blocked")
    yield from _relation("mutes", Mute.objects.filter(muter=member), "muted")
    for follower in each(followers_of(member).order_by("pk")):
        kind = "followed_from_elsewhere_by" if follower.accepted_at else "asked_from_elsewhere_by"
        yield {"relation": kind, "username": follower.stranger.handle, "since": follower.created_at}
    for follow in each(FollowElsewhere.objects.of(member).select_related("stranger").order_by("pk")):
        kind = "follows_elsewhere" if follow.state == FollowElsewhere.State.ACCEPTED else "asked_elsewhere"
        yield {"relation": kind, "username": follow.handle, "since": follow.created_at}
    for refusal in each(Refusal.objects.filter(member=member).order_by("pk")):
        yield {"relation": "blocks_elsewhere", "username": refusal.called, "since": refusal.created_at}


def _relation(kind: str, rows: "QuerySet[Any]", other: str) -> Records:
    for username, since in each(rows.order_by("pk").values_list(f"{other}__username", "created_at")):
        yield {"relation": kind, "username": username, "since": since}


def threads(member: User) -> Records:
    """Threads of comments that the member follows, or left."""
    rows = Subscription.objects.filter(member=member).select_related("article", "film").order_by("pk")
    for row in each(rows):
        under = which_is_set(row, TALKED)
        yield {"under": under, "id": getattr(row, f"{under}_id"), "follows": row.is_on, "since": row.updated_at}


def suggestions(member: User) -> Records:
    """What the member said about the catalogue, and what curators answered."""
    for row in each(with_film(Suggestion.objects.filter(member=member)).order_by("pk")):
        yield {
            "film": film_ref(row),
            "kind": row.kind,
            "fact": row.fact,
            "value": row.value,
            "note": row.note,
            "state": row.state,
            "answer": row.answer,
            "created_at": row.created_at,
            "decided_at": row.decided_at,
        }
