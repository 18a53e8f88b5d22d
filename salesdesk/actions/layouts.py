"""What each paper's layout is filled with, out of the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import select

from salesdesk.actions import branding
from salesdesk.actions.paper_declarations import Offer, signed_paper_of
from salesdesk.documents.job import Job
from salesdesk.errors import Bug
from salesdesk.process import approval
from salesdesk.process.approval import content_of
from salesdesk.process.clocks import next_visit
from salesdesk.records.base import Record
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.contract import ApprovalStep, Contract
from salesdesk.records.discovery import Outline, OutlineQuestion
from salesdesk.records.field import Audience
from salesdesk.records.language import Language
from salesdesk.records.negotiation import NegotiationResult, ResultReview
from salesdesk.records.proposal import CaseStudy, Proposal, ProposalModule, ValueLine
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import children_of, form_named
from salesdesk.settings import Settings
from salesdesk.store import queries
from salesdesk.store.workspace import Session

if TYPE_CHECKING:
    from salesdesk.documents.blocks import Mark, Sender
    from salesdesk.documents.clauses import Clauses

    ProposalParts: TypeAlias = tuple[
        Proposal, Customer, list[ProposalModule], list[ValueLine], list[CaseStudy], Sender, date, Language
    ]

_CASES = 3  # 成功案例: 同行业2-3个客户案例


def sender_of(settings: Settings, person: str) -> Sender:
    """Who writes: the company of the settings, and the person at work."""
    from salesdesk.documents.blocks import Sender  # noqa: PLC0415  # reportlab's kit, on demand: here and below

    house = branding.house_of(settings)
    return Sender(settings.company, person, settings.phone, settings.email, settings.address, house)


def job_of(session: Session, offer: Offer, sender: Sender, today: date, language: Language) -> Job:
    """What an offered paper is filled with."""
    record = session.get(form_named(offer.entity), offer.record_id)
    customer_id = record.id if isinstance(record, Customer) else getattr(record, "customer_id", "")
    card = queries.card(session, customer_id)
    if record is None or card is None:
        raise Bug("store.no_such_record", entity=offer.entity, record_id=offer.record_id)
    mark, version = mark_of(session, record), version_of(session, record)
    return Job(session, card, record, offer.title(language), sender, today, language, mark, version)


def clauses_of_kind(session: Session, contract: Contract, language: Language) -> Clauses | None:
    """The company's own text for contracts of this kind, if it has one."""
    from salesdesk.documents.clauses import clauses_of  # noqa: PLC0415  # on demand

    template = queries.contract_template(session, contract.kind, language.pick("zh", "en"))
    return clauses_of(template, language) if template else None


def outline(job: Job) -> bytes:
    """沟通提纲."""
    from salesdesk.documents.sheets import outline_sheet  # noqa: PLC0415  # on demand

    assert isinstance(job.record, Outline)
    questions = queries.rows(job.session, OutlineQuestion, job.record.id)
    return outline_sheet(
        job.record,
        questions,
        job.language,
        issued_on=job.today,
        customer=job.card.customer.name,
        sender=job.sender,
    )


def proposal(job: Job, *, prices: bool = True) -> bytes:
    """方案书."""
    from salesdesk.documents.proposal import proposal_paper  # noqa: PLC0415  # on demand

    return proposal_paper(*_proposal_parts(job), prices=prices, mark=job.mark)


def proposal_without_prices(job: Job) -> bytes:
    """方案书（不含价格）."""
    return proposal(job, prices=False)


def slides(job: Job, master: bytes | None, *, prices: bool = True) -> bytes:
    """The proposal as a presentation, on the company's own where there is one."""
    from salesdesk.documents.slides import proposal_slides  # noqa: PLC0415  # with python-pptx, on demand

    return proposal_slides(*_proposal_parts(job), prices=prices, mark=job.mark, master=master)


def slides_without_prices(job: Job, master: bytes | None) -> bytes:
    """As `slides`, of the proposal without prices."""
    return slides(job, master, prices=False)


def steps_of(session: Session, record: Record) -> Sequence[approval.Step]:
    """The steps of a record's approval; none where none is needed."""
    if isinstance(record, Contract):
        return queries.rows(session, ApprovalStep, record.id)
    return queries.rows(session, ResultReview, record.id) if isinstance(record, NegotiationResult) else []


def mark_of(session: Session, record: Record) -> Mark | None:
    """What says that a record is not yet what it will be: a draft, or not approved."""
    from salesdesk.documents.blocks import Mark  # noqa: PLC0415  # on demand

    if isinstance(record, Proposal):
        return Mark.DRAFT if record.state in {"", "draft"} else None
    if isinstance(record, Contract | NegotiationResult):
        approved = approval.standing(record, steps_of(session, record)) is approval.Standing.APPROVED
        return None if approved else Mark.UNAPPROVED
    return None


def version_of(session: Session, record: Record) -> str:
    """What names the content that a paper of this record would have now: what is approved, or what is delivered.

    Nothing where an approval is missing, and for papers of other forms.
    """
    paper = signed_paper_of(type(record))
    if paper is not None and paper.versioned_by:
        return content_of(record, paper.versioned_by)
    steps = steps_of(session, record)
    return steps[0].fingerprint if steps and mark_of(session, record) is None else ""


def _proposal_parts(job: Job) -> ProposalParts:
    """On paper and as slides."""
    assert isinstance(job.record, Proposal)
    customer = job.card.customer
    cases = job.session.scalars(
        select(CaseStudy)
        .where(CaseStudy.industry == customer.industry, CaseStudy.deleted_at.is_(None))
        .order_by(CaseStudy.updated_at.desc(), CaseStudy.id.desc())
        .limit(_CASES)
    )
    return (
        job.record,
        customer,
        queries.rows(job.session, ProposalModule, job.record.id),
        queries.rows(job.session, ValueLine, job.record.id),
        list(cases),
        job.sender,
        job.today,
        job.language,
    )


def result(job: Job) -> bytes:
    """谈判结果确认单."""
    from salesdesk.documents.result import result_confirmation  # noqa: PLC0415  # on demand

    assert isinstance(job.record, NegotiationResult)
    contact = job.card.contacts[0] if job.card.contacts else None
    return result_confirmation(
        job.record,
        job.card.customer,
        contact,
        job.sender,
        job.today,
        job.language,
        title=job.title,
        mark=job.mark,
        version=job.version,
    )


def contract(job: Job) -> bytes:
    """The contract, in the words of its kind."""
    from salesdesk.documents.contract import contract_paper  # noqa: PLC0415  # on demand

    assert isinstance(job.record, Contract)
    text, customer = clauses_of_kind(job.session, job.record, job.language), job.card.customer
    code = customer.credit_code if customer.name.strip() == job.record.party_a.strip() else ""
    return contract_paper(
        job.record,
        job.sender,
        job.today,
        job.language,
        clauses=text,
        mark=job.mark,
        version=job.version,
        credit_code=code,
    )


def approval_steps(job: Job) -> bytes:
    """合同审批表."""
    from salesdesk.documents.approval_sheet import approval_sheet  # noqa: PLC0415  # on demand

    assert isinstance(job.record, Contract)
    steps = queries.rows(job.session, ApprovalStep, job.record.id)
    return approval_sheet(job.record, job.card.customer, steps, job.sender, job.today, job.language, title=job.title)


def acceptance(job: Job) -> bytes:
    """交付验收确认单."""
    from salesdesk.documents.acceptance import acceptance_paper  # noqa: PLC0415  # on demand

    assert isinstance(job.record, Delivery)
    return acceptance_paper(
        job.record,
        job.card.customer,
        job.card.newest(Contract),
        job.sender,
        job.today,
        job.language,
        title=job.title,
        version=job.version,
    )


def planned_visits(job: Job) -> bytes:
    """回访计划: of every customer who has something or was visited."""
    from salesdesk.documents.acceptance import PlannedVisit, visit_plan  # noqa: PLC0415  # on demand

    newest = job.session.scalars(
        select(Visit)
        .where(Visit.deleted_at.is_(None), Visit.visited_on.is_not(None))
        .order_by(Visit.visited_on, Visit.id)
    )
    last = {visit.customer_id: visit for visit in newest}
    delivered = job.session.scalars(
        select(Delivery).where(Delivery.deleted_at.is_(None), Delivery.delivered_on.is_not(None))
    )
    first = {delivery.customer_id: delivery.delivered_on for delivery in delivered}
    wanted = select(Customer).where(Customer.id.in_([*last, *first]), Customer.deleted_at.is_(None))
    planned = []
    for customer in job.session.scalars(wanted.order_by(Customer.id)):
        visit = last.get(customer.id)
        since = visit.visited_on if visit else first[customer.id]
        by_rule = next_visit(since, customer.grade) if since else None
        planned.append(PlannedVisit(customer, visit, (visit.next_visit_on if visit else None) or by_rule))
    return visit_plan(planned, job.sender, job.today, job.language, title=job.title)


def any_sheet(job: Job) -> bytes:
    """Any record, for the company."""
    return sheet_of(job.session, job.record, job.card.customer, job.sender, job.today, job.language)


def sheet_of(
    session: Session, record: Record, customer: Customer | None, sender: Sender, today: date, language: Language
) -> bytes:
    """Any record with its rows as a sheet for the company; its customer by name."""
    from salesdesk.documents.sheets import sheet  # noqa: PLC0415  # on demand

    forms = children_of(str(record.__tablename__))
    rows = [row for child in forms for row in queries.rows(session, child, record.id)]
    names = {customer.id: customer.name} if customer else {}
    return sheet(record, rows, language, Audience.COMPANY, issued_on=today, names=names, sender=sender)
