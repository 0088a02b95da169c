"""What a careful reader gets out of each text in `texts/`, all of which were written for these tests."""

from typing import Any

# fmt: off
EXPECTED: dict[str, dict[str, Any]] = {
    "stars above and below": {
        "kind": "review", "film": "heat-1995", "half_stars": 9, "title": "Heat (1995)",
        "people": ["Michael Mann", "Al Pacino", "Robert De Niro"],
    },
    "no capitals": {"kind": "review", "film": "parasite-2019", "half_stars": 9},
    "markdown essay": {
        "kind": "essay", "film": "blade-runner-2049-2017", "half_stars": None,
        "title": "Rain, Neon and the Price of Memory",
        "headings": ["The colour of absence", "What a replicant wants", "The father in the desert"],
        "films": ["blade-runner-1982"],
        "credits": [("Ryan Gosling", "actor", "K"), ("Harrison Ford", "actor", "Deckard")],
    },
    "dateline": {
        "kind": "news", "film": "paddington-2-2017",
        "title": "Paddington 2 leaves BBC iPlayer at the end of the month",
        "leaving": [("paddington-2-2017", "BBC iPlayer", "2025-03-31")],
        "credits": [
            ("Paul King", "director", ""), ("Ben Whishaw", "actor", ""), ("Hugh Grant", "actor", ""),
            ("Sally Hawkins", "actor", ""),
        ],
    },
    "one common word": {"kind": "review", "film": "drive-2011", "half_stars": 9},
    "no film named": {"kind": "review", "film": None, "outcome": "none", "half_stars": 4},
    "film of another year": {
        "kind": "review", "film": None, "outcome": "unknown", "half_stars": 8,
        "films": ["alien-1979", "the-godfather-1972"],
    },
    "namesakes": {"kind": "review", "film": None, "outcome": "ambiguous", "half_stars": 4, "title": "Crash"},
    "namesake by its people": {"kind": "review", "film": "crash-1996", "half_stars": 7},
    "a section called like a film": {"film": "jaws-1975", "headings": ["DRIVE", "THE END"], "films": []},
    "shouted headings": {
        "kind": "review", "film": "titanic-1997", "half_stars": 9, "title": "TITANIC",
        "headings": ["THE SHIP", "THE LOVERS", "THE VERDICT"],
    },
    "prizes and slashes": {
        "kind": "news", "film": "whiplash-2014", "leaving": [("whiplash-2014", "Prime Video", "2025-02-14")],
        "awards": [("Academy Awards", "Best Supporting Actor", "won", 2015)],
        "credits": [("Miles Teller", "actor", "Andrew")],
    },
    "others rate it too": {"kind": "review", "film": "the-shining-1980", "half_stars": 10, "scores": []},
    "three films rated": {
        "kind": "review", "film": "the-empire-strikes-back-1980", "half_stars": 10,
        "films": ["return-of-the-jedi-1983"],
    },
    "german": {
        "kind": "review", "film": "das-boot-1981", "half_stars": 9,
        "people": ["Wolfgang Petersen", "Jürgen Prochnow"],
    },
    "front matter": {"kind": "review", "film": "her-2013", "half_stars": 8, "member": "ana"},
    "essay on several films": {
        "kind": "essay", "film": None, "outcome": "none", "headings": ["What was lost", "What came back"],
    },
    "asterisks": {
        "kind": "review", "film": "get-out-2017", "half_stars": 9, "credits": [("Jordan Peele", "director", "")],
    },
    "three films leave": {
        "kind": "news", "film": None,
        "leaving": [
            ("in-the-mood-for-love-2000", "MUBI", "2024-06-02"), ("beau-travail-1999", "MUBI", "2024-06-02"),
            ("close-up-1990", "MUBI", "2024-06-02"),
        ],
    },
    "misspelt title": {"kind": "review", "film": "inglourious-basterds-2009", "half_stars": 8},
    "expectation": {"kind": "review", "film": "everything-everywhere-all-at-once-2022", "half_stars": 8},
    "not leaving": {"kind": "news", "film": "the-irishman-2019", "leaving": []},
    "quoted title": {"kind": "review", "film": "alien-1979", "half_stars": 10},
    "people rated": {"kind": "review", "film": "casablanca-1942", "half_stars": None},
    "empty stars": {"kind": "review", "film": "the-room-2003", "half_stars": 2},
    "leaves while another arrives": {
        "kind": "news", "film": "moonlight-2016", "leaving": [("moonlight-2016", "Disney+", "2024-07-15")],
    },
    "verdict": {"kind": "review", "film": "the-departed-2006", "half_stars": 8},
    "numbered headings": {
        "kind": "essay", "film": "lost-in-translation-2003",
        "headings": ["1. The hotel", "2. The whisper", "3. The city"],
    },
    "year and glyphs in the title": {
        "kind": "review", "film": "dune-part-two-2024", "half_stars": 10,
        "credits": [("Timothée Chalamet", "actor", "Paul Atreides"), ("Zendaya", "actor", "Chani")],
        "films": ["dune-2021"],
    },
    "apostrophe missing": {"kind": "review", "film": "its-a-wonderful-life-1946", "half_stars": 10},
    "sequel announced": {"kind": "news", "film": None, "outcome": "none"},
    "nothing named": {"kind": "review", "film": None, "outcome": "none"},
    "sequel that is missing": {"kind": "review", "film": None, "outcome": "unknown", "half_stars": 5},
    "longer title": {"kind": "review", "film": "speed-racer-2008", "half_stars": 6},
    "letter": {
        "kind": "review", "film": "brief-encounter-1945", "half_stars": 9, "title": 'A Letter to "Brief Encounter"',
    },
    "two films": {"film": None},
    "by year of release": {"film": "heat-1986", "half_stars": 4},
    "the year denies": {"film": None, "outcome": "unknown", "half_stars": 7},
    "label": {"kind": "review", "film": "up-2009", "half_stars": 9},
    "quoted short title": {"film": "it-2017", "half_stars": 6},
    "it is no title": {"film": None, "half_stars": 3},
    "crlf and bom": {"kind": "review", "film": "whiplash-2014", "half_stars": 9, "title": "Whiplash"},
    "wrapped by hand": {"kind": "review", "film": "the-godfather-1972", "half_stars": 10, "title": "The Godfather"},
    "filmography": {"film": "alien-1979", "half_stars": 9, "credits": []},
    "as and plays": {
        "film": "the-empire-strikes-back-1980",
        "credits": [
            ("Harrison Ford", "actor", "Han Solo"), ("Carrie Fisher", "actor", "Leia Organa"),
            ("Billy Dee Williams", "actor", "Lando Calrissian"), ("Irvin Kershner", "director", ""),
        ],
    },
    "misspelt people": {"film": "alien-1979", "half_stars": 8, "people": ["Sigourney Weaver", "Ridley Scott"]},
    "day without a year": {"kind": "news", "film": "get-out-2017", "leaving": [("get-out-2017", "Hulu", None)]},
    "day from the front matter": {
        "kind": "news", "film": "get-out-2017", "leaving": [("get-out-2017", "Hulu", "2024-01-03")],
    },
    "a date two countries read two ways": {
        "kind": "news", "film": "get-out-2017", "leaving": [("get-out-2017", "Hulu", None)],
    },
    "until": {"kind": "news", "film": "the-shining-1980", "leaving": [("the-shining-1980", "MUBI", "2024-12-31")]},
    "arrivals are no farewells": {"kind": "news", "film": "the-shining-1980", "leaving": []},
    "scores of others": {
        "kind": "news", "film": "get-out-2017", "half_stars": None,
        "scores": [("Rotten Tomatoes", "98", 100), ("IMDb", "7.8", 10)],
    },
    "spoilers": {"film": "the-departed-2006", "half_stars": 8, "spoilers": True},
    "no spoilers": {"film": "the-departed-2006", "half_stars": 8, "spoilers": False},
    "japanese": {"kind": "review", "film": "parasite-2019", "half_stars": 8},
    "french": {"kind": "review", "film": "la-haine-1995", "half_stars": 10},
    "another film better rated": {"film": "the-departed-2006", "half_stars": 7},
    "cut off": {"kind": "review", "film": "casablanca-1942"},
    "emoji alone": {"film": None, "outcome": "none"},
    "markdown with a list": {"kind": "review", "film": "get-out-2017", "half_stars": 9, "headings": ["The teacup"]},
    "underlined": {
        "kind": "essay", "film": "la-haine-1995", "title": "On not looking away",
        "headings": ["The street", "The mirror"],
    },
    "facts line by line": {
        "kind": "review", "film": "la-la-land-2016", "half_stars": 9, "title": "REVIEW: LA LA LAND (2016)",
        "credits": [
            ("Damien Chazelle", "director", ""), ("Ryan Gosling", "actor", ""), ("Emma Stone", "actor", ""),
            ("John Legend", "actor", ""),
        ],
    },
    "a list of farewells": {
        "kind": "news", "film": None,
        "leaving": [
            ("the-departed-2006", "Prime Video", "2024-03-05"), ("baby-driver-2017", "Prime Video", "2024-03-31"),
            ("goodfellas-1990", "Prime Video", "2024-03-31"),
        ],
    },
    "a letter for a sentence": {"kind": "review", "film": "jaws-1975", "half_stars": 10},
    "praise without a first person": {"kind": "review", "film": "jaws-1975", "half_stars": None},
    "an evening of two films": {"kind": "review", "film": None, "outcome": "ambiguous"},
    "better than one rated before": {"kind": "review", "film": "heat-1995", "half_stars": 10},
    "posted on": {
        "kind": "news", "film": "goodfellas-1990", "leaving": [("goodfellas-1990", "Netflix", "2025-02-14")],
        "awards": [],
    },
}
# fmt: on
