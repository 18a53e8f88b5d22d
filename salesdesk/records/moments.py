"""Points in time: aware datetimes in UTC, kept and sent as ISO 8601 text."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Dialect, String, TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime as ISO 8601 text, which sorts by time and keeps microseconds."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else moment_to_wire(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else moment_from_wire(value)


def moment_to_wire(value: datetime) -> str:
    """ISO 8601 in UTC with microseconds; the datetime must be aware."""
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment_from_wire(value: str) -> datetime:
    """Inverse of `moment_to_wire`."""
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)
