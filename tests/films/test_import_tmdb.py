import json

import pytest
from django.core.management import CommandError

from films import record
from films.models import Film, FilmId, Person, PersonId, Source
from tests import make
from tests.films.importing import RECORDED, assert_second_run_changes_nothing, run_import

pytestmark = pytest.mark.django_db
TMDB = RECORDED / "tmdb"


def film(number=87421):
    return Film.objects.get(external_ids__source="tmdb", external_ids__value=str(number))


def answer(tmp_path, **row):
    place = tmp_path / "film.json"
    place.write_text(json.dumps({"id": 7, "title": "Reel", "release_date": "1999-03-31"} | row), "utf-8")
    return place


def test_it_takes_every_part_of_an_answer():
    told = run_import("tmdb", TMDB / "riddick.json")
    assert told.counts == (1, 0, 0, 0, 0)
    found = film()
    assert (found.slug, found.origin, found.runtime_minutes) == ("riddick-2013", Source.TMDB, 119)
    assert str(found.release_date) == "2013-09-06" and found.franchise.name == "The Chronicles of Riddick"
    assert record.read(found, "ids.imdb") == "tt1411250"
    assert record.read(found, "genres") == ["Action", "Science fiction", "Thriller"]
    assert record.read(found, "companies") == ["One Race Productions", "Radar Pictures", "Universal Pictures"]
    assert record.read(found, "countries") == ["US"] and record.read(found, "languages") == ["en"]
    assert found.trailer_url == "https://www.youtube.com/watch?v=zH3O-CeZckE"
    assert record.read(found, "scores.TMDB")["votes"] == 625
    assert found.original_title == "", "it is the title"
    assert (found.budget, found.box_office) == ("USD 38000000", "USD 42025135")
    cast = record.read(found, "credits.actor")
    assert [row["character"] for row in cast] == ["Riddick", "Lord Vaako", "Dahl", "Santana", "", ""]
    assert record.read(found, "credits.executive_producer") and record.read(found, "credits.composer")


def test_it_keeps_certificates_in_their_language_and_reads_the_key_with_a_slash():
    run_import("tmdb", TMDB / "riddick.json")
    releases = {row["country"]: row for row in record.read(film(), "releases")}
    assert releases["KR"]["certificate"] == "15세 이상 관람가" and releases["KR"]["released_on"] == "2013-11-28"
    places = record.read(film(), "availability")
    assert ("Viaplay", "FI", "stream") in {(row["service"], row["country"], row["kind"]) for row in places}


def test_a_second_run_changes_nothing():
    told = run_import("tmdb", TMDB)
    assert told.counts == (3, 0, 0, 0, 3), (
        "two films, one of a search; a series, a person and a part of an unknown film"
    )
    assert assert_second_run_changes_nothing("tmdb", TMDB).counts == (0, 0, 3, 0, 3)
    assert film(76).tagline == film(76).synopsis == ""


def test_people_are_known_again_by_their_id():
    run_import("tmdb", TMDB / "riddick.json")
    assert PersonId.objects.get(source="tmdb", value="12835").person.name == "Vin Diesel"
    people = Person.objects.count()
    Person.objects.filter(name="Vin Diesel").update(name="Mark Sinclair")
    assert run_import("tmdb", TMDB / "riddick.json").counts == (0, 0, 1, 0, 0)
    assert Person.objects.count() == people


def test_a_film_that_is_there_is_found_by_title_year_and_people():
    there = make.film(title="Riddick", year=2013, cast=[("Vin Diesel", "")], directors=["David Twohy"])
    Film.objects.update(origin=Source.SEED)
    assert run_import("tmdb", TMDB / "riddick.json").counts == (0, 1, 0, 0, 0)
    assert film() == there and Film.objects.count() == 1
    assert record.read(there, "credits.actor")[0]["character"] == "Riddick"
    assert Person.objects.filter(name="Vin Diesel").count() == 1
    assert_second_run_changes_nothing("tmdb", TMDB / "riddick.json")


def test_a_namesake_of_other_people_is_another_film():
    other = make.film(title="Riddick", year=2013, cast=[("A", ""), ("B", "")], directors=["Somebody else"])
    assert run_import("tmdb", TMDB / "riddick.json").counts == (1, 0, 0, 0, 0)
    assert film() != other and film().slug == "riddick-2013-2"


def test_a_film_with_another_id_is_another_film():
    other = make.film(title="Riddick", year=2013, cast=[("Vin Diesel", "")])
    FilmId.objects.create(film=other, source="tmdb", value="1")
    run_import("tmdb", TMDB / "riddick.json")
    assert film() != other


def test_a_part_of_a_known_film_is_added_to_it():
    fight = make.film(title="Fight Club", year=1999)
    FilmId.objects.create(film=fight, source="tmdb", value="550")
    told = run_import("tmdb", TMDB / "fight-club-release-dates.json")
    assert told.counts == (0, 1, 0, 0, 0) and len(record.read(fight, "releases")) == 3


def test_what_nobody_knows_stays_empty(tmp_path):
    run_import("tmdb", answer(tmp_path, runtime=0, tagline=None, overview="", release_date="", popularity="3.2"))
    found = film(7)
    assert (found.year, found.runtime_minutes, found.tagline, found.release_date) == (None, None, "", None)


@pytest.mark.parametrize(
    "part",
    [
        {"credits": "none"}, {"credits": {"cast": [None, 7, {"name": None}, {"id": "x", "name": "A", "order": "z"}]}},
        {"genres": [{"name": "x" * 99}], "genre_ids": "12"}, {"genre_ids": 12}, {"genre_ids": [[18], None, 1e99]},
        {"runtime": "soon"}, {"runtime": 10**30},
        {"release_date": "1999-02-31"}, {"release_date": 5}, {"watch/providers": {"results": {"XX": {"buy": [{}]}}}},
        {"spoken_languages": [{"iso_639_1": "qq"}], "production_countries": [{"iso_3166_1": "QQ"}]},
        {"vote_average": "NaN", "vote_count": 3}, {"vote_average": 11, "vote_count": "4"},
        {"tagline": "t" * 5000, "overview": "\u0000o\ud800" * 4000}, {"imdb_id": "", "external_ids": []},
        {"videos": {"results": [{"site": "YouTube", "type": "Trailer", "key": "javascript:alert(1)"}]}},
        {"belongs_to_collection": {"name": ""}}, {"release_dates": {"results": [{"iso_3166_1": "US"}]}},
    ],
)  # fmt: skip
def test_no_part_can_make_it_fall(tmp_path, part):
    place = answer(tmp_path, **part)
    assert run_import("tmdb", place).run.new == 1
    assert film(7).title == "Reel" and "javascript" not in film(7).trailer_url
    assert_second_run_changes_nothing("tmdb", place)


def test_one_actor_may_play_two_parts(tmp_path):
    cast = [{"id": 1, "name": "Eddie Murphy", "character": part} for part in ("Akeem", "Clarence")]
    place = answer(tmp_path, credits={"cast": cast})
    run_import("tmdb", place)
    assert [row["character"] for row in record.read(film(7), "credits.actor")] == ["Akeem", "Clarence"]
    assert_second_run_changes_nothing("tmdb", place)


def test_two_people_of_one_name_stay_two(tmp_path):
    cast = [{"id": number, "name": "Ann Lee", "character": f"Part {number}"} for number in (1, 2)]
    place = answer(tmp_path, credits={"cast": cast})
    run_import("tmdb", place)
    assert Person.objects.filter(name="Ann Lee").count() == 2
    assert_second_run_changes_nothing("tmdb", place)


def test_a_refusal_of_tmdb_is_told(tmp_path):
    place = tmp_path / "refused.json"
    place.write_text('{"success": false, "status_code": 7, "status_message": "Words"}')
    with pytest.raises(CommandError, match="Nothing could be imported"):
        run_import("tmdb", place)


def test_a_trial_stores_nothing():
    told = run_import("tmdb", TMDB / "riddick.json", dry_run=True)
    assert "1  film new" in told.output and "nothing was stored" in told.output
    assert not Film.objects.exists() and told.run is None
