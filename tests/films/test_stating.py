import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from films import actions, record
from films.actions import Outcome
from films.models import Conflict, FactLock, FactSource, FilmChange, Genre, Job, Source
from films.telling import DASH, Teller
from tests import make
from tests.staff import curator

pytestmark = pytest.mark.django_db


def state(film, source=Source.IMDB, **facts):
    return actions.state_facts(
        film=film, facts={key.replace("__", "."): value for key, value in facts.items()}, source=source
    )


@pytest.fixture
def film():
    film = make.film(title="Baby Driver", year=2017, runtime_minutes=112, synopsis="")
    type(film).objects.filter(pk=film.pk).update(origin=Source.SEED)
    film.refresh_from_db()
    return film


def test_a_source_betters_a_weaker_one_and_leaves_word(film):
    assert state(film, runtime_minutes=113) == {"runtime_minutes": Outcome.CHANGED}
    change = FilmChange.objects.get()
    assert (change.before, change.after, change.source) == (112, 113, "imdb")
    assert record.source_of(film, "runtime_minutes") == "imdb" and record.source_of(film, "title") == "seed"
    assert state(film, runtime_minutes=113) == {"runtime_minutes": Outcome.SAME}
    assert FilmChange.objects.count() == 1


def test_a_weaker_source_does_not_overwrite_a_stronger_one(film):
    state(film, runtime_minutes=113)
    assert state(film, Source.WIKIPEDIA, runtime_minutes=110) == {"runtime_minutes": Outcome.KEPT}
    assert record.read(film, "runtime_minutes") == 113 and not Conflict.objects.exists()


@pytest.mark.parametrize("source", [Source.WIKIPEDIA, Source.WIKIDATA, Source.TMDB, Source.IMDB, Source.CSV])
def test_no_source_overwrites_what_a_curator_settled(film, source):
    actions.correct_film(curator=curator(), film=film, runtime_minutes=113)
    assert state(film, source, runtime_minutes=112) == {"runtime_minutes": Outcome.CONFLICT}
    assert state(film, source, runtime_minutes=112) == {"runtime_minutes": Outcome.CONFLICT}
    conflict = Conflict.objects.get()
    assert (conflict.ours, conflict.theirs, conflict.state) == (113, 112, "waiting")
    assert record.read(film, "runtime_minutes") == 113


def test_no_source_overwrites_what_is_locked(film):
    actions.lock_fact(curator=curator(), film=film, fact="genres", reason="Seen it")
    assert state(film, genres=["Comedy"]) == {"genres": Outcome.CONFLICT}
    assert record.read(film, "genres") == []
    actions.unlock_fact(curator=curator(), film=film, fact="genres")
    assert not FactLock.objects.exists()
    assert state(film, genres=["Comedy"]) == {"genres": Outcome.CHANGED}
    assert list(Genre.objects.filter(films=film).values_list("slug", flat=True)) == ["comedy"]


def test_an_accepted_conflict_is_ours_from_then_on(film):
    actions.correct_film(curator=curator(), film=film, runtime_minutes=113)
    state(film, runtime_minutes=112)
    actions.accept_conflict(curator=curator(), conflict=Conflict.objects.get())
    assert record.read(film, "runtime_minutes") == 112
    assert state(film, runtime_minutes=112) == {"runtime_minutes": Outcome.SAME}
    assert Conflict.objects.get().state == "accepted"


def test_a_refused_conflict_does_not_come_again_but_another_value_does(film):
    actions.correct_film(curator=curator(), film=film, runtime_minutes=113)
    state(film, runtime_minutes=112)
    actions.refuse_conflict(curator=curator(), conflict=Conflict.objects.get())
    state(film, runtime_minutes=112)
    assert Conflict.objects.get().state == "refused"
    state(film, runtime_minutes=111)
    assert Conflict.objects.get().state == "waiting"


def test_a_change_can_be_taken_back(film):
    state(film, runtime_minutes=113, genres=["Action", "Comedy"])
    for change in FilmChange.objects.all():
        actions.revert_change(curator=curator(), change=change)
    assert record.read(film, "runtime_minutes") == 112 and record.read(film, "genres") == []
    assert FilmChange.objects.filter(reverts__isnull=False).count() == 2


def test_rows_are_added_and_filled_in_but_never_dropped(film):
    ansel = make.person(name="Ansel Elgort")
    jon = make.person(name="Jon Hamm")
    state(film, credits__actor=[{"person": ansel.pk, "name": ansel.name, "character": "", "detail": ""}])
    outcome = state(
        film,
        Source.TMDB,
        credits__actor=[
            {"person": jon.pk, "name": jon.name, "character": "Buddy", "detail": ""},
            {"person": ansel.pk, "name": ansel.name, "character": "Baby", "detail": ""},
        ],
    )
    assert outcome == {"credits.actor": Outcome.KEPT}, "a weaker source must not rewrite a row"
    state(
        film,
        credits__actor=[
            {"person": ansel.pk, "name": ansel.name, "character": "Baby", "detail": ""},
            {"person": jon.pk, "name": jon.name, "character": "Buddy", "detail": ""},
        ],
    )
    cast = film.credits.filter(job=Job.ACTOR).values_list("person__name", "character", "position")
    assert list(cast) == [("Ansel Elgort", "Baby", 1), ("Jon Hamm", "Buddy", 2)]


EVERY_FACT = {
    "title": "Baby Driver!",
    "original_title": "Baby",
    "year": 2018,
    "release_date": "2017-06-28",
    "runtime_minutes": 114,
    "tagline": "All you need is one killer track",
    "synopsis": "A driver hears music.",
    "trailer_url": "https://www.youtube.com/watch?v=z2z857RSfhk",
    "genres": ["Action", "Crime"],
    "countries": ["GB", "US"],
    "languages": ["en"],
    "companies": ["Working Title Films"],
    "content_notes": ["flashing-lights"],
    "access_features": ["audio-description"],
    "franchise": {"name": "Drivers", "part": 1},
    "titles": [{"title": "El aprendiz del crimen", "country": "GB", "language": None}],
    "releases": [{"country": "GB", "kind": "cinema", "released_on": "2017-06-28", "certificate": "15", "note": ""}],
    "soundtrack": [{"title": "Bellbottoms", "artist": "The Jon Spencer Blues Explosion", "scene": "The first job"}],
    "awards": [
        {"award": "Academy Awards", "category": "Film Editing", "year": 2018, "outcome": "nominated", "people": [],
         "lost_to": "Dunkirk"}
    ],
    "availability": [
        {"service": "Netflix", "country": None, "kind": "stream", "starts_on": None, "ends_on": "2024-01-28", "url": ""}
    ],
    "scores.Rotten Tomatoes": {"value": "92", "scale": "100", "votes": 398, "as_of": None, "url": ""},
    "ids.imdb": "tt3890160",
}  # fmt: skip


@pytest.mark.parametrize("key", EVERY_FACT)
def test_every_kind_of_fact_can_be_settled_read_and_taken_back(film, key):
    make.countries("GB", "US")
    make.languages("en")
    before = record.read(film, key)
    (change,) = actions.settle_fact(curator=curator(), film=film, fact=key, value=EVERY_FACT[key])
    assert record.read(film, key) == EVERY_FACT[key]
    assert Teller().words(key, EVERY_FACT[key]) != DASH and record.label(key)
    actions.revert_change(curator=curator(), change=change)
    assert record.read(film, key) == before
    assert FactSource.objects.get(film=film, fact=key).source == "curator"


def test_only_curators_settle_lock_and_decide(film):
    member = make.member()
    conflict = Conflict(film=film, fact="title", source="imdb", theirs="x")
    conflict.save()
    for act in (
        lambda: actions.settle_fact(curator=member, film=film, fact="title", value="Mine"),
        lambda: actions.lock_fact(curator=member, film=film, fact="title"),
        lambda: actions.unlock_fact(curator=member, film=film, fact="title"),
        lambda: actions.accept_conflict(curator=member, conflict=conflict),
        lambda: actions.refuse_conflict(curator=member, conflict=conflict),
    ):
        with pytest.raises(PermissionDenied):
            act()
    film.refresh_from_db()
    assert film.title == "Baby Driver" and Conflict.objects.get().state == "waiting"


def test_no_fact_of_another_name_can_be_settled(film):
    for fact in ("slug", "rating_sum", "credits.", "credits.queen", "poster_key", ""):
        with pytest.raises(ValidationError):
            actions.settle_fact(curator=curator(), film=film, fact=fact, value="x")
