"""The reader's own marks on a page of films."""

import pytest
from django.contrib.auth.models import AnonymousUser

from reviews.marks import attach_marks, marks_of
from tests import make

pytestmark = pytest.mark.django_db


def test_it_fetches_the_marks_of_a_page_in_one_query(cast, django_assert_num_queries):
    films = [make.film() for _n in range(3)]
    make.mark(member=cast.ana, film=films[0], stars=4)
    make.mark(member=cast.bea, film=films[1], watched=True)
    with django_assert_num_queries(1):
        attach_marks(cast.ana, films)
    assert [film.mark and film.mark.stars for film in films] == [4, None, None]


def test_it_asks_nothing_for_somebody_signed_out_or_no_films(cast, django_assert_num_queries):
    film = make.film()
    with django_assert_num_queries(0):
        attach_marks(AnonymousUser(), [film])
        assert marks_of(cast.ana, []) == {}
    assert film.mark is None
