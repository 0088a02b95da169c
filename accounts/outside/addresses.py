"""Where messages may go: others name the addresses, so none may lead into the network that the site stands in.

`inside` says that the host lets them all the same, as WEBHOOKS_PRIVATE does for webhooks and FEDERATION_PRIVATE for
other servers.
"""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

import psutil
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models.webhook import LONGEST_ADDRESS

type Address = IPv4Address | IPv6Address

HTTPS: Final = 443
# Below are mail, files and desks of machines, which nobody receives messages at.
LOWEST_OTHER: Final = 1024
# Other scripts are written as browsers send them, xn--…
HOST: Final = re.compile(r"(?=.{1,253}$)(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*")
PATH: Final = re.compile(r"[!-~]*")  # ASCII without blanks
# Through these an IPv4 address is reached, which is what counts.
MAPPED: Final[tuple[IPv6Network, ...]] = (IPv6Network("64:ff9b::/96"),)
# Where clouds tell their machines secrets, beside what is link-local.
METADATA: Final = frozenset(map(ip_address, (
    "fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192",
)))  # fmt: skip
UNICAST: Final = IPv6Network("2000::/3")
SHARED: Final = ip_network("100.64.0.0/10")


def checked_address(address: str, *, inside: bool) -> str:
    """The address as it is stored. Raises ValidationError for one to which nothing could be sent."""
    text = address.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port or HTTPS
    except ValueError:
        raise _refusal(_("Write a whole address, such as https://example.org/webhook.")) from None
    if parts.scheme != "https" or not host:
        raise _refusal(_("Write an address that begins with https://, so that nobody reads along."))
    if len(text) > LONGEST_ADDRESS:
        raise _refusal(_("Shorten the address to %(most)d characters or fewer.") % {"most": LONGEST_ADDRESS})
    if "@" in parts.netloc:
        raise _refusal(_("Leave name and password out of the address. The signature says who sends."))
    if "#" in text or not PATH.fullmatch(text):
        raise _refusal(_("Write the address as browsers send it: without blanks, # and letters beyond A to Z."))
    if port != HTTPS and port < LOWEST_OTHER:
        raise _refusal(_("Choose port 443, or one from %(least)d on.") % {"least": LOWEST_OTHER})
    if is_here(host, inside=inside):
        raise _refusal(_("This is an address of this site itself. Write that of your program."))
    literal = _literal(host)
    if not literal and not HOST.fullmatch(host):
        raise _refusal(_("Write a whole address, such as https://example.org/webhook."))
    if literal and not may_reach(literal, inside=inside) or not literal and "." not in host and not inside:
        raise _refusal(_("This address is not public, so nothing can be sent there from here."))
    return "https://" + text[len("https://") :]


def may_reach(address: Address, *, inside: bool) -> bool:
    """Whether messages go to this number: a public one, or with `inside` one of the host's own network, but never
    where clouds keep secrets."""
    plain = _plain(address)
    if plain in METADATA or plain.is_link_local or plain.is_multicast or plain.is_unspecified:
        return False
    if plain.is_private or plain in SHARED or str(plain) in _own():
        return inside and not (plain.is_reserved and not plain.is_loopback)
    return plain.is_global and not plain.is_reserved and (plain.version == 4 or plain in UNICAST)


def _plain(address: Address) -> Address:
    """The IPv4 address behind one of IPv6, where there is one."""
    if isinstance(address, IPv4Address):
        return address
    if any(address in network for network in MAPPED):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def is_here(host: str, *, inside: bool) -> bool:
    """Whether that is a name of the site's own."""
    own = {settings.SITE_HOST, *settings.ALLOWED_HOSTS} - {"*"}
    return not inside and host.rstrip(".").lower() in own


def _own() -> set[str]:
    """The numbers of this machine, also those that are public: its firewall may let itself in where it keeps others
    out."""
    return {found.address.partition("%")[0] for card in psutil.net_if_addrs().values() for found in card}


def _refusal(told: str) -> ValidationError:
    return ValidationError({"address": [told]})
