"""Passwords under attack: tries are counted before a password is looked at, and looked at one after the other.

A try counts for the account at the address that it comes from, for the address, and for the account wherever from. The
last one never holds up an address where somebody of this office has signed in, so that strangers cannot shut out those
who belong here. Counted in the memory of this process: a table would let strangers queue among those who write.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from salesdesk.errors import OfficeRefused

FREE_TRIES = 5
_MOST_KEPT = 100_000
_SECONDS_A_TRY, _SECONDS_OF_ADDRESS, _SECONDS_OF_ACCOUNT = 60, 10, 10
_TRIES_OF_ADDRESS, _TRIES_OF_ACCOUNT = 30, 60
_HOST_BITS = 64  # of an IPv6 address: what one customer of a provider is given


class Tries:
    """How often a password may be tried. The clock gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._here = _Limit(FREE_TRIES, _SECONDS_A_TRY)
        self._address = _Limit(_TRIES_OF_ADDRESS, _SECONDS_OF_ADDRESS)
        self._account = _Limit(_TRIES_OF_ACCOUNT, _SECONDS_OF_ACCOUNT)
        self._ours: OrderedDict[str, None] = OrderedDict()

    def take(self, account: str, address: str, device: str = "") -> None:
        """Count a try, or refuse it (`sync.too_many_tries`) and count nothing.

        `device` is one that this account has enrolled, if the try names one: it has tries of its own.
        """
        with self._lock:
            now = self._clock()
            asked = self._asked(account, address, device)
            seconds = max(limit.wait(key, now) for limit, key in asked)
            if seconds > 0:
                raise OfficeRefused("sync.too_many_tries", seconds=math.ceil(seconds))
            for limit, key in asked:
                limit.take(key, now)

    def give_back(self, account: str, address: str, device: str = "") -> None:
        """The password fitted, or was not looked at: the try counts no longer."""
        with self._lock:
            for limit, key in self._asked(account, address, device):
                limit.give_back(key)

    def remember(self, address: str) -> None:
        """Somebody of this office has signed in from here."""
        with self._lock:
            self._ours[_place(address)] = None
            self._ours.move_to_end(_place(address))
            if len(self._ours) > _MOST_KEPT:
                self._ours.popitem(last=False)

    def _asked(self, account: str, address: str, device: str) -> list[tuple[_Limit, Hashable]]:
        name = hashlib.sha256(account.encode()).digest()  # whoever types long names fills no memory
        if device:
            return [(self._here, (name, "", device))]
        place = _place(address)
        asked: list[tuple[_Limit, Hashable]] = [(self._here, (name, place, "")), (self._address, place)]
        return asked if place in self._ours else [*asked, (self._account, name)]


class _Limit:
    """So many at once, and one more every so many seconds, for each key. Kept is the moment at which all are back."""

    def __init__(self, at_once: int, every_s: float) -> None:
        self._room = at_once * every_s
        self._every_s = every_s
        self._full: OrderedDict[Hashable, float] = OrderedDict()

    def wait(self, key: Hashable, now: float) -> float:
        """Seconds until one may be taken."""
        return max(0.0, self._full.get(key, now) + self._every_s - self._room - now)

    def take(self, key: Hashable, now: float) -> None:
        self._full[key] = max(self._full.get(key, now), now) + self._every_s
        self._full.move_to_end(key)
        while len(self._full) > _MOST_KEPT or next(iter(self._full.values())) <= now:
            self._full.popitem(last=False)

    def give_back(self, key: Hashable) -> None:
        if key in self._full:
            self._full[key] -= self._every_s


def _place(address: str) -> str:
    """An address as it counts: of IPv6 the network, which one person has to himself."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found.packed[: _HOST_BITS // 8] + bytes(8), _HOST_BITS)))
