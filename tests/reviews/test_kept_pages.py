"""Pages for readers who are signed out are kept, and never a moment longer than they are true."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import actions as people
from config.freshness import ANY, WIDE, shared
from config.front import is_at_hand
from config.keeping import Shelf, held, shelf
from films.actions.merging import merge_films
from films.freshness import moved, standing_of
from films.models import Film, Genre
from reviews.actions.following import follow_member
from reviews.actions.listing import Details, change_list, like_list
from reviews.actions.moderating import suspend
from reviews.actions.rating import mark_film
from reviews.actions.reviewing import delete_review, edit_review, like_review, post_review
from reviews.actions.talking import post_comment
from reviews.actions.writing import Writing
from reviews.models import FilmList, Review
from tests import make
from tests.reviews.town import Town, ask

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db) -> Town:
    return Town()


def was_kept(address: str) -> bool:
    with CaptureQueriesContext(connection) as asked:
        ask(address)
    return not asked.captured_queries


def link_to(film: Film) -> bytes:
    return f'href="{film.get_absolute_url()}"'.encode()


def seen(town: Town) -> dict[str, tuple[int, bytes]]:
    answers = {address: ask(address) for address in town.pages}
    return {address: (answer.status_code, answer.content) for address, answer in answers.items()}


def acts(town: Town):
    """One after the other, all kinds of things that change pages."""
    six, film, review = town.people, town.film, town.review
    yield "rate", lambda: mark_film(member=six.bea, film=film, half_stars=9)
    yield "rate again", lambda: mark_film(member=six.bea, film=film, half_stars=2)
    yield "see another", lambda: mark_film(member=six.fay, film=town.other, watched=True)
    yield "like", lambda: like_review(member=six.fay, review=review)
    yield "comment", lambda: post_comment(member=six.fay, subject=review, body="So am I.")
    yield "review", lambda: post_review(member=six.bea, film=town.other, writing=Writing(body="Coffee and guns. " * 9))
    yield "edit", lambda: edit_review(member=six.ana, review=review, writing=Writing(body="Counted out. " * 9))
    yield "rename", lambda: people.change_username(member=six.bea, username="beatrice")
    yield "follow", lambda: follow_member(member=six.cem, other=six.bea)
    yield "list", lambda: make.film_list(member=six.fay, films=[film, town.other], title="Getaways")
    yield "like the list", lambda: like_list(member=six.bea, film_list=FilmList.objects.get())
    yield "comment on it", lambda: post_comment(member=six.bea, subject=FilmList.objects.get(), body="All of them.")
    yield (
        "rename it",
        lambda: change_list(member=six.fay, film_list=FilmList.objects.get(), details=Details(title="Go")),
    )
    yield "correct", lambda: Film.objects.filter(pk=film.pk).update(tagline="All you need is one killer track.")
    yield (
        "suspend",
        lambda: suspend(
            moderator=make.allow(six.eli, "accounts.suspend_user"),
            member=six.fay,
            rule="spam",
            reason="Nothing but adverts.",
        ),
    )
    yield "draft", lambda: Review.objects.filter(film=town.other).update(published_at=None)
    yield "publish", lambda: Review.objects.filter(film=town.other).update(published_at=timezone.now())
    yield "delete", lambda: delete_review(member=six.ana, review=Review.objects.get(pk=review.pk))
    yield "merge", lambda: merge_films(curator=make.allow(six.dora, "films.delete_film"), kept=film, gone=town.other)


@pytest.mark.slow
def test_after_every_act_every_page_is_as_if_nothing_were_kept(town, settings):
    for name, act in [("nothing", lambda: None), *acts(town)]:
        for address in town.pages:
            ask(address)
        act()
        kept = seen(town)
        settings.PAGES_KEPT_MB = 0
        fresh = seen(town)
        settings.PAGES_KEPT_MB = 64
        assert [address for address in town.pages if kept[address] != fresh[address]] == [], name


def test_a_page_is_kept_until_it_changes(town):
    film, other = town.film.get_absolute_url(), town.other.get_absolute_url()
    for address in ("/", film, other):
        assert not was_kept(address)
        assert was_kept(address)
    mark_film(member=town.people.bea, film=town.film, half_stars=9)
    assert not was_kept(film) and not was_kept("/")
    ask(other)
    mark_film(member=town.people.bea, film=town.film, half_stars=3)
    assert was_kept(other), "What members make of one film is none of another's business."
    ask("/films/")
    follow_member(member=town.people.cem, other=town.people.fay)
    assert was_kept(other), "Nor is who follows whom, on any film's."
    make.film_list(member=town.people.fay, films=[town.film])
    assert was_kept("/films/") and not was_kept("/lists/"), "Lists stand on few pages."
    people.save_profile(member=town.people.ana, display_name="Anna", bio="", location="", pronouns="", website="")
    assert not was_kept(film) and not was_kept(other)
    assert b"Anna" in ask(film).content


def test_browsing_outlives_ratings_that_give_no_film_another_word(town):
    """Heat is shown there, Baby Driver is not, and Ana rated it."""
    six, address = town.people, "/films/?from=1990&to=1999"
    ask(address)
    mark_film(member=six.bea, film=town.film, half_stars=9)
    assert was_kept(address)
    mark_film(member=six.fay, film=town.film, half_stars=8)
    assert not was_kept(address), "With three ratings it is among those that have so many."
    mark_film(member=six.fay, film=town.film, half_stars=None)
    assert not was_kept(address)
    mark_film(member=six.bea, film=town.other, half_stars=8)
    assert not was_kept(address)


def known_films(number: int) -> list[Film]:
    """Films of which neither year nor length is known, the best known first."""
    rows = [
        Film(title=f"Film {n}", slug=f"film-{n}", sort_title=f"film {n}", renown=2 * number - n) for n in range(number)
    ]
    return Film.objects.bulk_create(rows)


def test_a_page_in_the_order_of_popularity_has_a_film_as_soon_as_it_rises_there():
    """Where one asks for the newest or the longest, films whose year or length is unknown come in that order."""
    films, ana = known_films(62), make.member()
    for address, shown in ("/films/", 60), ("/films/?sort=newest", 60), ("/films/?sort=longest", 60), ("/search/", 12):
        last, below = link_to(films[shown - 1]), link_to(films[shown + 1])
        page = ask(address).content
        assert last in page and below not in page, address
        mark_film(member=ana, film=films[shown + 1], in_watchlist=True)
        page = ask(address).content
        assert below in page and last not in page, address
        mark_film(member=ana, film=films[shown + 1], in_watchlist=False)
        page = ask(address).content
        assert last in page and below not in page, address


def test_the_second_page_has_a_film_as_soon_as_it_falls_there():
    films, ana = known_films(62), make.member()
    mark_film(member=ana, film=films[61], watched=True)
    second = ask("/films/").context["next_url"]
    assert link_to(films[61]) not in ask(second).content
    mark_film(member=ana, film=films[61], watched=False)
    assert link_to(films[61]) in ask(second).content


def test_a_page_in_the_order_of_popularity_outlives_what_passes_neither_of_its_ends():
    """Nobody knows one film, and everybody all the others."""
    films, ana, bea = known_films(62), make.member(), make.member()
    Film.objects.exclude(pk=films[61].pk).update(renown=10**6)
    mark_film(member=ana, film=films[61], half_stars=8)  # the first rating, which filters count
    ask("/films/")
    *_others, tags = [page.tags for key, page in shelf.kept.items() if "/films/" in key]
    for film, touches in (films[61], False), (Film.objects.popular()[60], True):
        before = standing_of(film.pk)
        mark_film(member=bea, film=film, half_stars=7)
        passed = moved(before, standing_of(film.pk))
        assert passed and set(passed).isdisjoint(tags) is not touches
    assert not was_kept("/films/")


def test_what_begins_to_be_recommended_is_what_is_best_known_now():
    films, ana, reader = known_films(13), make.member(), Client()
    reader.force_login(make.member())
    assert link_to(films[12]) not in ask("/for-you/", reader).content
    mark_film(member=ana, film=films[12], in_watchlist=True)
    assert link_to(films[12]) in ask("/for-you/", reader).content


def test_a_repeated_visit_is_answered_with_304_until_the_page_changes(town):
    address = town.film.get_absolute_url()
    for form in ("identity", "gzip"):
        first = ask(address, Accept_Encoding=form)
        again = ask(address, Accept_Encoding=form, If_None_Match=first["ETag"])
        assert again.status_code == 304 and not again.content
        assert again["ETag"] == first["ETag"] and again["Cache-Control"] == "no-cache" and "Cookie" in again["Vary"]
    people.save_profile(member=town.people.fay, display_name="Faye", bio="", location="", pronouns="", website="")
    assert ask(address, If_None_Match=first["ETag"]).status_code == 304  # made anew, and the same
    mark_film(member=town.people.bea, film=town.film, half_stars=9)
    assert ask(address, If_None_Match=first["ETag"]).status_code == 200


def test_members_neither_get_what_is_kept_nor_have_theirs_kept(town):
    address = town.film.get_absolute_url()
    member = Client()
    member.force_login(town.people.bea)
    theirs = ask(address, member)
    assert "ETag" not in theirs or theirs["Cache-Control"].startswith("private")
    assert b"Log out" in theirs.content and not theirs.cookies.get("messages")
    ours = ask(address)
    assert b"Log out" not in ours.content and not ours.cookies
    assert b"Log out" in ask(address, member).content


def test_what_is_asked_for_otherwise_is_answered_otherwise(town):
    ask("/films/")
    part = ask("/films/", HX_Request="true")
    assert part["Vary"] and "ETag" not in part
    lit = Client()
    lit.cookies["lights"] = "up"
    assert b'data-lights="up"' in ask("/", lit).content and b'data-lights="down"' in ask("/").content
    assert ask("/films/nothing/").status_code == 404 and not was_kept("/films/nothing/")
    form = "/accounts/login/"
    assert ask(form).content != ask(form).content  # each with a token of its own


def test_what_is_written_while_a_page_is_made_makes_it_outdated(town):
    """The page is read before the write and would be kept after it."""
    address = town.film.get_absolute_url()
    writing = Client()
    writing.force_login(town.people.bea)

    def write_meanwhile(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if 'FROM "films_soundtrackentry"' in sql and not done:
            done.append(sql)
            mark_film(member=town.people.bea, film=town.film, half_stars=1)
        return result

    done: list[str] = []
    with connection.execute_wrapper(write_meanwhile):
        ask(address)
    assert done
    assert not was_kept(address)


def test_a_full_shelf_forgets_what_was_asked_for_least_recently():
    shelf = Shelf(most=3 * 1500)
    tags = (ANY,)
    for name in "abc":
        shelf.put((name,), name, 1000, tags, shared.stamps(tags))
    shelf.get(("a",))
    shelf.put(("d",), "d", 1000, tags, shared.stamps(tags))
    assert [shelf.get((name,)) for name in "abcd"] == ["a", None, "c", "d"]
    assert shelf.size == 4500


def test_the_gateway_knows_which_pages_are_at_hand(town):
    def at_hand(*cookies: tuple[bytes, bytes], method: str = "GET") -> bool:
        address = town.film.get_absolute_url()
        scope = {
            "method": method, "path": address, "raw_path": address.encode(), "query_string": b"", "scheme": "http",
            "http_version": "1.1", "headers": [*cookies],
        }  # fmt: skip
        return is_at_hand(scope)

    assert not at_hand()
    ask(town.film.get_absolute_url())
    assert at_hand() and at_hand(method="HEAD") and at_hand((b"cookie", b"theme=x")) and not at_hand(method="POST")
    assert not at_hand((b"cookie", b"sessionid=abcdefgh")) and not at_hand((b"range", b"bytes=0-1"))
    mark_film(member=town.people.fay, film=town.film, half_stars=9)
    assert not at_hand()


def test_what_is_held_is_made_anew_after_a_write_and_on_another_day_and_shows_nothing_uncommitted(transactional_db):
    def named(day: str = "Monday") -> list[str]:
        return held("names of genres", day, (WIDE,), lambda: list(Genre.objects.values_list("name", flat=True)))

    Genre.objects.create(name="Heist", slug="heist")
    assert named() == ["Heist"] and named() is named()
    assert named("Tuesday") is not (monday := named()) and named() == monday
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Genre.objects.update(name="Caper")
        assert named() == ["Caper"]
        raise ZeroDivisionError
    assert named() == ["Heist"]
    Genre.objects.update(name="Caper")
    assert named() == ["Caper"]
