"""Which usernames there may be."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORTEST: Final = 2
LONGEST: Final = 30
PATTERN: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?", re.ASCII)

# Words that are, or may become, addresses or offices of the site.
RESERVED: Final = frozenset(
    """
    about accessibility account accounts admin administrator anonymous api app apps articles assets blog bot
    collections comments community contact curator curators deleted diary docs edit everyone explore feed feeds
    films followers following gdpr help home host house house-rules info intermission join journal legal likes
    lists log login logout mail manifest me media member members mod moderator moderators mods new news
    newsletter nobody null official owner people press privacy private profile public ratings register reviews
    robots root rss rules score search security self service settings signin signout signup site sitemap staff
    static stats status superuser support system tags team terms tokens tonight transparency undefined user
    username users watchlist webmaster www you
    """.split()
)


def validate_username(name: str) -> None:
    """Raise ValidationError, with a sentence that says what to do, for a name that nobody may have."""
    if not SHORTEST <= len(name) <= LONGEST:
        raise ValidationError(
            _("Use between %(shortest)d and %(longest)d characters."),
            code="username_length",
            params={"shortest": SHORTEST, "longest": LONGEST},
        )
    if not PATTERN.fullmatch(name):
        raise ValidationError(
            _("Use letters a to z, digits, hyphens and underscores, and start and end with a letter or a digit."),
            code="username_characters",
        )
    if name.lower() in RESERVED:
        raise ValidationError(_("This name is kept for the site itself. Choose another."), code="username_reserved")
