"""When something happened, by clocks that a wrong wall clock cannot fool for long."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Stamp:
    """`wall_ms` since 1970 UTC as the machine believes; `mono_ms` counts within one `boot_id`."""

    wall_ms: int
    boot_id: str
    mono_ms: int


@cache
def boot_id() -> str:
    """Identifies the span in which the monotonic clock runs: the machine's boot, or this process."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return str(uuid.uuid4())


def stamp() -> Stamp:
    """Now."""
    return Stamp(time.time_ns() // 10**6, boot_id(), _running_ns() // 10**6)


def _running_ns() -> int:
    """Nanoseconds since the boot, counting the hours a closed laptop sleeps; Linux's plain clock leaves them out."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    return time.monotonic_ns()
