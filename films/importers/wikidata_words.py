"""Wikidata's numbers for genres, countries and languages, for answers that do not bring their names along."""

from typing import Final

from films.models import Job
from films.seed.catalogue import read_json

FILMS: Final = frozenset({  # what a thing may be an instance of to be a film
    "Q11424", "Q24862", "Q24869", "Q202866", "Q226730", "Q506240", "Q93204", "Q29168811", "Q17517379", "Q20650540",
    "Q52207399", "Q1261214", "Q336144", "Q12912091", "Q18011172", "Q222639", "Q130232", "Q157443", "Q188473",
    "Q200092", "Q471839", "Q959790", "Q2484376", "Q842256", "Q52162262",
})  # fmt: skip
GENRES: Final[dict[str, str]] = {
    "Q130232": "Drama", "Q157443": "Comedy", "Q188473": "Action", "Q200092": "Horror", "Q471839": "Science fiction",
    "Q959790": "Crime", "Q2484376": "Thriller", "Q1054574": "Romance", "Q157394": "Fantasy", "Q319221": "Adventure",
    "Q172980": "Western", "Q369747": "War", "Q842256": "Musical", "Q645928": "Biography", "Q1200678": "Mystery",
    "Q185867": "Film noir", "Q202866": "Animation", "Q93204": "Documentary", "Q1361932": "Family",
}  # fmt: skip
GENRE_NAMES: Final[dict[str, str]] = {
    "animated": "Animation", "biographical": "Biography", "biopic": "Biography", "historical": "History",
    "sports": "Sport", "sport": "Sport", "noir": "Film noir", "film noir": "Film noir", "war": "War",
    "silent": "Silent", "science fiction": "Science fiction", "martial arts": "Martial arts", "romantic": "Romance",
    **{name.lower(): name for name in GENRES.values()},
}  # fmt: skip
COUNTRIES: Final[dict[str, str]] = {
    "Q30": "US", "Q145": "GB", "Q142": "FR", "Q183": "DE", "Q38": "IT", "Q29": "ES", "Q17": "JP", "Q148": "CN",
    "Q668": "IN", "Q16": "CA", "Q408": "AU", "Q159": "RU", "Q155": "BR", "Q96": "MX", "Q884": "KR", "Q34": "SE",
    "Q35": "DK", "Q20": "NO", "Q33": "FI", "Q31": "BE", "Q55": "NL", "Q39": "CH", "Q40": "AT", "Q36": "PL",
    "Q213": "CZ", "Q28": "HU", "Q218": "RO", "Q41": "GR", "Q43": "TR", "Q45": "PT", "Q27": "IE", "Q664": "NZ",
    "Q414": "AR", "Q298": "CL", "Q794": "IR", "Q79": "EG", "Q801": "IL", "Q252": "ID", "Q869": "TH", "Q928": "PH",
    "Q865": "TW", "Q8646": "HK", "Q258": "ZA", "Q15180": "SU", "Q212": "UA", "Q189": "IS", "Q191": "EE",
    "Q211": "LV", "Q37": "LT", "Q214": "SK", "Q215": "SI", "Q224": "HR", "Q219": "BG", "Q403": "RS", "Q32": "LU",
    "Q881": "VN", "Q843": "PK", "Q902": "BD", "Q1033": "NG", "Q739": "CO", "Q419": "PE", "Q77": "UY", "Q241": "CU",
    "Q822": "LB", "Q334": "SG", "Q833": "MY",
}  # fmt: skip
LANGUAGES: Final[dict[str, str]] = {
    "Q1860": "en", "Q150": "fr", "Q188": "de", "Q652": "it", "Q1321": "es", "Q5287": "ja", "Q7850": "zh",
    "Q9192": "zh", "Q9186": "zh", "Q7737": "ru", "Q5146": "pt", "Q9176": "ko", "Q1568": "hi", "Q9027": "sv",
    "Q9035": "da", "Q9043": "no", "Q1412": "fi", "Q7411": "nl", "Q809": "pl", "Q9056": "cs", "Q9067": "hu",
    "Q7913": "ro", "Q9129": "el", "Q256": "tr", "Q9168": "fa", "Q13955": "ar", "Q9288": "he", "Q8798": "uk",
    "Q5885": "ta", "Q8097": "te", "Q1617": "ur", "Q9610": "bn", "Q36236": "ml", "Q9240": "id", "Q9217": "th",
    "Q9199": "vi",
}  # fmt: skip
JOBS: Final[dict[str, Job]] = {
    "P57": Job.DIRECTOR, "P58": Job.WRITER, "P161": Job.ACTOR, "P162": Job.PRODUCER, "P344": Job.CINEMATOGRAPHER,
    "P1040": Job.EDITOR, "P86": Job.COMPOSER, "P2554": Job.PRODUCTION_DESIGNER, "P2515": Job.COSTUME_DESIGNER,
    "P1431": Job.EXECUTIVE_PRODUCER,
}  # fmt: skip
MINUTES: Final[dict[str, float]] = {"Q7727": 1, "Q11574": 1 / 60, "Q25235": 60}
# What people call the columns of a query, for each of these properties.
COLUMNS: Final[dict[str, str]] = {
    "imdb": "P345", "tmdb": "P4947", "date": "P577", "publicationdate": "P577", "releasedate": "P577",
    "year": "P577", "director": "P57", "writer": "P58", "screenwriter": "P58", "cast": "P161", "castmember": "P161",
    "actor": "P161", "producer": "P162", "cinematographer": "P344", "editor": "P1040", "composer": "P86",
    "country": "P495", "countryoforigin": "P495", "language": "P364", "originallanguage": "P364",
    "duration": "P2047", "runtime": "P2047", "genre": "P136", "title": "P1476", "originaltitle": "P1476",
    "company": "P272", "productioncompany": "P272",
}  # fmt: skip


def genre_of(number: str, label: str) -> str:
    """Our genre for theirs; "" where it is none of ours, such as "film based on a novel"."""
    plain = label.lower()
    return GENRES.get(number) or GENRE_NAMES.get(plain) or GENRE_NAMES.get(plain.removesuffix(" film"), "")


def country_of(number: str, label: str) -> str:
    return COUNTRIES.get(number) or _code("countries", label)


def language_of(number: str, label: str) -> str:
    return LANGUAGES.get(number) or _code("languages", label.removesuffix(" language"))


def _code(group: str, label: str) -> str:
    names: dict[str, str] = read_json("terms.json")[group]
    return next((code for code, name in names.items() if label and name.lower() == label.lower()), "")


CURRENCIES: Final[dict[str, str]] = {
    "Q4917": "USD", "Q4916": "EUR", "Q25224": "GBP", "Q8146": "JPY", "Q80524": "INR", "Q39099": "CNY",
    "Q202040": "KRW", "Q1104069": "CAD", "Q259502": "AUD", "Q1472704": "NZD", "Q25417": "DKK", "Q132643": "NOK",
    "Q25344": "CHF", "Q131016": "CZK", "Q47190": "HUF", "Q173117": "BRL", "Q4730": "MXN", "Q172872": "TRY",
}  # fmt: skip
