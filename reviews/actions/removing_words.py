"""What moderators take away of what people on other servers say."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.models import WordElsewhere


@transaction.atomic
def remove_words(*, moderator: User, word: WordElsewhere) -> None:
    """Nobody here reads it any more, and no change of it there brings it back. May be repeated."""
    if not moderator.has_perm("reviews.delete_wordelsewhere"):
        raise PermissionDenied(_("Only moderators remove what others wrote."))
    emptied = {"words": "", "half_stars": None, "removed_at": timezone.now()}
    WordElsewhere.objects.filter(pk=word.pk, removed_at=None).update(**emptied)
