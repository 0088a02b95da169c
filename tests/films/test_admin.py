"""Curators at the admin: films with poster and cast, and who may not."""

import json

import pytest
from django.urls import reverse

from films.models import Collection, Credit, Film, FormerSlug, Job, Person
from tests import make, staff
from tests.staff import act, page_of, rows

ADD = "/admin/films/film/add/"


@pytest.fixture
def curator(db):
    return staff.logged_in(staff.curator(username="cora"))


def film_form(**fields: object) -> dict[str, object]:
    empty = ("credits", "credits-2", "external_ids", "alternative_titles", "availability", "outside_scores", "awards")
    data: dict[str, object] = {}
    for prefix in (*empty, "soundtrack", "releases"):
        data |= rows(prefix)
    return data | {"title": "The Last Reel", "year": "1998", "renown": "0"} | fields


def test_a_curator_adds_a_film_with_poster_and_cast_in_one_page(curator):
    known = make.person(name="Ana Known")
    make.film(title="Another", genres=["Drama"], countries=["FR"])
    sent = film_form(
        genres="Drama",
        countries="FR",
        picture=staff.picture(),
        poster_alt="A reel on a table",
        **rows("credits", {"person": "Ana Known", "character": "Ada"}, {"person": "Bo Newcomer", "character": "Ben"}),
        **rows("credits-2", {"person": "Bo Newcomer", "job": "director"}),
    )
    answer = curator.post(ADD, sent, follow=True)
    film = Film.objects.get(slug="the-last-reel-1998")
    assert film.sort_title == "last reel" and film.poster_key and film.poster_alt == "A reel on a table"
    assert [genre.name for genre in film.genres.all()] == ["Drama"]
    cast = list(film.credits.cast().select_related("person"))
    assert [(c.person.name, c.character, c.position) for c in cast] == [
        ("Ana Known", "Ada", 1),
        ("Bo Newcomer", "Ben", 2),
    ]
    assert cast[0].person == known
    assert Person.objects.filter(name="Bo Newcomer").count() == 1, "one new person, though named twice"
    assert film.credits.get(job=Job.DIRECTOR).person.name == "Bo Newcomer"
    assert "newcomer" in film.search_text and "drama" not in film.search_text
    assert "New people: Bo Newcomer." in answer.content.decode()


def test_the_new_film_is_found_and_put_on_the_front_page(curator):
    earlier = make.collection(title="Earlier", on_front_page=True)
    curator.post(ADD, film_form())
    film = Film.objects.get(title="The Last Reel")
    found = curator.get("/admin/films/film/", {"q": "last re"}).content.decode()
    assert page_of(film) in found
    answer = act(curator, "/admin/films/film/", "put_into_collection", [film], title="Tonight", on_front_page="on")
    assert "New in “Tonight”: 1." in answer.content.decode()
    collection = Collection.objects.on_front_page().first()
    assert collection.title == "Tonight", "what was put there last stands first"
    assert Collection.objects.on_front_page().last() == earlier
    assert list(collection.films.all()) == [film]
    act(curator, "/admin/films/film/", "put_into_collection", [film], collection=collection.pk)
    assert collection.entries.count() == 1, "a film is in a collection once"


def test_an_action_first_asks_and_says_what_is_missing(curator):
    film = make.film()
    asked = act(curator, "/admin/films/film/", "put_into_collection", [film])
    assert asked.status_code == 200 and str(film) in asked.content.decode()
    refused = act(curator, "/admin/films/film/", "put_into_collection", [film], title="")
    assert refused.status_code == 422
    assert "Choose a collection, or give the new one a title." in refused.content.decode()
    assert not Collection.objects.exists()


def test_another_title_makes_another_address_and_the_old_one_leads_there(curator):
    film = make.film(title="Working Title", year=2001)
    page = curator.get(page_of(film))
    curator.post(page_of(film), staff.form_of(page, title="Final Title"))
    film.refresh_from_db()
    assert film.slug == "final-title-2001"
    assert FormerSlug.objects.get(slug="working-title-2001").film == film
    assert film.poster_version == 2, "the drawn poster shows the title"
    assert "final title" in film.search_text
    page = curator.get(page_of(film))
    curator.post(page_of(film), staff.form_of(page, title="Working Title"))
    film.refresh_from_db()
    assert film.slug == "working-title-2001"
    assert set(FormerSlug.objects.values_list("slug", flat=True)) == {"final-title-2001"}


def test_a_namesake_gets_a_number_and_a_former_address_is_not_given_again(curator):
    first = make.film(title="The Last Reel", year=1998)
    curator.post(ADD, film_form())
    assert Film.objects.exclude(pk=first.pk).get().slug == "the-last-reel-1998-2"
    FormerSlug.objects.create(slug="elsewhere-1998", film=first)
    curator.post(ADD, film_form(title="Elsewhere"))
    assert Film.objects.get(title="Elsewhere").slug == "elsewhere-1998-2"


def test_saving_without_a_change_changes_nothing(curator):
    film = make.film(
        title="As It Was", genres=["Drama"], directors=["Dee One"], cast=[("Al Two", "X"), ("Cy Three", "")]
    )
    make.person(name="Al Two")  # a namesake, who must not make the untouched row ambiguous
    before = Film.objects.values().get(pk=film.pk)
    credits = list(Credit.objects.order_by("id").values())
    answer = curator.post(page_of(film), staff.form_of(curator.get(page_of(film))))
    assert answer.status_code == 302
    after = Film.objects.values().get(pk=film.pk)
    assert {k: v for k, v in after.items() if k not in {"updated_at", "search_text"}} == {
        k: v for k, v in before.items() if k not in {"updated_at", "search_text"}
    }
    assert list(Credit.objects.order_by("id").values()) == credits


def test_cast_is_put_in_order_by_the_numbers_typed(curator):
    film = make.film(cast=[("One", ""), ("Two", ""), ("Three", "")])
    page = curator.get(page_of(film))
    order = {"credits-0-position": "3", "credits-1-position": "1", "credits-2-position": "2"}
    assert curator.post(page_of(film), staff.form_of(page, **order)).status_code == 302
    assert [credit.person.name for credit in film.credits.cast().select_related("person")] == ["Two", "Three", "One"]


def test_songs_can_swap_places(curator):
    film = make.film()
    for place, title in enumerate(("First", "Second"), start=1):
        film.soundtrack.create(position=place, title=title)
    page = curator.get(page_of(film))
    swapped = {"soundtrack-0-position": "2", "soundtrack-1-position": "1"}
    assert curator.post(page_of(film), staff.form_of(page, **swapped)).status_code == 302
    assert list(film.soundtrack.values_list("title", flat=True)) == ["Second", "First"]


def test_namesakes_are_never_guessed(curator):
    one, other = make.person(name="Steve McQueen"), make.person(name="Steve McQueen")
    sent = film_form(**rows("credits", {"person": "Steve McQueen", "character": "Frank"}))
    refused = curator.post(ADD, sent)
    words = refused.content.decode()
    assert one.slug in words and other.slug in words and 'value="The Last Reel"' in words
    assert not Film.objects.exists()
    curator.post(ADD, sent | {"credits-0-person": f"Steve McQueen [{other.slug}]"})
    assert Credit.objects.get().person == other


def test_an_address_at_which_nobody_is_makes_nobody_new(curator):
    make.person(name="Steve McQueen")
    answer = curator.post(ADD, film_form(**rows("credits", {"person": "Steve McQueen [steve-mcqueen-3]"})))
    assert "There is no person called “Steve McQueen [steve-mcqueen-3]”." in answer.content.decode()
    assert Person.objects.count() == 1 and not Film.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "This field is required."),
        ("year", "1492", "greater than or equal to 1874"),
        ("runtime_minutes", "0", "greater than or equal to 1"),
        ("release_date", "31 June", "Enter a valid date."),
        ("genres", "Drama; Nonsense", "There is no genre called “Drama”"),
        ("synopsis", "x" * 3001, "at most 3000 characters"),
    ],
)
def test_bad_input_gets_a_sentence_and_the_typed_text_back(curator, field, value, sentence):
    answer = curator.post(ADD, film_form(tagline="Kept as typed", **{field: value}))
    words = answer.content.decode()
    assert answer.status_code == 200 and sentence in words and "Kept as typed" in words
    assert not Film.objects.exists()


def test_a_file_that_is_no_picture_is_refused_with_its_sentence(curator):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = curator.post(ADD, film_form(picture=SimpleUploadedFile("poster.png", b"not a picture", "image/png")))
    assert "This file is not a picture we can read." in answer.content.decode()
    assert not Film.objects.exists()


def test_the_same_credit_twice_is_refused_not_a_fault(curator):
    make.person(name="Ana Known")
    for name, sentence in (("Ana Known", "duplicate"), ("Bo Newcomer", "“Bo Newcomer (Ada)” stands here twice.")):
        twice = {"person": name, "character": "Ada"}
        answer = curator.post(ADD, film_form(**rows("credits", twice, twice)))
        assert answer.status_code == 200 and sentence in answer.content.decode()
    assert not Film.objects.exists()


@pytest.mark.parametrize("year", ["0", "9999"])
def test_a_prize_of_a_year_in_which_no_film_was_there_is_refused(curator, year):
    prize = {"award": "Globe", "category": "Best film", "year": year, "outcome": "won"}
    answer = curator.post(ADD, film_form(**rows("awards", prize)))
    assert "Write a year from 1874 to 2100." in answer.content.decode()
    assert not Film.objects.exists()


def test_an_address_that_is_a_script_is_refused(curator):
    score = {"source": "Critics", "value": "80", "scale": "100", "url": "javascript:alert(1)"}
    answer = curator.post(ADD, film_form(**rows("outside_scores", score)))
    assert "Enter a valid URL." in answer.content.decode()
    assert not Film.objects.exists()


def test_taking_the_poster_away_has_one_drawn_again(curator):
    curator.post(ADD, film_form(picture=staff.picture()))
    film = Film.objects.get()
    version = film.poster_version
    curator.post(page_of(film), staff.form_of(curator.get(page_of(film)), remove_picture="on"))
    film.refresh_from_db()
    assert film.poster_key == "" and film.poster_version == version + 1


def test_a_genre_is_added_to_several_films_and_stands_in_their_history(curator):
    make.film(genres=["Drama"])
    films = [make.film(), make.film()]
    act(curator, "/admin/films/film/", "add_a_genre", films, genre="Drama")
    assert all(film.genres.filter(name="Drama").exists() for film in films)
    history = curator.get(reverse("admin:films_film_history", args=[films[0].pk])).content.decode()
    assert "Genre added: Drama." in history


def test_history_says_in_words_what_changed(curator):
    film = make.film(directors=["Dee One"])
    page = curator.get(page_of(film))
    sent = staff.form_of(page) | rows("credits", {"person": "Bo Newcomer", "character": "Ben"})
    curator.post(page_of(film), sent)
    assert "Bo Newcomer (Ben)" in curator.get(reverse("admin:films_film_history", args=[film.pk])).content.decode()


def test_a_film_that_members_spoke_of_is_not_deleted_by_a_curator(curator):
    film = make.film()
    make.review(film=film)
    assert curator.post(reverse("admin:films_film_delete", args=[film.pk]), {"post": "yes"}).status_code == 403
    quiet = make.film()
    assert curator.post(reverse("admin:films_film_delete", args=[quiet.pk]), {"post": "yes"}).status_code == 302
    assert list(Film.objects.all()) == [film]


def test_suggestions_read_back_and_are_for_those_who_may_see_them(curator):
    make.film(title="Baby Driver", year=2017)
    found = json.loads(curator.get("/admin/films/film/suggest/", {"q": "baby dr"}).content)
    assert found["results"][0]["value"] == "Baby Driver (2017)"
    assert json.loads(curator.get("/admin/films/film/suggest/", {"q": "\0"}).content) == {"results": []}
    moderator = staff.logged_in(staff.moderator())
    assert moderator.get("/admin/films/film/suggest/", {"q": "baby"}).status_code == 403


@pytest.mark.parametrize("who", ["nobody", "member", "moderator"])
def test_nobody_else_curates(db, who):
    client = {
        "nobody": staff.Client,
        "member": lambda: staff.logged_in(make.member()),
        "moderator": lambda: staff.logged_in(staff.moderator()),
    }[who]()
    film = make.film()
    expected = 403 if who == "moderator" else 302
    others = ("/admin/films/collection/add/", "/admin/reviews/article/add/")
    for url in (ADD, "/admin/films/film/", page_of(film), *others):
        assert client.get(url).status_code == expected, url
        assert client.post(url, film_form()).status_code == expected, url
    assert Film.objects.count() == 1
    if who == "member":
        assert client.get("/admin/login/").status_code == 403


def test_a_suspended_curator_is_out_at_once(curator):
    member = staff.User.objects.get(username="cora")
    staff.User.objects.filter(pk=member.pk).update(is_active=False)
    assert curator.post(ADD, film_form()).status_code == 302
    assert not Film.objects.exists()
