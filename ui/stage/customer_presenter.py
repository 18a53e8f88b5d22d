"""What a stage's tab shows of one customer, put into words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from salesdesk.actions.stage_tab import CustomerView
from salesdesk.errors import BadValue
from salesdesk.process import clocks
from salesdesk.records.base import Stage
from salesdesk.records.discovery import LETTER_STATES, DecisionRole
from salesdesk.records.field import Field
from salesdesk.records.kinds import TextKind, Wire
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of, form_named, known
from salesdesk.records.work import OUTCOMES
from salesdesk.store import journal
from ui.messages import lookup
from ui.messages.time_words import day_word, moment_words
from ui.stage.checklist import Check
from ui.stage.customer_header import CustomerFacts
from ui.stage.decision_map import RoleBar
from ui.stage.timeline import Event
from ui.widgets.badges import Badge, match_words

translate = QCoreApplication.translate

_SHOWN_CHANGES = 3
_SHOWN_CHARACTERS = 24


def facts_of(view: CustomerView, now: datetime, zone: tzinfo, language: Language) -> CustomerFacts:
    """The head of the work area in words."""
    customer, contacts, analysis = view.card.customer, view.card.contacts, view.card.analysis
    letter = view.card.letter
    early = view.stage in {Stage.PROSPECTING, Stage.DISCOVERY}  # later the letter is no longer what matters
    countdown = clocks.letter_countdown(analysis, letter, now, zone) if analysis and early else None
    state = None
    ended = view.card.opportunity.outcome if view.card.opportunity else "open"
    if ended in {"won", "lost"}:
        word = next(o.label(language) for o in OUTCOMES if o.value == ended)
        state, countdown = Badge(word, "ok" if ended == "won" else "danger"), None
    elif letter is not None and countdown is None and view.stage is Stage.DISCOVERY:
        word = next((o.label(language) for o in LETTER_STATES if o.value == letter.state), letter.state)
        state = Badge(word, {"confirmed": "ok", "changes": "warn"}.get(letter.state, "accent"))
    match = view.match if view.stage is Stage.PROSPECTING else None  # later it is no longer what one chooses by
    return CustomerFacts(
        name=customer.name,
        grade=customer.grade,
        grade_words=_grade_words(customer),
        facts=tuple(filter(None, [*_company(customer, language), *_people(contacts), *_dates(customer, language)])),
        match=match.share if match else None,
        match_words=match_words(match, language) if match else "",
        letter_due=countdown.due if countdown else None,
        state=state,
    )


def _grade_words(customer: Customer) -> str:
    return {
        "A": translate("Customer", "A · within 30 days"),
        "B": translate("Customer", "B · 3–6 months"),
        "C": translate("Customer", "C · over 6 months"),
    }.get(customer.grade, customer.grade)


def _company(customer: Customer, language: Language) -> list[str]:
    fields = fields_of(Customer)
    staff = fields["employees"].show(customer.employees, language)
    revenue = fields["revenue"].show(customer.revenue, language)
    size = [
        translate("Customer", "{count} staff").format(count=staff) if staff else "",
        translate("Customer", "revenue {amount}").format(amount=revenue) if revenue else "",
    ]
    return [fields["industry"].show(customer.industry, language), " / ".join(filter(None, size))]


def _people(contacts: Sequence[object]) -> list[str]:
    if not contacts:
        return []
    contact = contacts[0]
    name, position, phone = (str(getattr(contact, part)) for part in ("name", "position", "phone"))
    person = translate("Customer", "{name} ({position})").format(name=name, position=position) if position else name
    return [translate("Customer", "Contact {name}").format(name=f"{person} {phone}".strip())]


def _dates(customer: Customer, language: Language) -> list[str]:
    fields = fields_of(Customer)
    source = fields["source"].show(customer.source, language)
    following = fields["follow_up_on"].show(customer.follow_up_on, language)
    return [
        translate("Customer", "Source {source}").format(source=source) if source else "",
        translate("Customer", "Follow-up {day}").format(day=following) if following else "",
    ]


def checks_of(view: CustomerView) -> list[Check]:
    """The checklist in words."""
    return [Check(lookup.sentence(item.name), item.done) for item in view.checks]


def bars_of(roles: Sequence[DecisionRole], language: Language) -> list[RoleBar]:
    """The decision chain as bars; a role without a name stands by itself."""
    influence = fields_of(DecisionRole)["influence"]
    return [
        RoleBar(
            who=" ".join(filter(None, [role.person, role.role])),
            influence=role.influence,
            influence_label=influence.show(role.influence, language),
            weight=role.weight or 0,
            met=role.met,
        )
        for role in roles
    ]


def events_of(view: CustomerView, now: datetime, zone: tzinfo, language: Language, me: str) -> list[Event]:
    """The history in words, one line for each user action; one's own actions carry no name."""
    events = []
    for (at, action, by), group in groupby(view.history, key=lambda line: (line.at, line.action, line.by)):
        told = "" if action.startswith("letter.") else _changes(list(group), language)
        what = " · ".join(filter(None, [lookup.action(action, language), told]))
        who = "" if by == me else view.names.get(by, "")
        events.append(Event(day_word(at, now, zone), moment_words(at, now, zone), what, who))
    return events


def _changes(lines: Sequence[journal.Line], language: Language) -> str:
    """`客户等级 B类 → A类`: the short fields that were changed from one value to another."""
    found = []
    for line in lines:
        if line.kind != "update" or not known(line.entity):
            continue
        fields = fields_of(form_named(line.entity))
        found += [
            _change(fields[name], old, new, language)
            for name, (old, new) in line.fields.items()
            if name in fields and _is_short(fields[name]) and old != new
        ]
    return "，".join(found[:_SHOWN_CHANGES]) + ("…" if len(found) > _SHOWN_CHANGES else "")


def _is_short(field: Field) -> bool:
    """What fits into a line; of the notes only why something was done, cut if need be."""
    note = isinstance(field.kind, TextKind) and field.kind.lines > 1
    return not field.name.endswith("_id") and (not note or field.name == "outcome_reason")


def _change(field: Field, old: Wire, new: Wire, language: Language) -> str:
    before, after = (_in_short(field, value, language) for value in (old, new))
    return f"{field.label(language)} {before} → {after}" if before else f"{field.label(language)} {after}"


def _in_short(field: Field, value: Wire, language: Language) -> str:
    try:
        text = field.show(field.kind.from_wire(value), language)
    except BadValue:  # written by a program whose field was of another kind
        text = str(value)
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"
