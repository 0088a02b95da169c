"""The writer's own rating is read, in whatever form; nobody else's is."""

import pytest

from reviews.documents import rating
from reviews.documents.layout import flow

OWN = {
    "Paddle Home gets 5/5 stars.": 10,
    "A thrilling ride. 4 out of 5.": 8,
    "★★★½\n\nA good film.": 7,
    "I'd say 8/10.": 8,
    "Rating: 85/100": 9,
    "Grade: B+": 8,
    "I'd give it a B+": 8,
    "A solid B-.": 6,
    "Verdict: A-": 9,
    "I give it three and a half stars.": 7,
    "3½ stars": 7,
    "3.5 stars": 7,
    "3 1/2 stars": 7,
    "4,5 von 5": 9,
    "4,5 von 5 Sternen": 9,
    "Bewertung: 8 von 10 Punkten": 8,
    "Note : 4/5": 8,
    "⭐⭐⭐⭐": 8,
    "⭐️⭐️⭐️⭐️½": 9,
    "★★★★☆": 8,
    "★☆☆☆☆": 2,
    "4★": 8,
    "4.5⭐ loved it": 9,
    "⭐ 4/5": 8,
    "4 stars ⭐⭐⭐⭐": 8,
    "Rating: ★★★": 6,
    "Rating: ****½": 9,
    "**** out of *****": 8,
    "**Rating: 9/10**": 9,
    "Great film! ⭐⭐⭐⭐⭐": 10,
    "Two stars. Avoid.": 4,
    "½ star": 1,
    "1/2 star": 1,
    "Half a star.": 1,
    "Score: 7/10": 7,
    "10/10 would watch again": 10,
    "8.5/10": 9,
    "Five out of five.": 10,
    "seven out of ten": 7,
    "I'd rate it 7.5 out of 10": 8,
    "I give this film 4 stars out of 5": 8,
    "three stars out of four": 8,
    "3/4 stars": 8,
    "This is a five-star film.": 10,
    "It earns its five stars.": 10,
    "Overall, 4/5": 8,
    "(4/5)": 8,
    "a 4/5 film": 8,
    "I give it 90%": 9,
    "2/5 stars is all it gets.": 4,
    "This one gets 3 stars from me.": 6,
}
BESIDE_OTHERS = {
    "IMDb gives it 7.6/10 but I'd say 9/10.": 9,
    "86 on Metacritic, 8/10 from me": 8,
    "My wife gave it 3/5, I gave it 4/5.": 8,
    "Roger Ebert gave Heat four stars out of four, and I was bored: it lingers. 2.5/5": 5,
    "It bored me, though Ebert once gave *Heat* 4/4 stars. 3/5": 6,
    "My Letterboxd rating: 4.5/5": 9,
    "Acting: 4/5\nMusic: 5/5\nOverall: 4.5/5": 9,
    "The soundtrack is a 10/10. The film is a 7/10.": 7,
    "It would have been a 5/5 if it were shorter. 4/5.": 8,
    "On first viewing I gave it 3/5. Now it's a 5/5.": 10,
    "The length can't keep me from giving it 5/5.": 10,
    "I gave the first one 5/5 as a teenager; this gets 3/5.": 6,
    "I expected a 5/5 and it isn't a 5/5. Solid 4/5.": 8,
}
NONE = [
    "two thumbs up",
    "A perfect score from me.",
    "It's not a 5/5 for me.",
    "nearly a 5/5",
    "I cannot give it more than 2/5",
    "I don't hand out 5/5 lightly.",
    "Rotten Tomatoes has it at 92%.",
    "IMDb gives it 7.6/10.",
    "Metacritic: 86/100",
    "Critics gave it 4/5.",
    "The Guardian gave it five stars. I did not get on with it.",
    "Ebert gave it four stars.",
    "Pauline Kael gave “Heat” 4/5.",
    "The film's 4.5 stars on Letterboxd seem right",
    "4 out of 5 critics liked it.",
    "Nine out of ten scenes work.",
    "The first 3/4 of the film drags.",
    "Acting: 4/5\n\nMusic: 5/5",
    "Nora Field is 5/5, Ben Lowe is 5/5. The film is better than both.",
    "3-4/5 for me",
    "0/5",
    "zero stars",
    "☆☆☆☆☆",
    "11/10",
    "8 stars",
    "Rating: 4",
    "Rating: 3.5",
    "24/7 and 9/11",
    "Released on 5/10/2017",
    "Rated R for violence. 113 minutes.",
    "It is a B-movie with A-list stars.",
    "Its two stars shine together.",
    "Both stars walk through it.",
    "We stayed at a five-star hotel.",
    "100%",
    "***",
]


def half_stars(text: str) -> int | None:
    return rating.find(flow(text), [], None).half_stars


@pytest.mark.parametrize(("text", "expected"), OWN.items())
def test_it_reads_every_way_of_giving_a_rating(text, expected):
    assert half_stars(text) == expected


@pytest.mark.parametrize(("text", "expected"), BESIDE_OTHERS.items())
def test_it_tells_the_writer_s_own_rating_from_others_beside_it(text, expected):
    assert half_stars(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_it_takes_nothing_else_for_a_rating(text):
    assert half_stars(text) is None


@pytest.mark.parametrize(
    "text", ["0/5", "11/10", "It's not a 5/5.", "3-4/5", "4/5. 5/5.", "Music: 5/5", "I liked it. 8 stars."]
)
def test_it_says_why_it_read_none(text):
    assert rating.find(flow(text), [], None).doubt
