"""What a member reads of what they were told."""

from accounts.models import User
from films.paging import page_of
from reviews.models import Notification
from reviews.notices import lines_for
from reviews.told import runs_of


def on_page(member: User) -> list[Notification]:
    return page_of(Notification.objects.none(), runs_of(member.pk, "firsts", size=30), size=30).rows


def texts(member: User) -> list[str]:
    return [line.text for line in lines_for(member, on_page(member))]
