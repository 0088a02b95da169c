"""Asking TMDB: a server on this machine answers in its place."""

import io
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError
from PIL import Image

from films.importers import tmdb_live
from films.importers.tmdb_live import NoAnswer, Tmdb
from films.models import Film, FilmId
from tests import make
from tests.films.importing import RECORDED, run_import
from tests.staff import curator

pytestmark = pytest.mark.django_db
RIDDICK = (RECORDED / "tmdb" / "riddick.json").read_bytes()


class Tmdbs(ThreadingHTTPServer):
    """Answers from `answers`: by path, a list of (status, headers, content) of which the last stays."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answering)
        self.answers, self.asked = {}, []


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        path, _mark, query = self.path.partition("?")
        self.server.asked.append((path, query, self.headers.get("Authorization")))
        answers = self.server.answers.get(path, [(404, {}, b"{}")])
        status, headers, content = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *words):
        """Not into the tests' output."""


@pytest.fixture
def tmdb(settings):
    server = Tmdbs()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    settings.TMDB_ADDRESS = settings.TMDB_PICTURES = f"http://127.0.0.1:{server.server_port}"
    settings.TMDB_TOKEN = "a.token.of.ours"
    server.answers["/movie/87421"] = [(200, {}, RIDDICK)]
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_it_asks_for_a_film_with_all_its_parts(tmdb):
    assert run_import("tmdb", "87421", "5", live=True).counts == (1, 0, 0, 0, 1)
    path, query, token = tmdb.asked[0]
    assert path == "/movie/87421" and "release_dates" in query and "watch%2Fproviders" in query
    assert token == "Bearer a.token.of.ours" and "token" not in query
    assert Film.objects.get().slug == "riddick-2013"
    assert run_import("tmdb", "87421", live=True).counts == (0, 0, 1, 0, 0)


def test_without_ids_it_asks_for_the_films_that_have_one(tmdb):
    FilmId.objects.create(film=make.film(title="Riddick", year=2013), source="tmdb", value="87421")
    assert run_import("tmdb", live=True).run.changed == 1
    assert len(tmdb.asked) == 1


def test_it_waits_as_long_as_it_is_told_and_tries_again_after_a_failure(tmdb):
    tmdb.answers["/movie/87421"] = [
        (429, {"Retry-After": "7"}, b""), (503, {}, b""), (429, {"Retry-After": "99999"}, b""), (200, {}, RIDDICK),
    ]  # fmt: skip
    waited = []
    assert Tmdb(sleep=waited.append).movie("87421")["title"] == "Riddick"
    assert waited == [7, 2, tmdb_live.LONGEST_WAIT]


def test_it_gives_up_on_what_never_answers(tmdb):
    tmdb.answers["/movie/87421"] = [(500, {}, b"")]
    with pytest.raises(NoAnswer, match="does not answer"):
        Tmdb(sleep=lambda seconds: None).movie("87421")
    assert len(tmdb.asked) == tmdb_live.TRIES


def test_it_never_asks_more_than_forty_times_in_ten_seconds(tmdb):
    waited = []
    line = Tmdb(sleep=waited.append)
    for _number in range(tmdb_live.MOST_IN_WINDOW):
        line.movie("87421")
    assert waited == []
    line.movie("87421")
    assert len(waited) == 1 and 0 < waited[0] <= tmdb_live.WINDOW_SECONDS


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((302, {"Location": "http://127.0.0.1:9/elsewhere"}, b""), "status 302"),
        ((404, {}, b"{}"), "no film of this id"),
        ((200, {}, b"<html>"), "no JSON"),
        ((200, {}, b"[1]"), "no film"),
        ((200, {}, b" " * (tmdb_live.LARGEST_ANSWER + 1)), "too large"),
    ],
)
def test_an_answer_of_another_kind_is_none(tmdb, answer, reason):
    tmdb.answers["/movie/87421"] = [answer]
    with pytest.raises(NoAnswer, match=reason):
        Tmdb(sleep=lambda seconds: None).movie("87421")
    assert len(tmdb.asked) == 1


def test_a_token_that_is_not_accepted_ends_the_import(tmdb):
    tmdb.answers["/movie/87421"] = [(401, {}, b"{}")]
    with pytest.raises(CommandError, match="TMDB_TOKEN"):
        run_import("tmdb", "87421", live=True)


def test_an_old_key_goes_where_it_belongs(tmdb, settings):
    settings.TMDB_TOKEN = "0123456789abcdef" * 2
    Tmdb().movie("87421")
    assert "api_key=0123456789abcdef" in tmdb.asked[0][1] and tmdb.asked[0][2] is None


def test_without_a_token_nobody_is_asked(settings):
    settings.TMDB_TOKEN = ""
    with pytest.raises(CommandError, match="TMDB_TOKEN"):
        run_import("tmdb", "87421", live=True)


@pytest.mark.parametrize("word", ["../../etc", "tt1411250", "-1", "87421?x=1"])
def test_only_numbers_are_asked_for(tmdb, word):
    with pytest.raises(CommandError, match="no id of TMDB"):
        run_import("tmdb", word, live=True)
    assert tmdb.asked == []


@pytest.fixture
def poster(tmdb, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    content = io.BytesIO()
    Image.new("RGB", (780, 1170), "navy").save(content, "JPEG")
    path = json.loads(RIDDICK)["poster_path"]
    tmdb.answers[f"/w780{path}"] = [(200, {"Content-Type": "image/jpeg"}, content.getvalue())]
    return f"/w780{path}"


def test_posters_are_fetched_only_when_somebody_asks(tmdb, poster):
    run_import("tmdb", "87421", live=True)
    assert Film.objects.get().poster_key == "" and poster not in [path for path, *_rest in tmdb.asked]
    with pytest.raises(CommandError, match="--by"):
        run_import("tmdb", "87421", live=True, posters=True)


def test_a_poster_hangs_where_there_is_none_and_stays(tmdb, poster):
    dora = curator()
    run_import("tmdb", "87421", live=True, posters=True, by=dora.username)
    key = Film.objects.get().poster_key
    assert key
    run_import("tmdb", "87421", live=True, posters=True, by=dora.username)
    assert Film.objects.get().poster_key == key
    assert [path for path, *_rest in tmdb.asked].count(poster) == 1


def test_a_poster_that_is_none_is_told_and_the_film_stays(tmdb, poster):
    tmdb.answers[poster] = [(200, {}, b"no picture")]
    told = run_import("tmdb", "87421", live=True, posters=True, by=curator().username)
    assert told.run.new == 1 and "TMDB 87421: " in told.errors
    assert told.run.reasons, "what went wrong after the last batch is kept as well"
