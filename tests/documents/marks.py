"""Marks that show which field of which record reached a paper."""

from datetime import date, timedelta

from salesdesk.records.field import Audience
from salesdesk.records.kinds import ChoiceKind, DateKind, IntegerKind, LinkKind, MoneyKind, TextKind
from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of
from tests.documents.conftest import squeezed

ORDER = list(Audience)
ELSEWHERE = {"credit_code"}  # of the customer: contracts alone say it


def marked(*records, audience=Audience.CUSTOMER):
    """Give every field that may not be seen, and every text that may, a value of its own.

    Returns what would stand on paper → which field it is, for those that may be seen and for the others.
    """
    seen, hidden = {}, {}
    for number, record in enumerate(records):
        for place, declared in enumerate(fields_of(type(record)).values()):
            may_be_seen = ORDER.index(declared.audience) <= ORDER.index(audience)
            value = unique(declared.kind, 50 * number + place)
            if value is None or (may_be_seen and not isinstance(declared.kind, TextKind)) or declared.name in ELSEWHERE:
                continue
            setattr(record, declared.name, value)
            for language in Language:
                shown = squeezed(declared.show(value, language))
                (seen if may_be_seen else hidden)[shown] = f"{record.__tablename__}.{declared.name}"
    return seen, hidden


def unique(kind, number):
    """A value that looks like no other on the paper; a flag has none."""
    if isinstance(kind, TextKind | ChoiceKind | LinkKind):
        return f"q{number:04}z"
    if isinstance(kind, IntegerKind):
        return 71_000 + number
    if isinstance(kind, MoneyKind):
        return (83_000 + number) * 100 + 17
    return date(2090, 1, 1) + timedelta(number) if isinstance(kind, DateKind) else None


def found(text, marks):
    """The fields whose marks stand in the text."""
    return sorted({field for shown, field in marks.items() if shown in text})
