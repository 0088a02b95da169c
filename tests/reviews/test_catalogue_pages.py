"""People, full credits and collections."""

import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from films.models import Award, CollectionEntry, FormerPersonSlug, FormerSlug, Job, PersonId
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def wright(db):
    """Directed and wrote two films, and played in one of them twice."""
    person = make.person(name="Edgar Wright", born_on=date(1974, 4, 18))
    for title, year in (("Hot Fuzz", 2007), ("Baby Driver", 2017)):
        film = make.film(title=title, year=year)
        make.credit(film=film, person=person, job=Job.DIRECTOR)
        make.credit(film=film, person=person, job=Job.WRITER)
    make.credit(film=film, person=person, character="A passer-by")
    make.credit(film=film, person=person, character="A voice")
    return person


def test_it_shows_a_persons_films_by_job_newest_first(client, wright):
    response = client.get("/people/edgar-wright/")
    work = response.context["work"]
    assert [(job, [part.film.title for part in parts]) for job, parts in work.jobs] == [
        (Job.DIRECTOR, ["Baby Driver", "Hot Fuzz"]),
        (Job.WRITER, ["Baby Driver", "Hot Fuzz"]),
        (Job.ACTOR, ["Baby Driver"]),
    ]
    page = response.content.decode()
    assert "A passer-by, A voice" in page
    assert "Born 18 April 1974" in page
    assert "2 films here" in page
    assert not response.cookies


def test_it_says_how_many_of_them_the_reader_has_seen(client, wright, cast):
    make.mark(member=cast.ana, film=wright.credits.first().film, watched=True)
    assert "You have seen" not in client.get("/people/edgar-wright/").content.decode()
    client.force_login(cast.ana)
    assert "You have seen 1 of 2" in client.get("/people/edgar-wright/").content.decode()


def test_it_shows_prizes_articles_and_links(client, wright):
    film = wright.credits.first().film
    award = Award.objects.create(
        film=film, award="Empire Awards", category="Best British Film", year=2008, outcome="won"
    )
    award.people.add(wright)
    make.article(title="The cutter who counts").people.add(wright)
    make.article(title="Not yet", published_at=timezone.now() + timedelta(days=1)).people.add(wright)
    PersonId.objects.create(person=wright, source="imdb", value="nm0942367")
    page = client.get("/people/edgar-wright/").content.decode()
    for words in ("Empire Awards", "The cutter who counts", "https://www.imdb.com/name/nm0942367/"):
        assert words in page
    assert "Not yet" not in page


@pytest.mark.parametrize("signed_in", [False, True])
def test_it_asks_as_often_for_a_long_career(client, wright, cast, signed_in, django_assert_max_num_queries):
    if signed_in:
        client.force_login(cast.ana)
    with django_assert_max_num_queries(12 if signed_in else 8) as few:
        client.get("/people/edgar-wright/")
    for _n in range(60):
        make.credit(film=make.film(), person=wright)
    with django_assert_max_num_queries(len(few)):
        client.get("/people/edgar-wright/")


def test_it_leads_from_a_former_address_for_ever(client, wright):
    FormerPersonSlug.objects.create(slug="edgar-wrong", person=wright)
    response = client.get("/people/edgar-wrong/")
    assert (response.status_code, response["Location"]) == (301, "/people/edgar-wright/")
    assert client.get("/people/nobody/").status_code == 404


def test_it_has_words_for_somebody_without_films(client):
    make.person(name="New Face")
    assert "No film yet" in client.get("/people/new-face/").content.decode()


def test_it_lists_everybody_who_worked_on_a_film(client, django_assert_max_num_queries):
    film = make.film(title="Baby Driver", year=2017, directors=["Edgar Wright"], cast=[("Ansel Elgort", "Baby")])
    make.credit(film=film, person=make.person(name="Julian Slater"), job=Job.SOUND, detail="sound editing")
    with django_assert_max_num_queries(8) as few:
        page = client.get("/films/baby-driver-2017/credits/").content.decode()
    for words in ("Ansel Elgort", "Baby</span>", "Director", "Julian Slater", "sound editing"):
        assert words in page
    for n in range(40):
        make.credit(film=film, character=f"Bystander {n}")
    with django_assert_max_num_queries(len(few)):
        assert "Bystander 39" in client.get("/films/baby-driver-2017/credits/").content.decode()


def test_it_leads_from_a_films_former_address_to_its_credits(client):
    film = make.film(title="Baby Driver", year=2017)
    FormerSlug.objects.create(slug="baby-diver-2017", film=film)
    response = client.get("/films/baby-diver-2017/credits/")
    assert (response.status_code, response["Location"]) == (301, "/films/baby-driver-2017/credits/")
    assert client.get("/films/nothing-2000/credits/").status_code == 404


def test_it_shows_a_collection_with_its_reasons_in_their_order(client, cast):
    films = [make.film(title=title) for title in ("Second", "First")]
    made = make.collection(title="Both hands", text="They drive.\n\nWell.", curator=cast.dora)
    for position, film in enumerate(reversed(films)):
        CollectionEntry.objects.create(collection=made, film=film, position=position, note=f"Because {film.title}")
    response = client.get("/collections/both-hands/")
    assert [entry.film.title for entry in response.context["entries"]] == ["First", "Second"]
    page = response.content.decode()
    for words in ("Because First", "<p>Well.</p>", "Dora", "2 films"):
        assert words in page
    assert "You have seen" not in page


def test_it_says_how_much_of_a_collection_the_reader_has_seen(client, cast):
    films = [make.film() for _n in range(3)]
    make.collection(title="Three", films=films)
    make.mark(member=cast.ana, film=films[0], stars=4)
    client.force_login(cast.ana)
    assert "You have seen 1 of 3" in client.get("/collections/three/").content.decode()


def test_it_shows_a_collection_only_within_its_dates(client):
    today = timezone.localdate()
    make.collection(title="Now", shown_from=today, shown_until=today)
    make.collection(title="Later", shown_from=today + timedelta(days=1))
    make.collection(title="Over", shown_until=today - timedelta(days=1))
    page = client.get("/collections/").content.decode()
    assert "Now" in page
    assert "Later" not in page
    assert "Over<" not in page
    assert [client.get(f"/collections/{slug}/").status_code for slug in ("now", "later", "over")] == [200, 404, 404]


def test_it_has_words_for_no_collections_and_for_an_empty_one(client):
    assert "Nothing picked yet" in client.get("/collections/").content.decode()
    make.collection(title="Empty")
    assert "No film in it yet" in client.get("/collections/empty/").content.decode()


@pytest.mark.parametrize("address", ["/collections/", "/collections/one/"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_it_asks_as_often_for_one_collection_as_for_ten(
    client, cast, address, signed_in, django_assert_max_num_queries
):
    if signed_in:
        client.force_login(cast.ana)
    made = make.collection(title="One", films=[make.film()], curator=cast.dora)
    with django_assert_max_num_queries(12 if signed_in else 8) as few:
        client.get(address)
    for n in range(9):
        make.collection(title=f"More {n}", films=[make.film() for _m in range(6)], curator=cast.dora)
        CollectionEntry.objects.create(collection=made, film=make.film(), position=n + 1)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_it_tells_search_engines_about_a_film_and_a_person(client, wright, cast):
    for member in (cast.ana, cast.bea, cast.fay):
        make.mark(member=member, film=wright.credits.last().film, stars=4.5)
    facts = [
        json.loads(
            re.search(r'<script type="application/ld\+json">(.*?)</script>', client.get(path).content.decode())[1]
        )
        for path in ("/films/baby-driver-2017/", "/people/edgar-wright/")
    ]
    assert facts[0]["director"][0]["name"] == "Edgar Wright"
    assert facts[0]["aggregateRating"]["ratingValue"] == "4.5"
    assert facts[1]["birthDate"] == "1974-04-18"
