"""People, full credits and collections."""

import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from films.models import Award, CollectionEntry, Company, FormerPersonSlug, FormerSlug, Franchise, Job, PersonId
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


def test_it_says_so_for_each_job(client, wright, cast):
    make.mark(member=cast.ana, film=wright.credits.filter(job=Job.ACTOR).first().film, watched=True)
    client.force_login(cast.ana)
    response = client.get("/people/edgar-wright/")
    assert [(job, seen, len(parts)) for job, parts, seen in response.context["jobs"]] == [
        (Job.DIRECTOR, 1, 2), (Job.WRITER, 1, 2), (Job.ACTOR, 1, 1),
    ]  # fmt: skip
    assert response.content.decode().count("You have seen 1 of 2") == 3  # all films, and two of the jobs


def test_it_says_where_somebody_was_born(client, wright):
    wright.birthplace = "Poole, Dorset"
    wright.save()
    page = client.get("/people/edgar-wright/").content.decode()
    assert "Poole, Dorset" in page and '"birthPlace": "Poole, Dorset"' in page


def test_it_lists_an_artists_songs_with_their_films_and_scenes(client, django_assert_max_num_queries):
    for number, title in enumerate(("Baby Driver", "Trainspotting")):
        film = make.film(title=title, year=2017 - number)
        make.song(film=film, title=f"Song {title}", artist="Blur", scene=f"The lift of {title}.")
        make.song(film=film, title="Another", artist="Focus")
    with django_assert_max_num_queries(8) as few:
        page = client.get("/artists/blur/").content.decode()
    assert page.index("The lift of Baby Driver.") < page.index("The lift of Trainspotting.")
    assert "Another" not in page and "2 songs, 2 films" in page
    for number in range(40):
        make.song(film=make.film(), title=f"More {number}", artist="Blur")
    with django_assert_max_num_queries(len(few)):
        assert "More 39" in client.get("/artists/blur/").content.decode()
    assert client.get("/artists/nobody/").status_code == 404
    assert '<a href="/artists/blur/">Blur</a>' in client.get("/films/baby-driver-2017/").content.decode()


def test_it_walls_the_films_of_a_company_in_pages(client):
    company = Company.objects.create(name="Big Talk", slug="big-talk")
    for number in range(61):
        make.film(title=f"Talk {number:02}", renown=100 - number).companies.add(company)
    first = client.get("/companies/big-talk/")
    assert len(first.context["rows"]) == 60 and "Talk 00" in first.content.decode()
    second = client.get("/companies/big-talk/" + first.context["next_url"]).content.decode()
    assert "Talk 60" in second and "Talk 59" not in second


def test_it_shows_a_franchise_in_order_and_a_film_its_other_parts(client, cast):
    saga = Franchise.objects.create(name="Cornetto", slug="cornetto")
    made = [
        make.film(title=title, year=year, franchise=saga, franchise_part=part)
        for title, year, part in (("The World’s End", 2013, 3), ("Shaun", 2004, 1), ("Hot Fuzz", 2007, 2))
    ]
    make.mark(member=cast.ana, film=made[0], watched=True)
    client.force_login(cast.ana)
    page = client.get("/franchises/cornetto/")
    assert [film.title for film in page.context["films"]] == ["Shaun", "Hot Fuzz", "The World’s End"]
    assert "You have seen 1 of 3" in page.content.decode()
    film = client.get("/films/hot-fuzz-2007/")
    assert [part.title for part in film.context["facts"].parts] == ["Shaun", "The World’s End"]
    assert "More of Cornetto" in film.content.decode() and "part 2" in film.content.decode()


def test_it_links_to_the_trailer_and_loads_nothing_of_it(client):
    make.film(title="Baby Driver", year=2017, trailer_url="https://www.youtube.com/watch?v=z2z857RSfhk")
    make.film(title="Elsewhere", year=2017, trailer_url="https://example.org/trailer")
    page = client.get("/films/baby-driver-2017/").content.decode()
    assert "Watch the trailer at YouTube" in page and page.count("youtube.com") == 1
    assert "Watch the trailer" not in client.get("/films/elsewhere-2017/").content.decode()


def test_it_shows_where_a_film_is_will_be_and_was(client):
    film, today = make.film(title="Baby Driver", year=2017), timezone.localdate()
    make.availability(film=film, service="Netflix", ends_on=date(2024, 1, 28))
    make.availability(film=film, service="MUBI", ends_on=today + timedelta(days=3))
    make.availability(film=film, service="Arrow", starts_on=today + timedelta(days=3), kind="buy")
    for number in range(9):
        make.availability(film=film, service=f"Shop {number}", kind="rent", starts_on=today)
    page = client.get("/films/baby-driver-2017/")
    facts = page.context["facts"]
    assert [place.service.name for place in facts.left] == ["Netflix"]
    assert [place.service.name for place in facts.coming] == ["Arrow"]
    assert len(facts.running) == 10
    for words in ("left Netflix on 28 January 2024", "Leaves MUBI on", "From ", "since ", "All 10 places"):
        assert words in page.content.decode()


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


def test_a_films_page_asks_a_visitor_in_and_brings_them_back(client, settings):
    film = make.film(title="Baby Driver", year=2017)
    back = f"/accounts/signup/?next={film.get_absolute_url()}"
    page = client.get(film.get_absolute_url()).text
    assert page.count(back) == 2  # beside the film, and where the page ends
    assert "The first is yours to give." in page and "0 members gave" not in page  # bars of nothing
    settings.SIGNUP = "closed"
    make.mark(member=make.member(), film=film, stars=4)  # so that the page is made anew
    page = client.get(film.get_absolute_url()).text
    assert "/accounts/signup/" not in page and "0 members gave 5 stars" in page
    client.force_login(make.member())
    assert "/accounts/signup/" not in client.get(film.get_absolute_url()).text
