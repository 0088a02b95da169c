"""What members say that films contain: merged and parted, brought back by a copy, right at once on kept pages."""

import pytest

from films.actions.merging import merge_films
from films.actions.unmerging import undo_merge
from films.models import ContentNote
from reviews.actions.guiding import choose_cautions, say_what_it_contains
from reviews.actions.importing import choose_rule
from reviews.guidance import guidance_on
from reviews.models import Caution, ContentCount, ContentVote, Mark
from tests import make, staff
from tests.base import all_at_once
from tests.reviews.imports import bring, take_in, undo
from tests.reviews.test_round_trip import copy_of
from tests.reviews.town import ask
from tests.reviews.votes import ask_for_five, many_say, say
from tests.tallies import wrong_tallies


@pytest.fixture(autouse=True)
def _five_notes(db):
    ask_for_five()


def votes() -> list[tuple[object, ...]]:
    return sorted(ContentVote.objects.values_list("member", "film", "category", "note", "answer"), key=str)


def answers(film, category: str) -> list[int]:
    return list(next(said for said in guidance_on(film).categories if said.category == category).answers)


@pytest.mark.django_db
def test_two_films_that_become_one_have_the_votes_of_both_and_are_parted_again(cast):
    kept, gone, cora = make.film(title="Heat", year=1995), make.film(title="Heat", year=1996), staff.curator()
    say(cast.ana, kept, {"spiders": True}, violence=1)
    say(cast.ana, gone, violence=3, sex=0)
    say(cast.bea, gone, {"spiders": False}, violence=2)
    many_say(kept, levels={"violence": [0, 0]})
    before, counted = votes(), sorted(ContentCount.objects.values_list("film", "category", "note", "answers"), key=str)
    merge = merge_films(curator=cora, kept=kept, gone=gone)
    assert ContentVote.objects.filter(film=kept).count() == ContentVote.objects.count() == 7
    assert answers(kept, "violence") == [2, 0, 1, 1], "of two votes of one member the later counts"
    assert answers(kept, "sex") == [1, 0, 0, 0] and wrong_tallies() == []
    assert not ContentCount.objects.filter(film=gone.pk).exists()
    undo_merge(curator=cora, merge=merge)
    assert votes() == before and wrong_tallies() == []
    assert set(map(str, counted)) <= {
        str(row) for row in ContentCount.objects.values_list("film", "category", "note", "answers")
    }  # fmt: skip


@pytest.mark.django_db
def test_a_copy_brings_it_back_and_undoing_takes_only_that(cast):
    film, other = make.film(title="Heat", year=1995), make.film(title="Ronin", year=1998)
    for one in (film, other):
        say(cast.ana, one, {"spiders": True, "needles": False}, violence=2, sex=0)
    choose_cautions(member=cast.ana, notes=list(ContentNote.objects.filter(slug__in=["spiders", "needles"])))
    copy, fay = copy_of(cast.ana), cast.fay
    say(fay, other, violence=3)
    made = bring(fay, {"copy": copy}, name="copy.ZIP")
    kinds = made.rows.filter(kind__in=["guidance", "caution"]).order_by("id").values_list("kind", "verdict")
    assert sorted(kinds) == [("caution", "new")] * 2 + [("guidance", "conflict"), ("guidance", "new")]
    page = staff.logged_in(fay).get(f"/accounts/data/import/{made.pk}/?verdict=conflict").text
    assert "Sex and nudity: None, Violence and gore: Moderate, 2 content notes" in page
    assert "Violence and gore: Severe" in page
    take_in(made)
    assert answers(film, "violence") == [0, 0, 2, 0] and answers(other, "violence") == [0, 0, 1, 1]
    assert set(Caution.objects.filter(member=fay).values_list("note__slug", flat=True)) == {"spiders", "needles"}
    assert wrong_tallies() == []
    assert set(bring(fay, {"copy": copy}, name="copy.ZIP").rows.filter(
        kind__in=["guidance", "caution"]).values_list("verdict", flat=True)) == {"same", "conflict"}  # fmt: skip
    undo(made)
    assert answers(film, "violence") == [0, 0, 1, 0] and not Caution.objects.filter(member=fay).exists()
    assert Mark.objects.get(member=fay, film=other).is_watched and wrong_tallies() == []
    made = bring(fay, {"copy": copy}, name="copy.ZIP")
    choose_rule(member=fay, importing=made, rule="theirs")
    take_in(made)
    assert answers(other, "violence") == [0, 0, 2, 0] and answers(other, "sex") == [2, 0, 0, 0]
    say_what_it_contains(member=fay, film=film, levels={"violence": 1}, notes={})
    undo(made)
    assert answers(other, "violence") == [0, 0, 1, 1], "what was there is as before"
    assert answers(film, "violence") == [0, 1, 1, 0], "and what was said since stays"
    assert Mark.objects.get(member=fay, film=film).is_watched, "as it says that the film was seen"
    assert wrong_tallies() == []


@pytest.mark.django_db(transaction=True)
def test_whoever_reads_next_finds_it_on_every_page(cast):
    """The film's pages are kept for visitors and members: nobody is given one of before a vote."""
    film = make.film(title="Heat", year=1995)
    many_say(film, levels={"violence": [2, 2, 2, 1]}, notes={"spiders": "yyyy"})
    own, about, program = film.get_absolute_url(), f"{film.get_absolute_url()}guidance/", "/api/v1/films/heat-1995/"
    readers = (None, staff.logged_in(cast.fay), staff.logged_in(cast.ana))
    choose_cautions(member=cast.fay, notes=[ContentNote.objects.get(slug="spiders")])

    def told(words: str, address: str) -> list[bool]:
        return [words in ask(address, client).text for client in readers]

    for address in (own, about, f"{program}guidance/"):
        assert told("of 5", address) == [False] * 3
    make.mark(member=cast.ana, film=film, watched=True)
    say_what_it_contains(member=cast.ana, film=film, levels={"violence": 3}, notes={"spiders": True})
    assert told("Moderate, say 3 of 5", own) == told("Moderate, say 3 of 5", about) == [True] * 3
    assert told("You asked to be told", own) == [False, True, False]
    assert ask(f"{program}guidance/").json()["categories"][1]["votes"] == 5
    choose_cautions(member=cast.fay, notes=[])
    choose_cautions(member=cast.ana, notes=[ContentNote.objects.get(slug="spiders")])
    assert told("You asked to be told", own) == [False, False, True]
    say_what_it_contains(member=cast.ana, film=film, levels={}, notes={})
    assert told("of 5", own) == told("of 5", about) == [False] * 3
    assert told("You asked to be told", own) == [False] * 3


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_all_counted(cast):
    film = make.film(title="Heat", year=1995)
    members = [make.member() for _each in range(6)]
    for member in members:
        make.mark(member=member, film=film, watched=True)

    def says(member, notes):
        return lambda: say_what_it_contains(
            member=member, film=film, levels={"violence": 2, "sex": 0}, notes=dict.fromkeys(notes, True)
        )

    orders = (["spiders", "needles", "vomiting"], ["vomiting", "needles", "spiders"])
    acts = [says(member, orders[place % 2]) for place, member in enumerate(members) for _sent_twice in range(2)]
    assert all_at_once(acts) == []
    assert answers(film, "violence") == [0, 0, 6, 0] and answers(film, "sex") == [6, 0, 0, 0]
    assert ContentVote.objects.count() == 30 and wrong_tallies() == []
