"""What a stage's tab shows of one customer: the round with its history, and one of its forms; read together."""

from __future__ import annotations

from dataclasses import dataclass, field

from salesdesk.actions import approvals, forms, rounds, signing
from salesdesk.actions.approvals import Procedure
from salesdesk.process.grading import Match
from salesdesk.process.stages import CheckItem, checklist
from salesdesk.records.base import Stage
from salesdesk.records.registry import Record, form_named
from salesdesk.records.work import Attachment, Person
from salesdesk.store import drafts, journal, matches, queries
from salesdesk.store.workspace import Session, Workspace

EVENTS = 40
_DRAFTS_READ = 500


@dataclass(frozen=True)
class CustomerView:
    """One customer's round, its history (the newest entries first), and the names of the people in it by id.

    `match` is how the customer fits the best of the profiles.
    """

    card: queries.Card
    stage: Stage
    checks: list[CheckItem]
    history: list[journal.Line]
    names: dict[str, str]
    signed: list[Attachment] = field(default_factory=list)
    match: Match | None = None

    @property
    def is_running(self) -> bool:
        """Whether the round is still open."""
        return self.card.opportunity is not None and self.card.opportunity.outcome == "open"


@dataclass(frozen=True)
class OpenedForm:
    """A form of a customer: its sheet (none: there is no such record yet) and the customer's records of it.

    `records` are the saved ones, newest first; `procedure` is the approval of a paper that needs one.
    """

    entity: str
    sheet: forms.Sheet | None
    records: list[Record]
    procedure: Procedure | None = None


def read(
    session: Session, workspace: Workspace, customer_id: str, stage: Stage, entity: str, record_id: str
) -> tuple[CustomerView, OpenedForm] | None:
    """A customer in a stage's tab with one form as `open_form` finds it; `None` when there is no such customer."""
    view = customer_view(session, customer_id, stage)
    return None if view is None else (view, open_form(session, workspace, view.card, entity, record_id))


def customer_view(session: Session, customer_id: str, stage: Stage | None = None) -> CustomerView | None:
    """Everything of a customer; the checks are those of `stage` (none: where the round stands)."""
    card = queries.card(session, customer_id)
    if card is None:
        return None
    stands_in = Stage(card.opportunity.stage) if card.opportunity else Stage.PROSPECTING
    ids = queries.record_ids_of(card)
    history = journal.history(session, ids, EVENTS)
    people = {by: session.get(Person, by) for by in {line.by for line in history}}
    return CustomerView(
        card=card,
        stage=stands_in,
        checks=checklist(stage or stands_in, rounds.facts_of(card)),
        history=history,
        names={by: person.name for by, person in people.items() if person is not None},
        signed=signing.signed_papers(session, ids),
        match=matches.matches_of(session, [customer_id]).get(customer_id),
    )


def open_form(session: Session, workspace: Workspace, card: queries.Card, entity: str, record_id: str) -> OpenedForm:
    """The wanted record, else the unfinished new one when there is no other, else the newest."""
    records = _records_of(card, entity)
    known = {record.id for record in records}
    unfinished = {
        draft.record_id: draft
        for draft in drafts.unfinished(session, limit=_DRAFTS_READ)
        if draft.entity == entity
        and draft.customer_id == card.customer.id
        and draft.record_id not in known
        and _belongs(session, draft, card)
    }
    if record_id not in known | unfinished.keys():
        record_id = next(iter([*(record.id for record in records), *unfinished]), "")
    if record_id in unfinished:
        return OpenedForm(entity, forms.resume(workspace, unfinished[record_id]), records)
    if not record_id:
        return OpenedForm(entity, None, records)
    sheet = forms.load(workspace, entity, record_id)
    procedure = approvals.procedure(session, sheet.record) if form_named(entity).__form__.approval else None
    return OpenedForm(entity, sheet, records, procedure)


def _records_of(card: queries.Card, entity: str) -> list[Record]:
    """The customer's records of a form, newest first."""
    alone = {"customer": card.customer, "opportunity": card.opportunity}
    if entity in alone:
        return [found] if (found := alone[entity]) is not None else []
    return card.papers[entity]


def _belongs(session: Session, draft: drafts.Draft, card: queries.Card) -> bool:
    """Whether a draft is of a new paper of this round; one of an earlier round's paper is gone on with from 今日."""
    if queries.exists(session, form_named(draft.entity), draft.record_id):
        return False
    begun_in = draft.preset.get("opportunity_id", "")
    return not begun_in or card.opportunity is None or begun_in == card.opportunity.id
