"""The pages of screenings: the programme, one of them before and after, and where else they stand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import block
from reviews.actions.coming import come, log_screened
from reviews.actions.following import choose_privacy
from reviews.actions.showing import call_off
from reviews.models import Coming, Viewing
from tests import make
from tests.base import cost_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def heat(cast):
    return make.screening(films=[make.film(title="Heat", year=1995)], seats=3, words="Bring a **cushion**.")


def text(client, address: str) -> str:
    return client.get(address).text


def test_the_programme_has_what_comes_then_what_was(client, cast, heat):
    past = make.let_it_pass(make.screening(films=[make.film(title="Ronin", year=1998)]), days=40)
    make.screening(films=[make.film(title="Hidden", year=1999)], published_at=None)
    make.screening(films=[make.film(title="Club", year=2000)], audience="members")
    said = text(client, "/screenings/")
    assert said.index("Heat") < said.index("Ronin") and f"{past.day:%B %Y}" in said
    assert "Hidden" not in said and "Club" not in said
    client.force_login(cast.fay)
    assert "Club" in text(client, "/screenings/")


def test_pages_are_as_many_queries_for_one_as_for_many(client, cast, heat):
    one = cost_of(client, "/screenings/")
    for number in range(20):
        made = make.screening(films=[make.film(), make.film()], starts_at=timezone.now() + timedelta(days=number + 1))
        if number % 2:
            make.let_it_pass(made, days=number)
    assert cost_of(client, "/screenings/") <= one + 1  # of what is over, too
    assert cost_of(client, "/screenings/") <= 8
    client.force_login(cast.fay)
    assert cost_of(client, "/screenings/") <= 12


def test_a_screening_that_is_over_costs_no_more_with_its_audience(client, cast, heat):
    members = [make.member() for _number in range(8)]
    wide = make.screening(films=[make.film(title="Thief", year=1981)])
    for member in members:
        come(member=member, screening=wide, is_named=True)
    wide, film = make.let_it_pass(wide), wide.shown[0].film
    for member in members:
        log_screened(member=member, film=film, screening=wide)
        make.review(member=member, film=film, stars=4)
    client.force_login(members[0])
    assert cost_of(client, wide.get_absolute_url()) <= 12
    client.logout()
    assert cost_of(client, wide.get_absolute_url()) <= 8


def test_a_member_comes_and_steps_back(client, cast, heat):
    client.force_login(cast.ana)
    address = f"{heat.get_absolute_url()}coming/"
    assert "Will you come?" in text(client, heat.get_absolute_url())
    said = client.post(address, {"guests": "1", "is_named": "on", "do": "come"}, follow=True).text
    assert "You are in" in said and "1 free" in said and "Bring a <strong>cushion" in said
    mine = Coming.objects.get()
    assert (mine.guests, mine.is_named) == (1, True)
    client.force_login(cast.bea)
    said = client.post(address, {"guests": "1", "do": "come"}, follow=True).text
    assert "You are number 1 on the waiting list" in said
    client.force_login(cast.ana)
    assert "You are off the list." in client.post(address, {"do": "back"}, follow=True).text
    assert Coming.objects.get().member == cast.bea and not Coming.objects.get().is_waiting


def test_wrong_input_gets_a_sentence_and_its_text_back(client, cast, heat):
    client.force_login(cast.ana)
    answer = client.post(f"{heat.get_absolute_url()}coming/", {"guests": "4", "is_named": "on"})
    assert answer.status_code == 302, "more than there are seats: they wait"
    answer = client.post(f"{heat.get_absolute_url()}coming/", {"guests": "9"})
    assert answer.status_code == 422 and "Bring at most five guests." in answer.text
    Coming.objects.all().delete()
    make.coming(screening=heat, member=cast.ana)
    answer = client.post(f"{heat.get_absolute_url()}coming/", {"guests": "5"})
    assert answer.status_code == 422 and "2 seats are left." in answer.text
    assert 'value="5" selected' in answer.text


def test_who_comes_is_named_only_to_those_who_may_see_them(client, cast, heat):
    make.coming(screening=heat, member=cast.ana, is_named=True)
    make.coming(screening=heat, member=cast.bea)
    assert 'href="/members/ana/"' in text(client, heat.get_absolute_url())
    assert 'href="/members/bea/"' not in text(client, heat.get_absolute_url())
    client.force_login(cast.cem)  # whom Ana blocks
    assert 'href="/members/ana/"' not in text(client, heat.get_absolute_url())
    client.logout()
    choose_privacy(member=cast.ana, is_private=True)
    assert 'href="/members/ana/"' not in text(client, heat.get_absolute_url())
    client.force_login(cast.bea)  # who follows her
    assert 'href="/members/ana/"' in text(client, heat.get_absolute_url())
    block(member=cast.ana, other=cast.bea)
    assert 'href="/members/ana/"' not in text(client, heat.get_absolute_url())


def test_one_tap_logs_it(client, cast, heat):
    make.coming(screening=heat, member=cast.ana)
    heat, film = make.let_it_pass(heat), heat.shown[0].film
    client.force_login(cast.ana)
    assert "You were there: log it" in text(client, heat.get_absolute_url())
    assert Viewing.objects.count() == 0
    said = client.post(f"{heat.get_absolute_url()}log/", {"film": film.slug}, follow=True).text
    assert "Heat (1995) is in your diary." in said and "Add stars, or correct it" in said
    assert (Viewing.objects.get().watched_on, Viewing.objects.get().place) == (heat.day, heat.place)
    client.force_login(cast.fay)
    assert "Those who said" in client.post(f"{heat.get_absolute_url()}log/", {"film": film.slug}, follow=True).text


def audience(screening, stars: list[float], **said):
    members = [make.member() for _each in stars]
    for member in members:
        come(member=member, screening=screening, **said)
    screening = make.let_it_pass(screening)
    film = screening.shown[0].film
    for member, given in zip(members, stars, strict=True):
        log_screened(member=member, film=film, screening=screening)
        make.mark(member=member, film=film, stars=given)
    return screening, members, film


def test_it_tells_from_five_ratings_on_what_its_audience_made_of_it(client, cast):
    four, _members, film = audience(make.screening(), [4, 4, 4, 5])
    make.mark(member=cast.fay, film=film, stars=1)  # who was not there
    assert "What its audience made of it" not in text(client, four.get_absolute_url())
    five, members, film = audience(make.screening(), [4, 4, 4, 5, 3])
    said = text(client, five.get_absolute_url())
    assert "What its audience made of it" in said and "4.00" in said and "5 ratings" in said
    choose_privacy(member=members[0], is_private=True)
    assert "What its audience made of it" not in text(client, five.get_absolute_url())


def test_it_is_covered_from_members_who_hide_scores(client, cast):
    made, _members, _film = audience(make.screening(), [4, 4, 4, 5, 3])
    client.force_login(make.member(hides_scores=True))
    assert "What its audience made of it" not in text(client, made.get_absolute_url())


def test_reviews_are_of_those_who_let_others_see_that_they_were_there(client, cast):
    made, members, film = audience(make.screening(), [4], is_named=True)
    make.review(member=members[0], film=film, body="Nobody coughed once.")
    hidden, quiet, other = audience(make.screening(), [4])
    make.review(member=quiet[0], film=other, body="I was never there.")
    assert "Nobody coughed once." in text(client, made.get_absolute_url())
    assert "I was never there." not in text(client, hidden.get_absolute_url())


def test_a_film_says_when_it_is_shown(client, cast, heat):
    film = heat.shown[0].film
    make.screening(films=[film], audience="members", place="Behind the curtain")
    said = text(client, film.get_absolute_url())
    assert "Shown here" in said and heat.when in said and "Behind the curtain" not in said
    client.force_login(cast.fay)
    assert "Behind the curtain" in text(client, film.get_absolute_url())
    call_off(editor=cast.dora, screening=heat, because="Rain.")
    client.logout()
    assert "Shown here" not in text(client, film.get_absolute_url())


def test_the_front_page_has_the_next_one(client, cast, heat):
    later = make.screening(starts_at=heat.starts_at + timedelta(days=1), place="Later on")
    assert "Shown here next" in text(client, "/") and later.place not in text(client, "/")
    call_off(editor=cast.dora, screening=heat, because="Rain.")
    assert later.get_absolute_url() in text(client, "/")


def test_the_front_page_of_members_names_the_next_one_and_asks_for_nothing_more(client, cast):
    films = [make.film(title="Heat", year=1995), make.film(title="Ronin", year=1998)]
    client.force_login(cast.fay)
    before = cost_of(client, "/")
    assert "Shown here next" not in text(client, "/")
    one = make.screening(films=films, audience="members", place="The Ritz")
    make.screening(starts_at=one.starts_at + timedelta(days=1), title="Later on")
    said = text(client, "/")
    assert f'<a href="{one.get_absolute_url()}">Heat + Ronin</a>, {one.when}, The Ritz' in said
    assert "Later on" not in said and cost_of(client, "/") <= before
    call_off(editor=cast.dora, screening=one, because="Rain.")
    assert "Later on" in text(client, "/") and "Heat + Ronin" not in text(client, "/")


def test_the_foot_and_the_calendar_lead_there_once_something_is_announced(client, cast):
    assert 'href="/screenings/"' not in text(client, "/calendar/")
    make.screening(audience="members")
    assert 'href="/screenings/"' not in text(client, "/calendar/")
    make.screening()
    assert text(client, "/calendar/").count('href="/screenings/"') == 2


def test_calendars_know_it_and_that_it_is_off(client, cast, heat):
    make.screening(audience="members", title="For us alone")
    call_off(editor=cast.dora, screening=make.screening(title="Rained off"), because="Rain.")
    said = client.get("/screenings.ics").text
    assert f"DTSTART:{heat.starts_at:%Y%m%dT%H%M%S}Z\r\n" in said and "LOCATION:The Ritz\\, upstairs\r\n" in said
    assert "SUMMARY:Heat\r\n" in said and "For us alone" not in said
    assert said.count("STATUS:CANCELLED") == 1
    one = client.get(f"/screenings/{heat.pk}.ics")
    assert one.headers["Content-Type"].startswith("text/calendar") and one.text.count("BEGIN:VEVENT") == 1


def test_feed_sitemap_and_search_engines(client, cast, heat):
    make.screening(audience="members", title="For us alone")
    feed = client.get("/screenings.rss").text
    assert "<title>Heat</title>" in feed and "For us alone" not in feed
    assert heat.get_absolute_url() in "".join(map(bytes.decode, client.get("/sitemaps/screenings-1.xml")))
    said = text(client, heat.get_absolute_url())
    assert '"@type": "ScreeningEvent"' in said and heat.local_start.isoformat() in said
    assert f'<meta property="og:title" content="{heat}">' in said


def test_a_draft_is_for_those_who_arrange_it(client, cast):
    draft = make.screening(published_at=None)
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(cast.dora)
    assert "Only curators can see it." in text(client, draft.get_absolute_url())
