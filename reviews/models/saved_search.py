from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row

LONGEST_NAME = 60


class SavedSearch(Row):
    """What a member narrowed the catalogue down to, under a name of theirs. Nobody else sees it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    # As it stands in an address, in the order of `Filters.query` (films/browse.py).
    query = models.TextField(_("filters"))
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint("member", Lower("name"), name="saved_search_one_a_name"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(query=""), name="saved_search_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('films:browse')}?{self.query}"
