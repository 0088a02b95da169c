"""One search over everything."""

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from films.actions.spelling import learn_words
from reviews.models import Review
from reviews.models.visibility import Visibility
from reviews.search import TEXTS, Kind, ids_with_words, search
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(cast):
    film = make.film(title="Baby Driver", year=2017, directors=["Edgar Wright"])
    make.review(member=cast.ana, film=film, body="The wipers keep time with the *drums*.")
    make.article(title="Wipers and drums", body="An essay.", films=[film])
    return film


def counts(viewer, query) -> dict[str, int]:
    return {kind.value: number for kind, number in search(viewer, query).counts.items() if number}


def test_it_finds_films_people_members_reviews_and_articles(house, cast):
    assert counts(cast.fay, "baby dri") == {"films": 1}
    assert counts(cast.fay, "edgar") == {"films": 1, "people": 1}
    assert counts(cast.fay, "AN") == {"members": 1}
    assert counts(cast.fay, "@ana") == {"members": 1}
    assert counts(cast.fay, "wiper drum") == {"reviews": 1, "articles": 1}


@pytest.mark.parametrize("typed", ["\ufdfa" * 100, "\u3316" * 200, "@" + "\ufdfa" * 60], ids=ascii)
def test_signs_that_are_whole_sentences_are_words_like_others(house, client, typed):
    """One sign that is eighteen letters, a hundred times, is no word that PostgreSQL takes."""
    pages = ("/search/", "/search/suggest/", "/api/v1/search/", "/lists/")
    assert [client.get(page, {"q": typed}).status_code for page in pages] == [200] * len(pages)
    assert client.get("/api/v1/films/", {"search": typed}).status_code == 200


def test_it_opens_the_first_kind_that_has_anything(house, cast):
    assert search(cast.fay, "edgar").kind is Kind.FILMS
    assert search(cast.fay, "wiper").kind is Kind.REVIEWS
    assert search(cast.fay, "wiper", "articles").kind is Kind.ARTICLES
    assert search(cast.fay, "wiper", "nonsense").kind is Kind.REVIEWS


def test_it_opens_members_after_an_at_sign(house, cast):
    make.member(username="edgar", display_name="Ed")
    assert search(cast.fay, "@edgar").kind is Kind.MEMBERS
    assert search(cast.fay, "@edgar", "people").kind is Kind.PEOPLE
    assert search(cast.fay, "@baby").kind is Kind.FILMS


def test_it_shows_reviews_only_to_those_who_may_read_them(house, cast):
    for visibility, word in ((Visibility.FOLLOWERS, "pistachio"), (Visibility.PRIVATE, "raspberry")):
        make.review(member=cast.ana, film=house, body=f"A scoop of {word}.", visibility=visibility)
    make.review(member=cast.ana, film=house, body="A scoop of vanilla.", draft=True)
    found = {
        word: [name for name in ("ana", "bea", "cem", "fay") if counts(getattr(cast, name), word)]
        for word in ("keep time", "pistachio", "raspberry", "vanilla")
    }
    assert found == {
        "keep time": ["ana", "bea", "fay"],
        "pistachio": ["ana", "bea"],
        "raspberry": ["ana"],
        "vanilla": [],
    }


def test_it_hides_articles_before_their_time(cast):
    make.article(title="Tomorrow", published_at=timezone.now() + timezone.timedelta(days=1))
    make.article(title="Tomorrow never", published_at=None)
    assert counts(cast.fay, "tomorrow") == {}


def test_it_finds_no_member_who_blocks_the_viewer_or_is_gone(cast):
    assert counts(cast.cem, "ana") == {}
    assert counts(cast.ana, "cem") == {}
    User.objects.filter(pk=cast.fay.pk).update(is_active=False)
    assert counts(cast.ana, "fay") == {}


def test_it_finds_members_by_the_beginning_of_either_name(cast):
    make.member(username="zoe_h", display_name="Maren Holt")
    assert [member.username for member in search(cast.fay, "maren h", "members").rows] == ["zoe_h"]
    assert [member.username for member in search(cast.fay, "ZOE", "members").rows] == ["zoe_h"]


@pytest.mark.parametrize(
    ("kind", "word"),
    [("films", "baby"), ("people", "edgar"), ("members", "ana"), ("reviews", "wipers"), ("articles", "wipers")],
)
@pytest.mark.parametrize("signed_in", [False, True])
def test_it_asks_as_often_for_one_as_for_many(
    client, house, cast, kind, word, signed_in, django_assert_max_num_queries
):
    if signed_in:
        client.force_login(cast.bea)
    address = f"/search/?q={word}&kind={kind}"
    with django_assert_max_num_queries(12 if signed_in else 9) as few:  # one of them is held outside of a transaction
        assert len(client.get(address).context["rows"]) == 1
    for n in range(8):
        made = make.film(title=f"Baby {n}", directors=[f"Edgar {n}"])
        make.review(member=make.member(username=f"ana{n}"), film=made, body="Wipers again.")
        make.article(title=f"Wipers {n}", films=[made, house])
    with django_assert_max_num_queries(len(few)):
        assert len(client.get(address).context["rows"]) == 9


def test_it_pages(client):
    for n in range(31):
        make.film(title=f"Baby {n}")
    first = client.get("/search/?q=baby")
    assert (len(first.context["rows"]), first.context["previous_url"]) == (30, "")
    second = client.get(first.context["next_url"])
    assert (len(second.context["rows"]), second.context["next_url"]) == (1, "")


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999999999999999999", "21", "2"])
def test_it_shows_the_first_page_and_says_so_where_there_is_no_such_page(client, page):
    make.film(title="Baby Driver")
    answer = client.get("/search/", {"q": "baby", "page": page})
    assert answer.status_code == 200 and 'href="/films/baby-driver-2017/"' in answer.content.decode()
    assert "That page is not there any more, so here is the first." in answer.content.decode()


def test_it_has_words_for_nothing(client):
    page = client.get("/search/?q=xyzzy").content.decode()
    assert "Nothing here is called “xyzzy”" in page


def test_it_says_where_it_only_guessed(client, house, cast):
    learn_words()
    typed = {"baby drivr": True, "edgr wrigth": True, "baby": False, "baby dri": False, "qqqq": False}
    for query, guessed in typed.items():
        page = client.get("/search/", {"q": query}).content.decode()
        assert ("This comes nearest:" in page) is guessed, query


def test_it_shows_popular_films_when_nothing_was_asked(client):
    make.film(title="Baby Driver")
    page = client.get("/search/").content.decode()
    assert "Baby Driver" in page
    assert 'aria-label="Search films, people, members"' in page


def test_it_finds_the_film_to_log(client, house):
    page = client.get("/search/?for=log&q=baby").content.decode()
    assert "Which film did you see?" in page
    assert house.get_absolute_url() in page
    assert 'name="for" value="log"' in page


@pytest.mark.parametrize(
    "query", ["<script>", "'; DROP TABLE films_film; --", "\0", "%", '"unclosed', "a" * 3000, "-", "or"]
)
def test_it_survives_anything_typed(client, house, query):
    for kind in ("", *Kind.values):
        response = client.get("/search/", {"q": query, "kind": kind})
        assert response.status_code == 200
        assert b"<script>'" not in response.content


def test_it_finds_no_text_by_what_stands_under_a_cover(house, cast):
    """The excerpt would be covered, and the hit would tell all the same."""
    make.review(
        member=cast.ana, film=house, body="A mystery: the >!butler!<, ||gardener|| and all.\n\n>!He has a twin.!<"
    )
    make.review(member=cast.bea, film=house, body="It was the cook.", spoilers=True)
    make.article(title="Mystery", body="Not the >!valet!<.", films=[house])
    make.film_list(member=cast.ana, title="Culprits", description="Never the ||chauffeur||.")
    assert counts(cast.fay, "mystery") == {"reviews": 1, "articles": 1}
    assert counts(cast.fay, "culprits") == {"lists": 1}
    for word in ("butler", "gardener", "twin", "cook", "valet", "chauffeur"):
        assert counts(cast.fay, word) == counts(cast.ana, word) == {}, word


def test_it_takes_words_that_every_text_has_for_no_words(house, cast):
    assert counts(cast.fay, "the") == counts(cast.fay, "of the") == {}


def test_it_finds_the_newest_first_through_all_blocks_of_texts(cast):
    """Each step down looks at older ones."""
    film, ids = make.film(title="Baby Driver"), [1, 2_000, 30_000, 200_000, 201_000]
    said = {"member": cast.ana, "film": film, "body": "Wipers", "body_html": "<p>Wipers</p>"}
    Review.objects.bulk_create(Review(id=n, published_at=timezone.now(), **said) for n in ids)
    assert ids_with_words("wipers", Kind.REVIEWS) == {Kind.REVIEWS: ids[::-1]}


@pytest.mark.parametrize("kind", [Kind.REVIEWS, Kind.ARTICLES, Kind.LISTS])
def test_it_looks_words_up_in_an_index(kind):
    """PostgreSQL would read every text where the functions and the indexes did not say the same."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"SELECT prosrc FROM pg_proc WHERE proname = '{TEXTS[kind]}'")
        source = cursor.fetchone()[0]
        asked = source[source.rindex("RETURN QUERY") :].split("AND t.id")[0].removeprefix("RETURN QUERY")
        cursor.execute(
            "EXPLAIN " + asked.replace("words", "'wiper'::tsquery").replace("'wiper'::tsquery_of", "words_of")
        )
        assert "_words" in str(cursor.fetchall())
