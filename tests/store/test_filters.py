"""Narrowing a list down: a day on a field with a time is all of that day."""

from datetime import UTC, datetime, timedelta

import pytest

from salesdesk.errors import BadValue
from salesdesk.records.discovery import ConfirmationLetter
from salesdesk.records.prospecting import Customer
from salesdesk.store import queries
from salesdesk.store.filters import Filter


def here(day, hour, minute=0, second=0):
    """A moment of March 2026 in the machine's own zone, as people type it."""
    return datetime(2026, 3, day, hour, minute, second).astimezone().astimezone(UTC)


LETTERS = {
    "before": here(14, 23, 59, 59),
    "midnight": here(15, 0),
    "noon": here(15, 12, 30, 27),
    "last": here(15, 23, 59, 59),
    "after": here(16, 0),
}


@pytest.fixture
def listed(workspace):
    with workspace.changing("save") as changes:
        customer = changes.add(Customer(name="华源"))
        for name, sent in LETTERS.items():
            changes.add(ConfirmationLetter(customer_id=customer.id, reference=name, sent_at=sent))
        changes.add(ConfirmationLetter(customer_id=customer.id, reference="never"))

    def names(text):
        with workspace.reading() as session:
            found = queries.listed(session, ConfirmationLetter, filters=[Filter("sent_at", text)])
        return {letter.reference for letter in found}

    return names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-15", {"midnight", "noon", "last"}),
        ("2026年3月15日", {"midnight", "noon", "last"}),
        ("2026-03-14..2026-03-15", {"before", "midnight", "noon", "last"}),
        ("2026-03-15..2026-03-14", {"before", "midnight", "noon", "last"}),
        ("..2026-03-15", {"before", "midnight", "noon", "last"}),
        ("2026-03-15..", {"midnight", "noon", "last", "after"}),
        ("<=2026-03-15", {"before", "midnight", "noon", "last"}),
        ("<2026-03-15", {"before"}),
        (">2026-03-15", {"after"}),
        ("≥2026-03-15", {"midnight", "noon", "last", "after"}),
        ("2026-03-15 12:30", {"noon"}),
        (">2026-03-15 12:30", {"last", "after"}),
        ("2026-03-15 12:00..2026-03-15 12:30", {"noon"}),
        ("2026-03-15 12:00..2026-03-15", {"noon", "last"}),
        ("", {"never"}),
    ],
)
def test_a_day_is_all_of_it(listed, text, found):
    assert listed(text) == found


@pytest.mark.parametrize("text", [">", "..", "15", "2026-02-30"])
def test_what_is_no_day_is_told(listed, text):
    with pytest.raises(BadValue):
        listed(text)


def test_the_last_day_that_can_be_written_is_a_day_too(listed):
    assert listed("2199-12-31") == set()
    assert len(LETTERS) == len(listed("<=2199-12-31"))
    assert max(LETTERS.values()) - min(LETTERS.values()) > timedelta(days=1)
