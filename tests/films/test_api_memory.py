"""Sources and suggestions by the API."""

import pytest

from films import actions
from films.actions.suggesting import MOST_WAITING
from films.models import Source, Suggestion
from tests import make, staff
from tests.api import Api, assert_golden, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    film = make.film(title="Baby Driver", year=2017, runtime_minutes=112, cast=[("Ansel Elgort", "Baby")])
    type(film).objects.filter(pk=film.pk).update(origin=Source.SEED)
    film.refresh_from_db()
    return film


def test_it_tells_where_facts_come_from(film):
    film.external_ids.create(source="imdb", value="tt3890160")
    actions.state_facts(film=film, facts={"runtime_minutes": 113}, source=Source.IMDB)
    actions.correct_film(curator=staff.curator(), film=film, tagline="All you need is one killer track.")
    assert_golden("film_sources", Api().get(f"films/{film.slug}/sources/"))
    assert Api().get("films/nowhere-1901/sources/").status_code == 404


def test_a_member_suggests_and_reads_the_answer(film):
    ana = make.member(username="ana")
    sent = {"fact": "runtime_minutes", "value": "113", "note": "The end credits"}
    made = Api(as_=ana).post(f"films/{film.slug}/suggestions/", sent)
    assert_golden("suggestion", made)
    assert made.status_code == 201
    assert Api(as_=ana).post(f"films/{film.slug}/suggestions/", sent).json()["id"] == made.json()["id"]
    actions.accept_suggestion(curator=staff.curator(), suggestion=Suggestion.objects.get(), answer="So it is.")
    twin = make.film(title="Baby Driver", year=2016)
    merge = program(ana).post(f"films/{film.slug}/suggestions/", {"kind": "merge", "twin": twin.slug})
    assert merge.status_code == 201 and merge.json()["twin"] == twin.slug
    assert_golden("my_suggestions", Api(as_=ana).get("me/suggestions/"))
    assert Api(as_=make.member()).get("me/suggestions/").json()["results"] == []


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"fact": "runtime_minutes", "value": "soon"}, "value"),
        ({"fact": "runtime_minutes", "value": "112"}, "value"),
        ({"fact": "runtime_minutes"}, "value"),
        ({"fact": "rating_sum", "value": "5"}, "fact"),
        ({"kind": "wish"}, "kind"),
        ({"kind": "merge"}, "twin"),
        ({"kind": "merge", "twin": "nowhere-1901"}, "twin"),
        ({"kind": "merge", "twin": "baby-driver-2017"}, "twin"),
    ],
)
def test_bad_input_is_answered_by_field(film, sent, field):
    answer = Api(as_=make.member()).post(f"films/{film.slug}/suggestions/", sent)
    assert answer.status_code == 400 and field in answer.json()
    assert not Suggestion.objects.exists()


def test_who_may_and_how_often(film):
    ana = make.member()
    sent = {"fact": "runtime_minutes", "value": "113"}
    assert Api().post(f"films/{film.slug}/suggestions/", sent).status_code == 401
    assert program(ana, "read").post(f"films/{film.slug}/suggestions/", sent).status_code == 403
    for minute in range(MOST_WAITING):
        actions.suggest_correction(member=ana, film=film, fact="runtime_minutes", value=str(200 + minute))
    answer = Api(as_=ana).post(f"films/{film.slug}/suggestions/", sent)
    assert answer.status_code == 429 and "wait for a curator" in answer.json()["detail"]
