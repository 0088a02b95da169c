"""Many members who say what a film contains."""

from accounts.models import User
from films.models import ContentNote, Film
from reviews.actions.guiding import say_what_it_contains
from tests import make


def ask_for_five() -> None:
    """Whatever other tests left: five content notes, and no others."""
    ContentNote.objects.all().delete()
    for name in ("Flashing lights", "Needles", "Spiders", "Violence", "Vomiting"):
        make.content_note(name)


def say(member: User, film: Film, notes: dict[str, bool] | None = None, **levels: int) -> None:
    """A member who has seen the film says this of it, and nothing else."""
    make.mark(member=member, film=film, watched=True)
    say_what_it_contains(member=member, film=film, levels=levels, notes=notes or {})


def many_say(film: Film, *, levels: dict[str, list[int]] | None = None, notes: dict[str, str] | None = None) -> None:
    """A new member for each answer: `{"violence": [2, 2, 3]}`, and of notes `{"flashing-lights": "yyyyn"}`."""
    for category, answers in (levels or {}).items():
        for answer in answers:
            say(make.member(), film, **{category: answer})
    for slug, answers in (notes or {}).items():
        for answer in answers:
            say(make.member(), film, {slug: answer == "y"})
