"""Reviews, comments and reports by the API."""

import pytest

from films.models import FormerSlug
from reviews.actions.moderating import remove_text
from reviews.models import Comment, Mark, Report, Review, Viewing
from tests import make
from tests.api import Api, assert_golden, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return make.film(title="Baby Driver")


# Reviews

WRITTEN = {
    "body": "It *sings*.\n\n>!The end.!<", "stars": 4.5, "watched_on": "2024-01-28", "rewatch": True, "spoilers": True,
    "tags": ["chase", "#Chase", " car  film "], "visibility": "public",
}  # fmt: skip


def test_it_posts_a_review(cast, film):
    answer = program(cast.ana).post("reviews/", WRITTEN | {"film": film.slug})
    assert answer.status_code == 201
    assert answer["Location"] == f"http://testserver/api/v1/reviews/{answer.json()['id']}/"
    assert_golden("review", answer)
    read = Api().get(f"reviews/{answer.json()['id']}/?reveal=1").json()
    assert read == answer.json() | {"thread_state": "signed_out"}
    film.refresh_from_db()
    assert (film.rating_count, film.rating_sum, film.review_count) == (1, 9, 1)
    assert Viewing.objects.get().rewatch


def test_the_same_words_sent_twice_are_one_review(cast, film):
    api = program(cast.ana)
    first, again = (api.post("reviews/", WRITTEN | {"film": film.slug}) for _twice in range(2))
    assert first.json()["id"] == again.json()["id"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"body": ""}, "body"), ({"body": "   \n"}, "body"), ({"body": "x" * 20_001}, "body"), ({"body": 7.5}, None),
     ({"body": None}, "body"), ({"stars": 3.3}, "stars"), ({"watched_on": "2999-01-01"}, "watched_on"),
     ({"watched_on": "1800-01-01"}, "watched_on"), ({"watched_on": "soon"}, "watched_on"), ({"tags": "a"}, "tags"),
     ({"tags": ["x" * 41]}, "tags"), ({"tags": list("abcdefghijk")}, "tags"), ({"visibility": "all"}, "visibility"),
     ({"film": "none-1900"}, "film"), ({"film": 7}, "film"), ({"film": None}, "film"),
     ({"spoilers": "perhaps"}, "spoilers")],
)  # fmt: skip
def test_it_says_what_is_wrong_with_a_review(cast, film, change, field):
    answer = program(cast.ana).post("reviews/", {"film": film.slug, "body": "Good."} | change)
    if field is None:
        assert answer.status_code == 201  # a number is read as text, as the framework does
        return
    assert answer.status_code == 400
    assert all(isinstance(message, str) for message in answer.json()[field])
    assert not Review.objects.exists()


def test_it_posts_nothing_for_somebody_else(cast, film):
    sent = {"film": film.slug, "body": "Mine.", "member": "bea", "member_id": cast.bea.pk, "like_count": 9, "likes": 9,
            "comment_count": 9, "removed_at": None, "published_at": "2000-01-01T00:00:00Z", "body_html": "<script>",
            "version": 9, "id": 1}  # fmt: skip
    program(cast.ana).post("reviews/", sent)
    review = Review.objects.get()
    assert (review.member, review.like_count, review.comment_count, review.version) == (cast.ana, 0, 0, 1)
    assert "<script>" not in review.body_html
    assert review.published_at.year > 2000
    assert Api().post("reviews/", {"film": film.slug, "body": "Nobody's."}).status_code == 401


def test_it_edits_a_review(cast, film):
    api = program(cast.ana)
    made = api.post("reviews/", WRITTEN | {"film": film.slug}).json()
    changed = api.patch(f"reviews/{made['id']}/", {"stars": 5, "version": made["version"]}).json()
    assert changed | {"stars": 4.5, "version": 1, "updated_at": made["updated_at"]} == made
    assert changed["version"] == 2
    assert api.patch(f"reviews/{made['id']}/", {"watched_on": None}).json()["rewatch"] is False
    stale = api.patch(f"reviews/{made['id']}/", {"body": "Lost?", "version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    assert Review.objects.get().body == WRITTEN["body"]


def test_only_its_writer_edits_and_deletes_a_review(cast, film):
    review = make.review(member=cast.ana, film=film)
    for who, expected in (("bea", 403), ("eli", 403), ("cem", 404)):
        api = program(getattr(cast, who))
        assert api.patch(f"reviews/{review.pk}/", {"body": "Mine now."}).status_code == expected
        assert api.delete(f"reviews/{review.pk}/").status_code == expected
    assert Api().delete(f"reviews/{review.pk}/").status_code == 401
    assert program(cast.ana).delete(f"reviews/{review.pk}/").status_code == 204
    assert not Review.objects.exists()
    assert Mark.objects.get(member=cast.ana).half_stars == 8  # the rating stays


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [("public", {"ana", "bea", "fay", "eli", None}), ("followers", {"ana", "bea"}), ("private", {"ana"})],
)
def test_it_shows_a_review_to_whom_it_is_for(cast, film, visibility, readers):
    review = make.review(member=cast.ana, film=film, visibility=visibility)
    for who in ("ana", "bea", "cem", "fay", "eli", None):
        api = Api(as_=getattr(cast, who)) if who else Api()
        may = who in readers
        assert api.get(f"reviews/{review.pk}/").status_code == (200 if may else 404), who
        for path in ("reviews/", f"reviews/?film={film.slug}", "reviews/?member=ANA", f"films/{film.slug}/reviews/"):
            assert [row["id"] for row in api.get(path).json()["results"]] == ([review.pk] if may else []), (who, path)
        assert api.get(f"reviews/{review.pk}/comments/").status_code == (200 if may else 404)
        if who and not may:
            assert api.put(f"reviews/{review.pk}/like/").status_code == 404
            assert api.post(f"reviews/{review.pk}/comments/", {"body": "Hello"}).status_code == 404
            assert api.post(f"reviews/{review.pk}/report/", {"reason": "spam"}).status_code == 404


def test_it_shows_no_drafts_and_nothing_removed(cast, film):
    draft = make.review(member=cast.ana, film=film, draft=True)
    removed = remove_text(moderator=cast.eli, text=make.review(member=cast.ana), rule="spam", reason="Spam")
    for review in (draft, removed):
        assert Api(as_=cast.fay).get(f"reviews/{review.pk}/").status_code == 404
    assert Api().get("reviews/").json()["results"] == []


def test_it_filters_and_orders_reviews(cast, film):
    good = make.review(member=cast.ana, film=film, stars=5)
    poor = make.review(member=cast.bea, film=film, stars=1.5)
    bare = make.review(member=cast.fay, stars=None)
    program(cast.fay).put(f"reviews/{good.pk}/like/")

    def found(query):
        return [row["id"] for row in Api().get(f"reviews/?{query}").json()["results"]]

    assert found("") == [bare.pk, poor.pk, good.pk]
    assert found("ordering=-likes") == [good.pk, bare.pk, poor.pk]
    assert found("min_stars=1.5") == [poor.pk, good.pk]
    assert found("min_stars=2") == [good.pk]
    assert found(f"film={film.slug}&member=bea") == [poor.pk]
    FormerSlug.objects.create(film=film, slug="as-it-was-called")
    assert found("film=as-it-was-called") == [poor.pk, good.pk]
    assert found("member=nobody-is-called-so") == found("tag=nobody-used-it") == []
    assert Api().get("reviews/?film=nothing-1900").json() == {"film": ["No film has this address."]}
    for query in ("min_stars=9", "min_stars=x", "ordering=body", "page_size=none"):
        assert Api().get(f"reviews/?{query}").status_code == 400


def test_it_likes_a_review(cast, film):
    review = make.review(member=cast.ana, film=film)
    api = program(cast.bea)
    for _again in range(2):
        assert api.put(f"reviews/{review.pk}/like/").status_code == 204
    assert Api().get(f"reviews/{review.pk}/").json()["likes"] == 1
    for _again in range(2):
        assert api.delete(f"reviews/{review.pk}/like/").status_code == 204
    assert Api().get(f"reviews/{review.pk}/").json()["likes"] == 0
    assert program(cast.ana).put(f"reviews/{review.pk}/like/").status_code == 403
    assert Api().put(f"reviews/{review.pk}/like/").status_code == 401


# Comments and reports


def test_it_comments_and_answers(cast, film):
    review = make.review(member=cast.ana, film=film)
    api = program(cast.bea)
    first = api.post(f"reviews/{review.pk}/comments/", {"body": "I *saw* that."})
    assert first.status_code == 201
    assert_golden("comment", first)
    reply = api.post(f"reviews/{review.pk}/comments/", {"body": "And more.", "reply_to": first.json()["id"]}).json()
    listed = Api().get(f"reviews/{review.pk}/comments/").json()["results"]
    assert [(row["id"], row["reply_to"]) for row in listed] == [
        (first.json()["id"], None),
        (reply["id"], first.json()["id"]),
    ]
    for wrong in (reply["id"], make.comment().pk, 2**62):
        refused = api.post(f"reviews/{review.pk}/comments/", {"body": "Deeper.", "reply_to": wrong})
        assert refused.status_code == 400 and "reply_to" in refused.json()
    for body in ("", "  ", "x" * 5001, None):
        assert "body" in api.post(f"reviews/{review.pk}/comments/", {"body": body}).json()
    assert Api().post(f"reviews/{review.pk}/comments/", {"body": "Me"}).status_code == 401


def test_it_edits_and_deletes_a_comment(cast, film):
    review = make.review(member=cast.ana, film=film)
    comment = make.comment(member=cast.bea, review=review)
    make.comment(member=cast.ana, review=review, reply_to=comment)
    for who, expected in (("ana", 403), ("fay", 403), ("cem", 404)):
        assert program(getattr(cast, who)).patch(f"comments/{comment.pk}/", {"body": "Mine"}).status_code == expected
        assert program(getattr(cast, who)).delete(f"comments/{comment.pk}/").status_code == expected
    api = program(cast.bea)
    assert api.patch(f"comments/{comment.pk}/", {"body": "Better."}).json()["edited_at"] is not None
    assert api.delete(f"comments/{comment.pk}/").status_code == 204
    tombstone = Api().get(f"reviews/{review.pk}/comments/").json()["results"][0]
    assert (tombstone["deleted"], tombstone["body"], tombstone["body_html"], tombstone["member"]) == (
        True,
        "",
        "",
        None,
    )
    assert api.patch(f"comments/{comment.pk}/", {"body": "Back."}).status_code == 404
    assert Comment.objects.get(pk=comment.pk).body == "Better."


def test_it_reports_a_text_once(cast, film):
    review = make.review(member=cast.ana, film=film)
    comment = make.comment(member=cast.ana, review=review)
    api = program(cast.fay)
    first = api.post(f"reviews/{review.pk}/report/", {"reason": "spam"})
    again = api.post(f"reviews/{review.pk}/report/", {"reason": "abuse"})
    assert_golden("report", first)
    assert first.json() == again.json()
    assert api.post(f"comments/{comment.pk}/report/", {"reason": "other", "message": "Look."}).status_code == 201
    assert Report.objects.count() == 2
    assert "message" in api.post(f"comments/{comment.pk}/report/", {"reason": "plagiarism"}).json()
    assert "reason" in api.post(f"comments/{comment.pk}/report/", {"reason": "dull"}).json()
    assert program(cast.ana).post(f"reviews/{review.pk}/report/", {"reason": "spam"}).status_code == 403
    assert Api().post(f"reviews/{review.pk}/report/", {"reason": "spam"}).status_code == 401
