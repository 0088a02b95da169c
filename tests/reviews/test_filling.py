"""What is on a list: films come, move and go, and notes are written beside them."""

import pytest
from django.core.exceptions import ValidationError

from reviews.actions.filling import add_film, change_entry, move_entry, remove_film, reorder
from tests import make
from tests.reviews.letters import entry, letters, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def abc(cast):
    return letters(member=cast.ana)


def test_films_come_at_the_end_or_at_a_place(cast, abc):
    for position, name in ((None, "D"), (1, "E"), (3, "F"), (99, "G"), (0, "H")):
        _entry, is_new = add_film(member=cast.ana, film_list=abc, film=make.film(title=name), position=position)
        assert is_new
    assert titles(abc) == ["H", "E", "A", "F", "B", "C", "D", "G"]
    abc.refresh_from_db()
    assert abc.film_count == 8


def test_a_film_is_on_it_once(cast, abc):
    film = entry(abc, "B").film
    again, is_new = add_film(member=cast.ana, film_list=abc, film=film, position=1, note="Again")
    assert (again, is_new, again.note) == (entry(abc, "B"), False, "")
    assert titles(abc) == ["A", "B", "C"]


def test_a_list_has_an_end(cast, abc, monkeypatch):
    monkeypatch.setattr("reviews.actions.filling.MOST_ENTRIES", 3)
    with pytest.raises(ValidationError, match="at most 3 films"):
        add_film(member=cast.ana, film_list=abc, film=make.film())
    assert len(titles(abc)) == 3


def test_a_note_is_written_and_taken_away(cast, abc):
    one = change_entry(member=cast.ana, entry=entry(abc, "B"), note="The >!end!<.", spoilers=True)
    assert (one.note, one.spoilers, one.noted_by) == ("The >!end!<.", True, cast.ana)
    assert 'class="veil"' in one.note_html
    one = change_entry(member=cast.ana, entry=one, spoilers=False)
    assert (one.note, one.spoilers) == ("The >!end!<.", False)
    one = change_entry(member=cast.ana, entry=one, note=" ")
    assert (one.note, one.note_html, one.noted_by) == ("", "", None)
    with pytest.raises(ValidationError, match="2,001 characters"):
        change_entry(member=cast.ana, entry=one, note="x" * 2001)


def test_films_are_taken_off_and_the_others_move_up(cast, abc):
    gone = entry(abc, "A")
    for _again in range(2):
        remove_film(member=cast.ana, entry=gone)
    assert titles(abc) == ["B", "C"]
    with pytest.raises(ValidationError, match="not on the list any more"):
        move_entry(member=cast.ana, entry=gone, position=1)
    with pytest.raises(ValidationError, match="not on the list any more"):
        change_entry(member=cast.ana, entry=gone, note="Too late")


@pytest.mark.parametrize(
    ("title", "how", "order"),
    [
        ("C", {"position": 1}, "CABDE"),
        ("B", {"position": 4}, "ACDBE"),
        ("B", {"by": -1}, "BACDE"),
        ("B", {"by": 1}, "ACBDE"),
        ("A", {"by": -1}, "ABCDE"),
        ("E", {"by": 1}, "ABCDE"),
        ("A", {"position": 99}, "BCDEA"),
        ("E", {"position": -3}, "EABCD"),
        ("C", {"position": 3}, "ABCDE"),
    ],
)
def test_a_film_moves(cast, title, how, order):
    made = make.film_list(member=cast.ana, films=[make.film(title=name) for name in "ABCDE"])
    move_entry(member=cast.ana, entry=entry(made, title), **how)
    assert "".join(titles(made)) == order


def test_the_whole_order_is_given_at_once(cast, abc):
    ids = {one.film.title: one.pk for one in abc.entries.select_related("film")}
    reorder(member=cast.ana, film_list=abc, entries=[ids["C"], ids["A"], ids["B"]])
    assert titles(abc) == ["C", "A", "B"]
    reorder(member=cast.ana, film_list=abc, entries=[ids["B"]])
    assert titles(abc) == ["B", "C", "A"]
    stranger = make.film_list(member=cast.ana, films=[make.film()]).entries.get().pk
    for wrong in ([ids["A"], ids["A"]], [ids["A"], stranger], [0]):
        with pytest.raises(ValidationError):
            reorder(member=cast.ana, film_list=abc, entries=wrong)
    assert titles(abc) == ["B", "C", "A"]
