"""Of what members want to be told before they watch, and what curators take over of what members say."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from films.models import ContentNote, FactSource, Film, FilmChange
from reviews.actions.following import follow_member
from reviews.actions.guiding import choose_cautions, take_members_word
from reviews.for_you import FEWEST
from reviews.models import Caution, ContentCount, Kindred
from tests import make, staff
from tests.api import Api, assert_golden, program, queries_of
from tests.base import cost_of
from tests.reviews.evenings import shortlisted
from tests.reviews.votes import ask_for_five, many_say

pytestmark = pytest.mark.django_db
CHOICES = "/accounts/warnings/"


@pytest.fixture(autouse=True)
def _five_notes(db):
    ask_for_five()


@pytest.fixture
def film():
    return make.film(title="Baby Driver", year=2017)


def test_they_are_chosen_on_a_page_of_ones_own(cast):
    ana = staff.logged_in(cast.ana)
    for _sent_twice in range(2):
        assert ana.post(CHOICES, {"notes": ["spiders", "needles"]})["Location"] == CHOICES
    assert Caution.objects.count() == 2 and ana.get(CHOICES).text.count(" checked") == 2
    page = ana.post(CHOICES, {"notes": ["spiders", "boredom"]})
    assert page.status_code == 422 and "There is no content note called “boredom”." in page.text
    ana.post(CHOICES, {})
    assert not Caution.objects.exists()
    assert f'<a href="{CHOICES}" aria-current="page">' in ana.get(CHOICES).text


def test_the_films_page_warns_at_its_top_and_nobody_else_learns_of_it(cast, film):
    film.content_notes.add(ContentNote.objects.get(slug="flashing-lights"))
    many_say(film, notes={"spiders": "yyyyn", "needles": "yyynn"})
    fay = staff.logged_in(cast.fay)
    cost = cost_of(fay, film.get_absolute_url())
    choose_cautions(member=cast.fay, notes=list(ContentNote.objects.all()))
    page = fay.get(film.get_absolute_url()).text
    warned = page[page.index("You asked to be told") : page.index('class="film-head')]
    assert "<b>Flashing lights</b>: the catalogue says so" in warned
    assert "<b>Spiders</b>: members say so (4 of 5)" in warned and "Needles" not in warned
    assert cost_of(fay, film.get_absolute_url()) == cost
    for other in (staff.logged_in(cast.bea), staff.logged_in(cast.dora), staff.Client()):
        assert "You asked to be told" not in other.get(film.get_absolute_url()).text
    assert list(Caution.objects.visible_to(cast.bea)) == []


def test_a_curator_takes_over_what_members_agree_on(cast, film):
    film.content_notes.add(ContentNote.objects.get(slug="violence"))
    many_say(film, levels={"violence": [3] * 5}, notes={"spiders": "yyyyn", "needles": "yyynn", "vomiting": "yyyy"})
    dora, desk = staff.logged_in(staff.curator()), "/admin/reviews/contentcount/"
    page = dora.get(f"{desk}?catalogue=silent").text
    assert "Spiders" in page and "Needles" not in page and "Vomiting" not in page
    spiders = ContentCount.objects.get(note__slug="spiders")
    assert "Taken into the catalogue. (1)" in staff.act(dora, desk, "take_over", [spiders]).text
    assert sorted(film.content_notes.values_list("slug", flat=True)) == ["spiders", "violence"]
    assert FactSource.objects.get(film=film, fact="content_notes").source == "members"
    assert FilmChange.objects.get().source == "members"
    assert "The catalogue says so already." in staff.act(dora, desk, "take_over", [spiders]).text
    assert "Spiders" not in dora.get(f"{desk}?catalogue=silent").text
    assert "Spiders" in dora.get(f"{desk}?catalogue=says").text
    assert "Members’ votes" in staff.Client().get(f"{film.get_absolute_url()}sources/").text
    with pytest.raises(ValidationError, match="do not agree"):
        take_members_word(curator=staff.curator(), count=ContentCount.objects.get(note__slug="needles"))
    with pytest.raises(PermissionDenied):
        take_members_word(curator=cast.ana, count=spiders)
    assert staff.logged_in(staff.moderator()).get(desk).status_code == 403


def test_programs_say_and_read_it(cast, film):
    make.mark(member=cast.ana, film=film, watched=True)
    ana, address = program(cast.ana), f"films/{film.slug}/guidance/"
    many_say(film, levels={"violence": [2, 2, 2, 3]}, notes={"spiders": "yyyy", "needles": "n"})
    sent = {"levels": {"violence": "severe", "sex": "none"}, "notes": {"spiders": False}}
    for _repeated in range(2):
        assert_golden("film_guidance", ana.put(address, sent))
    assert Api().get(address).json()["yours"] is None
    assert ana.put(address, {"levels": {"violence": "gory"}}).status_code == 400
    assert ana.put(address, {"levels": {"boredom": "mild"}}).json() == {"levels": ["Choose one of the four levels."]}
    assert "boring" in ana.put(address, {"notes": {"boring": True}}).json()["notes"][0]
    assert program(cast.ana, "read").put(address, sent).status_code == 403
    assert program(cast.bea).put(address, sent).status_code == 400, "who has not seen the film"
    for _repeated in range(2):
        assert ana.delete(address).status_code == 204
    assert ana.get(address).json()["yours"] == {"levels": {}, "notes": {}, "counts_from": None}
    assert queries_of("GET", address, as_=cast.ana) <= 8
    assert Api().get("films/never-was/guidance/").status_code == 404


def test_programs_choose_what_one_is_told_of(cast):
    ana = program(cast.ana)
    assert_golden("cautions", ana.put("me/cautions/", {"notes": ["spiders", "needles"]}))
    assert ana.get("me/cautions/").json()["notes"][0] == {"slug": "needles", "name": "Needles"}
    refused = ana.put("me/cautions/", {"notes": ["spider"]})
    assert refused.status_code == 400 and "Did you mean “spiders”?" in refused.json()["notes"][0]
    assert ana.put("me/cautions/", {"notes": []}).json() == {"notes": []}
    assert (
        program(cast.bea).get("me/cautions/").json() == {"notes": []} and Api().get("me/cautions/").status_code == 401
    )


def test_tonight_tells_it_to_whoever_asked_alone(cast):
    evening = shortlisted(cast)
    first = Film.objects.get(title="Film 0")
    first.content_notes.add(ContentNote.objects.get(slug="flashing-lights"))
    many_say(first, notes={"spiders": "yyyyy", "needles": "yyynn"})
    ana, address = staff.logged_in(cast.ana), f"/tonight/{evening.key}/"
    assert "Film 0" in ana.get(address).text
    cost = cost_of(ana, address)
    choose_cautions(member=cast.ana, notes=list(ContentNote.objects.all()))
    assert ana.get(address).text.count("You asked to be told: Flashing lights, Spiders") == 1
    assert cost_of(ana, address) == cost + 1
    assert "You asked to be told" not in staff.logged_in(cast.bea).get(address).text


def test_what_is_recommended_warns_whoever_asked_alone(cast, film):
    ana, told = staff.logged_in(cast.ana), "You asked to be told: Flashing lights, Spiders"
    likely, loved = make.film(title="Likely"), make.film(title="Loved")
    for one in (likely, loved, film):
        one.content_notes.add(ContentNote.objects.get(slug="flashing-lights"))
        many_say(one, notes={"spiders": "yyyyy", "needles": "yyynn"})
    rated = [make.film() for _n in range(FEWEST)]
    for one in rated:
        make.mark(member=cast.ana, film=one, stars=5)
    for one in (*rated, film):
        Kindred.objects.create(film=one, others=[likely.pk], weights=[500], why="t")
    follow_member(member=cast.ana, other=cast.bea)
    make.mark(member=cast.bea, film=loved, stars=5)
    pages = ["/for-you/", film.get_absolute_url()]
    assert all(told not in ana.get(page).text for page in pages)
    choose_cautions(member=cast.ana, notes=list(ContentNote.objects.all()))
    assert ana.get("/for-you/").text.count(told) == 2 and ana.get(film.get_absolute_url()).text.count(told) == 1
    assert ana.get("/").text.count(told) == 1
    for other in (staff.logged_in(cast.bea), staff.logged_in(cast.dora), staff.Client()):
        assert told not in "".join(other.get(page).text for page in pages if other.get(page).status_code == 200)
    for address in ("recommendations/", "recommendations/circle/"):
        assert program(cast.ana).get(f"me/{address}").json()["results"][0]["warned"] == ["Flashing lights", "Spiders"]
    similar = f"films/{film.slug}/similar/"
    assert program(cast.ana).get(similar).json()["results"][0]["warned"] == ["Flashing lights", "Spiders"]
    assert Api().get(similar).json()["results"][0]["warned"] == []
    many_say(likely, notes={"needles": "yyyyyyyyyy"})
    assert "Flashing lights, Needles, Spiders" in ana.get(film.get_absolute_url()).text, "at once"
