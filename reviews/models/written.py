from datetime import datetime
from typing import Any

from accounts.models import Licence
from reviews.models.licence import licence_of
from reviews.models.visibility import Visibility


class Written:
    """A review or an essay. A draft has no time of publishing."""

    member: Any
    visibility: Any
    published_at: Any
    updated_at: Any
    removed_at: Any

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it, as far as it says itself."""
        return self.visibility == Visibility.PUBLIC and self.published_at is not None and self.removed_at is None

    @property
    def licence(self) -> Licence:
        """By which others may use it: the writer's own, where everybody may read it. Needs the member at hand."""
        return licence_of(self.member, is_public=self.is_public)

    @property
    def is_edited(self) -> bool:
        """Changed more than a minute after it was published."""
        published_at: datetime | None = self.published_at
        return published_at is not None and (self.updated_at - published_at).total_seconds() > 60
