"""How many follow whom, which PostgreSQL counts."""

import pytest

from accounts.actions import follow
from accounts.models import User
from tests import make

pytestmark = pytest.mark.django_db


def test_a_member_saved_from_an_old_object_keeps_the_followers_who_came_meanwhile():
    member = make.member(password="an-old-password")
    stale = User.objects.get(pk=member.pk)
    follow(member=make.member(), other=member)
    stale.set_password(make.PASSWORD)
    stale.save()
    member.refresh_from_db()
    assert (member.follower_count, member.check_password(make.PASSWORD)) == (1, True)


def test_what_was_not_read_is_not_written():
    member = make.member(display_name="Ana", location="Izmir")
    partial = User.objects.only("pk", "display_name").get(pk=member.pk)
    User.objects.filter(pk=member.pk).update(location="Lisbon")
    partial.display_name = "Ana B."
    partial.save()
    member.refresh_from_db()
    assert (member.display_name, member.location) == ("Ana B.", "Lisbon")
