"""Visits and deadlines for a calendar program, as `.ics`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_HOST = "salesdesk"
_BEFORE = timedelta(hours=1)
_MORNING = timedelta(hours=9)
_ZONE = "Asia/Shanghai"  # moments are told in it; the file says what it means


@dataclass(frozen=True)
class Entry:
    """What stands on a day (`on` a date) or at a moment (an aware datetime); `key` is the same each time."""

    key: str
    title: str
    on: date | datetime
    details: str = ""


def calendar(entries: Iterable[Entry], now: datetime) -> bytes:
    """The entries as one calendar file; the same bytes for the same entries and `now` (aware).

    An entry that was taken over before is replaced by its key, not doubled.
    """
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415  # only when something is written

    zone = ZoneInfo(_ZONE)
    made = Calendar()
    made.add("prodid", "-//SalesDesk//")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.key}@{_HOST}")
        event.add("dtstamp", now)
        event.add("summary", entry.title)
        if isinstance(entry.on, datetime):
            begins = entry.on.astimezone(zone)
            event.add("dtstart", begins)
            event.add("dtend", begins + timedelta(hours=1))
        else:
            event.add("dtstart", entry.on)
            event.add("dtend", entry.on + timedelta(days=1))
            event.add("transp", "TRANSPARENT")  # a day with a visit is not a day that is taken
        if entry.details:
            event.add("description", entry.details)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        # a day has no hour: what is due on it rings in its morning, not at 23:00 the evening before
        alarm.add("trigger", -_BEFORE if isinstance(entry.on, datetime) else _MORNING)
        event.add_component(alarm)
        made.add_component(event)
    made.add_missing_timezones()
    return bytes(made.to_ical())
