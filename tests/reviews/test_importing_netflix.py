"""The viewing history of Netflix: titles without years, days in any order, episodes among them."""

from datetime import date

import pytest

from reviews.actions.importing import name_film
from tests import make
from tests.cast import Cast
from tests.reviews.imports import bring, take_in

pytestmark = pytest.mark.django_db

HISTORY = """Title,Date
"Heat","12/24/23"
"Heat","12/24/23"
"Heat","1/2/20"
"Infinite","10/10/24"
"White Collar: Season 2: Withdrawal","12/12/22"
"Haus des Geldes: Teil 1: Folge 1","12/12/22"
"Haus des Geldes: Teil 1: Folge 2","12/12/22"
"Dark: Staffel 1: Geheimnisse","12/12/22"
"Elite: 1ª temporada: Bienvenidos","12/12/22"
"Stranger Things: Stranger Things 3: Chapter One","12/12/22"
"Stranger Things: Stranger Things 3: Chapter Two","12/12/22"
"Queens: Limited Series: Openings","12/12/22"
": Episode 7","8/8/22"
"Fear Street: Part 1: 1994","7/7/21"
"The Hunger Games: Mockingjay: Part 1","7/7/21"
"The Hunger Games: Mockingjay: Part 2","7/8/21"
"Black Mirror: Bandersnatch","1/13/19"
"Dune","13/13/21"
"""


def test_films_come_in_where_their_title_is_of_one_alone(cast: Cast):
    heat = make.film(title="Heat", year=1995)
    first, second = make.film(title="Infinite", year=2021), make.film(title="Infinite", year=2005)
    bandersnatch = make.film(title="Black Mirror: Bandersnatch", year=2018)
    make.film(title="The Dune", year=1984)
    made = bring(cast.ana, {"": HISTORY}, name="NetflixViewingHistory.csv")
    assert made.source == "netflix"
    shown = {row.title: row.verdict for row in made.rows.order_by("id")}
    episodes = {title for title, verdict in shown.items() if verdict == "no_film"}
    assert episodes == {
        "White Collar: Season 2: Withdrawal", "Haus des Geldes: Teil 1: Folge 1", "Haus des Geldes: Teil 1: Folge 2",
        "Dark: Staffel 1: Geheimnisse", "Elite: 1ª temporada: Bienvenidos", "Queens: Limited Series: Openings",
        "Stranger Things: Stranger Things 3: Chapter One", "Stranger Things: Stranger Things 3: Chapter Two",
        ": Episode 7",
    }  # fmt: skip
    assert (shown["Heat"], shown["Infinite"], shown["Black Mirror: Bandersnatch"]) == ("new", "ambiguous", "new")
    assert shown["Fear Street: Part 1: 1994"] == shown["The Hunger Games: Mockingjay: Part 1"] == "unknown"
    assert made.rows.get(title="Dune").problem == "day"
    take_in(made)
    evenings = cast.ana.viewings.order_by("watched_on").values_list("film", "watched_on")
    assert list(evenings) == [
        (bandersnatch.pk, date(2019, 1, 13)), (heat.pk, date(2020, 1, 2)), (heat.pk, date(2023, 12, 24)),
    ]  # fmt: skip
    name_film(member=cast.ana, row=made.rows.get(title="Infinite"), film=second)
    assert cast.ana.viewings.get(film=second).watched_on == date(2024, 10, 10)
    assert not cast.ana.marks.filter(film=first).exists()


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (["24.12.23", "02.01.20"], [date(2023, 12, 24), date(2020, 1, 2)]),
        (["24/12/2023", "02/01/2020"], [date(2023, 12, 24), date(2020, 1, 2)]),
        (["2023/12/24", "2020/1/2"], [date(2023, 12, 24), date(2020, 1, 2)]),
        (["1/2/20", "3/4/21"], [None, None]),
    ],
)
def test_days_are_read_in_the_order_of_the_account(cast: Cast, days: list[str], read: list[date | None]):
    lines = "".join(f'"Film {number}","{day}"\n' for number, day in enumerate(days))
    made = bring(cast.ana, {"": "\ufeffTitle,Date\n" + lines}, name="NetflixViewingHistory.csv")
    assert [row.watched_on for row in made.rows.order_by("id")] == read
    unclear = {row.problem for row in made.rows.filter(watched_on=None)}
    assert unclear <= {"day_order"}


def test_a_title_without_a_year_is_offered_where_it_comes_from_elsewhere(cast: Cast):
    heat = make.film(title="Heat", year=1995)
    made = bring(cast.ana, {"watched.csv": "Date,Name,Year,Letterboxd URI\n2020-01-01,Heat,,x\n"})
    assert (made.rows.get().verdict, made.rows.get().candidates) == ("ambiguous", [heat.pk])
