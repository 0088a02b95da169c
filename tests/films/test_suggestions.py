"""Members say what is wrong with a film, and read what became of it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from films import actions, record
from films.actions import TooManyWaiting
from films.actions.suggesting import MOST_WAITING
from films.models import FilmChange, FormerSlug, Suggestion
from tests import make, staff

pytestmark = pytest.mark.django_db
MINE = "/accounts/suggestions/"


@pytest.fixture
def film():
    return make.film(title="Baby Driver", year=2017, runtime_minutes=112)


@pytest.fixture
def ana():
    return make.member(username="ana")


def suggest(member, film, **said):
    return actions.suggest_correction(member=member, film=film, **({"fact": "runtime_minutes", "value": "113"} | said))


def send(member, film, **form):
    return staff.logged_in(member).post(f"/films/{film.slug}/suggest/", {"kind": "correction"} | form)


def test_a_correction_waits_and_the_same_again_is_one(film, ana):
    first = suggest(ana, film, note="The end credits")
    assert first.state == "waiting" and record.read(film, "runtime_minutes") == 112
    assert suggest(ana, film) == first
    assert suggest(make.member(), film) != first
    assert suggest(ana, film, value="114") != first


def test_the_form_sends_it_and_the_page_shows_it(film, ana):
    page = staff.logged_in(ana).get(f"/films/{film.slug}/suggest/?fact=runtime_minutes").content.decode()
    assert "Running time in minutes says now: 112" in page
    answer = send(ana, film, fact="runtime_minutes", value="113", note="The end credits")
    assert (answer.status_code, answer["Location"]) == (302, MINE)
    words = staff.logged_in(ana).get(MINE).content.decode()
    assert "Running time in minutes" in words and "113" in words and "Waiting" in words
    assert "The end credits" in words
    assert "Nothing suggested yet" in staff.logged_in(make.member()).get(MINE).content.decode()


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"fact": "runtime_minutes", "value": ""}, "Write what it should say."),
        ({"fact": "runtime_minutes", "value": "two hours"}, "Write whole minutes, from 1 to 6000."),
        ({"fact": "runtime_minutes", "value": "99999"}, "Write whole minutes, from 1 to 6000."),
        ({"fact": "title", "value": "\u200b\u2800"}, "Write what it should say."),
        ({"fact": "runtime_minutes", "value": "112"}, "It says so already."),
        ({"fact": "year", "value": "1492"}, "Write a year from 1874 to 2100"),
        ({"fact": "ids.imdb", "value": "baby driver"}, "An id there looks like tt3890160"),
        ({"fact": "release_date", "value": "0201-06-28"}, "Write the day as year-month-day"),
        ({"fact": "release_date", "value": "28 June"}, "Write the day as year-month-day, such as 2017-06-28."),
        (
            {"fact": "trailer_url", "value": "javascript:alert(1)"},
            "Give an address that begins with https:// at one of these: YouTube",
        ),
        ({"fact": "title", "value": "x" * 251}, "Shorten this to 250 characters or fewer."),
        ({"fact": "rating_sum", "value": "5"}, "Choose what is wrong from the list."),
        ({"fact": "title", "value": "x" * 1001}, "Shorten this to 1000 characters or fewer."),
        ({"kind": "merge", "twin": ""}, "Name the other film."),
        ({"kind": "merge", "twin": "Zzzzz"}, "No film here is called that."),
        ({"kind": "merge", "twin": "Baby Driver"}, "No film here is called that."),
        ({"kind": "merge", "twin": "/films/baby-driver-2017/"}, "this one cannot be its own twin"),
        ({"kind": "merge", "twin": "/films/nowhere-1901/"}, "No film here is called that."),
    ],
)
def test_bad_input_is_answered_in_words_and_kept(film, ana, form, sentence):
    answer = send(ana, film, note="Kept as typed", **form)
    words = answer.content.decode()
    assert answer.status_code == 422 and sentence in words.replace("&#x27;", "’") and "Kept as typed" in words
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    "twin", ["/films/{slug}/", "{slug}", "https://films.example.org/films/{slug}/reviews/", "Baby Driver (2016)"]
)
def test_a_twin_is_named_by_its_address_or_title(film, ana, twin):
    other = make.film(title="Baby Driver", year=2016)
    answer = send(ana, film, kind="merge", twin=twin.format(slug=other.slug))
    assert answer.status_code == 302
    suggestion = Suggestion.objects.get()
    assert (suggestion.kind, suggestion.film, suggestion.twin) == ("merge", film, other)
    send(ana, other, kind="merge", twin=film.get_absolute_url())
    assert Suggestion.objects.count() == 1, "from which of the two it is said makes no difference"


def test_namesakes_are_never_guessed(film, ana):
    for year in (1999, 2000):
        make.film(title="Getaway", year=year)
    answer = send(ana, film, kind="merge", twin="Getaway")
    assert answer.status_code == 422 and "Which one?" in answer.content.decode()
    assert "/films/getaway-1999/" in answer.content.decode()


def test_a_member_waits_with_so_many_and_no_more(film, ana):
    for minute in range(MOST_WAITING):
        suggest(ana, film, value=str(200 + minute))
    with pytest.raises(TooManyWaiting):
        suggest(ana, film)
    answer = send(ana, film, fact="runtime_minutes", value="113")
    assert answer.status_code == 429 and "wait for a curator" in answer.content.decode()
    assert suggest(ana, film, value="200") is not None, "one that waits already is no other"
    suggest(make.member(), film)
    actions.refuse_suggestion(curator=staff.curator(), suggestion=Suggestion.objects.last(), answer="No.")
    suggest(ana, film)


def test_a_member_takes_it_back_while_it_waits(film, ana):
    mine, of_another = suggest(ana, film), suggest(make.member(), film)
    client = staff.logged_in(ana)
    assert client.post(f"{MINE}{of_another.pk}/withdrawal/").status_code == 404
    client.post(f"{MINE}{mine.pk}/withdrawal/")
    assert list(Suggestion.objects.all()) == [of_another]
    answered = suggest(ana, film)
    actions.accept_suggestion(curator=staff.curator(), suggestion=answered)
    assert "It was answered already." in client.post(f"{MINE}{answered.pk}/withdrawal/", follow=True).content.decode()
    assert Suggestion.objects.filter(pk=answered.pk).exists()


def test_accepting_one_value_puts_it_into_the_catalogue(film, ana):
    cora = staff.curator()
    done = actions.accept_suggestion(curator=cora, suggestion=suggest(ana, film), answer="Thank you.")
    assert record.read(film, "runtime_minutes") == 113 and done.state == "accepted"
    change = FilmChange.objects.get()
    assert (change.before, change.after, change.by, change.source) == (112, 113, cora, "curator")
    assert actions.refuse_suggestion(curator=cora, suggestion=done, answer="No.").state == "accepted"
    words = staff.logged_in(ana).get(MINE).content.decode()
    assert "Accepted" in words and "Thank you." in words and cora.username not in words


def test_a_list_is_put_right_by_hand_and_then_done(film, ana):
    said = suggest(ana, film, fact="soundtrack", value="Bellbottoms comes first")
    actions.accept_suggestion(curator=staff.curator(), suggestion=said)
    assert Suggestion.objects.get().state == "accepted" and not FilmChange.objects.exists()


def test_what_cannot_enter_the_catalogue_any_more_is_not_accepted(film, ana):
    said = suggest(ana, film, fact="ids.imdb", value="tt0000001")
    other = make.film()
    other.external_ids.create(source="imdb", value="tt0000001")
    with pytest.raises(ValidationError):
        actions.accept_suggestion(curator=staff.curator(), suggestion=said)
    assert Suggestion.objects.get().state == "waiting"
    actions.accept_suggestion(curator=staff.curator(), suggestion=said, apply=False)
    assert Suggestion.objects.get().state == "accepted"


def test_refusing_needs_an_answer(film, ana):
    said = suggest(ana, film)
    with pytest.raises(ValidationError):
        actions.refuse_suggestion(curator=staff.curator(), suggestion=said, answer=" ")
    actions.refuse_suggestion(curator=staff.curator(), suggestion=said, answer="The credits run until 112.")
    assert "The credits run until 112." in staff.logged_in(ana).get(MINE).content.decode()


def test_only_curators_answer_and_the_suspended_say_nothing(film, ana):
    said = suggest(ana, film)
    for somebody in (ana, staff.moderator()):
        with pytest.raises(PermissionDenied):
            actions.accept_suggestion(curator=somebody, suggestion=said)
        with pytest.raises(PermissionDenied):
            actions.refuse_suggestion(curator=somebody, suggestion=said, answer="No.")
    ana.is_active = False
    ana.save()
    with pytest.raises(PermissionDenied):
        suggest(ana, film, value="114")


def test_a_former_address_leads_to_the_form(film, ana):
    FormerSlug.objects.create(film=film, slug="baby-2017")
    answer = staff.logged_in(ana).get("/films/baby-2017/suggest/")
    assert (answer.status_code, answer["Location"]) == (301, f"/films/{film.slug}/suggest/")


def test_the_list_has_pages(film, ana):
    for minute in range(MOST_WAITING):
        suggest(ana, film, value=str(200 + minute))
    actions.refuse_suggestion(curator=staff.curator(), suggestion=Suggestion.objects.first(), answer="No.")
    suggest(ana, film)
    client = staff.logged_in(ana)
    assert "Page 1 of 2" in client.get(MINE).content.decode()
    assert "Page 2 of 2" in client.get(f"{MINE}?page=2").content.decode()
