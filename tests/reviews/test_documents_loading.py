"""Documents are published once, to the letter; what they state waits for a curator."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from films.models import Availability, Award, Credit, OutsideScore
from reviews.actions.documents import NotLoaded, house_account, load_document
from reviews.actions.finding import accept_finding, refuse_finding
from reviews.documents.files import Unreadable
from reviews.models import Article, Document, Finding, Mark, Review
from tests import make

SEED = Path(__file__).parents[2] / "reviews/seed/documents"
REVIEW = (
    b"\xef\xbb\xbfBaby Driver keeps time like a good landlord: strictly, and with music.\r\n\r\n"
    b"Ansel Elgort (Baby) drives, Lily James (Debora) waits, Jamie Fox (Bats) does neither.\r\n\r\n4.5/5\r\n"
)
ESSAY = """On Listening While Driving 🎧
Baby Driver is a film about a boy who cannot bear the quiet, and cinema has seldom made so much noise about it. \
Edgar Wright lays the whole narrative over its records, so that the audience hears a city before it sees one.
The Record Comes First
A song has a length, and so does a street. Baby Driver asks what happens to the genre when the two are made to agree, \
and its technique is to let neither of them win. According to Rotten Tomatoes, 92% of critics did not mind * at all *.
What Silence Represents 🤫
When the music goes, the meaning of the film goes with it, and comes back larger. The theme was never speed. It was \
shelter, and storytelling has few better images of it than a pair of white earphones on a frightened young man.
"""
NEWS = """---
date: 2024-01-19
author: The projection booth
---
Baby Driver leaves Netflix on 28 January

The service has confirmed that Baby Driver, directed by Edgar Wright, will leave Netflix on 28 January. It was \
nominated for the Academy Awards for best film editing in 2018, and lost to Dunkirk.
"""


@pytest.fixture
def film(db):
    make.film(title="Dunkirk", year=2017, directors=["Christopher Nolan"])
    return make.film(
        title="Baby Driver",
        year=2017,
        directors=["Edgar Wright"],
        cast=[("Ansel Elgort", "Baby"), ("Lily James", ""), ("Jamie Foxx", "Bats"), ("Jon Hamm", "Buddy")],
    )


def load(source, **options):
    source = source.encode() if isinstance(source, str) else source
    return load_document(source=source, name=options.pop("name", "a.txt"), today=date(2024, 6, 1), **options)


class TestReviews:
    def test_it_becomes_a_review_of_the_house(self, film):
        loaded = load(REVIEW)
        review = loaded.document.review
        assert loaded.is_new and review.film == film and review.half_stars == 9 and review.published_at
        assert review.member == house_account() and not review.member.has_usable_password()
        assert Mark.objects.get(member=review.member, film=film).half_stars == 9

    def test_it_keeps_the_text_to_the_letter(self, film):
        document = load(REVIEW).document
        document.refresh_from_db()
        assert document.text.encode() == REVIEW and document.review.body.encode() == REVIEW

    def test_it_belongs_to_the_member_who_is_named(self, film):
        ana, bea = make.member(username="ana"), make.member(username="bea")
        assert load(REVIEW, member=ana).document.review.member == ana
        assert load(b"---\nmember: Bea\n---\n" + REVIEW[3:], member=ana).document.review.member == bea

    def test_it_refuses_a_member_who_is_not_there(self, film):
        with pytest.raises(NotLoaded, match="nobody"):
            load(b"---\nmember: nobody\n---\n" + REVIEW[3:])

    def test_it_takes_day_tags_and_spoilers_from_the_front_matter(self, film):
        front = "---\ndate: 2023-05-04\nwatched: 2023-05-03\nspoilers: yes\ntags:\n  - cars\n  - music\n---\n"
        review = load(front + "Baby Driver is a treat. 4/5").document.review
        assert review.spoilers and review.tags == ["cars", "music"]
        assert review.published_at.date() == date(2023, 5, 4)
        assert review.viewing.watched_on == date(2023, 5, 3)
        assert "spoilers" not in review.body

    def test_it_refuses_one_too_long_for_a_review(self, film):
        with pytest.raises(NotLoaded, match="20,000"):
            load("Baby Driver is a treat. 4/5. " + "I liked it a lot. " * 1200)
        assert not Document.objects.exists() and not Review.objects.exists()


class TestArticles:
    def test_an_essay_keeps_its_title_and_headings(self, film):
        article = load(ESSAY).document.article
        assert article.kind == "essay" and article.title == "On Listening While Driving 🎧"
        assert [heading["text"] for heading in article.headings] == [
            "The Record Comes First",
            "What Silence Represents 🤫",
        ]
        assert '<h2 id="s-the-record-comes-first">The Record Comes First</h2>' in article.body_html
        assert article.title not in article.body_html and "* at all *" in article.body_html
        assert article.body == ESSAY and article.body_html.count("<p>") == 3
        assert list(article.films.all()) == [film] and [p.name for p in article.people.all()] == ["Edgar Wright"]

    def test_news_is_dated_and_signed(self, film):
        article = load(NEWS).document.article
        assert article.kind == "news" and article.byline == "The projection booth" and article.author is None
        assert article.published_at.date() == date(2024, 1, 19) and "date:" not in article.body

    def test_an_article_about_several_films_needs_no_single_one(self, film):
        make.film(title="In the Mood for Love", year=2000)
        text = "MUBI loses two this weekend: In the Mood for Love and Baby Driver leave the service on 2 June 2024."
        article = load(text).document.article
        assert {film.title for film in article.films.all()} == {"Baby Driver", "In the Mood for Love"}


class TestRefusals:
    def test_it_never_guesses_between_namesakes(self, film):
        for year in (1996, 2005):
            make.film(title="Crash", year=year)
        with pytest.raises(NotLoaded, match=r"Crash \(1996\), Crash \(2005\)"):
            load("Crash\n\nPeople are angry in cars. 2/5")
        assert not Document.objects.exists()

    def test_it_names_a_film_that_is_not_there(self, film):
        with pytest.raises(NotLoaded, match="The Glass Meridian"):
            load("“The Glass Meridian” review\n\nNobody will have heard of it. 4/5")

    @pytest.mark.parametrize(
        "content",
        [b"", b" \n\n", b"\xef\xbb\xbf", b"\xff\xfeB\x00a\x00", b"Caf\xe9", b"a\x00b", b"%PDF-1.7 text", b"12 !"],
    )
    def test_it_refuses_what_is_no_text(self, film, content):
        with pytest.raises(Unreadable):
            load(content)


class TestTwice:
    @pytest.mark.parametrize("source", [REVIEW, ESSAY, NEWS])
    def test_it_changes_nothing(self, film, source):
        first = load(source)
        again = load(source)
        assert first.is_new and not again.is_new and again.document == first.document
        assert Review.objects.count() + Article.objects.count() == Document.objects.count() == 1
        assert Finding.objects.count() == first.document.findings.count()


class TestFindings:
    def test_they_wait(self, film):
        findings = {(f.kind, f.state) for f in load(NEWS).document.findings.all()}
        assert findings == {("leaving", "waiting"), ("award", "waiting"), ("credit", "accepted")}
        assert not Availability.objects.exists() and not Award.objects.exists()

    def test_what_the_catalogue_knows_needs_nobody(self, film):
        says = [finding.says for finding in load(REVIEW).document.findings.filter(state="waiting")]
        assert says == ["Lily James plays Debora in Baby Driver (2017)."]

    def test_a_curator_accepts_them(self, film, cast):
        make.film(title="In the Mood for Love", year=2000)
        for source in (REVIEW, ESSAY, NEWS):
            for finding in load(source).document.findings.all():
                accept_finding(curator=cast.dora, finding=finding)
                accept_finding(curator=cast.dora, finding=finding)
        leaving = Availability.objects.get(film=film)
        assert leaving.service.name == "Netflix" and leaving.ends_on == date(2024, 1, 28)
        award = Award.objects.get(film=film)
        assert (award.category, award.year, award.outcome) == ("Best Film Editing", 2018, "nominated")
        assert award.lost_to_film.title == "Dunkirk"
        assert OutsideScore.objects.get(film=film).value == 92
        assert Credit.objects.get(film=film, person__name="Lily James").character == "Debora"
        assert not Finding.objects.exclude(state="accepted").exists()

    def test_a_stay_without_an_end_gets_one(self, film, cast):
        stay = make.availability(film=film, service="Netflix", starts_on=date(2023, 1, 1))
        load(NEWS, accept=cast.dora)
        stay.refresh_from_db()
        assert stay.ends_on == date(2024, 1, 28) and Availability.objects.count() == 1

    def test_a_prize_that_is_listed_learns_who_won(self, film, cast):
        listed = Award.objects.create(
            film=film, award="Academy Awards", category="Film Editing", year=2018, outcome="nominated"
        )
        load(NEWS, accept=cast.dora)
        listed.refresh_from_db()
        assert listed.lost_to == "Dunkirk" and Award.objects.count() == 1

    def test_somebody_new_is_added(self, film, cast):
        load("Baby Driver stars Eiza González (Darling), who was new to me. 4/5", accept=cast.dora)
        assert Credit.objects.get(film=film, person__name="Eiza González").character == "Darling"

    def test_a_day_without_a_year_waits_on(self, film, cast):
        loaded = load("Baby Driver is leaving Netflix on 28 January, the service confirmed.", accept=cast.dora)
        assert loaded.document.findings.get().state == "waiting" and len(loaded.refusals) == 1
        with pytest.raises(ValidationError):
            accept_finding(curator=cast.dora, finding=loaded.document.findings.get())

    def test_nobody_else_accepts_or_refuses(self, film, cast):
        finding = load(NEWS).document.findings.get(kind="leaving")
        for act in (accept_finding, refuse_finding):
            with pytest.raises(PermissionDenied):
                act(curator=cast.ana, finding=finding)
        assert refuse_finding(curator=cast.dora, finding=finding).state == "refused"
        assert accept_finding(curator=cast.dora, finding=finding).state == "accepted"
        assert refuse_finding(curator=cast.dora, finding=finding).state == "accepted"


class TestCommand:
    def run(self, *args, **options):
        out, err = StringIO(), StringIO()
        call_command("load_documents", *map(str, args), stdout=out, stderr=err, **options)
        return out.getvalue(), err.getvalue()

    def test_it_loads_the_texts_that_the_site_brings(self, film):
        out, err = self.run(SEED)
        assert err == "" and out.count("→") == 3
        assert Review.objects.get(film=film).half_stars == 10
        assert len(Article.objects.get(kind="essay").headings) == 8
        assert Finding.objects.get(kind="leaving").facts["day"] == "2024-01-28"

    def test_it_says_what_was_loaded_before(self, film):
        self.run(SEED)
        out, _ = self.run(SEED)
        assert out.count("loaded before") == 3 and Document.objects.count() == 3

    def test_a_dry_run_shows_a_table_and_changes_nothing(self, film):
        out, _ = self.run(SEED, dry_run=True)
        assert "Baby Driver (2017)" in out and "28 January 2024" in out and "The song comes first" in out
        assert not Document.objects.exists() and not Review.objects.exists()

    def test_a_bad_file_is_named_and_the_rest_go_on(self, film, tmp_path):
        (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00")
        (tmp_path / "b.txt").write_bytes(b"")
        (tmp_path / "c.md").write_bytes(REVIEW)
        (tmp_path / "d.txt").write_text("Nobody knows what this is about. 3/5")
        (tmp_path / "README.md").write_text("About these files.")
        err = StringIO()
        with pytest.raises(CommandError, match="3 of 4"):
            call_command("load_documents", str(tmp_path), stdout=StringIO(), stderr=err)
        assert [line.split(":")[0] for line in err.getvalue().splitlines()] == ["a.txt", "b.txt", "d.txt"]
        assert Review.objects.count() == 1

    def test_it_accepts_for_a_curator(self, film, cast):
        with pytest.raises(CommandError, match="--curator"):
            self.run(SEED, accept=True)
        self.run(SEED, accept=True, curator="dora")
        assert Availability.objects.get(film=film).ends_on == date(2024, 1, 28)

    def test_it_refuses_an_unknown_member_and_an_empty_place(self, film, tmp_path):
        with pytest.raises(CommandError, match="nobody"):
            self.run(SEED, member="nobody")
        with pytest.raises(CommandError):
            self.run(tmp_path)
