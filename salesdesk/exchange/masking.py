"""A list that leaves the house without names and numbers of people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from salesdesk.records.field import Field
from salesdesk.records.kinds import PhoneKind, TextKind

# The fields that hold people by name; a company's name stays, because it is what the list is about.
PEOPLE = {
    "contact": ("name",),
    "customer": ("owner",),
    "needs_analysis": ("participants",),
    "decision_role": ("person",),
    "confirmation_letter": ("recipient",),
    "proposal": ("presented_to",),
    "proposal_module": ("owner",),
    "objection": ("owner",),
    "negotiation": ("customer_people", "our_people"),
    "negotiation_result": ("submitted_by",),
    "result_review": ("approver",),
    "contract": ("submitted_by", "archived_by"),
    "approval_step": ("approver",),
    "delivery": ("contacted_by", "signatory"),
    "visit": ("visitor", "owner"),
    "person": ("name",),
    "opportunity": ("owner",),
    "task": ("assignee",),
    "conflict": ("mine_by", "theirs_by"),
}
_KEPT_HEAD, _KEPT_TAIL = 3, 4
_MOST_STARS = 3
_BETWEEN_PEOPLE = re.compile(r"([\s、，,;；/|]+)")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")


def masked(entity: str, declared: Field, text: str, people: Sequence[str] = ()) -> str:
    """A field's text without a person's name or number: `张**`, `138****5678`.

    `people` are names that are hidden wherever they stand in free text, the longest first.
    """
    if isinstance(declared.kind, PhoneKind):
        return _number(text)
    if declared.name in PEOPLE.get(entity, ()):
        return "".join(part if _BETWEEN_PEOPLE.match(part) else _name(part) for part in _BETWEEN_PEOPLE.split(text))
    if isinstance(declared.kind, TextKind):
        for person in people:
            text = text.replace(person, _name(person))
        return _MOBILE.sub(r"\1****\2", text)
    return text


def _name(text: str) -> str:
    return text[:1] + "*" * min(_MOST_STARS, len(text) - 1) if len(text) > 1 else "*" * len(text)


def _number(text: str) -> str:
    if "@" in text:
        name, _, host = text.partition("@")
        return f"{_name(name)}@{host}"
    if len(text) <= _KEPT_HEAD + _KEPT_TAIL:
        return "*" * len(text)
    return text[:_KEPT_HEAD] + re.sub(r"[^\W_]", "*", text[_KEPT_HEAD:-_KEPT_TAIL]) + text[-_KEPT_TAIL:]
