"""What the pages show, fetched in one consistent read each. Pages are cut by key, never by offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, and_, func, select, tuple_
from sqlalchemy.orm import Session

from salesdesk.process.working_days import WorkingCalendar, calendar_of
from salesdesk.records.base import Stage
from salesdesk.records.calendar import WorkingYear
from salesdesk.records.contract import ContractTemplate
from salesdesk.records.discovery import ConfirmationLetter, DecisionRole, NeedsAnalysis
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import Record, children_of, fields_of, form_named, forms
from salesdesk.records.work import Conflict, Opportunity, Task
from salesdesk.store.filters import Filter, condition
from salesdesk.store.tables import feed

R = TypeVar("R", bound=Record)
PAGE = 100


@dataclass(frozen=True)
class Card:
    """Everything of one customer's open (or last) round.

    `papers` holds the records of each form, newest first; `rows` the child rows of the newest one.
    """

    customer: Customer
    opportunity: Opportunity | None
    contacts: list[Contact]
    tasks: list[Task]
    papers: dict[str, list[Record]]
    rows: dict[str, list[Record]]
    calendar: WorkingCalendar

    def of(self, form: type[R]) -> list[R]:
        """The round's records of a form, newest first."""
        return [record for record in self.papers.get(str(form.__tablename__), ()) if isinstance(record, form)]

    def newest(self, form: type[R]) -> R | None:
        """The newest record of a form."""
        return next(iter(self.of(form)), None)

    def rows_of(self, form: type[R]) -> list[R]:
        """The child rows of a form, under the newest record."""
        return [row for row in self.rows.get(str(form.__tablename__), ()) if isinstance(row, form)]

    @property
    def analysis(self) -> NeedsAnalysis | None:
        """The newest interview."""
        return self.newest(NeedsAnalysis)

    @property
    def roles(self) -> list[DecisionRole]:
        """Who decides, by the newest interview."""
        return self.rows_of(DecisionRole)

    @property
    def letters(self) -> list[ConfirmationLetter]:
        """All letters, newest first."""
        return self.of(ConfirmationLetter)

    @property
    def letter(self) -> ConfirmationLetter | None:
        """The newest letter of the newest interview."""
        analysis = self.analysis
        return next((x for x in self.letters if analysis is None or x.analysis_id == analysis.id), None)


def working_calendar(session: Session) -> WorkingCalendar:
    """The working days with the arrangements that the office entered; of two of a year the one changed last stands."""
    entered = select(WorkingYear).where(WorkingYear.deleted_at.is_(None))
    return calendar_of(session.scalars(entered.order_by(WorkingYear.updated_at, WorkingYear.id)))


def stage_counts(session: Session) -> dict[Stage, int]:
    """How many open opportunities stand in each stage."""
    counted = session.execute(
        select(Opportunity.stage, func.count())
        .where(Opportunity.outcome == "open", Opportunity.deleted_at.is_(None))
        .group_by(Opportunity.stage)
    )
    found = {str(stage): count for stage, count in counted}
    return {stage: found.get(stage.value, 0) for stage in Stage}


def card(session: Session, customer_id: str) -> Card | None:
    """One customer with everything of the newest round; `None` when there is no such customer, or not any more."""
    customer = session.get(Customer, customer_id)
    if customer is None or customer.deleted_at is not None:
        return None
    opportunity = _current_round(session, customer_id)
    papers: dict[str, list[Record]] = {}
    under: dict[str, list[Record]] = {}
    for form in _papers():
        of_round = [
            record
            for record in _of_customer(session, form, customer_id)
            # papers that name no round belong to every one
            if opportunity is None or getattr(record, "opportunity_id", "") in {"", opportunity.id}
        ]
        papers[form.__tablename__] = of_round
        if of_round:
            under |= children(session, of_round[0])
    return Card(
        customer=customer,
        opportunity=opportunity,
        contacts=_of_customer(session, Contact, customer_id)[::-1],
        tasks=[task for task in _of_customer(session, Task, customer_id) if not task.done],
        papers=papers,
        rows=under,
        calendar=working_calendar(session),
    )


def stage_of(session: Session, customer_id: str) -> Stage | None:
    """Where a customer's round stands, the first stage before there is one; `None` when there is no such customer."""
    if session.get(Customer, customer_id) is None:
        return None
    opportunity = _current_round(session, customer_id)
    return Stage(opportunity.stage) if opportunity else Stage.PROSPECTING


def _current_round(session: Session, customer_id: str) -> Opportunity | None:
    """The open round, else the last."""
    rounds = _of_customer(session, Opportunity, customer_id)
    return next((o for o in rounds if o.outcome == "open"), rounds[0] if rounds else None)


def exists(session: Session, form: type[Record], record_id: str) -> bool:
    """Whether there is such a record, in the bin or not."""
    return session.get(form, record_id) is not None


def customer_of(session: Session, entity: str, record_id: str) -> str:
    """The id of the customer that a record is of, or is itself; empty when it is of none."""
    if entity == "customer":
        return record_id
    return str(getattr(session.get(form_named(entity), record_id), "customer_id", ""))


@cache
def _papers() -> tuple[type[Record], ...]:
    """The forms that belong to a customer's round, by stage."""
    found = [form for form in forms() if {"customer_id", "opportunity_id"} <= fields_of(form).keys()]
    return tuple(sorted(found, key=lambda form: form.__form__.stage.number if form.__form__.stage else 0))


def rows(session: Session, form: type[R], parent_id: str) -> list[R]:
    """The child rows of a record in their order on the paper."""
    parent = form.__form__.parent
    if parent is None:
        raise TypeError(f"{form.__tablename__} has no parent")
    found = session.scalars(select(form).where(form.__table__.columns[parent] == parent_id, form.deleted_at.is_(None)))
    return sorted(found, key=_row_order)


def children(session: Session, record: Record) -> dict[str, list[Record]]:
    """All child rows of a record by form name."""
    return {form.__tablename__: list(rows(session, form, record.id)) for form in children_of(record.__tablename__)}


def linked(session: Session, form: type[R], field: str, record_id: str) -> list[R]:
    """All records of a form whose link `field` leads to a record."""
    column = form.__table__.columns[field]
    return list(session.scalars(select(form).where(column == record_id, form.deleted_at.is_(None)).order_by(form.id)))


def listed(
    session: Session, form: type[R], after: R | None = None, limit: int = PAGE, filters: Sequence[Filter] = ()
) -> list[R]:
    """A page of all records of a form that pass the filters, the last touched first."""
    page: Select[Any] = (
        select(form)
        .where(form.deleted_at.is_(None), *(condition(form, wanted) for wanted in filters))
        .order_by(form.updated_at.desc(), form.id.desc())
        .limit(limit)
    )
    if after is not None:
        page = page.where(tuple_(form.updated_at, form.id) < (after.updated_at, after.id))
    return list(session.scalars(page))


def count(session: Session, form: type[Record]) -> int:
    """How many records of a form are not in the bin."""
    return session.scalar(select(func.count()).select_from(form).where(form.deleted_at.is_(None))) or 0


def letters_ever(session: Session, analysis_id: str) -> list[ConfirmationLetter]:
    """Every version of an interview's letter, those in the bin included: a number is never used twice."""
    return list(session.scalars(select(ConfirmationLetter).where(ConfirmationLetter.analysis_id == analysis_id)))


def open_conflicts(session: Session, limit: int = 200) -> list[Conflict]:
    """Conflicts that nobody has settled, newest first."""
    return list(
        session.scalars(
            select(Conflict)
            .where(and_(Conflict.settled.is_(False), Conflict.deleted_at.is_(None)))
            .order_by(Conflict.updated_at.desc())
            .limit(limit)
        )
    )


def last_sync(session: Session) -> datetime | None:
    """When this laptop and the office were last equal in some territory; `None` before the first time."""
    synced_ms = session.scalar(select(func.max(feed.c.synced_ms)))
    return datetime.fromtimestamp(synced_ms / 1000, UTC) if synced_ms else None


def record_ids_of(customer: Card) -> list[str]:
    """All records whose history makes up the customer's timeline."""
    groups: tuple[Sequence[Record], ...] = (
        [customer.customer],
        [customer.opportunity] if customer.opportunity else [],
        customer.contacts,
        customer.tasks,
        *customer.papers.values(),
        *customer.rows.values(),
    )
    return [record.id for group in groups for record in group]


def _of_customer(session: Session, form: type[R], customer_id: str) -> list[R]:
    """All records of a form that name the customer, newest first (ids grow with time)."""
    linked = form.__table__.columns["customer_id"]
    return list(
        session.scalars(select(form).where(linked == customer_id, form.deleted_at.is_(None)).order_by(form.id.desc()))
    )


def _row_order(record: Record) -> tuple[int, str]:
    number = getattr(record, "row_no", None)
    return (number if number is not None else 10**6, record.id)


def contract_template(session: Session, kind: str, language: str) -> ContractTemplate | None:
    """The company's text for contracts of a kind in a language (`zh` or `en`), the one changed last."""
    if not kind.strip():
        return None
    wanted = select(ContractTemplate).where(
        ContractTemplate.name == kind.strip(),
        ContractTemplate.language == language,
        ContractTemplate.deleted_at.is_(None),
    )
    return session.scalars(wanted.order_by(ContractTemplate.updated_at.desc()).limit(1)).first()
