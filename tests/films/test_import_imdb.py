"""IMDb's files: what of them becomes films, what is skipped, and what a curator's word is worth against them."""

import gzip
import shutil

import pytest
from django.core.management import CommandError

from films.actions.stating import lock_fact, settle_fact
from films.models import Conflict, Country, Credit, Film, FilmId, Language, Person, PersonId
from films.search import search_text_of
from tests import make, staff
from tests.films.importing import RECORDED, assert_second_run_changes_nothing, catalogue, run_import

pytestmark = pytest.mark.django_db
FILES = RECORDED / "imdb"
BASICS = "tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes genres"
PRINCIPALS = "tconst ordering nconst category job characters"
NAMES = "nconst primaryName birthYear deathYear primaryProfession knownForTitles"


def write(folder, **files):
    """Files of lines whose columns are parted by bars; `title_basics` is title.basics.tsv."""
    headers = {"title_basics": BASICS, "title_principals": PRINCIPALS, "name_basics": NAMES}
    for name, lines in files.items():
        text = "\n".join([headers[name].replace(" ", "\t"), *(line.replace("|", "\t") for line in lines), ""])
        (folder / f"{name.replace('_', '.')}.tsv").write_text(text, encoding="utf-8", newline="")
    return folder


def a_film(folder, title="Reel", names=("Ann Lee", "Bo Ek")):
    return write(
        folder,
        title_basics=[rf"tt0000007|movie|{title}|{title}|0|1999|\N|90|Drama,Sci-Fi"],
        title_principals=[r"tt0000007|1|nm0000001|director|\N|\N", r'tt0000007|2|nm0000002|actor|\N|["Kit"]'],
        name_basics=[rf"nm000000{number}|{name}|\N|\N|\N|\N" for number, name in enumerate(names, 1)],
    )


def test_films_come_with_all_that_the_seven_files_know():
    told = run_import("imdb", FILES)
    assert told.counts == (5, 0, 0, 0, 0)
    film = Film.objects.get(external_ids__value="tt2535470")
    assert (film.slug, film.year, film.runtime_minutes, film.origin) == (
        "wyrmwood-road-of-the-dead-2014", 2014, 98, "imdb",
    )  # fmt: skip
    assert film.original_title == "Wyrmwood" and film.renown == 627
    assert sorted(film.genres.values_list("name", flat=True)) == ["Action", "Comedy", "Horror"]
    score = film.outside_scores.get()
    assert (str(score), score.votes, score.as_of is None) == ("IMDb: 6.2 / 10", 15169, False)
    assert film.alternative_titles.filter(country="BG", language="bg", title="Пътят на мъртвите").exists()
    assert list(film.credits.cast().values_list("person__name", "character"))[0] == ("Jay Gallagher", "Barry")
    assert film.credits.filter(job="director").get().person.slug == "kiah-roache-turner"
    for film in Film.objects.all():
        assert film.search_text == search_text_of(film)
    assert not Film.objects.filter(title="When I Dream").exists()


def test_everybody_is_counted():
    run_import("imdb", FILES)
    assert Credit.objects.count() > 40
    for person in Person.objects.all():
        assert person.credit_count == person.credits.count() > 0
        assert person.external_ids.get().source == "imdb"


def test_a_second_run_changes_nothing():
    run_import("imdb", FILES)
    assert assert_second_run_changes_nothing("imdb", FILES).counts == (0, 0, 5, 0, 0)


def test_packed_files_say_the_same(tmp_path):
    run_import("imdb", FILES)
    plain = catalogue()
    Film.objects.all().delete()
    Person.objects.all().delete()
    for file in FILES.iterdir():
        with gzip.open(tmp_path / f"{file.name}.gz", "wb") as packed:
            packed.write(file.read_bytes())
    for file in tmp_path.iterdir():
        shutil.copystat(FILES / file.stem, file)  # the day of the file is the day of its ratings
    run_import("imdb", tmp_path)
    assert catalogue() == plain


def test_series_and_shorts_come_when_asked_for_and_episodes_never():
    assert run_import("imdb", FILES, all_titles=True).counts[0] == 9
    assert not FilmId.objects.filter(value__in=["tt10070612", "tt10070672"]).exists()


def test_bad_lines_are_skipped_by_their_numbers(tmp_path):
    told = run_import("imdb", write(
        tmp_path,
        title_basics=[
            r"tt0000001|movie|Good|Good|0|1999|\N|90|Drama", r"tt0000002|movie|Short of columns|0",
            r"xx0000003|movie|No id|No id|0|1999|\N|90|Drama", r"tt0000001|movie|Twice|Twice|0|1999|\N|90|Drama",
            r"tt0000004|movie|Moved|Moved|Moved|0|1999|\N|90", r"tt0000005|movie|\N|\N|0|1999|\N|90|Drama",
            rf"tt0000006|movie|{'x' * 251}|x|0|1999|\N|90|Drama", r"tt0000008|movie|Blue|Blue|1|1999|\N|90|Adult",
            r"tt12345678|movie|Odd|Odd|0|99|\N|0|Drama,\N?", "tt0000009|movie|Nul\0|Nul|0|1999|1|1|Drama",
        ],
        title_principals=[
            r"tt0000001|1|nm0000001|actor|\N|[""\"The \\\"Kid\\\"\",\"Bo\"]", r"tt0000001|2|nm9999999|actor|\N|\N",
            r"tt0000001|x|nm0000001|actor|\N|\N", r"tt0000001|3|nm0000001|self|\N|[""\"Himself\"]",
        ],
        name_basics=[r"nm0000001|Ann ""\"Annie\""r" Lee|\N|\N|\N|\N", r"nm0000001|Ann Again|\N|\N|\N|\N"],
    ))  # fmt: skip
    assert set(Film.objects.values_list("title", "year", "runtime_minutes")) == {
        ("Good", 1999, 90),
        ("Odd", None, None),
    }
    credit = Credit.objects.get()
    assert (credit.person.name, credit.character) == ('Ann "Annie" Lee', 'The "Kid" / Bo / Himself')
    bad = [f"title.basics.tsv:{number}" for number in (3, 4, 5, 6, 7, 8, 10, 11)]
    for place in (*bad, "title.principals.tsv:4", "name.basics.tsv:3", "title.principals.tsv:3"):
        assert f"{place}: " in told.errors, place
    assert told.counts == (2, 0, 0, 0, 10)


def test_namesakes_get_addresses_of_their_own(tmp_path):
    make.film(title="Reel", year=1999)
    lines = [rf"tt000000{number}|movie|Reel|Reel|0|1999|\N|90|Drama" for number in (1, 2, 3)]
    run_import("imdb", write(tmp_path, title_basics=[*lines, r"tt0000009|movie|Reel 1999|Reel 1999|0|2|\N|9|\N"]))
    slugs = dict(FilmId.objects.values_list("value", "film__slug"))
    assert slugs == {
        "tt0000001": "reel-1999-5", "tt0000002": "reel-1999-2", "tt0000003": "reel-1999-3", "tt0000009": "reel-1999-4",
    }  # fmt: skip


def test_the_site_needs_no_first_catalogue(tmp_path):
    Country.objects.all().delete()
    Language.objects.all().delete()
    run_import("imdb", FILES)
    assert Country.objects.filter(alternativetitle__isnull=False).exists()


@pytest.mark.parametrize("name", ["title.akas.tsv", "title.crew.tsv", "title.principals.tsv", "name.basics.tsv"])
def test_every_file_but_one_may_be_missing(tmp_path, name):
    shutil.copytree(FILES, tmp_path / "files")
    (tmp_path / "files" / name).unlink()
    assert run_import("imdb", tmp_path / "files").counts[0] == 5


def test_without_titles_it_says_so(tmp_path):
    with pytest.raises(CommandError, match=r"title\.basics\.tsv"):
        run_import("imdb", tmp_path)


def test_a_film_that_is_here_is_known_by_title_year_and_a_name(tmp_path):
    here = make.film(title="Reel", year=1999, directors=["Ann Lee"], cast=[("Cy Dee", "")], origin="seed")
    other = make.film(title="Reel", year=1999, directors=["Somebody Else"])
    told = run_import("imdb", a_film(tmp_path))
    assert told.run.new == 0 and FilmId.objects.get().film == here
    assert PersonId.objects.get(value="nm0000001").person.name == "Ann Lee"
    assert Person.objects.filter(name="Ann Lee").count() == 1
    assert set(here.credits.cast().values_list("person__name", "character")) == {("Cy Dee", ""), ("Bo Ek", "Kit")}
    assert not other.external_ids.exists()


def test_with_nobody_in_common_it_is_another_film(tmp_path):
    make.film(title="Reel", year=1999, directors=["Somebody Else"])
    assert run_import("imdb", a_film(tmp_path)).counts == (1, 0, 0, 0, 0)


def test_what_is_new_at_imdb_is_stated_with_a_source(tmp_path):
    run_import("imdb", a_film(tmp_path))
    film = Film.objects.get()
    told = run_import("imdb", a_film(tmp_path, title="The Reel"))
    assert told.counts == (0, 1, 0, 0, 0)
    change = film.changes.get(fact="title")
    assert (change.before, change.after, change.source, change.run) == ("Reel", "The Reel", "imdb", told.run)
    assert Film.objects.get().slug == "the-reel-1999"


def test_locks_and_hand_made_facts_survive(tmp_path):
    run_import("imdb", a_film(tmp_path))
    film, curator = Film.objects.get(), staff.curator()
    lock_fact(curator=curator, film=film, fact="title")
    settle_fact(curator=curator, film=film, fact="runtime_minutes", value=113)
    told = run_import("imdb", a_film(tmp_path, title="Real"))
    film.refresh_from_db()
    assert (film.title, film.runtime_minutes) == ("Reel", 113)
    assert dict(Conflict.objects.values_list("fact", "theirs")) == {"title": "Real", "runtime_minutes": 90}
    assert told.counts == (0, 0, 1, 2, 0)


def test_a_trial_stores_nothing():
    told = run_import("imdb", FILES, dry_run=True)
    assert "5" in told.output and not Film.objects.exists()
