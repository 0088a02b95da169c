"""The journal."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.models import Article
from tests import make

pytestmark = pytest.mark.django_db
BODY = "First words, with a 🎧.\n\n## One <thing>\n\nWords.\n\n## Another thing\n\n### Within it\n\nMore."


def test_it_shows_an_article_with_its_contents_films_and_people(client):
    film = make.film(title="Baby Driver")
    article = make.article(title="On the beat", body=BODY, films=[film], standfirst="It hears.", byline="The house")
    article.people.add(make.person(name="Edgar Wright"))
    response = client.get("/articles/on-the-beat/")
    page = response.content.decode()
    for heading in article.headings:
        assert f'href="#{heading["id"]}"' in page
        assert f'id="{heading["id"]}"' in page
    for words in ("First words, with a 🎧.", "One &lt;thing&gt;", "It hears.", "The house", "Edgar Wright", film.title):
        assert words in page
    assert response.context["lead"] == film
    assert "1 minute to read" in page
    assert not response.cookies


def test_it_leaves_out_a_list_of_one_heading(client):
    make.article(title="Short", body="Words.\n\n## Only one\n\nWords.")
    assert "In this article" not in client.get("/articles/short/").content.decode()


def test_it_shows_nothing_before_its_time_but_to_those_who_may_edit_it(client, cast):
    make.article(title="Draft", published_at=None)
    make.article(title="Tomorrow", published_at=timezone.now() + timedelta(days=1))
    for viewer in (None, cast.ana):
        if viewer:
            client.force_login(viewer)
        assert [client.get(f"/articles/{slug}/").status_code for slug in ("draft", "tomorrow", "none")] == [404] * 3
        assert "Tomorrow" not in client.get("/articles/").content.decode()
    client.force_login(cast.dora)
    page = client.get("/articles/draft/").content.decode()
    assert "Only curators can see it" in page
    assert client.get("/articles/tomorrow/").status_code == 200


def test_it_lists_articles_newest_first_and_by_kind(client):
    for days, kind in enumerate((Article.Kind.NEWS, Article.Kind.ESSAY, Article.Kind.NEWS)):
        make.article(title=f"Article {days}", kind=kind, published_at=timezone.now() - timedelta(days=days))
    assert [row.title for row in client.get("/articles/").context["rows"]] == ["Article 0", "Article 1", "Article 2"]
    assert [row.title for row in client.get("/articles/?kind=news").context["rows"]] == ["Article 0", "Article 2"]
    assert len(client.get("/articles/?kind=gossip").context["rows"]) == 3
    assert "Nothing in print yet" in client.get("/articles/?kind=interview").content.decode()


def test_it_pages(client):
    for n in range(14):
        make.article(title=f"Piece {n}", published_at=timezone.now() - timedelta(hours=n))
    first = client.get("/articles/?kind=essay")
    second = client.get("/articles/" + first.context["next_url"])
    assert [row.title for row in second.context["rows"]] == ["Piece 13"]
    back = client.get("/articles/" + second.context["previous_url"])
    assert back.context["rows"] == first.context["rows"]
    assert client.get("/articles/?after=nonsense").status_code == 200


@pytest.mark.parametrize("address", ["/articles/", "/articles/one/"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_it_asks_as_often_for_one_article_as_for_ten(client, cast, address, signed_in, django_assert_max_num_queries):
    if signed_in:
        client.force_login(cast.ana)
    film = make.film()
    one = make.article(title="One", films=[film], author=cast.dora)
    make.article(title="Two", films=[film], author=cast.dora)
    # Signed in, its talk asks for the state of the thread and for what the reader has seen besides.
    with django_assert_max_num_queries(14 if signed_in else 8) as few:
        client.get(address)
    for n in range(8):
        make.article(title=f"More {n}", films=[make.film(), film], author=make.member())
        one.films.add(make.film())
        one.people.add(make.person())
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_it_tells_search_engines_the_facts_and_nothing_breaks_out(client):
    title = "</script><script>alert('&')</script>"
    make.article(title=title, slug="odd", films=[make.film(title="Baby Driver")])
    page = client.get("/articles/odd/").content.decode()
    facts = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert (facts["headline"], facts["about"][0]["name"]) == (title, "Baby Driver")
    assert "<script>alert" not in page
