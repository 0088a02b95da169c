"""What comes in about films from who means no good: forged, of others, endless, twice. The server is a real one."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.federation import receiving
from accounts.federation.asking import NotNow
from accounts.models import Arrival
from films.models import FilmId
from reviews.federation.films_named import film_at
from reviews.federation.heard import EARLIEST
from reviews.federation.wording import rating_in, says_end, words_of
from reviews.jobs import take_in_arrival
from reviews.models import WordElsewhere
from tests import make
from tests.accounts.peer import new_key
from tests.reviews.federation import following, open_up, word

pytestmark = pytest.mark.django_db
IMDB = "https://www.imdb.com/title/tt3890160/"


@pytest.fixture
def film(cast, peer):
    made = make.film(title="Baby Driver", year=2017)
    FilmId.objects.create(film=made, source="imdb", value="tt3890160")
    following(peer, cast.ana)
    return made


def test_what_another_signed_is_not_theirs(peer, film):
    forged = peer.activity("Create", word(peer, 1, IMDB))
    arrival = peer.send(forged, key=new_key())
    assert (arrival.state, arrival.because) == ("refused", "the key does not prove it")
    assert peer.send(peer.activity("Create", word(peer, 1, IMDB)), by="yan").state == "refused"
    assert not WordElsewhere.objects.exists()


@pytest.mark.parametrize(
    "lie",
    [
        {"attributedTo": "https://victim.example.org/users/ana"}, {"attributedTo": None}, {"attributedTo": []},
        {"attributedTo": {"id": "https://victim.example.org/users/ana"}},
        {"id": "https://victim.example.org/posts/1"}, {"id": "https://127.0.0.1:8000/reviews/1/"},
    ],
)  # fmt: skip
def test_what_says_to_be_of_another_or_from_another_server_is_refused(peer, film, lie):
    arrival = peer.send(peer.activity("Create", word(peer, 1, IMDB) | lie))
    assert (arrival.state, arrival.because) == ("refused", "it is not theirs")
    assert not WordElsewhere.objects.exists()


@pytest.mark.parametrize("bad", [7, None, "x" * 501, "posts/1", "javascript:alert(1)", {"id": "x"}, "https://[x/1"])
def test_what_has_no_address_is_not_kept(peer, film, bad):
    Arrival.objects.all().delete()
    about = word(peer, 1, IMDB) | {"id": bad}
    assert peer.post(peer.activity("Create", about)).status_code == 202
    for arrival in Arrival.objects.all():
        take_in_arrival(arrival.pk)
    assert not WordElsewhere.objects.exists() and not Arrival.objects.filter(state="done").exists()


def test_nobody_changes_or_deletes_what_another_wrote(cast, peer, film):
    following(peer, cast.ana, "yan")
    peer.send(peer.activity("Create", word(peer, 1, IMDB, text="Mine.")))
    stolen = word(peer, 1, IMDB, by="yan", text="Now mine.", updated="2026-11-09T20:00:00Z")
    for kind in ("Update", "Create"):
        assert peer.send(peer.activity(kind, stolen, by="yan"), by="yan").state == "refused"
    peer.send(peer.activity("Delete", f"https://{peer.host}/posts/1", by="yan"), by="yan")
    assert WordElsewhere.objects.get().words == "Mine."
    assert peer.send(peer.activity("Update", word(peer, 1, IMDB, text="Still.", updated="2026-11-09T20:00:00Z")))
    assert WordElsewhere.objects.get().words == "Still.", "another's delete is nothing"


def test_the_same_again_does_nothing_twice(peer, film):
    said = peer.activity("Create", word(peer, 1, IMDB))
    peer.send(said)
    WordElsewhere.objects.all().delete()
    again = peer.send(said)
    assert (again.state, again.because) == ("left", "it came before") and not WordElsewhere.objects.exists()
    late = peer.post(peer.activity("Create", word(peer, 2, IMDB)), late=timedelta(hours=2))
    assert late.status_code == 401


def test_what_leads_elsewhere_is_linked_on_their_own_server(peer, film):
    for number, url in enumerate(("https://phish.example.org/", "javascript:alert(1)", "//x", 7, ["https://a/"], "")):
        about = word(peer, number, IMDB) | {"url": url}
        assert peer.send(peer.activity("Create", about)).state == "done"
    assert {one.url.split("/posts/")[0] for one in WordElsewhere.objects.all()} == {f"https://{peer.host}"}


def test_scripts_and_marks_become_words_or_nothing(peer, film):
    texts = {
        "<script>alert(1)</script>Hello": "Hello", "<p>A<br>B</p><p>C &lt;script&gt;</p>": "A B C <script>",
        "<img src=x onerror=alert(1)>Hm": "Hm", "<a href='javascript:x'>y</a></p>": "y",
        "<p>A\u202eB\x00</p>": None, "<style>p{}</style></p>": "",
    }  # fmt: skip
    for text, expected in texts.items():
        got = words_of({}, [{"type": "Review", "content": text}])
        assert "\x00" not in got and "\u202e" not in got
        assert expected is None or got == expected


@pytest.mark.parametrize(
    "text",
    [
        "<b>" * 20_000, "<div class=a>" * 5000, "<" * 60_000, "<!--" * 15_000, "&" * 60_000, "[" * 60_000, "> " * 9000,
        ">!" * 30_000, "*a " * 20_000, "\n\n" * 30_000, "<a href='x" * 6000, "`" * 60_000, "||" * 30_000, "é" * 60_000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["text/html", "text/markdown"])
def test_no_text_takes_long_or_much(text, kind):
    began = time.process_time()
    related = [{"type": "Review", "content": text, "mediaType": kind}]
    assert len(words_of({}, related)) <= 500
    says_end({"content": text}, related)
    assert time.process_time() - began < 2


def test_a_text_of_many_letters_is_kept_by_its_first(peer, film):
    peer.send(peer.activity("Create", word(peer, 1, IMDB, text="word " * 10_000)))
    got = WordElsewhere.objects.get().words
    assert 400 < len(got) <= 500 and got.endswith("…")


def test_what_is_larger_or_deeper_than_an_inbox_takes_is_not_kept(peer, film):
    huge = peer.activity("Create", word(peer, 1, IMDB, text="x" * 70_000))
    assert peer.post(huge).status_code == 413
    deep: list = []
    for _level in range(30):
        deep = [deep]
    assert peer.post(peer.activity("Create", word(peer, 1, IMDB, tag=deep))).status_code == 400


@pytest.mark.parametrize(
    ("said", "half_stars"),
    [
        ({"best": 10, "worst": 1, "value": 1}, 1), ({"best": 5, "value": 4.5}, 9), ({"best": 100, "value": 1}, 1),
        ({"best": 10, "value": 11}, None), ({"best": 10, "value": -1}, None), ({"best": 0, "value": 0}, None),
        ({"best": 10, "value": True}, None), ({"best": 10, "value": "9"}, None), ({"best": 10, "value": 10**400}, None),
        ({"best": 10, "value": float("nan")}, None), ({"best": float("inf"), "value": 3}, None), ({"value": 3}, None),
        ({"best": 10, "value": {"a": 1}}, None), ({}, None),
    ],
)  # fmt: skip
def test_a_rating_is_one_to_ten_or_none(said, half_stars):
    assert rating_in([{"type": "Rating"} | said]) == half_stars


def test_nothing_stands_in_the_future_or_before_its_time(peer, film):
    days = dict.fromkeys(["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "yesterday", "2026-99-99"])
    days["0001-01-02T00:00:00Z"] = EARLIEST
    for number, (day, expected) in enumerate(days.items()):
        about = word(peer, number, IMDB) | {"published": day}
        assert peer.send(peer.activity("Create", about)).state == "done"
        got = WordElsewhere.objects.latest("pk").published_at
        assert got == expected if expected else timezone.now() - timedelta(minutes=5) < got <= timezone.now()


@pytest.mark.parametrize(
    "broken",
    [
        {"type": ["Note"]}, {"type": {}}, {"to": 7, "cc": None}, {"relatedWith": "x"}, {"relatedWith": [1, None, []]},
        {"relatedWith": [{"type": [], "withRegardTo": [], "attributedTo": {}}]}, {"tag": [{"type": "Movie"}, 7]},
        {"tag": [{"type": "Movie", "href": {}}]}, {"content": {}}, {"summary": 7, "sensitive": "yes"},
        {"tag": [{"type": "Movie", "href": IMDB}, {"type": "Movie", "href": "https://www.imdb.com/title/tt0000002/"}],
         "relatedWith": []},
    ],
)  # fmt: skip
def test_what_makes_no_sense_breaks_nothing(peer, film, broken):
    peer.post(peer.activity("Create", word(peer, 1, IMDB) | broken))
    for arrival in Arrival.objects.filter(state="waiting"):
        take_in_arrival(arrival.pk)
    assert not Arrival.objects.filter(state="waiting").exists()


@pytest.mark.parametrize(
    "href",
    [
        "https://127.0.0.1/movie/7", "https://10.0.0.1/films/baby-driver-2017/", "https://{host}/movie/../admin",
        "https://{host}/movie/a/b", "file:///etc/passwd", "https://{host}:1/movie/7", "https://[::1", "x" * 600,
    ],
)  # fmt: skip
def test_no_address_leads_anywhere_but_to_their_own_server(peer, film, href):
    peer.asked.clear()
    assert film_at(href.format(host=peer.host), "Baby Driver", host=peer.host) is None
    assert peer.asked == []


def test_a_server_that_leads_on_or_says_too_much_is_not_believed(peer, film):
    peer.pages["/api/movie/7"] = {"title": "x" * 300_000}
    with pytest.raises(NotNow):
        film_at(f"https://{peer.host}/movie/7", "x", host=peer.host)
    peer.pages["/api/movie/7"] = {"external_resources": [{"url": IMDB}]}
    peer.status = 302
    with pytest.raises(NotNow):
        film_at(f"https://{peer.host}/movie/7", "x", host=peer.host)


def test_thousands_of_posts_wait_in_bounds(cast, peer, film, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_WAITING_OF_HOST", 3)
    answers = [peer.post(peer.activity("Create", word(peer, number, IMDB))).status_code for number in range(5)]
    assert answers == [202, 202, 202, 503, 503]


def test_a_boost_of_what_is_not_here_is_forgotten(cast, peer, film):
    open_up(cast.bea)
    Arrival.objects.all().delete()
    for kind, about in (("Announce", "https://other.example.org/1"), ("Announce", "https://[x"), ("Announce", 7)):
        assert peer.post(peer.activity(kind, about)).status_code == 202
    assert not Arrival.objects.exists()
