"""Reports, cases and decisions as members may read them."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from films.models import Film
from reviews.models import Comment, Decision, Essay, FilmList, Quotation, Report, Review, Tip
from reviews.models.case import Reported


def words_of(about: Reported) -> str:
    """What a text, or somebody's page, says now, as far as moderators keep it. Nothing of a draft or a film."""
    if isinstance(about, Review):  # the words of a draft are nobody's business
        words = "" if about.is_draft else about.body
    elif isinstance(about, Comment):
        words = about.body
    elif isinstance(about, FilmList):
        notes = about.entries.exclude(note="").order_by("position").values_list("note", flat=True)
        words = "\n\n".join([about.title, about.description, *notes])
    elif isinstance(about, Essay):
        words = "" if about.is_draft else f"{about.title}\n\n{about.body}"
    elif isinstance(about, Tip):
        words = about.words
    elif isinstance(about, User):
        words = "\n".join([about.name, about.location, about.pronouns, about.website, about.bio])
    else:
        words = about.words if isinstance(about, Quotation) else ""
    return words.strip()


def seen_among(things: Iterable[Reported], viewer: User) -> set[Reported]:
    """Which of these things the viewer may see. At most a query for each kind of thing."""
    every = list(things)
    seen: set[Reported] = {thing for thing in every if isinstance(thing, Film)}
    doors = {
        Review: Review.objects.visible_to(viewer),
        Comment: Comment.objects.standing().visible_to(viewer),
        FilmList: FilmList.objects.visible_to(viewer),
        Essay: Essay.objects.visible_to(viewer),
        Tip: Tip.objects.visible_to(viewer),
        User: User.objects.active().not_blocking(viewer),
    }
    for kind, door in doors.items():
        some = {thing.pk: thing for thing in every if isinstance(thing, kind)}
        if some:
            seen |= {some[number] for number in door.filter(pk__in=some).values_list("pk", flat=True)}
    return seen


def reportable_member(viewer: User, username: str) -> User:
    """Also one whom the viewer blocks: they have a reason. Raises Http404 where that member blocks the viewer."""
    members = User.objects.active().exclude(blocks_given__blocked=viewer)
    found: User | None = members.filter(username__iexact=username).first()
    if found is None:
        raise Http404(_("No member has this name."))
    return found


def reports_of(member: User) -> QuerySet[Report]:
    texts = ("review__film", "review__member", "comment__review__film", "comment__film_list", "comment__film")
    rows = Report.objects.filter(reporter=member).order_by("-created_at", "-id")
    rows = rows.select_related(
        "case__quotation", *texts, "comment__article", "comment__essay", "comment__member", "film_list__member",
        "essay__member", "member", "film", "quotation", "tip__member", "tip__film",
    )  # fmt: skip
    return rows.defer(
        "words", "review__body_html", "comment__body_html", "film_list__description_html", "essay__body_html"
    )


def told(reports: Iterable[Report], viewer: User) -> list[tuple[Report, Reported | None]]:
    """Each with what it is about, where the viewer may still see that."""
    rows = list(reports)
    seen = seen_among([row.about for row in rows], viewer)
    return [(row, row.about if row.about in seen else None) for row in rows]


def decisions_about(member: User) -> QuerySet[Decision]:
    """What moderators did about a member, the newest first; not that they left something as it was."""
    rows = Decision.objects.filter(member=member).exclude(kind=Decision.Kind.NOTHING)
    return rows.select_related("appeal", "review__film", "comment", "film_list", "essay", "tip").order_by(
        "-made_at", "-id"
    )
