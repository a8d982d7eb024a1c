"""Web addresses: how one is recognised, and which hosts may be contacted.

Whoever names the address may be somebody else than whoever runs this, so nothing but the public internet is
reached: no machine of the local network, and none that hands out the keys of a cloud.
"""

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from summarizer.errors import InputError

SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,20}://", re.IGNORECASE)
PORTS = {"http": 80, "https": 443}
LONGEST = 4_000  # characters of an address
UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\]|\s")
# Public by number, and yet the cloud's own.
PROVIDERS = frozenset({ipaddress.ip_address("168.63.129.16"), ipaddress.ip_address("100.100.100.200")})
# Addresses of the old kind within ones of the new, by how many bits stand before them.
CARRIERS = (
    (ipaddress.IPv6Network("::ffff:0:0/96"), 96),
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 96),
    (ipaddress.IPv6Network("64:ff9b::/96"), 96),
    (ipaddress.IPv6Network("::/96"), 96),
    (ipaddress.IPv6Network("2002::/16"), 16),
)
# Reserved, which the tables of older Pythons do not say.
SPECIAL = (ipaddress.IPv4Network("192.0.0.0/24"), ipaddress.IPv4Network("192.88.99.0/24"))
LOCAL_TRANSLATION = ipaddress.IPv6Network("64:ff9b:1::/48")
TUNNEL = ipaddress.IPv6Network("2001::/32")  # Teredo, which nobody serves pages by

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Target(NamedTuple):
    """One address, taken apart."""

    url: str
    scheme: str
    host: str
    """In ASCII."""
    port: int
    path: str
    """With the query."""

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def is_url(source: str) -> bool:
    """Whether a source is a web address, or would be one of another scheme.

    >>> is_url("https://example.org/a"), is_url("gopher://x"), is_url("a.txt")
    (True, True, False)
    """
    return SCHEME.match(source) is not None


def name_of(url: str) -> str:
    """A page's name for people: its address without query and fragment, which may hold secrets.

    >>> name_of("https://example.org/a?token=1#top")
    'https://example.org/a'
    """
    return re.split(r"[?#]", url, maxsplit=1)[0]


def target_of(url: str) -> Target:
    """Take an address apart. Raises `InputError` for what is not fetched on principle."""
    if len(url) > LONGEST or UNSAFE.search(url):
        raise InputError(
            f"{url[:200]}: is not a web address: it is too long, or has spaces or control characters in it"
        )
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        ascii_host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise InputError(f"{url}: is not a web address: {error}") from error
    if parts.scheme not in PORTS:
        raise InputError(f"{url}: only http and https are fetched, not {parts.scheme}; save the page and give the file")
    if "@" in parts.netloc:
        raise InputError(
            f"{name_of(parts._replace(netloc='...').geturl())}: has a user name in it; none is ever sent; save the page and give the file"
        )
    if not ascii_host or port == 0:
        raise InputError(f"{url}: is not a web address: it names no host")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~") + (
        f"?{quote(parts.query, safe=SAFE)}" if parts.query else ""
    )
    return Target(name_of(url), parts.scheme, ascii_host, port or PORTS[parts.scheme], path)


SAFE = "/?%:@!$&'()*+,;=-._~[]|"


def redirected(target: Target, location: str) -> Target:
    """Where a redirect leads. Raises `InputError` for a place that is not fetched, and for one without encryption."""
    base = f"{target.scheme}://{target.authority}{target.path}"
    try:
        joined = urljoin(base, location)
    except ValueError as error:
        raise InputError(f"{target.url}: redirects to something that is not a web address") from error
    following = target_of(joined)
    if target.scheme == "https" and following.scheme == "http":
        raise InputError(f"{target.url}: redirects from https to http; save the page and give the file")
    return following


def refusal(address: str) -> str | None:
    """Why this numeric address is not asked; None for one of the public internet.

    >>> refusal("93.184.216.34"), refusal("::ffff:10.0.0.1")
    (None, 'private')
    """
    try:
        return _refusal(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return "no address"


def _refusal(address: Address) -> str | None:
    if isinstance(address, ipaddress.IPv6Address) and not (address.is_loopback or address.is_unspecified):
        if address in TUNNEL or address in LOCAL_TRANSLATION:
            return "a tunnel"
        for network, before in CARRIERS:
            if address in network:
                return _refusal(ipaddress.IPv4Address((int(address) >> (96 - before)) & 0xFFFFFFFF))
    kinds = (
        (address.is_unspecified, "unspecified"),
        (address.is_loopback, "loopback"),
        (address.is_link_local, "link-local"),
        (address.is_multicast, "multicast"),
        (address in PROVIDERS, "a cloud provider's own"),
        (address.is_private, "private"),
        (address.is_reserved or not address.is_global or any(address in network for network in SPECIAL), "reserved"),
        (isinstance(address, ipaddress.IPv6Address) and address.is_site_local, "private"),
    )
    return next((kind for applies, kind in kinds if applies), None)
