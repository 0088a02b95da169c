"""The films of the furnished house: what the catalogue and the journal say of them, and what is remembered. And what
the house says of itself."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from films.actions import (
    lock_fact,
    merge_films,
    refuse_suggestion,
    settle_fact,
    state_facts,
    suggest_correction,
    suggest_merge,
)
from films.models import (
    Award,
    Company,
    Conflict,
    Duplicate,
    FilmId,
    FormerPersonSlug,
    FormerSlug,
    Franchise,
    ImportRun,
    OutsideScore,
    Service,
    Source,
)
from reviews.actions import publishing
from reviews.actions.guiding import choose_cautions
from reviews.actions.housekeeping import save_page, say_words
from reviews.actions.noticing import put_away, save_notice
from reviews.models import Article, ContentCount, HouseWords
from tests import make
from tests.reviews.votes import say

ESSAY = """It starts before the engine does.

## What you hear first

The song comes in, and *then* the picture cuts to it. A list:

- the wipers
- the doors
- a pistol, on the beat

## What you see last

> One more mile, he says, and means it.

The rest is at [the film's own page](/films/baby-driver-2017/), and >!he goes to prison!<.
"""
CAST = [
    ("Ansel Elgort", "Baby"), ("Lily James", "Debora"), ("Kevin Spacey", "Doc"), ("Jon Hamm", "Buddy"),
    ("Jamie Foxx", "Bats"), ("Eiza González", "Darling"), ("Jon Bernthal", "Griff"), ("CJ Jones", "Joseph"),
    ("Flea", "Eddie No-Nose"), ("Lanny Joon", "JD"), ("Sky Ferreira", "Baby’s mother"), ("Big Boi", "Diner patron"),
    ("Killer Mike", "Diner patron"), ("Paul Williams", "The Butcher"),
]  # fmt: skip
SONGS = [("Bellbottoms", "The Jon Spencer Blues Explosion", "The first getaway"), ("Harlem Shuffle", "Bob & Earl", "")]


def fill_the_catalogue(house: dict[str, Any]) -> None:
    today = timezone.localdate()
    film = make.film(
        title="Baby Driver", genres=["Action", "Crime"], countries=["GB", "US"], languages=["en"],
        directors=["Edgar Wright"], cast=CAST, runtime_minutes=113, renown=900_000, release_date=today,
        tagline="All you need is one killer track.", synopsis="A young getaway driver hears his life in songs.",
        original_title="Baby Driver",
    )  # fmt: skip
    for country in ("GB", "US"):
        make.release(film=film, country=country, released_on=today, certificate="15")
    FilmId.objects.create(film=film, source="imdb", value="tt3890160")
    FormerSlug.objects.create(film=film, slug="baby-2017")
    for position, (title, artist, scene) in enumerate(SONGS, start=1):
        make.song(film=film, position=position, title=title, artist=artist, scene=scene)
    other = make.film(title="Dunkirk", year=2017, genres=["War"], directors=["Christopher Nolan"], runtime_minutes=106)
    award = Award.objects.create(
        film=film, award="Academy Awards", category="Film Editing", year=2018, outcome="nominated", lost_to_film=other
    )
    director = film.credits.get(job="director").person
    award.people.add(director)
    FormerPersonSlug.objects.create(person=director, slug="e-wright")
    OutsideScore.objects.create(film=film, source="Metacritic", value=86, scale=100, votes=53)
    make.availability(film=film, ends_on=today + timedelta(days=9))
    make.availability(film=other, service="Cinema Nova", kind="cinema", ends_on=today - timedelta(days=9))
    plain = make.film(title="Unknown Reel", year=None)
    long = "Weltkammerlichtspielhauskarte"  # wider than its card on a phone
    titles = [long, *(f"Reel {number}" for number in range(1, 9))]
    reels = [make.film(title=title, year=1960 + number) for number, title in enumerate(titles)]
    films = [film, other, plain, *reels]
    film.companies.add(company := Company.objects.create(name="Working Title Films", slug="working-title-films"))
    film.content_notes.add(note := make.content_note("Flashing lights"))
    film.access_features.add(feature := make.access_feature("Audio description"))
    film.franchise = franchise = Franchise.objects.create(name="Getaway Films", slug="getaway-films")
    film.save()
    house |= {
        "company": company, "franchise": franchise, "artist": film.soundtrack.first().artist,
        "contentnote": note, "accessfeature": feature,
        "film": film, "other": other, "plain": plain, "quiet": films[-1], "person": director,
        "actor": film.credits.get(position=0, job="actor").person, "credit": film.credits.get(job="director"),
        "service": Service.objects.get(name="Netflix"),
        "collection": make.collection(
            title="Getaways", films=films, curator=house["dora"], text="Keep it running.", on_front_page=True
        ),
        "hidden_collection": make.collection(title="Next", films=films[:2], shown_from=today + timedelta(days=30)),
        "genre": film.genres.first(), "country": film.countries.first(), "language": film.languages.first(),
    }  # fmt: skip
    house["article"] = make.article(
        title="Counting it in", body=ESSAY, films=[film], author=house["dora"], standfirst="How six minutes were cut."
    )
    house["article"].people.add(director)
    article = {"article": house["article"], "editor": house["dora"]}
    publishing.save_article(**article, picture_alt="A red car, seen from above.", picture_credit="Drawn by the house")
    house["article"] = publishing.save_article(**article, standfirst="How six minutes were cut to one song.")
    Article.objects.filter(pk=house["article"].pk).update(picture_key=make.picture_key())
    house["critique"] = make.article(
        title="Nearly all of it works", kind="review", films=[film], standfirst="", outlet="The Evening Reel",
        outlet_url="https://reel.example.org/nearly/", score_value=4, score_scale=5,
    )  # fmt: skip
    house["scheduled"] = make.article(title="Tomorrow", films=[film], published_at=timezone.now() + timedelta(days=1))
    house["news"] = make.article(title="Leaving at the end of the month", kind="news", films=[film, other])
    house["unpublished"] = make.article(title="Not yet", films=[film], published_at=None)


def say_what_is_in_it(house: dict[str, Any]) -> None:
    """Seven members of one film, most of one mind; Ana is to be told of it."""
    spiders = make.content_note("Spiders")
    for place, name in enumerate(("ana", "bea", "cem", "dora", "eli", "fay", "boss")):
        say(house[name], house["film"], {"spiders": place > 0, "flashing-lights": True}, violence=3 - place % 2)
    choose_cautions(member=house["ana"], notes=[spiders, house["contentnote"]])
    house["contentcount"] = ContentCount.objects.get(note=spiders)


def say_what_house_this_is(house: dict[str, Any]) -> None:
    """A page that everybody reads, a draft, and notices: one for everybody, one for members, one that Fay put away."""
    boss, dora = house["boss"], house["dora"]
    say_words(editor=boss, line="The film club of the Ritz.", welcome="We go on talking.", contact="club@example.org")
    house["housewords"] = HouseWords.objects.get()
    body = "In short: *nothing* follows you.\n\n## Who is responsible\n\nThe club.\n\n## Cookies\n\nFew."
    page = save_page(editor=boss, kind="privacy", title="Your data", body=body, published=True)
    house["housepage"] = save_page(editor=boss, page=page, body=f"{body}\n\nAnd none for visitors.")
    house["housedraft"] = save_page(editor=boss, title="Our statutes", body="We have not voted on this yet.")
    house["housenotice"] = save_notice(
        editor=dora, words="On Thursday we meet at the Ritz.", link="/articles/counting-it-in/", link_words="What for"
    )
    house["member_notice"] = save_notice(editor=dora, words="The key lies with Ana.", audience="members")
    work = save_notice(editor=dora, words="The house closes at six.", kind="maintenance")
    put_away(member=house["fay"], notice=work)


def fill_the_memory(house: dict[str, Any]) -> None:
    """A change, a lock that an import ran into, and what a member says is wrong."""
    film, dora, ana = house["film"], house["dora"], house["ana"]
    settle_fact(curator=dora, film=film, fact="tagline", value="All you need is one killer track, and a car.")
    lock_fact(curator=dora, film=film, fact="runtime_minutes", reason="Read from the disc.")
    state_facts(film=film, facts={"runtime_minutes": 112}, source=Source.IMDB)
    house["conflict"] = Conflict.objects.get(film=film)
    reasons = {"It has no title.": {"count": 2, "places": ["films.csv:7", "films.csv:9"]}}
    house["importrun"] = ImportRun.objects.create(source=Source.CSV, place="films.csv", skipped=2, reasons=reasons)
    note = "The poster says so."
    house["suggestion"] = suggest_correction(member=ana, film=film, fact="year", value="2016", note=note)
    house["suggested_merge"] = suggest_merge(member=ana, film=film, twin=house["other"])
    refused = suggest_correction(member=ana, film=film, fact="awards", value="It won everything")
    refuse_suggestion(curator=dora, suggestion=refused, answer="It did not, though it should have.")
    house["duplicate"] = Duplicate.objects.create(film=film, twin=house["other"], reason="title")
    house["merge"] = merge_films(curator=dora, kept=house["plain"], gone=make.film(title="Unknown Reel", year=None))
