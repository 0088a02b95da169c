"""Pages of essays: writing with and without scripts, reading, and what other pages and machines are told."""

import json
import re

import pytest

from reviews.models import Essay
from tests import make
from tests.base import cost_of

pytestmark = pytest.mark.django_db
WORDS = {"title": "Doors", "body": "Nobody ever shuts one.", "visibility": "public"}


@pytest.fixture
def ana(client, cast):
    client.force_login(cast.ana)
    return cast.ana


def test_it_is_written_with_films_that_were_looked_for(client, ana):
    film, person = make.film(title="Heat", year=1995), make.person(name="Heather Doe")
    make.film(title="Cold Mountain")
    looked = client.post("/essays/new/", WORDS | {"look_for": "heat", "do": "find"})
    assert looked.status_code == 200 and not Essay.objects.exists()
    page = looked.content.decode()
    assert f'name="films" value="{film.slug}">' in page and "Cold Mountain" not in page
    assert "Nobody ever shuts one." in page and 'value="Doors"' in page, "nothing that was written is lost"
    people = {"people": [person.slug], "look_for": "never was", "do": "find"}
    ticked = client.post("/essays/new/", WORDS | {"films": [film.slug]} | people).content.decode()
    assert f'value="{film.slug}" checked>' in ticked and f'value="{person.slug}" checked>' in ticked
    assert "Nothing more is called" in ticked
    posted = client.post("/essays/new/", WORDS | {"films": [film.slug, "gone-1900"], "people": [person.slug]})
    essay = Essay.objects.get()
    assert posted["Location"] == f"/essays/{essay.pk}/"
    assert ([*essay.films.all()], [*essay.people.all()]) == ([film], [person])


def test_looking_refuses_nothing_yet(client, ana):
    page = client.post("/essays/new/", {"title": "", "body": "", "look_for": "x", "do": "find"})
    assert page.status_code == 200 and "put right" not in page.content.decode()


def test_a_preview_shows_it_and_stores_nothing(client, ana):
    page = client.post("/essays/new/", WORDS | {"body": "*So.* <script>alert(1)</script>", "do": "look"})
    text = page.content.decode()
    assert "<em>So.</em> &lt;script&gt;" in text and "As it will be read" in text and not Essay.objects.exists()
    assert client.post("/essays/new/", WORDS | {"body": " ", "do": "look"}).status_code == 422


def test_wrong_input_comes_back_with_a_sentence(client, ana):
    films = [make.film().slug for _number in range(31)]
    page = client.post("/essays/new/", WORDS | {"visibility": "friends", "films": films})
    assert page.status_code == 422 and "Nobody ever shuts one." in page.content.decode()
    refused = client.post("/essays/new/", WORDS | {"films": films})
    assert refused.status_code == 422 and "about 30 of them at most" in refused.content.decode()
    assert not Essay.objects.exists()


def test_a_draft_is_kept_listed_posted_and_thrown_away(client, ana, cast):
    kept = client.post("/essays/new/", WORDS | {"do": "draft"})
    draft = Essay.objects.get()
    assert draft.is_draft and kept["Location"] == f"/essays/{draft.pk}/edit/"
    assert client.get(f"/essays/{draft.pk}/").status_code == 404
    for place in ("/accounts/drafts/", "/members/ana/essays/"):
        assert f"/essays/{draft.pk}/edit/" in client.get(place).content.decode()
    client.force_login(cast.bea)
    assert "Doors" not in client.get("/members/ana/essays/").content.decode()
    assert client.get(f"/essays/{draft.pk}/edit/").status_code == 404
    client.force_login(cast.ana)
    client.post(f"/essays/{draft.pk}/edit/", WORDS | {"body": "Done.", "version": "1", "do": "post"})
    draft.refresh_from_db()
    assert not draft.is_draft and draft.body == "Done."
    assert client.post(f"/essays/{draft.pk}/deletion/")["Location"] == "/members/ana/essays/"
    assert client.post(f"/essays/{draft.pk}/deletion/")["Location"] == "/members/ana/essays/", "a second press"
    late = client.post(f"/essays/{draft.pk}/edit/", WORDS | {"version": "2"})
    assert late.status_code == 410 and "Nobody ever shuts one." in late.content.decode()


def test_two_windows_show_both_texts(client, ana):
    essay = make.essay(member=ana)
    edit = f"/essays/{essay.pk}/edit/"
    client.post(edit, WORDS | {"body": "From one window.", "version": "1"})
    page = client.post(edit, WORDS | {"body": "From the other.", "version": "1"})
    text = page.content.decode()
    assert page.status_code == 409 and "From one window." in text and "From the other." in text
    assert 'name="version" value="2"' in text
    client.post(edit, WORDS | {"body": "From the other.", "version": "2"})
    essay.refresh_from_db()
    assert essay.body == "From the other."


def test_the_page_tells_machines_nothing_that_it_covers(client, cast):
    film = make.film(title="Drive")
    body = "## One\n\nOpen words. >!He leaves.!<\n\n## Two\n\nMore."
    essay = make.essay(member=cast.ana, body=body, films=[film])
    page = client.get(f"/essays/{essay.pk}/").content.decode()
    (said,) = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)
    facts = json.loads(said)
    assert (facts["@type"], facts["headline"], facts["about"][0]["name"]) == ("Article", "Doors", "Drive")
    assert "He leaves" not in said and "Open words" in facts["description"]
    assert 'href="#s-one"' in page and "1 minute to read" in page
    covered = make.essay(member=cast.ana, title="Ends", body=body, spoilers=True, films=[film])
    page = client.get(f"/essays/{covered.pk}/").content.decode()
    (said,) = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)
    assert "Open words" not in said and 'href="#s-one"' not in page
    assert 'content="It gives endings away' in page
    for visibility in ("followers", "private"):
        few = make.essay(member=cast.ana, title=visibility, visibility=visibility)
        client.force_login(cast.ana)
        page = client.get(f"/essays/{few.pk}/").content.decode()
        assert 'content="noindex"' in page and "ld+json" not in page


def test_films_people_and_members_lead_to_what_is_for_everybody(client, cast):
    film, person = make.film(), make.person()
    about = {"films": [film], "people": [person]}
    shown = make.essay(member=cast.ana, **about)
    few = make.essay(member=cast.ana, title="For followers", visibility="followers", **about)
    draft = make.essay(member=cast.ana, title="Begun", draft=True, **about)

    def leads(place, member=None):
        client.logout()
        if member is not None:
            client.force_login(member)
        answer = client.get(place)
        page = b"".join(answer).decode()
        return [f"/essays/{essay.pk}/" in page for essay in (shown, few, draft)]

    for place in (f"/films/{film.slug}/", f"/people/{person.slug}/"):
        assert leads(place) == leads(place, cast.bea) == leads(place, cast.ana) == [True, False, False]
        assert leads(place, cast.cem) == [False, False, False]
    assert leads("/members/ana/") == [True, False, False] and leads("/members/ana/", cast.bea) == [True, True, False]
    assert leads("/essays/") == leads("/essays/?sort=liked") == [True, False, False]
    assert leads("/members/ana/essays.rss") == leads("/sitemaps/essays-1.xml") == [True, False, False]
    assert leads("/search/?q=doors&kind=essays") == [True, False, False]
    assert leads("/search/?q=followers&kind=essays", cast.bea)[1]
    client.post(f"/essays/{shown.pk}/deletion/")
    client.force_login(cast.ana)
    client.post(f"/essays/{shown.pk}/deletion/")
    assert leads(f"/films/{film.slug}/") == [False, False, False], "at once"


def test_it_finds_no_word_behind_a_curtain(client, cast):
    make.essay(member=cast.ana, title="Ends", body="He leaves openly. >!Secretly he stays.!<")
    make.essay(member=cast.ana, title="Covered", body="Wholly hidden words.", spoilers=True)

    def found(word):
        return client.get("/search/", {"q": word, "kind": "essays"}).content.decode().count("story plain-story")

    assert [found(word) for word in ("openly", "secretly", "wholly", "covered")] == [1, 0, 0, 1]


def test_a_page_costs_as_much_for_many_as_for_one(client, cast):
    films = [make.film() for _number in range(4)]
    essay = make.essay(member=cast.ana, films=films[:1])
    make.comment(member=cast.bea, under=essay)
    client.force_login(make.member())
    places = ("/essays/", f"/essays/{essay.pk}/", "/members/ana/essays/", f"/films/{films[0].slug}/")
    few = [cost_of(client, place) for place in places]
    for number in range(12):
        more = make.essay(member=make.member(), title=f"Essay {number}", films=films)
        make.comment(member=cast.fay, under=essay, body=f"Words {number}.")
        make.comment(member=cast.fay, under=more, body=f"Words under {number}.")
    essay.films.set(films)
    assert [cost_of(client, place) for place in places] <= few
    assert max(few) <= 12
