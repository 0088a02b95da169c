"""Small tables of words: numbers, months, ratings and the people who say them, in the languages a text may mix."""

import re
from fractions import Fraction
from typing import Final

NUMBERS: Final[dict[str, int]] = {
    "zero": 0, "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
    "eins": 1, "ein": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
}  # fmt: skip

MONTHS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier enero gennaio janeiro",
            "february feb februar février fevrier febrero febbraio fevereiro",
            "march mar märz maerz mars marzo março",
            "april apr avril abril aprile",
            "may mai mayo maggio maio",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho",
            "august aug août aout agosto",
            "september sept sep septembre septiembre settembre setembro",
            "october oct oktober okt octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre decembre diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# Where films are watched: what pages call the service, and how texts write it.
SERVICES: Final[dict[str, str]] = {
    "Netflix": r"Netflix",
    "Prime Video": r"(?:Amazon[’'\s]*s?\s+)?Prime(?:\s+Video)|Amazon\s+Prime|Prime Video",
    "Disney+": r"Disney\s?\+|Disney\s+Plus",
    "HBO Max": r"HBO\s?Max",
    "Max": r"(?<=\bon )Max\b|(?<=\bleave )Max\b|(?<=\bleaves )Max\b|(?<=\bleaving )Max\b|(?<=\bfrom )Max\b",
    "Hulu": r"Hulu",
    "Apple TV+": r"Apple\s?TV\s?(?:\+|Plus)?",
    "Paramount+": r"Paramount\s?(?:\+|Plus)",
    "Peacock": r"Peacock",
    "MUBI": r"MUBI|Mubi",
    "Criterion Channel": r"(?:the\s+)?Criterion\s+Channel",
    "BBC iPlayer": r"(?:BBC\s+)?iPlayer",
    "Channel 4": r"Channel\s?4|All\s?4",
    "ITVX": r"ITVX",
    "NOW": r"\bNOW(?:\s?TV)?\b",
    "Sky": r"Sky\s+(?:Cinema|Go|Store|Movies)",
    "Shudder": r"Shudder",
    "Tubi": r"Tubi",
    "Plex": r"Plex",
    "Pluto TV": r"Pluto\s?TV",
    "Kanopy": r"Kanopy",
    "BFI Player": r"BFI\s?Player",
    "Curzon Home Cinema": r"Curzon\s+Home\s+Cinema",
    "Crunchyroll": r"Crunchyroll",
    "Starz": r"Starz|STARZ",
    "Showtime": r"Showtime",
    "AMC+": r"AMC\s?(?:\+|Plus)",
    "Arte": r"\bARTE\b|\barte(?:\.tv)?(?=[\s-]Mediathek)",
    "Stan": r"(?<=\bon )Stan\b|(?<=\bleaves )Stan\b|(?<=\bleaving )Stan\b",
    "Binge": r"(?<=\bon )Binge\b|(?<=\bleaves )Binge\b",
    "Crave": r"(?<=\bon )Crave\b|(?<=\bleaves )Crave\b|(?<=\bleaving )Crave\b",
    "Canal+": r"Canal\s?(?:\+|Plus)",
    "Rakuten TV": r"Rakuten(?:\s?TV)?",
    "Filmin": r"Filmin",
    "Movistar Plus+": r"Movistar\s?(?:\+|Plus\+?)",
    "RTL+": r"RTL\s?(?:\+|Plus)",
    "Joyn": r"Joyn",
    "WOW": r"\bWOW\b(?=\s*(?:\(|on|TV|leaves|bis))",
    "SVT Play": r"SVT\s?Play",
    "Viaplay": r"Viaplay",
    "JioHotstar": r"(?:Jio|Disney\+?\s?)Hotstar|Hotstar",
}
SERVICE: Final = re.compile(
    "|".join(f"(?P<s{number}>(?<![\\w]){pattern}(?!\\w))" for number, pattern in enumerate(SERVICES.values()))
)

# Outlets and crowds whose scores are theirs, not the writer's. The first word is what the score is called after.
OUTLETS: Final[dict[str, str]] = {
    "Rotten Tomatoes": r"rotten\s?tomatoes|tomatometer|popcornmeter|\bRT\b",
    "Metacritic": r"metacritic|metascore",
    "IMDb": r"imdb",
    "Letterboxd": r"letterboxd",
    "CinemaScore": r"cinemascore",
    "PostTrak": r"posttrak",
    "AlloCiné": r"allocin[ée]",
    "FilmAffinity": r"filmaffinity",
    "TMDB": r"\btmdb\b",
}
OUTLET: Final = re.compile(
    "|".join(f"(?P<o{n}>{pattern})" for n, pattern in enumerate(OUTLETS.values())), re.IGNORECASE
)


def service_named(match: re.Match[str]) -> str:
    return next(name for number, name in enumerate(SERVICES) if match[f"s{number}"])


def outlet_named(match: re.Match[str]) -> str:
    return next(name for number, name in enumerate(OUTLETS) if match[f"o{number}"])


HALVES: Final[dict[str, Fraction]] = {
    "½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3),
}  # fmt: skip


def number(text: str) -> Fraction | None:
    """`3`, `3.5`, `3,5`, `3½`, `3 1/2`, `three`, `three and a half`, `half` as a number."""
    said = " ".join(text.lower().split())
    if (simple := re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,2}))?", said)) is not None:
        return Fraction(f"{simple[1]}.{simple[2] or 0}")
    if (mixed := re.fullmatch(r"(\d{1,2})?\s?([½¼¾⅓⅔])", said)) is not None:
        return int(mixed[1] or 0) + HALVES[mixed[2]]
    if (mixed := re.fullmatch(r"(\d{1,2})[ -](\d)/(\d)", said)) is not None and mixed[3] != "0":
        return int(mixed[1]) + Fraction(int(mixed[2]), int(mixed[3]))
    if said in ("half", "half a", "a half", "1/2"):
        return Fraction(1, 2)
    if (spoken := re.fullmatch(r"(\w+)((?:[ -]and)?[ -](?:a[ -])?half|einhalb)?", said)) is not None:
        stem = spoken[1]
        if stem.endswith("einhalb") and stem[:-7] in NUMBERS:
            return NUMBERS[stem[:-7]] + Fraction(1, 2)
        if stem in NUMBERS:
            return NUMBERS[stem] + (Fraction(1, 2) if spoken[2] else Fraction(0))
    return None
