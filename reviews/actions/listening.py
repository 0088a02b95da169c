"""What a player at home says, into the diary."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from films.models import Film
from reviews.actions.diary import log_viewing
from reviews.actions.limiting import hold_posts
from reviews.actions.nearness import near_film
from reviews.actions.rating import lock_mark
from reviews.importers.matching import Named, find_films
from reviews.models import Mark, Player, Playing, Viewing, Visibility
from reviews.models.player import SAME_VIEWING
from reviews.players.heard import Heard, noon_of
from reviews.trust import LimitReached

MOST_SHOWN: Final = 20  # of a player, of what is settled
MOST_WAITING: Final = 50  # of a player, of what is still to be written
NOTED_EVERY: Final = timedelta(minutes=1)
Outcome = Playing.Outcome
IN_THE_DIARY: Final = (Outcome.LOGGED, Outcome.SAME)
WAITS: Final = (Outcome.WAITING, Outcome.LIMIT)


@dataclass(frozen=True)
class Answer:
    """What became of something that was heard. `wait`: seconds after which it may be sent again, if it has to be."""

    outcome: str
    playing: Playing | None = None
    wait: int = 0


def hear(*, player: Player, heard: Heard | None) -> Answer:
    """Write a film that was watched to its end into the diary, once however often it is told.

    What asks for nothing is no more than a sign of life. What somebody else on the server watched, and what was stopped
    before its end, is listed on the player's page, and that is all.
    """
    note_use(player)
    if heard is None:
        return Answer("ignored")
    at = heard.at or timezone.now()
    day = heard.day or at.astimezone(ZoneInfo(player.time_zone)).date()
    if player.user_name and heard.user.casefold() != player.user_name.casefold():
        return _list(player, Heard(), at, day, Outcome.OTHER)
    if not heard.is_seen:
        return _list(player, heard, at, day, Outcome.SHORT) if heard.percent else Answer("ignored")
    name = named(heard)
    number = find_films([name])[name].film
    film = Film.objects.defer("search_text").filter(pk=number).first() if number is not None else None
    if film is None:
        return _list(player, heard, at, day, Outcome.WAITING)
    return write(member=player.member, film=film, player=player, heard=heard, at=at, day=day)


def named(said: Heard | Playing) -> Named:
    """How it names its film, in the terms of imports."""
    return Named(said.imdb, said.tmdb, said.title, said.year)


def note_use(player: Player) -> None:
    """Write down that the address is used, once a minute at most."""
    now = timezone.now()
    if player.last_used_at is None or player.last_used_at < now - NOTED_EVERY:
        Player.objects.filter(pk=player.pk).update(last_used_at=now)


@near_film
@transaction.atomic
def write(
    *, member: User, film: Film, player: Player, heard: Heard, at: datetime, day: date, waited: Playing | None = None
) -> Answer:
    """A line of the diary, unless one stands there for this viewing. `waited`: the row that it waited in."""
    hold_posts(member=member)
    mark = lock_mark(member=member, film=film)
    film = mark.film
    if waited is not None and (waited := _still_waiting(waited)) is None:
        return Answer(Outcome.SAME)
    earlier = _told_before(member, film, at, waited)
    if earlier is not None and waited is None and earlier.player_id == player.pk:
        return Answer(Outcome.SAME, earlier)
    waited, wait = waited or _put_off(player, film, at), 0
    line = earlier.viewing if earlier is not None else _by_hand(member, film, heard, at, day)
    if earlier is not None or line is not None:
        done: dict[str, Any] = {"outcome": Outcome.SAME, "viewing": line}
    else:
        try:
            line = log_viewing(
                member=member, film=film, watched_on=day, rewatch=_is_rewatch(member, film, day),
                visibility=_seen_by(player, mark),
            )  # fmt: skip
            before = {"was_seen": mark.is_watched, "was_listed": mark.is_in_watchlist}
            done = {"outcome": Outcome.LOGGED, "viewing": line, **before}
        except LimitReached as limit:
            done, wait = {"outcome": Outcome.LIMIT}, limit.wait
    row = _settle(waited, film=film, **done) if waited else _list(player, heard, at, day, film=film, **done).playing
    return Answer(done["outcome"], row, wait)


def _still_waiting(row: Playing) -> Playing | None:
    """It, unless somebody else has settled it meanwhile, or dropped it."""
    return Playing.objects.select_for_update(no_key=True).filter(pk=row.pk, outcome__in=WAITS).first()


def _put_off(player: Player, film: Film, at: datetime) -> Playing | None:
    """The row of the same viewing that found too many lines of that day."""
    near = Playing.objects.filter(player=player, film=film, outcome=Outcome.LIMIT)
    return near.filter(at__range=(at - SAME_VIEWING, at + SAME_VIEWING)).first()


def _is_rewatch(member: User, film: Film, day: date) -> bool:
    """As the form of the diary guesses it: the film is in the diary already."""
    return Viewing.objects.filter(member=member, film=film, watched_on__lte=day).exists()


def _seen_by(player: Player, mark: Mark) -> str:
    """The fewer of those who see what this player writes, and of those who see what the member said of the film."""
    if mark.is_blank:
        return player.visibility
    return max(player.visibility, mark.visibility, key=Visibility.values.index)


def _told_before(member: User, film: Film, at: datetime, waited: Playing | None) -> Playing | None:
    """What a player of the member's has told of the same viewing; also if the member took its line out since."""
    told = Playing.objects.filter(player__member=member, film=film, outcome__in=IN_THE_DIARY)
    told = told.filter(at__range=(at - SAME_VIEWING, at + SAME_VIEWING)).exclude(pk=waited.pk if waited else 0)
    return told.select_related("viewing").order_by("pk").first()


def _by_hand(member: User, film: Film, heard: Heard, at: datetime, day: date) -> Viewing | None:
    """The line that the member wrote of this viewing themselves, or brought: of that day, or at that time.

    A script that knew the day alone is believed as they are.
    """
    lines = Viewing.objects.filter(member=member, film=film)
    if heard.day is None:
        of_players = Playing.objects.filter(viewing=OuterRef("pk"), outcome=Outcome.LOGGED)
        at_a_time = of_players.exclude(at=noon_of(day))
        near = Q(created_at__range=(at - SAME_VIEWING, at + SAME_VIEWING))
        lines = lines.filter(Q(~Exists(at_a_time), watched_on=day) | Q(near, ~Exists(of_players)))
    else:  # nobody knows when on that day
        lines = lines.filter(watched_on=day)
    return lines.order_by("pk").first()


@transaction.atomic
def _list(player: Player, heard: Heard, at: datetime, day: date, outcome: str, **more: Any) -> Answer:
    """A row on the player's page. What says the same as one of a moment ago is that one, told again."""
    Player.objects.select_for_update(no_key=True).get(pk=player.pk)  # one at a time, and not of one that is removed
    said = {"title": heard.title, "year": heard.year, "imdb": heard.imdb, "tmdb": heard.tmdb}
    own = Playing.objects.filter(player=player)
    near = own.filter(at__range=(at - SAME_VIEWING, at + SAME_VIEWING), **said)
    if outcome == Outcome.SHORT and (seen := near.filter(outcome__in=IN_THE_DIARY).first()) is not None:
        return Answer(Outcome.SAME, seen)  # the stop after the end
    twice = None if outcome == Outcome.LOGGED else near.filter(outcome=outcome).order_by("-pk").first()
    row = twice or Playing(player=player, outcome=outcome, **said)
    row.at, row.heard_at, row.watched_on, row.percent = at, timezone.now(), day, heard.percent
    for name, value in more.items():
        setattr(row, name, value)
    row.save()
    if twice is None:
        trim(own)
    return Answer(outcome, row)


def _settle(waited: Playing, **done: Any) -> Playing:
    for name, value in done.items():
        setattr(waited, name, value)
    waited.save(update_fields=list(done))
    return waited


def trim(own: QuerySet[Playing]) -> None:
    """Of a player's rows only the latest are kept, and so many of those that are still to be written."""
    waiting = Q(outcome__in=WAITS)
    for rows, most in ((own.exclude(waiting), MOST_SHOWN), (own.filter(waiting), MOST_WAITING)):
        newest = rows.order_by("-heard_at", "-pk").values_list("pk", flat=True)
        if late := list(newest[most : most + MOST_WAITING]):
            Playing.objects.filter(pk__in=late).delete()
