"""What the search box and the API offer while somebody types."""

import pytest

from accounts.models import Block, Mute, User
from films.actions.spelling import learn_words
from films.models import Film
from films.search import refresh_search
from reviews.models import FilmMute
from reviews.suggesting import suggest
from tests import make
from tests.api import Api

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(cast):
    film = make.film(title="Baby Driver", year=2017, directors=["Ana Baberson"], renown=900)
    make.film(title="Babel", year=2006, renown=800)
    make.member(username="babs", display_name="Barbara")
    make.member(username="zoe", display_name="Baby Jane")
    refresh_search(Film.objects.all())
    learn_words()
    return film


def names(viewer, query):
    found = suggest(viewer, query)
    return [one.title for one in found.films], [one.name for one in found.people], [m.username for m in found.members]


def test_it_offers_films_people_and_members_letter_by_letter(house, cast):
    assert names(cast.fay, "b")[0] == ["Baby Driver", "Babel"]
    assert names(cast.fay, "ba") == (["Baby Driver", "Babel"], ["Ana Baberson"], ["zoe", "babs"])
    assert names(cast.fay, "baby d") == (["Baby Driver"], [], [])
    assert names(cast.fay, "bavy d")[0] == ["Baby Driver"]
    assert names(cast.fay, "") == names(cast.fay, "\0 ") == ([], [], [])


def test_it_offers_nobody_apart_suspended_or_muted_and_no_muted_film(house, cast):
    babs, zoe = User.objects.get(username="babs"), User.objects.get(username="zoe")
    Block.objects.create(blocker=babs, blocked=cast.fay)
    Mute.objects.create(muter=cast.fay, muted=zoe)
    FilmMute.objects.create(member=cast.fay, film=house)
    assert names(cast.fay, "ba") == (["Babel"], ["Ana Baberson"], [])
    assert names(cast.bea, "ba")[2] == ["zoe", "babs"]
    User.objects.filter(pk=zoe.pk).update(is_active=False)
    assert names(cast.bea, "ba")[2] == ["babs"]
    shown = [row["id"] for row in Api(as_=cast.fay).get("search/suggest/?q=ba").json()["results"]]
    assert shown == ["babel-2006", "ana-baberson"]


def test_many_of_a_name_do_not_hide_the_best_followed(cast, monkeypatch):
    monkeypatch.setattr("accounts.search.FEW", 3)
    for number in range(8):
        make.member(username=f"ann_{number}", display_name="100%")
    User.objects.filter(username="ann_6").update(follower_count=9)
    assert names(None, "ann")[2] == ["ann_6", "ann_7", "ann_5"]
    assert names(None, "ann_4")[2] == ["ann_4"]
    assert names(None, "an%")[2] == names(None, "a_n_1")[2] == []
    assert names(None, "100%")[2][0] == "ann_6"


def test_the_page_gives_options_that_lead_there(client, house):
    page = client.get("/search/suggest/", {"q": "<b>baby"})
    html = page.content.decode()
    assert 'role="option"' in html and 'href="/films/baby-driver-2017/"' in html
    assert "&lt;b&gt;baby" in html and "<b>" not in html
    assert 'href="/search/?q=%3Cb%3Ebaby"' in html, "all of it"
    assert page["Cache-Control"] == "private, max-age=60" and "Cookie" in page["Vary"]
    client.force_login(make.member())
    assert "no-cache" in client.get("/search/suggest/?q=baby")["Cache-Control"], "whom one may see changes"


def test_films_alone_for_whoever_logs_one(client, house):
    html = client.get("/search/suggest/?q=ba&for=log").content.decode()
    assert "/films/babel-2006/" in html and "/people/" not in html and "/members/" not in html
    assert "for=log" in html


@pytest.mark.parametrize("signed_in", [False, True])
def test_it_asks_few_queries_misspelt_too(client, house, cast, signed_in, django_assert_max_num_queries):
    if signed_in:
        client.force_login(cast.bea)
    for query in ("ba", "bvay", "qqqq", "baby drivr"):
        with django_assert_max_num_queries(9 if signed_in else 7):
            client.get("/search/suggest/", {"q": query})


def test_after_an_at_sign_it_offers_members_alone(house, cast, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert names(cast.fay, "@ba") == ([], [], ["zoe", "babs"])
