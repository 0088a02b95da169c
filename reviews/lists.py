"""Reading lists of films: their cards, their entries as one viewer may read them, and who may fill them."""

from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from accounts.compiled import for_viewers
from accounts.models import Block, User
from accounts.models.block import AnyOf
from accounts.models.sight import is_signed_in, not_apart
from accounts.models.viewer import Viewer
from films.models import Film
from reviews.models import Collaborator, FilmList, ListEntry, ListLike, Mark
from reviews.models.film_list import FilmListQuerySet
from reviews.quiet import without_muted

FANNED: Final = 4
MOST_GATHERED: Final = 2_000  # lists with a film
ON_A_CARD: Final = ("id", "slug", "title", "year", "poster_key", "poster_version", "poster_alt")


def with_cards(rows: Any) -> Any:
    """Lists with all that a card of one shows, in one query: `fan_of` gives the first posters."""
    first = ListEntry.objects.filter(film_list=OuterRef("pk"), position__lte=FANNED).order_by("position")
    films = first.values(_film=JSONObject(**{name: f"film__{name}" for name in ON_A_CARD}))
    shown = rows.select_related("member").defer("description_html", "folded_tags", *_never_shown("member"))
    return shown.annotate(first_films=ArraySubquery(films))


def fan_of(film_list: FilmList) -> list[Film]:
    """The first films of a list `with_cards`, as far as their posters need them. No query."""
    return [Film.of_row(facts) for facts in film_list.first_films]  # type: ignore[attr-defined]  # annotated


def _never_shown(member: str) -> tuple[str, ...]:
    return tuple(f"{member}__{name}" for name in ("password", "email", "bio"))


def lists_on_show(viewer: Viewer) -> FilmListQuerySet:
    """Where everybody looks around: public lists with a film in them, without those of members whom one mutes."""
    rows = FilmList.objects.visible_to(viewer).filter(visibility=FilmList.Visibility.PUBLIC, removed_at=None)
    return without_muted(rows.with_films(), viewer, films=())


def lists_with(film: Film, viewer: Viewer) -> FilmListQuerySet:
    """The lists on show that this film is on. One query before its own.

    Where it is on few, each of those is looked at; where on many, enough of them are soon found among the best of all.
    """
    there = ListEntry.objects.filter(film=film).order_by()
    numbers = list(there.values_list("film_list", flat=True)[: MOST_GATHERED + 1])
    rows = lists_on_show(viewer)
    if len(numbers) > MOST_GATHERED:
        return rows.filter(Exists(there.filter(film_list=OuterRef("pk"))))
    return rows.filter(AnyOf(F("pk"), Value(numbers)))  # one array: `__in` would be a place in the query for each


def is_for_everybody(film_list: FilmList) -> bool:
    """Whether also somebody who is signed out sees it: its own visibility, its member's account, its removal."""
    return FilmList.objects.visible_to(None).filter(pk=film_list.pk).exists()


def lists_of(member: User, viewer: Viewer) -> FilmListQuerySet:
    """A member's lists, as far as this viewer may see them."""
    return FilmList.objects.visible_to(viewer).filter(member=member)


def helped_by(member: User) -> QuerySet[FilmList]:
    """Others' lists that a member helps with, and sees."""
    return FilmList.objects.visible_to(member).filter(_helps(member)).newest()


def my_lists(member: User) -> QuerySet[FilmList]:
    """All that a member may put films on by hand: their own lists, and those that they help with."""
    return FilmList.objects.visible_to(member).by_hand().filter(Q(member=member) | Q(_helps(member))).newest()


def _helps(member: User) -> AnyOf:
    """Whether a member helps with a list; as an array, by which an index finds the few."""
    helped = Collaborator.objects.filter(member=member, accepted_at__isnull=False).values("film_list")
    return AnyOf(F("pk"), ArraySubquery(helped))


def invitations_of(member: User) -> list[Collaborator]:
    """What a member was asked and has not answered, the latest first."""
    rows = Collaborator.objects.filter(
        not_apart(member, "film_list__member"), member=member, accepted_at=None, film_list__removed_at=None
    )
    return list(rows.select_related("film_list__member").order_by("-invited_at", "-id")[:20])


def may_fill(member: Any, film_list: FilmList) -> bool:
    """Whether they may add, note and order films: its own member, and those who help and still see it."""
    if not is_signed_in(member):
        return False
    if film_list.member_id == member.pk:
        return True
    helps = Collaborator.objects.filter(film_list=film_list, member=member, accepted_at__isnull=False)
    return helps.exists() and FilmList.objects.visible_to(member).filter(pk=film_list.pk).exists()


def entries_for(viewer: Viewer, film_list: FilmList | None = None) -> QuerySet[ListEntry]:
    """Entries that know whether their note `is_hushed`: the words of somebody whom this viewer does not see."""
    hushed: Any = Q(noted_by__is_active=False)
    if is_signed_in(viewer):
        hushed |= Q(Block.between(viewer, "noted_by"))
    case = Case(When(hushed, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = ListEntry.objects.annotate(is_hushed=case)
    return rows if film_list is None else rows.filter(film_list=film_list)


def hush(entries: list[ListEntry]) -> list[ListEntry]:
    """Take the words that are not for this viewer from rows of `entries_for`. They are not to be saved."""
    for entry in entries:
        if entry.is_hushed:  # type: ignore[attr-defined]  # annotated
            entry.note = entry.note_html = ""
            entry.spoilers = False
    return entries


def with_seen(rows: Any, viewer: Any) -> Any:
    """Lists with `seen`: how many of their films the viewer has watched; None for somebody signed out."""
    if not is_signed_in(viewer):
        return rows.annotate(seen=Value(None, output_field=IntegerField()))
    marks = Mark.objects.watched().filter(member=viewer, film__list_entries__film_list=OuterRef("pk"))
    counted = marks.order_by().values("member").annotate(number=Count("pk")).values("number")
    return rows.annotate(seen=Coalesce(Subquery(counted), 0))


def with_my_like(rows: Any, viewer: Any) -> Any:
    """Lists that know whether the viewer likes them, as `liked_by_me`."""
    if not is_signed_in(viewer):
        return rows
    return rows.annotate(liked_by_me=Exists(ListLike.objects.filter(film_list=OuterRef("pk"), member=viewer)))


def helpers_shown(viewer: Viewer, film_list: FilmList) -> list[User]:
    """Those who help with it and whom the viewer sees."""
    return [row.member for row in _helpers(viewer, film_list=film_list.pk)]


@for_viewers(film_list=int)
def _helpers(viewer: Viewer, film_list: Any) -> Any:
    rows = Collaborator.objects.filter(not_apart(viewer), film_list=film_list, accepted_at__isnull=False)
    return rows.select_related("member").order_by("accepted_at", "id")


def with_source(rows: QuerySet[FilmList], viewer: Viewer) -> QuerySet[FilmList]:
    """Lists that know the one that they were made from, so that `source_shown` asks nothing more for them."""
    shown = FilmList.objects.visible_to(viewer).filter(pk=OuterRef("cloned_from"))
    unread = (f"cloned_from__{name}" for name in ("description", "description_html", "tags"))
    return rows.select_related("cloned_from__member").defer(*unread).annotate(shows_source=Exists(shown))


def source_shown(viewer: Viewer, film_list: FilmList) -> FilmList | None:
    """The list that this one was made from, where the viewer may see it: nobody else learns of it."""
    if film_list.cloned_from_id is None:
        return None
    if "shows_source" in vars(film_list):
        return film_list.cloned_from if vars(film_list)["shows_source"] else None
    shown = FilmList.objects.visible_to(viewer).select_related("member")
    return shown.filter(pk=film_list.cloned_from_id).first()


def invitation_to(viewer: Any, film_list_id: int) -> Collaborator | None:
    """What the viewer was asked and has not answered: it shows them the list's name, and nothing of its films."""
    if not is_signed_in(viewer):
        return None
    asked = Collaborator.objects.filter(
        not_apart(viewer, "film_list__member"), film_list=film_list_id, member=viewer, accepted_at=None,
        film_list__removed_at=None,
    )  # fmt: skip
    return asked.select_related("film_list__member").first()
