"""Many members at once: the tallies of a film equal a recount, and nobody gets an error."""

import http.client
import json
import random
import threading
from urllib.parse import urlsplit

import pytest
from django.db import connection

from films.models import Film
from reviews.models import Mark
from tests import make

THREADS = 64
STEPS = 10


class Program(threading.Thread):
    """A program that rates, changes, clears and likes one film over one connection, as fast as it is answered."""

    def __init__(self, server: str, slug: str, secret: str, seed: int, gate: threading.Barrier) -> None:
        super().__init__()
        self.server, self.path, self.secret = server, f"/api/v1/films/{slug}/me/", secret
        self.random, self.gate = random.Random(seed), gate
        self.codes: list[int] = []
        self.last: dict[str, object] = {}

    def change(self) -> dict[str, object]:
        # Neither end: so many strangers at one would be taken for an attack now and then, and held (reviews/flow.py).
        stars = self.random.choice([None, *(half / 2 for half in range(3, 9))])
        return self.random.choice([{"stars": stars}, {"stars": stars, "liked": self.random.random() < 0.5}])

    def run(self) -> None:
        line = http.client.HTTPConnection(urlsplit(self.server).netloc, timeout=120)
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        self.gate.wait()
        for _step in range(STEPS):
            line.request("PATCH", self.path, json.dumps(self.change()), headers)
            answer = line.getresponse()
            self.last = json.loads(answer.read())
            self.codes.append(answer.status)
        line.close()


def recount(film: Film) -> tuple[int, int, list[int], int, int]:
    marks = list(Mark.objects.filter(film=film))
    rated = [mark.half_stars for mark in marks if mark.half_stars is not None]
    histogram = [rated.count(half_stars) for half_stars in range(1, 11)]
    return len(rated), sum(rated), histogram, sum(m.is_watched for m in marks), sum(m.is_liked for m in marks)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("members", [THREADS, 4], ids=["each their own member", "four members, sixteen programs each"])
def test_64_programs_rate_one_film_at_once(running_site, members):
    film = make.film()
    secrets = [make.token(member=make.member())[1] for _number in range(members)]
    gate = threading.Barrier(THREADS)
    programs = [Program(running_site, film.slug, secrets[number % members], number, gate) for number in range(THREADS)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert [code for program in programs for code in program.codes] == [200] * THREADS * STEPS
    film.refresh_from_db()
    stored = (film.rating_count, film.rating_sum, film.rating_histogram, film.watch_count, film.like_count)
    assert stored == recount(film)
    assert Mark.objects.filter(film=film).count() == members
    if members == THREADS:
        assert film.rating_count == sum(program.last["stars"] is not None for program in programs)


@pytest.mark.django_db
def test_the_recount_notices_a_tally_that_is_not_kept():
    """Without the triggers the two differ: the test above would see it."""
    film = make.film()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reviews_mark DISABLE TRIGGER USER")
        make.mark(member=make.member(), film=film, stars=4)
    film.refresh_from_db()
    assert (film.rating_count, film.rating_sum) == (0, 0)
    assert recount(film)[:2] == (1, 8)
