"""Who may read what: `visible_to` against the rule spelt out the long way."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.compiled import for_viewers
from accounts.models import Block, Follow, User
from reviews.models import Comment, Review
from tests import make

READERS = 4  # and one who is signed out

arrangements = st.fixed_dictionaries(
    {
        "reviews": st.lists(
            st.fixed_dictionaries(
                {
                    "writer": st.integers(0, READERS - 1),
                    "visibility": st.sampled_from(["public", "followers", "private"]),
                    "published": st.booleans(),
                    "removed": st.booleans(),
                }
            ),
            min_size=1,
            max_size=4,
        ),
        "follows": st.sets(st.tuples(st.integers(0, READERS - 1), st.integers(0, READERS - 1)), max_size=6),
        "blocks": st.sets(st.tuples(st.integers(0, READERS - 1), st.integers(0, READERS - 1)), max_size=3),
        "inactive": st.sets(st.integers(0, READERS - 1), max_size=1),
    }
)


def may_read(reader, writer, review, arrangement):
    """The rule, spelt out."""
    if not review["published"]:
        return False
    if reader == writer:
        return True
    if review["removed"] or writer in arrangement["inactive"]:
        return False
    if reader is not None and ({(reader, writer), (writer, reader)} & arrangement["blocks"]):
        return False
    if review["visibility"] == "followers":
        return (reader, writer) in arrangement["follows"]
    return review["visibility"] == "public"


@for_viewers()
def reviews_shown(viewer):
    return Review.objects.visible_to(viewer).values_list("pk", flat=True)


@for_viewers()
def reviews_heard_of(viewer):
    return Comment.objects.visible_to(viewer).values_list("review", flat=True)


class VisibilityTest(TestCase):
    """The rule is put together once, as for pages (accounts/compiled.py), and asked for each reader."""

    @classmethod
    def setUpTestData(cls):
        for _each in range(READERS):
            make.member()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @pytest.mark.slow
    @given(arrangements)
    def test_it_shows_each_reader_what_the_rule_allows_and_nothing_else(self, arrangement):
        members = list(User.objects.order_by("pk"))
        for one, other in arrangement["follows"]:
            if one != other:
                Follow.objects.create(follower=members[one], followed=members[other])
        for one, other in arrangement["blocks"]:
            if one != other:
                Block.objects.create(blocker=members[one], blocked=members[other])
        for n in arrangement["inactive"]:
            members[n].is_active = False
            members[n].save()
        reviews = []
        for row in arrangement["reviews"]:
            made = make.review(member=members[row["writer"]], visibility=row["visibility"], draft=not row["published"])
            if row["removed"]:
                Review.objects.filter(pk=made.pk).update(removed_at=timezone.now())
            Comment.objects.create(review=made, member=members[0], body="Said.", body_html="Said.")
            reviews.append(made.pk)
        for reader in [None, *range(READERS)]:
            viewer = AnonymousUser() if reader is None else members[reader]
            allowed = {
                pk
                for pk, row in zip(reviews, arrangement["reviews"], strict=True)
                if may_read(reader, row["writer"], row, arrangement)
            }
            assert set(reviews_shown(viewer)) == allowed
            heard = set(reviews_heard_of(viewer))
            assert heard <= allowed
            if reader == 0 and 0 not in arrangement["inactive"]:
                assert heard == allowed


@pytest.mark.parametrize("name", ["ana", "bea", "cem", "fay"])
def test_drafts_are_seen_by_nobody_through_the_door(cast, name):
    make.review(member=cast.ana, draft=True)
    assert not Review.objects.visible_to(getattr(cast, name)).exists()
    assert Review.objects.drafts_of(cast.ana).count() == 1


@pytest.mark.django_db
def test_a_number_beyond_all_numbers_is_no_page(cast):
    reader = Client()
    reader.force_login(cast.ana)
    for address in (f"/reviews/{10**22}/", f"/lists/{10**22}/"):
        assert Client().get(address).status_code == reader.get(address).status_code == 404
