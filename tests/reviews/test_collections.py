"""Collections: progress, pictures, dates, and how curators arrange them without a script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from films.actions import save_collection
from films.actions.picturing import set_collection_picture
from films.models import Collection, CollectionEntry
from tests import make, staff
from tests.api import Api, queries_of

pytestmark = pytest.mark.django_db
DESK = "/admin/films/collection/"


@pytest.fixture
def thirty(db) -> Collection:
    return make.collection(title="Thirty", films=[make.film() for _n in range(30)], on_front_page=True)


@pytest.mark.parametrize("path", ["/collections/thirty/", "/collections/", "/"])
def test_it_says_how_many_of_them_the_reader_has_seen(client, cast, thirty, path):
    films = list(thirty.films.all())
    for film in films[:12]:
        make.mark(member=cast.ana, film=film, watched=True)
        make.mark(member=cast.bea, film=film, watched=True)
    make.mark(member=cast.ana, film=films[20], in_watchlist=True)
    make.mark(member=cast.ana, film=make.film(), stars=5)
    assert "You have seen" not in client.get(path).content.decode()
    client.force_login(cast.ana)
    assert "You have seen 12 of 30" in client.get(path).content.decode()
    client.force_login(cast.fay)
    assert "You have seen 0 of 30" in client.get(path).content.decode()


def test_progress_costs_no_query_more(client, cast, thirty, django_assert_num_queries):
    client.force_login(cast.ana)
    with django_assert_num_queries(6) as few:  # one of them is held outside of a test's transaction
        client.get("/collections/")
    for _n in range(5):
        made = make.collection(films=[make.film() for _m in range(4)])
        make.mark(member=cast.ana, film=made.films.first(), watched=True)
    with django_assert_num_queries(len(few)):
        client.get("/collections/")


def test_an_empty_collection_says_nothing_of_progress(client, cast):
    make.collection(title="Empty", on_front_page=True)
    client.force_login(cast.ana)
    for path in ("/collections/", "/collections/empty/", "/"):
        assert "You have seen" not in client.get(path).content.decode()


def test_it_shows_its_picture_wherever_it_stands(client, thirty, django_capture_on_commit_callbacks):
    curator = staff.curator()
    save_collection(editor=curator, collection=thirty, picture_alt="A row of parked cars")
    set_collection_picture(editor=curator, collection=thirty, picture=staff.picture(width=1600, height=900))
    for path in ("/collections/thirty/", "/collections/", "/"):
        page = client.get(path).content.decode()
        assert 'alt="A row of parked cars"' in page
        assert "/fresh/" in page or "/pictures/" in page


def test_it_says_until_when_it_is_shown(client):
    day = timezone.localdate() + timedelta(days=3)
    make.collection(title="Brief", films=[make.film()], shown_until=day)
    for path in ("/collections/", "/collections/brief/"):
        assert f"until {day.day} {day:%B %Y}" in client.get(path).content.decode()


# At the desk


def test_a_curator_gives_it_a_picture_with_words(client):
    curator = staff.logged_in(staff.curator())
    made = make.collection(title="Getaways", films=[make.film()])
    address = f"{DESK}{made.pk}/change/"
    sent = staff.form_of(curator.get(address), picture=staff.picture(width=1600, height=900))
    assert "Say in a few words what the picture shows" in curator.post(address, sent).content.decode()
    sent = staff.form_of(curator.get(address), picture=staff.picture(width=1600, height=900), picture_alt="Parked cars")
    assert curator.post(address, sent | {"focus_x": "20", "focus_y": "80"}).status_code == 302
    made.refresh_from_db()
    assert made.picture_key
    assert (made.picture_alt, made.picture_focus_x, made.picture_focus_y) == ("Parked cars", 20, 80)
    sent = staff.form_of(curator.get(address), remove_picture="on")
    assert curator.post(address, sent).status_code == 302
    made.refresh_from_db()
    assert made.picture_key == ""


def test_a_picture_that_is_none_is_refused_in_words(client):
    curator = staff.logged_in(staff.curator())
    file = staff.picture()
    file.file.seek(0)
    file.file.truncate(100)
    sent = staff.form_of(curator.get(f"{DESK}add/"), title="New", picture=file, picture_alt="Words")
    page = curator.post(f"{DESK}add/", sent).content.decode()
    assert "not a picture" in page or "damaged" in page
    assert not Collection.objects.exists()


def test_a_new_collection_can_have_its_picture_at_once(client):
    curator = staff.logged_in(staff.curator())
    sent = staff.form_of(curator.get(f"{DESK}add/"), title="New", picture=staff.picture(), picture_alt="Two colours")
    assert curator.post(f"{DESK}add/", sent).status_code == 302
    assert Collection.objects.get().picture_key


def test_the_desk_tells_what_runs_what_comes_and_what_is_over(client):
    today = timezone.localdate()
    make.collection(title="Open end")
    make.collection(title="Today only", shown_from=today, shown_until=today)
    make.collection(title="Tomorrow", shown_from=today + timedelta(days=1))
    make.collection(title="Yesterday", shown_until=today - timedelta(days=1))
    curator = staff.logged_in(staff.curator())

    def listed(query: str) -> set[str]:
        return {row.title for row in curator.get(f"{DESK}{query}").context["cl"].result_list}

    assert listed("?state=running") == {"Open end", "Today only"}
    assert listed("?state=coming") == {"Tomorrow"}
    assert listed("?state=over") == {"Yesterday"}
    assert len(listed("?state=nonsense")) == 4
    page = curator.get(DESK).content.decode()
    assert page.count(">Running<") >= 2
    assert ">Coming<" in page
    assert ">Over<" in page


def test_curators_look_at_a_collection_before_its_first_day_and_after_its_last(client):
    today = timezone.localdate()
    coming = make.collection(title="Tomorrow", films=[make.film()], shown_from=today + timedelta(days=1))
    over = make.collection(title="Yesterday", shown_until=today - timedelta(days=1))
    curator, member = staff.logged_in(staff.curator()), staff.logged_in(make.member())
    for collection, words in ((coming, "Not shown yet"), (over, "Over: its last day was")):
        page = curator.get(collection.get_absolute_url()).content.decode()
        assert words in page and 'content="noindex"' in page and f"{DESK}{collection.pk}/change/" in page
        for other in (client, member):
            assert other.get(collection.get_absolute_url()).status_code == 404
    assert "noindex" not in curator.get(make.collection(title="Now").get_absolute_url()).content.decode()


def test_films_are_put_in_order_by_numbers(client):
    films = [make.film(title=title) for title in ("One", "Two", "Three")]
    made = make.collection(title="In order", films=films)
    curator = staff.logged_in(staff.curator())
    address = f"{DESK}{made.pk}/change/"
    sent = staff.form_of(curator.get(address))
    wanted = {"One": ("3", "Last, and best."), "Two": ("", ""), "Three": ("1", "")}
    rows = {row.pk: row.film.title for row in CollectionEntry.objects.select_related("film")}
    for key in [key for key in sent if key.startswith("entries-") and key.endswith("-id")]:
        if sent[key]:
            position, note = wanted[rows[int(sent[key])]]
            sent |= {key.replace("-id", "-position"): position, key.replace("-id", "-note"): note}
    assert curator.post(address, sent).status_code == 302
    assert [entry.film.title for entry in made.entries.select_related("film")] == ["Three", "One", "Two"]
    assert "Last, and best." in client.get(made.get_absolute_url()).content.decode()


def test_no_form_puts_more_films_into_a_collection_than_it_holds(client, monkeypatch):
    monkeypatch.setattr("films.actions.arranging.MOST_FILMS", 2)
    made = make.collection(title="Full", films=[make.film(), make.film()])
    more = make.film(title="One More", year=1999)
    curator = staff.logged_in(staff.curator())
    sent = staff.form_of(curator.get(f"{DESK}{made.pk}/change/")) | {"entries-2-film": str(more)}
    refused = curator.post(f"{DESK}{made.pk}/change/", sent)
    assert "A collection holds 2 films. Start another for these." in refused.content.decode()
    assert made.entries.count() == 2
    assert curator.post(f"{DESK}{made.pk}/change/", sent | {"entries-0-DELETE": "on"}).status_code == 302
    assert made.entries.filter(film=more).exists()


@pytest.mark.parametrize("dates", [("2027-02-01", "2027-01-01"), ("no day", ""), ("0000-00-00", "")])
def test_dates_that_cannot_be_are_refused_in_words(client, dates):
    curator = staff.logged_in(staff.curator())
    made = make.collection(title="Dates")
    address = f"{DESK}{made.pk}/change/"
    sent = staff.form_of(curator.get(address), shown_from=dates[0], shown_until=dates[1])
    response = curator.post(address, sent)
    assert response.status_code == 200
    assert "errornote" in response.content.decode() or "error" in response.content.decode()
    made.refresh_from_db()
    assert made.shown_from is None


def test_members_have_no_part_in_it(cast, thirty):
    with pytest.raises(Exception, match="Only curators"):
        set_collection_picture(editor=cast.ana, collection=thirty, picture=staff.picture())


# The API


def test_the_api_tells_a_member_what_they_have_seen(cast):
    films = [make.film() for _n in range(3)]
    made = make.collection(title="Three", films=films, curator=cast.dora)
    CollectionEntry.objects.filter(film=films[1]).update(note="For the hands.")
    make.mark(member=cast.ana, film=films[1], watched=True)
    [row] = Api(as_=cast.ana).get("collections/").json()["results"]
    assert (row["film_count"], row["seen"], row["curator"]["username"]) == (3, 1, "dora")
    whole = Api(as_=cast.ana).get("collections/three/").json()
    assert [entry["seen"] for entry in whole["films"]] == [False, True, False]
    assert whole["films"][1]["note"] == "For the hands."
    alone = Api().get("collections/three/").json()
    assert alone["seen"] is None
    assert {entry["seen"] for entry in alone["films"]} == {None}
    assert alone["picture"] is None
    set_collection_picture(editor=staff.curator(), collection=made, picture=staff.picture(width=1600, height=900))
    Collection.objects.update(picture_alt="Two colours")
    picture = Api().get("collections/three/").json()["picture"]
    assert picture["alt"] == "Two colours"
    assert picture["url"].startswith("http")


def test_the_api_asks_as_often_for_many(cast):
    def one_more() -> None:
        make.collection(title=f"Shelf {make.number()}", films=[make.film()], curator=make.member())

    one_more()
    slug = Collection.objects.get().slug
    few = [queries_of("GET", path, as_=cast.ana) for path in ("collections/", f"collections/{slug}/")]
    for _n in range(8):
        one_more()
        Collection.objects.get(slug=slug).entries.create(film=make.film())
    assert [queries_of("GET", path, as_=cast.ana) for path in ("collections/", f"collections/{slug}/")] == few
