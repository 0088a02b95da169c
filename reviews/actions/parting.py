"""Blocking a member, with all that the two share here. What ends does not come back when the block is lifted."""

from django.db import transaction
from django.db.models import Q

from accounts import actions
from accounts.models import Block, User
from config.writes import only
from films.freshness import LISTS
from reviews.actions.nearness import near_both
from reviews.actions.recommending import part_tips
from reviews.actions.rising import part_at_tables
from reviews.models import Collaborator, Mention, Notification, Subscription


@near_both
@transaction.atomic
def block_member(*, member: User, other: User) -> Block:
    """Neither sees the other anywhere from now on. Raises ValidationError for oneself.

    It ends their following and asking to follow, their help with each other's lists, their following of each other's
    threads, their sitting together on an evening, and what they recommend to each other, and takes away what either was
    told of the other.
    """
    made = actions.block(member=member, other=other)
    for one, two in ((member, other), (other, member)):
        with only(LISTS):
            Collaborator.objects.filter(member=one, film_list__member=two).delete()
        by_two = Q(review__member=two) | Q(film_list__member=two) | Q(essay__member=two)
        Subscription.objects.filter(by_two, member=one).delete()
        said_by_two = Q(review__member=two) | Q(comment__member=two) | Q(essay__member=two)
        Mention.objects.filter(said_by_two, member=one).delete()
        about = Q(actor=two) | Q(comment__member=two) | by_two
        Notification.objects.filter(about, member=one).exclude(kind="case").delete()
    part_tips(member=member, other=other)
    part_at_tables(member=member, other=other)
    return made
