"""What the house shows and who comes, made in one line each; tests call it by tests/make.py."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.models import User
from films.models import Film
from reviews.actions.coming import come, log_screened
from reviews.actions.showing import arrange_programme, call_off, save_screening
from reviews.models import Coming, ScreenedFilm, Screening
from tests.catalogue import film, number


def screening(*, films: Iterable[Film] = (), versions: Iterable[dict[str, Any]] = (), **facts: Any) -> Screening:
    """Announced yesterday, for next week, of a film of its own unless some are named. `versions`: how each is shown."""
    now = timezone.now()
    said = {
        "starts_at": now + timedelta(days=7),
        "place": "The Ritz, upstairs",
        "published_at": now - timedelta(days=1),
    }
    curator, shown, how = _curator(), list(films) or [film()], list(versions)
    made = save_screening(editor=curator, **said | facts)
    how += [{}] * (len(shown) - len(how))
    rows = [ScreenedFilm(film=one, position=n, **how[n]) for n, one in enumerate(shown)]
    arrange_programme(editor=curator, screening=made, kept=rows)
    return Screening.objects.get(pk=made.pk)


def coming(*, screening: Screening, member: User, **said: Any) -> Coming:
    return come(member=member, screening=screening, **said)


def let_it_pass(screening: Screening, days: int = 1) -> Screening:
    """As if it had been that many days ago."""
    lasted = screening.ends_at - screening.starts_at
    begun = timezone.now() - timedelta(days=days)
    Screening.objects.filter(pk=screening.pk).update(starts_at=begun, ends_at=begun + lasted, answers_until=None)
    return Screening.objects.get(pk=screening.pk)


def show_films(house: dict[str, Any]) -> None:
    """One to come, with a seat for Ana and none for Bea; one for members; a draft; one that is over; one called off."""
    ana, bea, film = house["ana"], house["bea"], house["film"]
    words = "Bring a **cushion**.\n\n## After it\n\nWe stay for a glass."
    house["screening"] = screening(
        films=[film, house["other"]], versions=[{"cut": "restored", "format": "35mm"}], words=words, seats=2,
        address="3 Mill Lane", link="https://ritz.example.org/", access=["step_free", "captions"], price="Free",
    )  # fmt: skip
    come(member=ana, screening=house["screening"], is_named=True)
    come(member=bea, screening=house["screening"], guests=1)
    house["club_screening"] = screening(films=[film], audience="members", title="Only the club knows of this night")
    house["screening_draft"] = screening(films=[film], published_at=None, title="We have not rented this yet")
    shown = screening(films=[film], place="The old dairy")
    for member in (ana, house["ivy"]):
        come(member=member, screening=shown, is_named=True)
    house["shown"] = let_it_pass(shown)
    log_screened(member=ana, film=film, screening=house["shown"])
    house["off_screening"] = screening(films=[house["other"]])
    call_off(editor=_curator(), screening=house["off_screening"], because="The projector is broken.")


def _curator() -> User:
    found = User.objects.filter(username="programme").first()
    if found is None:
        found = User.objects.create_user("programme", f"programme{number()}@example.org", is_staff=True)
        found.user_permissions.set(Permission.objects.filter(codename__in=["add_screening", "change_screening"]))
    return found
