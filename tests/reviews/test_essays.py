"""Essays of members: writing, keeping as drafts, who reads them, and what they say elsewhere."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from reviews.actions.composing import (
    MOST_DRAFTS,
    Composition,
    StaleEssay,
    delete_essay,
    like_essay,
    unlike_essay,
    write_essay,
)
from reviews.actions.deciding import decide, reverse_decision
from reviews.actions.following import choose_privacy
from reviews.actions.limiting import LimitReached
from reviews.actions.moderating import remove_text, restore_text
from reviews.actions.parting import block_member
from reviews.curtains import is_covered, opened_for
from reviews.models import (
    Activity,
    Decision,
    Essay,
    Mention,
    Notification,
    Posting,
    Quotation,
    Report,
    Subscription,
    WordRule,
)
from reviews.models.essay import LONGEST_ESSAY, LONGEST_TITLE, MOST_FILMS
from reviews.trust import LIMITS, Level
from tests import make
from tests.tallies import wrong_tallies

pytestmark = pytest.mark.django_db


def composed(**said):
    return Composition(**{"title": "Doors", "body": "Nobody ever shuts one."} | said)


def test_it_is_written_with_its_films_and_people(cast):
    film, person = make.film(), make.person()
    essay = make.essay(
        member=cast.ana, title="  Doors ", body="## Exits\n\nOne *two* three.", films=[film], people=[person]
    )
    assert essay.title == "Doors" and essay.published_at == essay.updated_at and essay.version == 1
    assert '<h2 id="s-exits">' in essay.body_html and essay.headings == [{"level": 2, "id": "s-exits", "text": "Exits"}]
    assert essay.excerpt.startswith("Exits") and essay.word_count == 5 and essay.reading_minutes == 1
    assert [*essay.films.all()] == [film] and [*essay.people.all()] == [person]


def test_pages_that_the_text_leads_to_come_by_themselves(cast):
    film, hidden, spoilt, person = make.film(), make.film(), make.film(), make.person()
    site = settings.SITE_URL
    body = (
        f"See [this]({site}/films/{film.slug}/) by {site}/people/{person.slug}/, not {site}/films/nothing-2099/.\n\n"
        f">!It is [that one]({site}/films/{hidden.slug}/).!< And >!he falls!<{{{spoilt.slug}}}"
    )
    essay = make.essay(member=cast.ana, body=body)
    assert {*essay.films.all()} == {film, spoilt} and [*essay.people.all()] == [person]
    assert [row.film for row in essay.spoiled_films.all()] == [spoilt]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "o" * (LONGEST_TITLE + 1)}, "title"),
        ({"body": " \n "}, "body"),
        ({"body": "o" * (LONGEST_ESSAY + 1)}, "body"),
        ({"visibility": "everybody"}, "visibility"),
        ({"comment_policy": "friends"}, "comment_policy"),
    ],
)
def test_what_cannot_be_stored_is_told_by_field(cast, said, field):
    with pytest.raises(ValidationError) as refusal:
        write_essay(member=cast.ana, composition=composed(**said))
    assert list(refusal.value.message_dict) == [field]
    assert not Essay.objects.exists()


def test_it_is_about_so_many_films_at_most(cast):
    films = [make.film() for _number in range(MOST_FILMS + 1)]
    assert make.essay(member=cast.ana, films=films[:-1]).films.count() == MOST_FILMS
    with pytest.raises(ValidationError) as refusal:
        write_essay(member=cast.ana, composition=composed(films=tuple(films)))
    assert list(refusal.value.message_dict) == ["films"]


def test_sent_twice_it_is_one(cast):
    first = write_essay(member=cast.ana, composition=composed())
    assert write_essay(member=cast.ana, composition=composed()).pk == first.pk
    assert Posting.objects.filter(member=cast.ana, kind="essay").count() == 1
    draft = write_essay(member=cast.ana, composition=composed(title="Later"), publish=False)
    assert write_essay(member=cast.ana, composition=composed(title="Later"), publish=False).pk == draft.pk


def test_a_draft_is_for_its_writer_alone_and_becomes_an_essay(cast):
    draft = write_essay(member=cast.ana, composition=composed(body="Hear, @bea."), publish=False)
    assert draft.is_draft and not Activity.objects.exists() and not Notification.objects.exists()
    for viewer in (None, cast.ana, cast.bea):
        assert not Essay.objects.visible_to(viewer).exists()
    posted = write_essay(member=cast.ana, composition=composed(body="Hear, @bea."), essay=draft, version=1)
    assert posted.pk == draft.pk and posted.version == 2 and not posted.is_draft
    assert Activity.objects.get().kind == "wrote_essay"
    told = Notification.objects.get(member=cast.bea)
    assert (told.kind, told.essay) == ("mention", posted)
    assert Subscription.objects.get(essay=posted).member == cast.ana
    kept = write_essay(member=cast.ana, composition=composed(body="And more."), essay=posted, publish=False)
    assert not kept.is_draft, "what is published stays so"


def test_there_is_no_room_for_endless_drafts(cast):
    Essay.objects.bulk_create(
        Essay(member=cast.ana, title=f"Draft {number}", body="Words.") for number in range(MOST_DRAFTS)
    )
    with pytest.raises(ValidationError, match="no room for more"):
        write_essay(member=cast.ana, composition=composed(), publish=False)
    assert write_essay(member=cast.ana, composition=composed()).published_at


def test_two_windows_do_not_overwrite_each_other(cast):
    essay = make.essay(member=cast.ana)
    write_essay(member=cast.ana, essay=essay, composition=composed(body="From one window."), version=1)
    with pytest.raises(StaleEssay) as stale:
        write_essay(member=cast.ana, essay=essay, composition=composed(body="From the other."), version=1)
    assert stale.value.essay.body == "From one window."
    same = write_essay(member=cast.ana, essay=essay, composition=composed(body="From one window."), version=1)
    assert same.version == 2, "the same form sent twice is no conflict"
    with pytest.raises(StaleEssay):
        write_essay(
            member=cast.ana, essay=essay, composition=composed(body="From one window.", films=(make.film(),)), version=1
        )
    with pytest.raises(PermissionDenied):
        write_essay(member=cast.bea, essay=essay, composition=composed())


def test_an_edit_names_again_only_whom_it_names_anew(cast):
    essay = make.essay(member=cast.ana, body="Hear, @bea.")
    write_essay(member=cast.ana, essay=essay, composition=composed(body="Hear, @bea and @fay."))
    assert {mention.member for mention in Mention.objects.filter(essay=essay)} == {cast.bea, cast.fay}
    assert Notification.objects.filter(essay=essay, kind="mention").count() == 2
    assert Activity.objects.count() == 1


def test_whom_it_is_for_sees_it(cast):
    make.essay(member=cast.ana, title="For all")
    make.essay(member=cast.ana, title="For followers", visibility="followers")
    make.essay(member=cast.ana, title="For me", visibility="private")
    removed = make.essay(member=cast.ana, title="Gone")
    remove_text(moderator=cast.eli, text=removed, rule="spam", reason="An advertisement.")

    def seen(viewer):
        return {essay.title for essay in Essay.objects.visible_to(viewer)}

    assert seen(None) == seen(cast.fay) == {"For all"}
    assert seen(cast.bea) == {"For all", "For followers"}
    assert seen(cast.ana) == {"For all", "For followers", "For me", "Gone"}
    assert seen(cast.cem) == set(), "whom she blocks"
    restore_text(moderator=cast.eli, text=removed)
    assert "Gone" in seen(None)
    choose_privacy(member=cast.ana, is_private=True)
    assert seen(None) == seen(cast.fay) == set() and seen(cast.bea) == {"For all", "For followers", "Gone"}
    cast.ana.is_active = False
    cast.ana.save()
    assert seen(cast.bea) == set()


def test_the_line_of_the_feed_follows_who_may_read_it(cast):
    essay = make.essay(member=cast.ana)
    line = Activity.objects.get()
    for visibility, stored in (("followers", "followers"), ("public", "public"), ("private", "private")):
        write_essay(member=cast.ana, essay=essay, composition=composed(visibility=visibility))
        line.refresh_from_db()
        assert line.visibility == stored
    write_essay(member=cast.ana, essay=essay, composition=composed())
    essay.refresh_from_db()
    remove_text(moderator=cast.eli, text=essay, rule="spam", reason="An advertisement.")
    line.refresh_from_db()
    assert line.visibility == "private"


def test_likes_are_counted_told_and_taken_back(cast):
    essay = make.essay(member=cast.ana)
    for _twice in range(2):
        like_essay(member=cast.bea, essay=essay)
    like_essay(member=cast.fay, essay=essay)
    essay.refresh_from_db()
    assert essay.like_count == 2 and Notification.objects.filter(member=cast.ana, kind="essay_liked").count() == 2
    unlike_essay(member=cast.bea, essay=essay)
    essay.refresh_from_db()
    assert essay.like_count == 1 and Notification.objects.filter(member=cast.ana).count() == 1
    assert not Activity.objects.filter(member=cast.bea, kind="liked_essay").exists()
    for somebody in (cast.ana, cast.cem):
        with pytest.raises(PermissionDenied):
            like_essay(member=somebody, essay=essay)
    cast.fay.is_active = False
    cast.fay.save()
    essay.refresh_from_db()
    assert essay.like_count == 0, "who is suspended counts nowhere"
    assert wrong_tallies() == []


def test_comments_under_it_are_counted_and_go_with_it(cast):
    essay = make.essay(member=cast.ana)
    comment = make.comment(member=cast.bea, under=essay, body="Some do.")
    make.comment(member=cast.ana, under=essay, reply_to=comment, body="Name one.")
    essay.refresh_from_db()
    assert essay.comment_count == 2 and wrong_tallies() == []
    assert Notification.objects.get(member=cast.ana).kind == "comment"
    other = make.essay(member=cast.ana, title="Another", body="Elsewhere.")
    with pytest.raises(ValidationError):
        make.comment(member=cast.fay, under=other, reply_to=comment, body="Here?")
    make.report(member=cast.fay, text=comment)
    make.report(member=cast.fay, text=essay)
    delete_essay(member=cast.ana, essay=essay)
    delete_essay(member=cast.ana, essay=essay)
    assert {(copy.kind, copy.place) for copy in Quotation.objects.all()} == {("essay", "Doors"), ("comment", "Doors")}
    with pytest.raises(PermissionDenied):
        delete_essay(member=cast.bea, essay=other)


def test_moderators_cover_it_whole_and_uncover_it_again(cast):
    film = make.film()
    essay = make.essay(member=cast.ana, films=[film])
    decided = decide(
        moderator=cast.eli, about=essay, kind=Decision.Kind.COVER, rule="spoilers", reason="The last page."
    )
    row = write_essay(member=cast.ana, essay=essay, composition=composed(films=(film,)))
    assert row.spoilers, "its writer cannot take the cover off"

    def covered(viewer):
        return is_covered(opened_for(Essay.objects.all(), viewer).get())

    assert covered(None) and covered(cast.bea)
    make.mark(member=cast.bea, film=film, watched=True)
    assert not covered(cast.bea)
    reverse_decision(moderator=cast.eli, decision=decided)
    assert not covered(None)


def test_word_rules_look_at_it(cast):
    WordRule.objects.create(pattern="cheap tickets", made_by=cast.eli)
    draft = write_essay(member=cast.ana, composition=composed(title="Cheap tickets"), publish=False)
    assert not Report.objects.exists()
    write_essay(member=cast.ana, essay=draft, composition=composed(title="Cheap tickets"))
    assert Report.objects.get().essay == draft


def test_who_is_new_writes_a_few_a_day(cast):
    new = make.member(date_joined=timezone.now())
    most = LIMITS[Level.NEW].most[Posting.Kind.ESSAY]
    for number in range(most):
        write_essay(member=new, composition=composed(title=f"Essay {number}", body=f"Words {number}."))
    with pytest.raises(LimitReached):
        write_essay(member=new, composition=composed(title="One more", body="Other words."))
    assert Essay.objects.filter(member=new).count() == most


def test_a_block_ends_what_either_was_told_of_the_other(cast):
    essay = make.essay(member=cast.ana, body="Hear, @fay.")
    make.comment(member=cast.fay, under=essay, body="I hear.")
    block_member(member=cast.ana, other=cast.fay)
    assert not Notification.objects.filter(member__in=[cast.ana, cast.fay]).exists()
    assert not Subscription.objects.filter(member=cast.fay, essay=essay).exists()
    assert not Mention.objects.filter(member=cast.fay).exists()
