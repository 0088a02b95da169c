"""Curators at what a film remembers: sources and locks, history, conflicts, suggestions; and who may not."""

import pytest
from django.contrib.admin.models import LogEntry

from films import actions, record
from films.models import Conflict, FactLock, FilmChange, Source, Suggestion
from tests import make, staff
from tests.staff import act

pytestmark = pytest.mark.django_db
CONFLICTS, SUGGESTIONS = "/admin/films/conflict/", "/admin/films/suggestion/"


@pytest.fixture
def cora():
    return staff.curator(username="cora")


@pytest.fixture
def client(cora):
    return staff.logged_in(cora)


@pytest.fixture
def film():
    film = make.film(title="Baby Driver", runtime_minutes=112, countries=["GB"], cast=[("Ansel Elgort", "Baby")])
    type(film).objects.filter(pk=film.pk).update(origin=Source.SEED)
    film.refresh_from_db()
    return film


@pytest.fixture
def conflict(film, cora):
    """IMDb says 112 where a curator said 113."""
    actions.correct_film(curator=cora, film=film, runtime_minutes=113)
    actions.state_facts(film=film, facts={"runtime_minutes": 112}, source=Source.IMDB)
    return Conflict.objects.get()


def sources(film):
    return f"/admin/films/film/{film.pk}/sources/"


def changes(film):
    return f"/admin/films/film/{film.pk}/changes/"


def test_every_fact_stands_there_with_its_source(client, film, cora):
    actions.state_facts(film=film, facts={"runtime_minutes": 113}, source=Source.IMDB)
    actions.correct_film(curator=cora, film=film, tagline="All you need is one killer track.")
    facts = {fact.key: fact for fact in client.get(sources(film)).context_data["facts"]}
    assert facts["runtime_minutes"].source == "IMDb" and facts["runtime_minutes"].rows == ["113"]
    assert facts["title"].source == "The first catalogue" and facts["title"].stated is None
    assert (facts["tagline"].source, facts["tagline"].stated.by) == ("A curator", cora)
    assert facts["credits.actor"].rows == ["Ansel Elgort, as Baby"]
    assert facts["synopsis"].source == "–"


def test_a_fact_is_locked_with_a_reason_and_unlocked(client, film, cora):
    said = client.post(sources(film), {"fact": "genres", "reason": "Seen it"}, follow=True).content.decode()
    lock = FactLock.objects.get()
    assert (lock.film, lock.fact, lock.reason, lock.by) == (film, "genres", "Seen it", cora)
    assert "Locked: Genres." in said and "Seen it" in said
    assert (
        "Unlocked: Genres."
        in client.post(sources(film), {"fact": "genres", "unlock": "1"}, follow=True).content.decode()
    )
    assert not FactLock.objects.exists()
    assert [entry.get_change_message() for entry in LogEntry.objects.all()] == [
        "Unlocked: Genres.",
        "Locked: Genres. Seen it",
    ]
    for fact in ("slug", "scores.", "scores." + "s" * 61, "scores.\0"):
        assert "A film has no fact called" in client.post(sources(film), {"fact": fact}, follow=True).content.decode()


def test_a_locked_fact_that_is_empty_still_stands_there(client, film):
    client.post(sources(film), {"fact": "credits.editor"})
    locked = [fact.key for fact in client.get(sources(film)).context_data["facts"] if fact.lock]
    assert locked == ["credits.editor"]


def test_the_history_tells_every_change_and_takes_it_back(client, film, cora):
    actions.state_facts(film=film, facts={"runtime_minutes": 113}, source=Source.IMDB)
    page = client.get(changes(film)).content.decode()
    assert "IMDb" in page and "112" in page and "113" in page
    change = FilmChange.objects.get()
    assert "Taken back: Running time" in client.post(changes(film), {"change": change.pk}, follow=True).content.decode()
    assert record.read(film, "runtime_minutes") == 112
    revert = FilmChange.objects.get(reverts=change)
    assert revert.by == cora
    page = client.get(changes(film)).content.decode()
    assert "Takes back the change of" in page and page.count('name="change"') == 1, "one is taken back, one can be"
    assert "says so already" in client.post(changes(film), {"change": change.pk}, follow=True).content.decode()


def test_it_asks_before_later_changes_go_too(client, film, cora):
    actions.state_facts(film=film, facts={"runtime_minutes": 113}, source=Source.IMDB)
    first = FilmChange.objects.get()
    actions.correct_film(curator=cora, film=film, runtime_minutes=114)
    asked = client.post(changes(film), {"change": first.pk})
    words = asked.content.decode()
    assert asked.status_code == 409 and "Now: 114" in words and "Before that change: 112" in words
    assert record.read(film, "runtime_minutes") == 114
    client.post(changes(film), {"change": first.pk, "_answered": "1"})
    assert record.read(film, "runtime_minutes") == 112


def test_the_history_of_one_fact_and_its_pages(client, film, cora):
    for minute in range(30):
        actions.correct_film(curator=cora, film=film, runtime_minutes=200 + minute)
    actions.correct_film(curator=cora, film=film, tagline="One line.")
    assert "Page 1 of 2" in client.get(changes(film)).content.decode()
    only = client.get(changes(film), {"fact": "tagline"}).content.decode()
    assert "One line." in only and "229" not in only
    assert client.get(changes(film), {"fact": "nonsense", "page": "x"}).status_code == 200
    for number in ("", "x", "99999999", "9" * 40):
        assert client.post(changes(film), {"change": number}).status_code == 404


def test_what_can_no_longer_be_taken_back_says_why(client, film, cora):
    film.external_ids.create(source="imdb", value="tt1")
    actions.settle_fact(curator=cora, film=film, fact="ids.imdb", value="tt2")
    make.film().external_ids.create(source="imdb", value="tt1")
    said = client.post(changes(film), {"change": FilmChange.objects.get().pk}, follow=True).content.decode()
    assert "Another film has this id already" in said
    assert record.read(film, "ids.imdb") == "tt2"


@pytest.mark.parametrize(
    ("decision", "minutes", "locked", "state"),
    [("accept", 112, False, "accepted"), ("lock", 112, True, "accepted"), ("refuse", 113, False, "refused")],
)
def test_a_conflict_is_decided_in_its_row(client, film, conflict, decision, minutes, locked, state):
    page = client.get(CONFLICTS, {"source__exact": "imdb"}).content.decode()
    address = f"{CONFLICTS}{conflict.pk}/decision/?_changelist_filters=source__exact%3Dimdb"
    assert f'formaction="{address}"' in page and "112" in page and "113" in page
    answer = client.post(address, {"decision": decision})
    assert answer["Location"] == f"{CONFLICTS}?source__exact=imdb"
    conflict.refresh_from_db()
    assert (record.read(film, "runtime_minutes"), FactLock.objects.exists(), conflict.state) == (minutes, locked, state)
    again = client.post(address, {"decision": "accept"}, follow=True).content.decode()
    assert "decided already" in again and record.read(film, "runtime_minutes") == minutes


def test_conflicts_are_decided_many_at_once_and_one_that_cannot_be_says_why(client, film, conflict, cora):
    actions.settle_fact(curator=cora, film=film, fact="ids.imdb", value="tt1")
    make.film().external_ids.create(source="imdb", value="tt2")
    actions.state_facts(film=film, facts={"ids.imdb": "tt2"}, source=Source.WIKIDATA)
    said = act(client, CONFLICTS, "accept", Conflict.objects.all()).content.decode()
    assert "Another film has this id already" in said and "Theirs taken. (1)" in said
    assert sorted(Conflict.objects.values_list("fact", "state")) == [
        ("ids.imdb", "waiting"),
        ("runtime_minutes", "accepted"),
    ]
    act(client, CONFLICTS, "refuse", Conflict.objects.all())
    assert Conflict.objects.get(fact="ids.imdb").state == "refused"


def test_what_is_not_on_the_list_any_more_is_told(client, conflict):
    """A colleague decided it since the list was opened; or the keys are none."""
    assert "Ours kept. (1)" in act(client, CONFLICTS, "refuse", [conflict]).text
    told = "What you ticked is not on this list any more: somebody else may have been there first."
    assert told in act(client, CONFLICTS, "accept", [conflict]).text
    for keys in (["abc"], ["9" * 40], [""]):
        sent = {"action": "accept", "_selected_action": keys, "index": "0"}
        assert told in client.post(CONFLICTS, sent, follow=True).text


def test_conflicts_are_narrowed_and_show_what_waits_first(client, film, conflict):
    def listed(**query):
        return [row.fact for row in client.get(CONFLICTS, query).context_data["cl"].result_list]

    actions.lock_fact(curator=staff.curator(), film=film, fact="countries")
    actions.state_facts(film=film, facts={"countries": ["GB", "US"]}, source=Source.TMDB)
    assert sorted(listed()) == ["countries", "runtime_minutes"]
    assert listed(source__exact="tmdb") == ["countries"] and listed(about="runtime_minutes") == ["runtime_minutes"]
    assert listed(about="credits") == [] and len(listed(about="nonsense")) == 2
    actions.refuse_conflict(curator=staff.curator(), conflict=conflict)
    assert (
        listed() == ["countries"] and listed(state="refused") == ["runtime_minutes"] and len(listed(state="all")) == 2
    )
    page = client.get(f"{CONFLICTS}{conflict.pk}/change/").content.decode()
    assert "Ours kept" in page


def test_ours_is_what_the_film_says_now(client, film, conflict, cora):
    actions.correct_film(curator=cora, film=film, runtime_minutes=120)
    page = client.get(CONFLICTS).content.decode()
    assert "120" in page and "113" not in page


def test_a_suggestion_is_read_beside_the_film_and_taken(client, film):
    ana = make.member()
    said = actions.suggest_correction(member=ana, film=film, fact="runtime_minutes", value="113", note="The credits")
    page = client.get(f"{SUGGESTIONS}{said.pk}/change/").content.decode()
    assert "112" in page and "113" in page and "The credits" in page
    client.post(f"{SUGGESTIONS}{said.pk}/change/", {"decision": "accept", "answer": "Thank you."})
    said.refresh_from_db()
    assert (said.state, said.answer, record.read(film, "runtime_minutes")) == ("accepted", "Thank you.", 113)
    page = client.get(f"{SUGGESTIONS}{said.pk}/change/").content.decode()
    assert 'name="decision"' not in page and "Thank you." in page


def test_a_list_or_a_merge_is_only_marked_as_done(client, film):
    ana, twin = make.member(), make.film(title="Baby Driver", year=2016)
    rows = actions.suggest_correction(member=ana, film=film, fact="awards", value="It won a BAFTA")
    merge = actions.suggest_merge(member=ana, film=film, twin=twin)
    for said in (rows, merge):
        page = client.get(f"{SUGGESTIONS}{said.pk}/change/").content.decode()
        assert 'value="accept"' not in page and 'value="done"' in page
        client.post(f"{SUGGESTIONS}{said.pk}/change/", {"decision": "done"})
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"accepted"}


def test_a_suggestion_is_refused_with_an_answer(client, film):
    ana = make.member()
    said = [actions.suggest_correction(member=ana, film=film, fact="year", value=year) for year in ("2015", "2016")]
    refused = client.post(f"{SUGGESTIONS}{said[0].pk}/change/", {"decision": "refuse"})
    assert refused.status_code == 422 and Suggestion.objects.filter(state="waiting").count() == 2
    act(client, SUGGESTIONS, "refuse", said, answer="The poster says 2017.")
    assert set(Suggestion.objects.values_list("state", "answer")) == {("refused", "The poster says 2017.")}


def test_the_first_page_counts_what_waits(client, film, conflict):
    actions.suggest_correction(member=make.member(), film=film, fact="year", value="2016")
    waiting = {str(task.words): task for task in client.get("/admin/").context_data["dashboard"]["waiting"]}
    for words in ("conflict with an import", "suggestion of a member"):
        assert waiting[words].number == 1
        assert client.get(waiting[words].url).context_data["cl"].result_count == 1


def test_members_and_moderators_do_none_of_it(film, conflict):
    said = actions.suggest_correction(member=make.member(), film=film, fact="year", value="2016")
    change = FilmChange.objects.get()
    posts = {
        sources(film): {"fact": "genres"},
        changes(film): {"change": change.pk},
        f"{CONFLICTS}{conflict.pk}/decision/": {"decision": "accept"},
        f"{SUGGESTIONS}{said.pk}/change/": {"decision": "accept"},
        CONFLICTS: {"action": "accept", "_selected_action": conflict.pk, "index": "0"},
    }
    for member, status in ((staff.moderator(), 403), (make.member(), 302)):
        somebody = staff.logged_in(member)
        for url, data in posts.items():
            assert somebody.get(url).status_code == status, url
            assert somebody.post(url, data).status_code == status, url
    conflict.refresh_from_db()
    said.refresh_from_db()
    assert (conflict.state, said.state, record.read(film, "runtime_minutes")) == ("waiting", "waiting", 113)
    assert not FactLock.objects.exists()


def test_nothing_is_added_or_deleted_by_hand(client, conflict):
    for url in (CONFLICTS, SUGGESTIONS):
        assert client.get(f"{url}add/").status_code == 403
    assert client.get(f"{CONFLICTS}{conflict.pk}/delete/").status_code == 403


def test_everybody_reads_where_facts_come_from(client, film, cora, conflict):
    film.external_ids.create(source="imdb", value="tt3890160")
    actions.state_facts(film=film, facts={"genres": ["Action"]}, source=Source.IMDB)
    page = client.get(f"/films/{film.slug}/sources/")
    stated = {fact.key: fact for said in page.context["statements"] for fact in said.facts}
    assert stated["genres"].source == "imdb" and stated["genres"].url == "https://www.imdb.com/title/tt3890160/"
    assert stated["runtime_minutes"].source == "curator" and stated["title"].source == "seed"
    assert stated["credits.actor"].source == "seed" and "synopsis" not in stated
    assert "A curator" in page.content.decode()
    signed_out = staff.logged_in(make.member()).get(f"/films/{film.slug}/sources/").content.decode()
    assert cora.username not in signed_out


def test_a_suggested_merge_leads_to_both_and_merging_answers_it(client, film, cora):
    ana, twin = make.member(), make.film(title="Baby Driver", year=2016)
    for one, other in ((film, twin), (twin, film)):
        actions.suggest_merge(member=make.member(), film=one, twin=other)
    said = actions.suggest_merge(member=ana, film=twin, twin=film)
    page = client.get(f"{SUGGESTIONS}{said.pk}/change/").content.decode()
    assert f"/admin/films/merge/film/{film.pk}/{twin.pk}/" in page
    actions.merge_films(curator=cora, kept=film, gone=twin)
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"accepted"}
    page = client.get(f"{SUGGESTIONS}{said.pk}/change/").content.decode()
    assert 'name="decision"' not in page and "Accepted" in page
    words = staff.logged_in(ana).get("/accounts/suggestions/").content.decode()
    assert "They are one now." in words and "Accepted" in words
