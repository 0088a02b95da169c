"""What comes in by an import meets the house's rules as what is posted does: words, links, limits, incidents."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from reviews.actions import importing as actions
from reviews.actions.deciding import decide
from reviews.actions.incidents import lift_incident, open_incident
from reviews.actions.rating import mark_film
from reviews.actions.waiting_rows import give_up_stuck
from reviews.models import Import, Mark, Report, Review, WordRule
from tests import make, staff
from tests.cast import Cast
from tests.reviews.imports import archive, bring, read_import, take_in, undo

pytestmark = pytest.mark.django_db
HEAD = "Date,Name,Year,Letterboxd URI,Rating"
LINKS = "See https://a.example and https://b.example and www.c.example."


def said(*reviews: tuple[str, str]) -> dict[str, str]:
    """Reviews as another site exports them: of which film, and what."""
    lines = "".join(f'2021-05-05,{film},2000,x,,,"{words}",\n' for film, words in reviews)
    return {"reviews.csv": f"Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags\n{lines}"}


def rated(**stars: float) -> dict[str, str]:
    return {"ratings.csv": f"{HEAD}\n" + "".join(f"2021-05-05,{name},2000,x,{n}\n" for name, n in stars.items())}


@pytest.mark.parametrize(("visibility", "flagged"), [("public", 2), ("private", 0)])
def test_word_rules_flag_what_others_can_read(cast: Cast, visibility: str, flagged: int):
    """New and changed reviews, each once; nothing is refused or hidden for it."""
    for name in ("Alpha", "Beta", "Gamma"):
        make.film(title=name, year=2000)
    take_in(bring(cast.ana, said(("Alpha", "Quiet.")), visibility=visibility))
    WordRule.objects.create(pattern="donk*", made_by=cast.eli)
    made = bring(
        cast.ana, said(("Alpha", "A donkey."), ("Beta", "Two donkeys."), ("Gamma", "None.")), visibility=visibility
    )
    actions.choose_rule(member=cast.ana, importing=made, rule="theirs")
    take_in(made)
    assert {review.visibility for review in cast.ana.reviews.all()} == {visibility}
    assert Review.objects.filter(body__contains="donkey").count() == 2
    reports = Report.objects.filter(review__member=cast.ana, reporter=None)
    assert (reports.count(), reports.values("review").distinct().count()) == (flagged, flagged)
    undo(made)
    assert cast.ana.reviews.get().body == "Quiet."


def test_who_is_new_or_limited_shows_nothing_that_they_could_not_post(cast: Cast):
    """Too many links, or a limit: for their own eyes. A review that is there is not changed into such a one."""
    alpha, beta = make.film(title="Alpha", year=2000), make.film(title="Beta", year=2000)
    new = make.member(date_joined=timezone.now())
    take_in(bring(new, said(("Beta", LINKS), ("Alpha", "Fine."))))
    assert dict(new.reviews.values_list("film__title", "visibility")) == {"Beta": "private", "Alpha": "public"}
    again = bring(new, said(("Alpha", LINKS)))
    assert again.rows.get().verdict == "conflict"
    actions.choose_rule(member=new, importing=again, rule="theirs")
    take_in(again)
    assert new.reviews.get(film=alpha).body == "Fine." and again.rows.get().taken_in_at is None
    undo(again)

    take_in(bring(cast.ana, said(("Beta", LINKS))))  # no longer new
    decide(moderator=staff.moderator(), about=cast.bea, kind="limit", rule="spam", reason="Too much.",
           until=timezone.now() + timedelta(days=7))  # fmt: skip
    take_in(bring(cast.bea, said(("Alpha", "Fine.")) | rated(Beta=4)))
    assert [one.reviews.get().visibility for one in (cast.ana, cast.bea)] == ["public", "private"]
    assert Mark.objects.get(member=cast.bea, film=beta).visibility == "public"


def test_ratings_of_a_film_with_an_open_incident_are_held(cast: Cast):
    eli, film = staff.moderator(), make.film(title="Alpha", year=2000)
    mark_film(member=cast.bea, film=film, half_stars=4)
    changed = bring(cast.bea, rated(Alpha=5))
    actions.choose_rule(member=cast.bea, importing=changed, rule="theirs")
    take_in(changed)
    incident = open_incident(moderator=eli, film=film, since=timezone.now() - timedelta(hours=1), words="A crowd.")
    made = take_in(bring(cast.ana, rated(Alpha=0.5)))
    undo(changed)  # what stood there before was given while it began
    held = dict(Mark.objects.filter(incident=incident).values_list("member", "half_stars"))
    assert held == {cast.ana.pk: 1, cast.bea.pk: 4}
    film.refresh_from_db()
    assert film.rating_count == 0
    lift_incident(moderator=eli, incident=incident, words="An honest crowd.")
    film.refresh_from_db()
    assert film.rating_count == 2
    undo(made)
    assert not Mark.objects.filter(member=cast.ana).exists()
    cast.fay.hides_scores = True
    cast.fay.save()
    undo(take_in(bring(cast.fay, rated(Alpha=4))))
    assert not mark_film(member=cast.fay, film=film, half_stars=8).rated_blind  # the rating had shown the score
    assert mark_film(member=cast.fay, film=make.film(), half_stars=8).rated_blind
    call_command("check_integrity")


def lose_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name LIKE 'reviews.%%import%%'")
        assert cursor.rowcount


def test_imports_without_a_job_are_given_up_and_no_others(cast: Cast):
    """Each goes back to where its member can do something about it, and does it."""
    make.film(title="Alpha", year=2000)
    content = archive(rated(Alpha=4))
    made = actions.start_import(member=cast.ana, name="a.zip", content=content)

    def given_up() -> list[str]:
        """The state with its job, and without."""
        states = []
        for act in (give_up_stuck, lose_jobs, give_up_stuck):
            act()
            made.refresh_from_db()
            states.append(made.state)
        return states[::2]

    assert given_up() == ["waiting", "failed"] and made.file is None
    made = actions.start_import(member=cast.ana, name="a.zip", content=content)
    Import.objects.filter(pk=made.pk).update(state="reading")
    assert given_up() == ["reading", "failed"]
    made = actions.start_import(member=cast.ana, name="a.zip", content=content)
    read_import(made.pk)
    made.refresh_from_db()
    actions.take_in(member=cast.ana, importing=made)
    with pytest.raises(ValidationError, match="under way"):
        actions.start_import(member=cast.ana, name="b.zip", content=archive(rated(Alpha=3)))
    assert given_up() == ["taking_in", "ready"] and made.went_wrong
    take_in(made)
    actions.undo_import(member=cast.ana, importing=made)
    assert given_up() == ["undoing", "done"] and made.went_wrong
    undo(made)
    assert (made.state, made.went_wrong) == ("undone", False)
