"""Who hears of a comment: following a thread, being answered, being named. Each at most once, and nobody unseen."""

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts import actions as people
from accounts.models import Block, Follow, User
from reviews.actions.covering import render_words
from reviews.actions.reviewing import edit_review
from reviews.actions.subscribing import follow_thread, leave_thread
from reviews.actions.talking import edit_comment, post_comment
from reviews.actions.writing import Writing
from reviews.audience import readers_of
from reviews.members_named import Naming
from reviews.mentions import MOST_MENTIONS
from reviews.models import Comment, FilmList, Mention, NoticeChoice, Notification, Review, Subscription
from tests import make
from tests.api import Api, program
from tests.staff import logged_in


def rendered(text: str, kind: str = "comment"):
    """The text as it is stored, and whom it names."""
    naming = Naming()
    return render_words(text, kind=kind, mentions=naming).rendered, naming.members


def heard(member: User) -> list[str]:
    return list(Notification.objects.filter(member=member).order_by("id").values_list("kind", flat=True))


def test_everybody_hears_once_by_what_is_nearest_to_them(cast):
    gil = make.member(username="gil")
    review = make.review(member=cast.ana)
    top = make.comment(member=cast.bea, review=review)
    make.comment(member=cast.dora, review=review)
    Notification.objects.all().delete()
    post_comment(member=cast.fay, subject=review, reply_to=top, body="@gil, @bea and @ana, look. @fay says so, @gil.")
    assert {m.username: heard(m) for m in User.objects.all() if heard(m)} == {
        "ana": ["mention"], "bea": ["reply"], "dora": ["thread"], "gil": ["mention"],
    }  # fmt: skip
    make.comment(member=cast.fay, review=review, body="And another thing.")
    assert heard(cast.ana) == ["mention", "comment"]
    assert heard(gil) == ["mention"]


def test_the_same_post_sent_twice_is_told_once(cast):
    review = make.review(member=cast.ana)
    for _ in range(2):
        assert logged_in(cast.bea).post(f"/reviews/{review.pk}/comments/", {"body": "Once."}).status_code == 302
    assert heard(cast.ana) == ["comment"]
    assert Comment.objects.count() == Subscription.objects.filter(member=cast.bea).count() == 1


def test_an_author_hears_of_comments_on_their_article(cast):
    make.comment(member=cast.bea, under=make.article(author=cast.dora))
    assert heard(cast.dora) == ["comment"]


def test_whoever_switched_a_kind_off_does_not_hear_of_it_by_another(cast):
    review = make.review(member=cast.ana)
    NoticeChoice.objects.create(member=cast.ana, kind="comment", on_site=False, mailing="never")
    make.comment(member=cast.bea, review=review)
    assert heard(cast.ana) == []


def state(member, thread):
    return Subscription.objects.filter(member=member, review=thread).values_list("is_on", flat=True).first()


def test_writing_follows_a_thread_and_leaving_is_for_good(cast):
    review = make.review(member=cast.ana)
    assert state(cast.ana, review) is True
    assert state(cast.bea, review) is None
    top = make.comment(member=cast.bea, review=review)
    assert state(cast.bea, review) is True
    page, address = logged_in(cast.bea), f"/reviews/{review.pk}/subscription/"
    assert "Leave this thread" in page.get(review.get_absolute_url()).content.decode()
    assert page.post(address, {"follow": "0"}).status_code == 302
    make.comment(member=cast.bea, review=review)
    edit_review(member=cast.ana, review=review, writing=Writing(body="Mended."))
    assert (state(cast.bea, review), state(cast.ana, review)) == (False, True)
    make.comment(member=cast.fay, review=review, reply_to=top)
    assert heard(cast.bea) == []
    make.comment(member=cast.fay, review=review, body="Only if one is called, @bea.")
    assert heard(cast.bea) == ["mention"]
    assert "Follow this thread" in page.get(review.get_absolute_url()).content.decode()
    assert page.post(address, {"follow": "1"}, headers={"HX-Request": "true"}).status_code == 200
    make.comment(member=cast.fay, review=review)
    assert heard(cast.bea) == ["mention", "thread"]


def test_a_program_follows_and_leaves(cast):
    film = make.film()
    api, address = program(cast.bea), f"films/{film.slug}/subscription/"
    assert api.get(address).json()["following"] is None
    for verb, following in (("PUT", True), ("PUT", True), ("DELETE", False), ("DELETE", False)):
        assert api.request(verb, address).status_code == 204
        assert api.get(address).json()["following"] is following
    make.comment(member=cast.bea, under=film)
    assert api.get(address).json()["following"] is False
    assert Subscription.objects.count() == 1


def test_an_owner_who_leaves_hears_no_more(cast):
    review = make.review(member=cast.ana)
    leave_thread(member=cast.ana, subject=review)
    make.comment(member=cast.bea, review=review)
    assert heard(cast.ana) == []


def test_nobody_follows_what_they_may_not_read(cast):
    for member, review in (
        (cast.fay, make.review(member=cast.ana, visibility="private")),
        (cast.cem, make.review(member=cast.ana)),
    ):
        with pytest.raises(PermissionDenied):
            follow_thread(member=member, subject=review)


def test_nobody_hears_of_what_they_may_not_read(cast):
    review = make.review(member=cast.ana, visibility="followers")
    gil = make.member(username="gil")
    people.follow(member=gil, other=cast.ana)
    follow_thread(member=gil, subject=review)
    people.unfollow(member=gil, other=cast.ana)
    make.comment(member=cast.bea, review=review, body="@fay @gil @cem, nobody but us is here.")
    assert (heard(cast.fay), heard(gil), heard(cast.cem), heard(cast.ana)) == ([], [], [], ["comment"])
    review = make.review(member=cast.fay)
    follow_thread(member=cast.ana, subject=review)
    make.comment(member=cast.cem, review=review, body="Here I am, @ana.")
    people.mute(member=cast.bea, other=cast.cem)
    make.comment(member=cast.cem, review=review, body="And you, @bea?")
    assert (heard(cast.ana), heard(cast.bea), heard(cast.fay)) == (["comment"], [], ["comment", "comment"])


# Names


def html(text: str, kind: str = "comment") -> str:
    return rendered(text, kind=kind)[0].html


def test_a_name_becomes_a_link_to_the_member(cast):
    assert html("Ask @Ana, or @bea.") == (
        '<p>Ask <a class="mention" href="/members/ana/">@Ana</a>, '
        'or <a class="mention" href="/members/bea/">@bea</a>.</p>\n'
    )
    assert "/members/ana/" in html(">!said @ana!<") and "/members/ana/" in html("**@ana**", "review")
    assert html("@ana_ and @ana- and (@ana)").count("/members/ana/") == 3


@pytest.mark.parametrize(
    "text",
    [
        "`@ana`", "```\n@ana\n```", "[@ana](https://a.example)", "ana@ana", "x@ana.example", "@ana@social.example",
        "https://a.example/@ana", "@nobody-at-all", "@gone", '<a href="/x">@an</a>', "@@ana", "mailto:@ana",
        '<span class="mention">@an</span>', "@" + "a" * 31,
    ],
)  # fmt: skip
def test_it_links_no_code_no_address_and_nobody_else(cast, text):
    make.member(username="gone", is_active=False)
    assert 'href="/members/' not in html(text) and rendered(text, kind="comment")[1] == []


@pytest.mark.parametrize(
    "text", ["[a](/members/ana/)", '<span class="mention">@ana</span>', "<a class=mention href=/x>@ana</a>"]
)
def test_members_write_no_address_of_ours_themselves(cast, text):
    assert 'href="/x' not in html(text) and html(text).count("<a") == html(text).count(
        '<a class="mention" href="/members/ana/"'
    )


def test_it_names_at_most_twenty_in_one_query(cast, django_assert_num_queries):
    for n in range(100):
        make.member(username=f"many{n}")
    with django_assert_num_queries(1):
        done, named = rendered(" ".join(f"@many{n} @many0" for n in range(100)), kind="comment")
    assert len(named) == MOST_MENTIONS == 20
    assert done.html.count("<a") == 20 + 100
    with django_assert_num_queries(0):
        rendered("Nobody at all.", kind="comment")


def test_a_member_who_was_renamed_is_found_by_both_names(cast):
    comment = make.comment(member=cast.bea, body="So says @ana.")
    people.change_username(member=cast.ana, username="anna-b")
    assert leads_on(comment, "/members/anna-b/")
    assert rendered("@ana and @Anna-B", kind="comment")[1] == [User.objects.get(pk=cast.ana.pk)]
    assert html("@ana") == '<p><a class="mention" href="/members/anna-b/">@ana</a></p>\n'


def leads_on(comment: Comment, address: str) -> bool:
    """The link in the comment leads there, by a redirect."""
    assert 'href="/members/ana/"' in comment.body_html
    return logged_in(comment.member).get("/members/ana/").headers["Location"] == address


def test_an_edit_names_more_and_tells_nobody_twice(cast):
    comment = make.comment(member=cast.bea, body="What do you say, @ana?")
    for body in ("What do you say, @ana, and @fay?", "What do you say, @fay?", "Well, @ana?"):
        edit_comment(member=cast.bea, comment=comment, body=body)
    assert (heard(cast.ana), heard(cast.fay)) == (["mention"], ["mention"])
    assert Mention.objects.filter(comment=comment).count() == 2


def test_a_text_calls_so_many_however_often_it_is_edited(cast):
    many = [make.member(username=f"called{number}") for number in range(MOST_MENTIONS + 5)]
    review = make.review(member=cast.ana, body="Hello.")
    comment = make.comment(member=cast.ana, review=review, body="Hello.")
    for several in (many[:15], many[10:25], many[20:], many[:3]):
        words = " ".join(f"@{member.username}" for member in several)
        edit_review(member=cast.ana, review=review, writing=Writing(body=words))
        edit_comment(member=cast.ana, comment=comment, body=words)
    for text in ({"review": review}, {"comment": comment}):
        assert Mention.objects.filter(**text).count() == MOST_MENTIONS
    assert Notification.objects.filter(kind="mention").count() == 2 * MOST_MENTIONS
    assert (heard(many[19]), heard(many[20])) == (["mention", "mention"], [])


def test_a_review_names_members_who_may_read_it_once(cast):
    draft = make.review(member=cast.ana, film=make.film(title="Tenet"), draft=True, body="With @bea and @fay.")
    assert (heard(cast.bea), Mention.objects.count()) == ([], 0)
    review = make.review(member=cast.ana, film=draft.film, body="With @bea and @fay.", visibility="followers")
    assert (heard(cast.bea), heard(cast.fay)) == (["mention"], [])
    for visibility in ("public", "followers", "public"):
        edit_review(
            member=cast.ana, review=review, writing=Writing(body="With @bea, @fay, @cem.", visibility=visibility)
        )
    assert (heard(cast.bea), heard(cast.fay), heard(cast.cem)) == (["mention"], ["mention"], [])
    assert "/members/bea/" in Api().get(f"reviews/{review.pk}/").json()["body_html"]


# readers_of is visible_to asked the other way round

who = st.integers(0, 3)
arrangements = st.fixed_dictionaries(
    {
        "visibility": st.sampled_from(["public", "followers", "private"]),
        "private": st.booleans(),
        "removed": st.booleans(),
        "follows": st.sets(st.tuples(who, who), max_size=6),
        "blocks": st.sets(st.tuples(who, who), max_size=3),
        "inactive": st.sets(who, max_size=1),
    }
)


class AudienceTest(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(arrangements)
    def test_its_readers_are_those_to_whom_it_is_visible(self, arrangement):
        members = [make.member() for _ in range(4)]
        for kind, pairs in ((Follow, arrangement["follows"]), (Block, arrangement["blocks"])):
            names = {Follow: ("follower", "followed"), Block: ("blocker", "blocked")}[kind]
            for one, other in pairs:
                if one != other:
                    kind.objects.create(**dict(zip(names, (members[one], members[other]), strict=True)))
        review = make.review(member=members[0], visibility=arrangement["visibility"])
        made = FilmList.objects.create(member=members[0], title="Nine", visibility=arrangement["visibility"])
        if arrangement["removed"]:
            for thing in (review, made):
                type(thing).objects.filter(pk=thing.pk).update(removed_at=review.created_at)
        User.objects.filter(pk=members[0].pk).update(is_private=arrangement["private"])
        for n in arrangement["inactive"]:
            User.objects.filter(pk=members[n].pk).update(is_active=False)
        for thing in (Review.objects.get(pk=review.pk), FilmList.objects.get(pk=made.pk)):
            here = [User.objects.get(pk=member.pk) for member in members]
            seen = {
                m.pk for m in here if m.is_active and type(thing).objects.visible_to(m).filter(pk=thing.pk).exists()
            }
            assert {m.pk for m in readers_of(thing, [m.pk for m in members])} == seen


def test_an_article_is_read_by_all_once_it_is_out(cast):
    for article, readers in ((make.article(), [cast.cem]), (make.article(published_at=None), [])):
        assert readers_of(article, [cast.cem.pk]) == readers
    assert readers_of(make.film(), [cast.cem.pk]) == [cast.cem]
