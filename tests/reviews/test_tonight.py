"""An evening: what is on the shortlist, and what people say to it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from films.models import Film, Service
from reviews.actions.choosing import MOST_PICKS, be_ready, choose_again, close_round, have_services, say, strike
from reviews.actions.dismissing import dismiss_film
from reviews.actions.gathering import (
    join_as_member,
)
from reviews.actions.hushing import mute_film
from reviews.actions.rating import mark_film
from reviews.candidates import find_candidates
from reviews.models import (
    Candidate,
    Kindred,
    Mark,
    Pick,
    Veto,
)
from reviews.tonight import phase_of, shortlist_of
from tests import make
from tests.cast import Cast
from tests.reviews.evenings import found, shortlisted, want

pytestmark = pytest.mark.django_db


def test_what_all_want_comes_first_and_what_somebody_has_seen_does_not_come(cast: Cast):
    everybodys, two, nobodys, seen, guessed = (make.film(title=t) for t in ("All", "Two", "None", "Seen", "Guessed"))
    for film in (everybodys, seen, two):
        want(cast.ana, cast.bea, film=film)
    want(cast.bea, film=guessed)
    make.mark(member=cast.fay, film=nobodys, watched=True)  # who is not there
    evening = make.evening(host=cast.ana, members=[cast.bea], guests=["Gil"])
    gil = make.seat(evening, "Gil")
    say(seat=gil, film=everybodys, says="want")
    say(seat=gil, film=guessed, says="want")
    say(seat=gil, film=seen, says="seen")
    assert found(evening) == {"All": 3, "Two": 2, "Guessed": 2, "None": 0}
    assert next(iter(found(evening))) == "All" and list(found(evening))[-1] == "None"
    make.mark(member=cast.bea, film=everybodys, watched=True)
    Mark.objects.filter(member=cast.bea, film=everybodys).update(visibility="private")
    assert "All" not in found(evening), "what is kept private counts, too"
    mute_film(member=cast.ana, film=two)
    assert "Two" not in found(evening), "nor what somebody will not hear of"


def test_the_cap_the_services_and_the_day_narrow_it(cast: Cast):
    today = timezone.localdate()
    short, long, unknown = (
        make.film(title=title, runtime_minutes=minutes)
        for title, minutes in (("Short", 90), ("Long", 200), ("Unknown", None))
    )
    coming = make.film(title="Coming", runtime_minutes=80, release_date=today + timedelta(days=1))
    for film in (short, long, unknown, coming):
        want(cast.ana, film=film)
    evening = make.evening(host=cast.ana, members=[cast.bea], most_minutes=90, country=make.countries("DE", "FR")[0])
    assert found(evening) == {"Short": 1}
    german = make.countries("DE")[0]
    make.availability(film=short, service="Mubi", country=german)
    mubi, netflix = Service.objects.get(slug="mubi"), make.availability(film=long).service
    have_services(seat=make.seat(evening, cast.bea), services=[netflix])
    assert found(evening) == {}
    have_services(seat=make.seat(evening, cast.ana), services=[mubi])
    assert found(evening) == {"Short": 1}, "what anybody has counts for all"
    for change in ({"country": make.countries("FR")[0]}, {"kind": "rent"}, {"ends_on": today - timedelta(days=1)}):
        before = short.availability.values(*change).get()
        short.availability.update(**change)
        assert found(evening) == {}, change
        short.availability.update(**before)


def test_equally_wanted_films_come_by_their_score(cast: Cast):
    films = [make.film(title=title, renown=n) for n, title in enumerate(("Best", "Worst", "Unrated"))]
    for film, stars in zip(films[:2], (5, 1), strict=True):
        for _n in range(3):
            make.mark(member=make.member(), film=film, stars=stars)
    want(cast.ana, film=films[0])
    want(cast.ana, film=films[1])
    want(cast.ana, film=films[2])
    evening = make.evening(host=cast.ana, members=[cast.bea])
    assert list(found(evening)) == ["Best", "Worst", "Unrated"]
    best = find_candidates(evening)[0]
    films[0].refresh_from_db()
    assert best.score == round(films[0].rating_weighted / 2, 2)


def liking(member, *films: Film, stars: float = 5, visibility: str = "public") -> None:
    for film in films:
        mark_film(member=member, film=film, half_stars=int(2 * stars), visibility=visibility)


@pytest.fixture
def alike(cast: Cast) -> list[Film]:
    """Three films that, loved, speak for Kindred and a little for Akin; the famous is known to everybody."""
    loved = [make.film(title=title) for title in ("Heat", "Ronin", "Thief")]
    others = [make.film(title=title, renown=renown) for title, renown in (("Kindred", 1), ("Akin", 2), ("Famous", 9))]
    for film in loved:
        Kindred.objects.create(film=film, others=[one.pk for one in others[:2]], weights=[900, 90], why="tt")
    return loved


def test_what_they_may_like_comes_before_what_everybody_knows(cast: Cast, alike: list[Film]):
    evening = make.evening(host=cast.ana, members=[cast.bea], guests=["Gil"])
    for film in alike:
        make.mark(member=cast.bea, film=film, watched=True)
    assert list(found(evening)) == ["Famous", "Akin", "Kindred"]
    liking(cast.ana, *alike[:2])
    assert list(found(evening)) == ["Famous", "Akin", "Kindred"], "two say nothing"
    liking(cast.ana, alike[2])
    assert list(found(evening)) == ["Kindred", "Akin", "Famous"]
    wanted = make.film(title="Wanted")
    want(cast.bea, film=wanted)
    assert list(found(evening)) == ["Wanted", "Kindred", "Akin", "Famous"]
    dismiss_film(member=cast.bea, film=Film.objects.get(title="Kindred"))
    dismiss_film(member=cast.bea, film=wanted)
    assert list(found(evening)) == ["Wanted", "Akin", "Famous"], "but what is wanted is wanted"


def test_what_one_would_hate_is_not_what_the_table_may_like(cast: Cast, alike: list[Film]):
    hated = [make.film(title=f"Hated {n}") for n in range(3)]
    for film in hated:
        against = [Film.objects.get(title="Kindred").pk]
        Kindred.objects.create(film=film, others=against, weights=[-900], why="t")
    evening = make.evening(host=cast.ana, members=[cast.bea])
    liking(cast.ana, *alike)
    liking(cast.bea, *hated)
    assert list(found(evening))[0] == "Akin"


@pytest.mark.parametrize("how", ["private", "followers", "private account", "switched off"])
def test_what_somebody_keeps_to_themselves_recommends_nothing(cast: Cast, alike: list[Film], how: str):
    evening = make.evening(host=cast.ana, members=[cast.bea])
    liking(cast.ana, *alike, visibility=how if how in {"private", "followers"} else "public")
    if " " in how:
        column = {"private account": {"is_private": True}, "switched off": {"wants_recommendations": False}}[how]
        User.objects.filter(pk=cast.ana.pk).update(**column)
    assert list(found(evening)) == ["Famous", "Akin", "Kindred"]


def test_what_fills_it_up_is_the_best_rated_of_the_best_known(cast: Cast):
    famous, good = make.film(title="Famous", renown=9), make.film(title="Good")
    for film, stars in ((famous, 3), (good, 5)):
        for _n in range(3):
            make.mark(member=make.member(), film=film, stars=stars)
    make.film(title="Unrated", renown=99_999)
    assert list(found(make.evening(host=cast.ana, members=[cast.bea]))) == ["Good", "Famous", "Unrated"]


def test_it_costs_the_same_however_much_there_is(cast: Cast):
    evening = make.evening(host=cast.ana, members=[cast.bea])

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            find_candidates(evening)
        return len(queries)

    few = cost()
    films = Film.objects.bulk_create(Film(slug=f"f{n}", title=f"F {n}", sort_title=f"f {n}") for n in range(200))
    now = timezone.now()
    Mark.objects.bulk_create(Mark(member=cast.ana, film=film, watchlisted_at=now) for film in films)
    assert cost() == few <= 3


def test_people_say_what_they_want_and_take_it_back(cast: Cast):
    evening, film = make.evening(host=cast.ana), make.film()
    seat = make.seat(evening, cast.ana)
    for says in ("want", "want", "seen"):
        say(seat=seat, film=film, says=says)
    assert list(seat.picks.values_list("says", flat=True)) == ["seen"]
    assert not Mark.objects.exists(), "their marks are not touched"
    say(seat=seat, film=film, says="")
    assert not Pick.objects.exists()
    Pick.objects.bulk_create(Pick(seat=seat, film=make.film(), says="want") for _n in range(MOST_PICKS))
    with pytest.raises(ValidationError):
        say(seat=seat, film=film, says="want")
    with pytest.raises(ValidationError):
        say(seat=seat, film=film, says="maybe")


def test_when_all_are_ready_it_goes_on_by_itself(cast: Cast):
    make.film()
    evening = make.evening(host=cast.ana)
    be_ready(seat=make.seat(evening, cast.ana))
    assert phase_of(evening) == "choosing", "one alone is not a table"
    with pytest.raises(ValidationError):
        close_round(seat=make.seat(evening, cast.ana))
    bea = join_as_member(member=cast.bea, key=evening.key)
    with pytest.raises(PermissionDenied):
        close_round(seat=bea)
    be_ready(seat=bea)
    assert phase_of(evening) == "striking" and evening.steps.get().seat is None
    be_ready(seat=bea)
    be_ready(seat=bea, ready=False)
    be_ready(seat=make.seat(evening, cast.ana))
    assert phase_of(evening) == "striking"
    be_ready(seat=bea)
    assert phase_of(evening) == "drawn" and evening.draws.get().seat is None


def test_each_has_so_many_strikes_that_a_film_is_left(cast: Cast):
    evening = shortlisted(cast)
    ana, bea = make.seat(evening, cast.ana), make.seat(evening, cast.bea)
    films = [one.film for one in shortlist_of(evening)]
    assert len(films) == 12
    for film in films[:3]:
        strike(seat=ana, film=film)
    strike(seat=ana, film=films[0])  # struck already
    with pytest.raises(ValidationError):
        strike(seat=ana, film=films[3])
    strike(seat=bea, film=films[0])  # costs her none
    strike(seat=bea, film=films[0], struck=False)  # and is not hers to take back
    for film in films[3:6]:
        strike(seat=bea, film=film)
    strike(seat=ana, film=films[0], struck=False)
    assert Veto.objects.count() == 5
    with pytest.raises(ValidationError):
        strike(seat=ana, film=make.film())
    close_round(seat=ana)
    assert evening.draws.get().film == films[0] and evening.draws.get().left == 7
    with pytest.raises(ValidationError):
        strike(seat=ana, film=films[7])


def test_what_turns_out_to_be_seen_is_not_drawn(cast: Cast):
    evening = shortlisted(cast, films=3)
    first, second, third = (one.film for one in shortlist_of(evening))
    say(seat=make.seat(evening, cast.bea), film=first, says="seen")
    make.mark(member=cast.ana, film=second, watched=True)
    with pytest.raises(ValidationError):
        say(seat=make.seat(evening, cast.bea), film=third, says="want")
    close_round(seat=make.seat(evening, cast.ana))
    assert evening.draws.get().film == third


def test_where_nothing_is_left_it_says_so_and_can_be_undone(cast: Cast):
    empty = make.evening(host=cast.ana, members=[cast.bea])
    be_ready(seat=make.seat(empty, cast.ana))
    with pytest.raises(ValidationError):
        be_ready(seat=make.seat(empty, cast.bea))
    assert phase_of(empty) == "choosing"
    evening = shortlisted(cast, films=1)
    only = shortlist_of(evening)[0].film
    say(seat=make.seat(evening, cast.bea), film=only, says="seen")
    with pytest.raises(ValidationError):
        close_round(seat=make.seat(evening, cast.ana))
    with pytest.raises(PermissionDenied):
        choose_again(seat=make.seat(evening, cast.bea))
    choose_again(seat=make.seat(evening, cast.ana))
    assert phase_of(evening) == "choosing" and not Candidate.objects.filter(evening=evening).exists()
