"""Finding somebody elsewhere by what a member typed: a name such as @zoe@example.org, or the address of their page.

Their server is asked by WebFinger where they are, and they are asked who they are (`asking.look_up`). Only jobs do so.
"""

import re
from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.federation.asking import NotFound, NotNow, address_checked, ask, host_of, look_up
from accounts.federation.naming import CONTENT_TYPE, host_here
from accounts.federation.sending import ABOUT
from accounts.models import Actor, ServerBlock, Stranger

NAME: Final = re.compile(r"@?([A-Za-z0-9_][A-Za-z0-9_.-]{0,99})@([A-Za-z0-9.-]{1,253}(?::\d{1,5})?)")
# Both are said of ActivityPub: https://www.w3.org/TR/activitypub/#retrieving-objects
SPOKEN: Final = (CONTENT_TYPE, "application/ld+json")


def is_name(said: str) -> bool:
    """Whether it can be the name of somebody elsewhere."""
    return NAME.fullmatch(said.strip()) is not None


def named(said: str) -> str:
    """Whom a member means, as it is stored: @zoe@example.org, or an address. Raises ValidationError by field."""
    text = said.strip()
    found = NAME.fullmatch(text)
    try:
        host = host_of(address_checked(f"https://{found[2].lower()}/" if found else text))
    except NotFound:
        raise _refusal(
            _("Write their whole name, such as @zoe@social.example.org, or the address of their page.")
        ) from None
    if host == host_here().lower():
        raise _refusal(_("They are on this site: follow them on their page."))
    if ServerBlock.objects.of(host).exists():
        raise _refusal(_("The people who run this house take nothing from that server."))
    return f"@{found[1]}@{host}" if found else text


def find(called: str, *, for_actor: Actor) -> Stranger:
    """Whom `named` means, asked in the name of the member. Raises NotFound, NotNow."""
    host = host_called(called)
    _check(host)
    if called.startswith("@"):
        address = _at_webfinger(host, f"acct:{called[1:]}")
    else:
        try:
            address = _at_webfinger(host, called)
        except (NotFound, NotNow):  # not every server knows by a page who is on it: it may be their own address
            address = called
    _check(host_of(address))
    return look_up(address, for_actor=for_actor)


def host_called(called: str) -> str:
    """The server of whom `named` means."""
    return called.rpartition("@")[2] if called.startswith("@") else host_of(called)


def _check(host: str) -> None:
    if ServerBlock.objects.of(host).exists():
        raise NotFound("its server is blocked")


def _at_webfinger(host: str, resource: str) -> str:
    """Where RFC 7033 says that they are. Raises NotFound, NotNow."""
    address = address_checked(f"https://{host}/.well-known/webfinger?{urlencode({'resource': resource})}")
    said = ask(address, {"Accept": "application/jrd+json, application/json"} | ABOUT)
    links = said.get("links")
    for link in links if isinstance(links, list) else []:
        if isinstance(link, dict) and link.get("rel") == "self" and _speaks(link.get("type")):
            return address_checked(link.get("href"))
    raise NotFound("nobody there can be followed")


def _speaks(kind: Any) -> bool:
    return isinstance(kind, str) and kind.startswith(SPOKEN)


def _refusal(told: str) -> ValidationError:
    return ValidationError({"who": [told]})
