"""Where a trailer may be: at a known host of films, so that a link to it says where it leads."""

from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HOSTS: Final = {
    "youtube.com": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
    "dailymotion.com": "Dailymotion",
    "dai.ly": "Dailymotion",
    "archive.org": "Internet Archive",
}


def host_of(url: str) -> str:
    """What people call the host: "YouTube". Empty when it is none of those that we know, or not over https."""
    try:
        there = urlsplit(url)
        plain = there.scheme == "https" and there.username is None and there.port in (None, 443)
    except ValueError:
        return ""
    name = (there.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("player.")
    return HOSTS.get(name, "") if plain else ""


def check_trailer(url: str) -> None:
    """Raise ValidationError for an address that is not at one of the hosts."""
    if not host_of(url):
        raise ValidationError(where_trailers_are(), code="host")


def where_trailers_are() -> str:
    known = ", ".join(dict.fromkeys(HOSTS.values()))
    return _("Give an address that begins with https:// at one of these: %(hosts)s.") % {"hosts": known}
