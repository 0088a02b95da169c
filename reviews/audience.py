"""Who of some members may read something: `visible_to` asked the other way round, for telling many at once."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Block, Follow, User
from reviews.models import Article, Collaborator, Essay, FilmList, Review, Subscription
from reviews.models.comment import Subject
from reviews.models.visibility import Visibility


def readers_of(subject: Subject, among: Iterable[int]) -> list[User]:
    """Which of these members (by id) may read the review, list, article, essay or film now. One query."""
    members = User.objects.active().filter(pk__in=set(among))
    if isinstance(subject, Article):
        return list(members) if subject.is_published else []
    return list(_let_in(subject, members) if isinstance(subject, Review | FilmList | Essay) else members)


def _let_in(subject: Review | FilmList | Essay, members: QuerySet[User]) -> QuerySet[User]:
    owner = subject.member
    own = Q(pk=owner.pk)
    if isinstance(subject, Review | Essay) and subject.is_draft:
        return members.none()
    if subject.removed_at is not None:
        return members.filter(own)
    if not owner.is_active:
        return members.none()
    blocks = Block.objects.filter(Q(blocker=OuterRef("pk"), blocked=owner) | Q(blocker=owner, blocked=OuterRef("pk")))
    return members.filter(own | (_others(subject) & ~Q(Exists(blocks))))


def _others(subject: Review | FilmList | Essay) -> Q:
    nobody, everybody = Q(pk__in=[]), ~Q(pk__in=[])
    follows = Q(Exists(Follow.objects.filter(follower=OuterRef("pk"), followed=subject.member)))
    others = nobody
    if subject.visibility == Visibility.PUBLIC:
        others = follows if subject.member.is_private else everybody
    elif subject.visibility == Visibility.FOLLOWERS:
        others = follows
    if isinstance(subject, FilmList):
        helpers = Collaborator.objects.filter(film_list=subject, member=OuterRef("pk"), accepted_at__isnull=False)
        others |= Q(Exists(helpers))
        if subject.visibility == FilmList.Visibility.LINK:
            # Whoever follows the thread had the link.
            others |= Q(Exists(Subscription.objects.filter(film_list=subject, member=OuterRef("pk"))))
    return others
