"""Pages of lists that fill themselves, the way there from the catalogue and back, and what is kept of them."""

import re

import pytest
from django.test import Client

from accounts.actions import block
from films.models import Film, Genre
from reviews.actions.listing import Details, change_list, like_list
from reviews.actions.rating import mark_film
from reviews.models import FilmList
from tests import make, staff
from tests.base import cost_of

pytestmark = pytest.mark.django_db
FORM = {"description": "", "visibility": "public", "comment_policy": "", "tags": "", "most_found": "250"}


@pytest.fixture
def dramas(cast):
    for n, title in enumerate(("Cedar", "Alder", "Beech")):
        make.film(title=title, year=2001 + n, genres=["Drama"], renown=30 - n)
    make.film(title="Clown", year=2002, genres=["Comedy"], renown=99)
    return make.film_list(member=cast.ana, title="Weepies", finds="genre=drama", description="Handkerchiefs.")


def on_page(page) -> list[str]:
    return [entry.film.title for entry in page.context["rows"]]


# From the catalogue to a list


def test_it_is_made_from_the_catalogue(cast, dramas):
    ana = staff.logged_in(cast.ana)
    assert "Make a list of these films" not in ana.get("/films/").text + Client().get("/films/?genre=comedy").text
    assert "Make a list of these films" not in ana.get("/films/?yours=seen").text
    page = ana.get("/films/?genre=comedy&from=2000&to=2009&yours=unseen").text
    address = re.search(r'href="(/lists/new/\?finds=[^"]+)"', page)[1]
    form = ana.get(address).text
    assert 'value="Comedy, 2000s"' in form and '<li class="chip">2000s</li>' in form
    assert "what is your own is left out: “Not watched yet”." in form
    refused = ana.post(address, FORM | {"title": " ", "most_found": "999", "description": "Ha."})
    assert refused.status_code == 422 and "Ha.</textarea>" in refused.text and 'value="999"' in refused.text
    assert '<li class="chip">Comedy</li>' in refused.text
    made = ana.post(address, FORM | {"title": "Laughs", "most_found": "20"})
    film_list = FilmList.objects.get(title="Laughs")
    assert made["Location"] == film_list.get_absolute_url()
    assert (film_list.finds, film_list.most_found) == ("genre=comedy&from=2000&to=2009", 20)
    assert on_page(ana.get(made["Location"])) == ["Clown"]


def test_what_would_be_all_films_leads_back_to_the_catalogue(cast):
    ana = staff.logged_in(cast.ana)
    for query in ("yours%3Dseen", "sort%3Drating", "genre%3Dnosuch"):
        page = ana.get(f"/lists/new/?finds={query}", follow=True)
        assert page.redirect_chain == [("/films/", 302)] and "This would be all films." in page.text


def test_it_is_made_of_a_saved_search(cast):
    ana = staff.logged_in(cast.ana)
    for name, query in (("Short", "length=short"), ("Mine", "yours=seen")):
        ana.post("/accounts/searches/", {"name": name, "query": query})
    page = ana.get("/accounts/searches/").text
    assert "/lists/new/?finds=length%3Dshort" in page and page.count("Make a list of it") == 1


def test_what_it_finds_is_changed_in_the_catalogue(cast, dramas):
    ana, bea = staff.logged_in(cast.ana), staff.logged_in(cast.bea)
    there = f"/films/?genre=drama&list={dramas.pk}"
    page = ana.get(dramas.get_absolute_url()).text
    assert "Change what it finds" in page and there.replace("&", "&amp;") in page
    assert "Change what it finds" not in bea.get(dramas.get_absolute_url()).text
    page = ana.get(there)
    assert "You are choosing what" in page.text and "Make a list of these films" not in page.text
    assert f'name="list" value="{dramas.pk}"' in page.text  # it stays while filters are chosen
    assert all(f"list={dramas.pk}" in address for _label, address in page.context["chips"])
    assert page.context["query"] == "genre=drama"  # a search that is saved meanwhile is of nobody’s list
    for other in (bea, Client()):
        assert "You are choosing what" not in other.get(there).text
    at = f"{dramas.get_absolute_url()}finds/"
    changed = ana.post(at, {"finds": "genre=comedy&yours=seen"}, follow=True)
    assert changed.redirect_chain[-1][0] == dramas.get_absolute_url()
    assert "“Weepies” finds these films now." in changed.text and "“Watched”" in changed.text
    assert on_page(ana.get(dramas.get_absolute_url())) == ["Clown"]
    refused = ana.post(at, {"finds": "sort=rating"}, follow=True)
    assert refused.redirect_chain[-1][0] == f"/films/?sort=rating&list={dramas.pk}"
    assert "This would be all films." in refused.text
    assert bea.post(at, {"finds": "genre=drama"}).status_code == 404
    assert ana.get(at)["Location"] == dramas.get_absolute_url()


def test_the_form_says_how_many_it_shows(cast, dramas):
    ana = staff.logged_in(cast.ana)
    at = f"{dramas.get_absolute_url()}edit/"
    assert 'name="most_found"' in ana.get(at).text
    ana.post(at, FORM | {"title": "Weepies", "most_found": "2", "version": "1"})
    page = ana.get(dramas.get_absolute_url())
    assert on_page(page) == ["Cedar", "Alder"]
    assert "the first 2 of 3 films that fit" in page.text
    by_hand = make.film_list(member=cast.ana)
    assert 'name="most_found"' not in ana.get(f"{by_hand.get_absolute_url()}edit/").text


def test_nobody_arranges_it(cast, dramas):
    ana, film = staff.logged_in(cast.ana), Film.objects.get(title="Clown")
    for place in ("films", "collaborators"):
        for answer in (ana.get, ana.post):
            page = answer(f"{dramas.get_absolute_url()}{place}/", follow=True)
            assert page.redirect_chain[-1][0] == dramas.get_absolute_url() and "This list fills itself." in page.text
    assert ana.post(f"{dramas.get_absolute_url()}films/1/", {"do": "remove"}).status_code == 302
    assert "Weepies" not in ana.get(f"{film.get_absolute_url()}lists/").text
    assert ana.post(f"{film.get_absolute_url()}lists/{dramas.pk}/").status_code == 404


# Its page


def test_its_page_says_in_words_what_it_finds(cast, dramas):
    mark_film(member=cast.bea, film=Film.objects.get(title="Cedar"), watched=True)
    page = staff.logged_in(cast.bea).get(dramas.get_absolute_url())
    assert on_page(page) == ["Cedar", "Alder", "Beech"]
    assert '<li class="chip">Drama</li>' in page.text and 'href="/films/?genre=drama"' in page.text
    assert "This list fills itself with the films that fit." in page.text and "3 films" in page.text
    assert "You have seen 1 of 3" in page.text and "Handkerchiefs." in page.text
    assert "Add and arrange" not in page.text and "Who helps" not in page.text


def test_a_ranked_one_has_places_over_all_its_pages(client, cast):
    for n in range(120):
        make.film(title=f"Film {n}", year=1900 + n, genres=["Drama"])
    made = make.film_list(member=cast.ana, finds="genre=drama&sort=oldest", is_ranked=True, most_found=110)
    first = client.get(made.get_absolute_url())
    assert len(first.context["rows"]) == 100 and first.context["next_url"] == "?from=100"
    last = client.get(f"{made.get_absolute_url()}?from=100")
    assert [entry.position for entry in last.context["rows"]] == [*range(101, 111)]
    assert last.context["next_url"] == "" and "Film 109" in last.text and "Film 110" not in last.text


def test_what_is_not_in_the_catalogue_any_more_is_told(client, cast, dramas):
    Genre.objects.get(slug="drama").delete()
    page = client.get(dramas.get_absolute_url())
    assert page.status_code == 200 and on_page(page) == []
    assert "does not have all that this list asks for any more: drama." in page.text
    for address in ("/lists/", "/members/ana/lists/", "/search/?q=weepies&kind=lists"):
        assert "0 films" in client.get(address).text
    ana = staff.logged_in(cast.ana)
    assert "No film here has the genre" in ana.get(f"/films/?genre=drama&list={dramas.pk}").text


def test_one_that_finds_nothing_yet_says_so(client, cast):
    made = make.film_list(member=cast.ana, finds="from=2030&to=2039")
    assert "It finds nothing yet" in client.get(made.get_absolute_url()).text


def test_it_can_be_copied_either_way(cast, dramas):
    bea = staff.logged_in(cast.bea)
    assert "Copy today’s films" in bea.get(dramas.get_absolute_url()).text
    for sent in ({}, {"by_hand": "1"}):
        bea.post(f"{dramas.get_absolute_url()}clone/", sent)
    copies = FilmList.objects.filter(member=cast.bea).order_by("id")
    assert [(one.finds, one.film_count) for one in copies] == [("genre=drama", 0), ("", 3)]


# Where lists stand


def test_it_stands_where_lists_stand(client, cast, dramas):
    change = {"tags": ("sad",), "title": "Weepies", "description": "Handkerchiefs."}
    change_list(member=cast.ana, film_list=dramas, details=Details(**change))
    bea = staff.logged_in(cast.bea)
    for address in (
        "/lists/", "/members/ana/lists/", "/search/?q=weepies&kind=lists", "/tags/sad/?kind=lists",
    ):  # fmt: skip
        for reader in (client, bea):
            page = reader.get(address).text
            assert "Weepies" in page and "3 films" in page, address
            assert "deal-fan few" in page, address
    assert f"/lists/{dramas.pk}/" in b"".join(client.get("/sitemaps/lists-1.xml").streaming_content).decode()
    assert "Weepies" in bea.get("/").text
    profile = bea.get("/members/ana/").text
    assert "Weepies" in profile and "<p>Fills itself</p>" in profile


def test_machines_are_told_of_it(client, cast, dramas):
    page = client.get(dramas.get_absolute_url()).text
    assert '"numberOfItems": 3' in page and '"Cedar"' in page
    card = re.search(r'content="[^"]*(/cards/lists/[^"]+)"', page)[1]
    assert client.get(card)["Content-Type"] == "image/jpeg"
    outdated = client.get(f"/cards/lists/{dramas.pk}-outdated.jpg")
    assert outdated["Location"] == card
    told = client.get("/oembed", {"url": f"http://testserver{dramas.get_absolute_url()}"})
    feed = client.get(f"{dramas.get_absolute_url()}feed.rss").text
    assert "Cedar (2001)" in feed and f"#film-{Film.objects.get(title='Cedar').pk}" in feed and "<pubDate>" not in feed
    assert told.status_code in {200, 404}


def test_its_page_and_the_cards_cost_the_same_few_queries_for_one_as_for_many(cast, dramas):
    make.person(name="Nobody")
    ana, visitor = staff.logged_in(cast.ana), Client()
    at = dramas.get_absolute_url()
    before = [cost_of(ana, at), cost_of(visitor, at), cost_of(ana, "/lists/"), cost_of(visitor, "/lists/")]
    for n in range(60):
        make.film(title=f"More {n}", genres=["Drama"])
    for n in range(10):
        make.film_list(member=cast.ana, finds=f"genre=drama&from={1990 + n}&not_person=nobody&sort=title")
    after = [cost_of(ana, at), cost_of(visitor, at), cost_of(ana, "/lists/"), cost_of(visitor, "/lists/")]
    assert max(after[::2]) <= 12 and max(after[1::2]) <= 8
    assert after[:2] == before[:2] and after[3] <= before[3] + 2


def test_a_page_costs_no_more_for_whom_somebody_blocks_nor_for_a_copy(cast, dramas):
    other = make.member()
    block(member=other, other=cast.ana)
    make.person(name="Nobody")
    mine = make.film_list(member=cast.bea, finds="genre=drama&not_person=nobody&sort=rating")
    FilmList.objects.filter(pk=mine.pk).update(cloned_from=dramas)
    for member in (cast.fay, other):
        make.comment(member=member, under=mine, body="Which of them first?")
        like_list(member=member, film_list=mine)
    ana, cem = staff.logged_in(cast.ana), staff.logged_in(cast.cem)
    page = ana.get(mine.get_absolute_url()).text
    assert f'Made from <a href="{dramas.get_absolute_url()}">' in page
    assert cost_of(ana, mine.get_absolute_url()) == cost_of(cem, mine.get_absolute_url()) <= 12
    assert FilmList.objects.get(pk=mine.pk).like_count == 2 and "1 like" in page
    FilmList.objects.filter(pk=dramas.pk).update(visibility="private")
    assert "Made from" not in staff.logged_in(cast.fay).get(mine.get_absolute_url()).text


def test_a_moderator_reads_in_words_what_it_finds(cast, dramas):
    eli = staff.logged_in(staff.moderator())
    assert "fills itself" in eli.get("/admin/reviews/filmlist/").text
    page = eli.get(f"/admin/reviews/filmlist/{dramas.pk}/change/").text
    assert '<a href="/films/?genre=drama">Drama</a>' in page
