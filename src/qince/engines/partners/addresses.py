"""Judging addresses outside, without talking to them."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unsafe(Exception):
    """The address must not be talked to. Nothing was sent."""


def taken_apart(url: str) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        port = {"https": 443, "http": 80}.get(parts.scheme, 0) if port is None else port
        host.encode("idna")
    except (ValueError, UnicodeError) as error:
        raise Unsafe("url") from error
    if not host or not port or parts.username is not None or parts.password is not None:
        raise Unsafe("url")
    if any(ord(sign) <= 32 or ord(sign) == 127 or sign == "\\" for sign in url):
        raise Unsafe("url")
    return parts, host, port


def is_public(text: str) -> bool:
    """Whether an address is on the open internet; one that hides another inside is judged by both."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(_is_open(each) for each in _inside(address))


def _is_open(address: Address) -> bool:
    shut = address.is_multicast or address.is_reserved or getattr(address, "is_site_local", False)
    return address.is_global and not shut


def _inside(address: Address) -> list[Address]:
    found: list[Address] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        hidden: list[Address | None] = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _TRANSLATED:
            hidden.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if int(address) >> 32 == 0:  # ::a.b.c.d
            hidden.append(ipaddress.IPv4Address(int(address)))
        found += [each for each in hidden if each is not None]
    return found


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
