"""What tests need in the database, made in one line each, through the actions that the site itself uses.

Everything is keyword-only, and whatever a test does not name gets a value of its own.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from accounts.models import Follow, User
from accounts.picture_shapes import KEPT
from accounts.pictures import cut_picture
from films.models import Film
from reviews import markup
from reviews.actions.diary import log_viewing
from reviews.actions.exporting import place
from reviews.actions.filling import add_film
from reviews.actions.gathering import Wishes, join_as_guest, join_as_member, start_evening
from reviews.actions.helping import answer_invitation, invite_collaborator
from reviews.actions.listing import Details, make_list
from reviews.actions.notifying import notify
from reviews.actions.rating import mark_film
from reviews.actions.recommending import recommend_film
from reviews.actions.reporting import about_field
from reviews.actions.reporting import report as report_thing
from reviews.actions.reviewing import post_review, save_draft
from reviews.actions.talking import post_comment
from reviews.actions.writing import Writing
from reviews.models import (
    Article,
    Comment,
    Evening,
    Export,
    FilmList,
    Mark,
    Notification,
    Report,
    Review,
    Seat,
    Tip,
    Viewing,
)
from reviews.models.case import Reported
from reviews.models.comment import Subject
from reviews.searches import filters_in
from reviews.stars import to_half_stars
from tests.base import png
from tests.catalogue import (
    a_person,
    access_feature,
    availability,
    collection,
    content_note,
    countries,
    credit,
    film,
    languages,
    number,
    person,
    release,
    song,
)
from tests.essays import essay
from tests.programs import app, copy_place, device, player, token, webhook
from tests.showing import coming, let_it_pass, screening

# Tests call all of it by this module.
__all__ = [
    "a_person", "access_feature", "app", "availability", "collection", "coming", "content_note", "copy_place",
    "countries", "credit", "device", "essay", "film", "languages", "let_it_pass", "number", "person", "player",
    "release", "screening", "song", "token", "webhook",
]  # fmt: skip
PASSWORD = "popcorn-and-a-balcony-seat"


def member(*, username: str = "", password: str | None = None, **fields: Any) -> User:
    """A member of a year's standing; without a password nobody can log in as them (the client's force_login can)."""
    username = username or f"member{number()}"
    fields.setdefault("date_joined", timezone.now() - timedelta(days=365))
    fields.setdefault("email", f"{username.lower()}@example.org")
    return User.objects.create_user(username, password=password, **fields)


def allow(user: User, *permissions: str) -> User:
    """Give permissions such as `films.add_film`, and read the user afresh, because Django remembers them."""
    called = Permission.objects.alias(whole=Concat("content_type__app_label", Value("."), "codename"))
    found = called.filter(whole__in=permissions)
    assert len(found) == len(set(permissions)), f"No such permission among {permissions}."
    user.user_permissions.add(*found)
    return User.objects.get(pk=user.pk)


def mark(*, member: User, film: Film, stars: float | None = None, **parts: bool) -> Mark:
    """What a member thinks of a film: stars, watched, liked, in_watchlist."""
    rated = {} if stars is None else {"half_stars": to_half_stars(stars)}
    return mark_film(member=member, film=film, **rated, **parts)


def viewing(
    *,
    member: User,
    film: Film | None = None,
    watched_on: date = date(2024, 1, 28),
    stars: float | None = None,
    **parts: Any,
) -> Viewing:
    film = film or a_film()
    return log_viewing(member=member, film=film, watched_on=watched_on, half_stars=to_half_stars(stars), **parts)


def review(
    *,
    member: User | None = None,
    film: Film | None = None,
    body: str = "",
    stars: float | None = 4,
    draft: bool = False,
    **writing: Any,
) -> Review:
    """A published review, or a draft; `writing` is anything else of reviews.actions.reviewing.Writing."""
    member, film = member or a_member(), film or a_film()
    words = Writing(
        body=body or f"It held me to the last frame, and this is review {number()}.",
        half_stars=to_half_stars(stars),
        **writing,
    )
    return (save_draft if draft else post_review)(member=member, film=film, writing=words)


def comment(
    *,
    member: User | None = None,
    review: Review | None = None,
    under: Subject | None = None,
    body: str = "",
    **fields: Any,
) -> Comment:
    """Under a review, or whatever else can be talked about."""
    return post_comment(
        member=member or a_member(),
        subject=under or review or a_review(),
        body=body or f"I saw that differently, number {number()}.",
        **fields,
    )


def film_list(
    *,
    member: User | None = None,
    title: str = "",
    films: Iterable[Film] = (),
    notes: str = "",
    finds: str = "",
    **details: Any,
) -> FilmList:
    """A list with these films on it; `notes` for each of them; `details` is anything of listing.Details. With `finds`,
    a query of the catalogue, it fills itself."""
    member = member or a_member()
    filters = filters_in([finds])[0][0] if finds else None
    made = make_list(member=member, details=Details(title=title or f"List {number()}", **details), filters=filters)
    for one in films:
        add_film(member=member, film_list=made, film=one, note=notes)
    made.refresh_from_db()
    return made


def helper(*, film_list: FilmList, member: User | None = None, accepted: bool = True) -> User:
    """Somebody who was asked to help with a list, and said yes."""
    member = member or a_member()
    invite_collaborator(member=film_list.member, film_list=film_list, other=member)
    if accepted:
        answer_invitation(member=member, film_list=film_list, accept=True)
    return member


def evening(
    *, host: User | None = None, members: Iterable[User] = (), guests: Iterable[str] = (), **wishes: Any
) -> Evening:
    """An evening on which they all sit already; a guest's secret is their name."""
    made = start_evening(member=host or member(), wishes=Wishes(**wishes))
    for one in members:
        join_as_member(member=one, key=made.key)
    for name in guests:
        join_as_guest(name=name, key=made.key, secret=name)
    made.refresh_from_db()
    return made


def seat(evening: Evening, who: User | str) -> Seat:
    """The seat of a member, or of the guest of that name."""
    found = {"guest_name": who} if isinstance(who, str) else {"member": who}
    return Seat.objects.select_related("member", "evening").get(evening=evening, **found)


def report(*, member: User | None = None, text: Reported, reason: str = "", message: str = "") -> Report:
    """On a review, a comment, a list, a recommendation, a member or a film."""
    reasons = Report.REASONS[about_field(text)]
    reason = reason or ("spam" if "spam" in reasons else reasons[0])
    return report_thing(member=member or a_member(), about=text, reason=reason, message=message)


def tip(*, member: User | None = None, to: User | None = None, film: Film | None = None, words: str = "") -> Tip:
    """What one recommends to another, who follows them."""
    member, to = member or a_member(), to or a_member()
    Follow.objects.get_or_create(follower=to, followed=member)
    return recommend_film(member=member, to=to, film=film or a_film(), words=words)


def reportable(*, member: User) -> list[Reported]:
    """One of everything that anybody can report: of a member's, the member, and a film."""
    written = review(member=member)
    return [written, comment(member=member, review=written), film_list(member=member), member, film()]


def article(
    *,
    title: str = "",
    body: str = "First words.\n\n## A heading\n\nMore words.",
    kind: str = Article.Kind.ESSAY,
    published_at: datetime | None | str = "now",
    films: Iterable[Film] = (),
    **fields: Any,
) -> Article:
    """Published now; with `published_at=None`, not at all."""
    title = title or f"Article {number()}"
    rendered = markup.render(body, kind="article")
    fields.setdefault("slug", title.lower().replace(" ", "-"))
    made = Article.objects.create(
        title=title,
        kind=kind,
        body=body,
        body_html=rendered.html,
        headings=[{"level": h.level, "id": h.id, "text": h.text} for h in rendered.headings],
        published_at=timezone.now() if published_at == "now" else published_at,
        **fields,
    )
    made.films.set(films)
    return made


def picture_key(field: str = "picture") -> str:
    """The key of a real picture in all its sizes, made once and the same ever after."""
    kept = KEPT[field]
    key = f"{kept.folder}/ab/{'ab' * 16}"
    if not default_storage.exists(f"{key}/whole-480.webp"):
        cut_picture(BytesIO(png(640, 480)), key, kept.shape.all_cuts(), keep_master=True)
    return key


def notice(*, member: User, kind: str, key: str = "", **about: Any) -> Notification:
    """What a member is told, through the switches that they have set; `about` as in reviews/actions/notifying.py."""
    key = key or f"{kind}:made-{number()}"  # the site names a comment by its number alone
    if comment := about.get("comment"):  # what posting it told of itself
        Notification.objects.filter(member=member, key=f"comment:{comment.pk}").delete()
    with transaction.atomic():
        assert notify(members=[member], kind=kind, key=key, **about) == 1
    return Notification.objects.get(member=member, key=key)


def export(*, member: User) -> Export:
    """A copy of what is the member's, made two days ago, with a file that stands for one."""
    name = "exports/made-for-tests.zip"
    if not place().exists(name):
        place().save(name, ContentFile(b"PK"))
    long_ago = timezone.now() - timedelta(days=2)
    return Export.objects.create(member=member, asked_at=long_ago, finished_at=long_ago, file=name, size=2)


def confirmed_address(member: User) -> str:
    """The member's address, confirmed, as signing up does it."""
    return EmailAddress.objects.get_or_create(
        user=member, email=member.email, defaults={"verified": True, "primary": True}
    )[0].email


# The same by other names, for the functions above whose own parameters are called like these.
a_member, a_film, a_review = member, film, review
