"""Points in time and spans as people say them: 10:42, 昨天 18:21, 5 小时 12 分."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication


def day_word(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """The time for a moment of today, 昨天 for yesterday, month and day within the year, else the full date.

    `moment` and `now` are aware; `zone` decides where a day begins.
    """
    local, today = moment.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    if local.date() == today.date() - timedelta(days=1):
        return QCoreApplication.translate("Moments", "Yesterday")
    return f"{local:%m-%d}" if local.year == today.year else f"{local:%Y-%m-%d}"


def moment_words(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """Day and time: `今天 10:42`, `昨天 18:21`, `11-18 09:00`."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    day = (
        QCoreApplication.translate("Moments", "Today") if local.date() == today.date() else day_word(moment, now, zone)
    )
    return f"{day} {local:%H:%M}"


def span_words(span: timedelta, *, exact: bool = False) -> str:
    """How long something is, in the largest unit that fits; `exact` adds the minutes to the hours.

    Shorter than a minute is a minute, so that a running clock never says zero.
    """
    minutes = max(1, int(abs(span).total_seconds()) // 60)
    hours, rest = divmod(minutes, 60)
    if hours >= 48:  # noqa: PLR2004  # two days: below that a rep thinks in hours
        return QCoreApplication.translate("Moments", "{days} days").format(days=hours // 24)
    if hours and exact and rest:
        return QCoreApplication.translate("Moments", "{hours} h {minutes} min").format(hours=hours, minutes=rest)
    if hours:
        return QCoreApplication.translate("Moments", "{hours} h").format(hours=hours)
    return QCoreApplication.translate("Moments", "{minutes} min").format(minutes=minutes)
