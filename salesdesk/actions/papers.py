"""Making the papers of a customer's round: which can be made now, and the making of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import select

from salesdesk.actions import branding
from salesdesk.documents.audience import printed_fields
from salesdesk.errors import Bug, UserError
from salesdesk.process import approval, contracting, templates
from salesdesk.process.clocks import next_visit
from salesdesk.process.findings import Finding, Level
from salesdesk.records.base import Record, Stage
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.contract import ApprovalStep, Contract, ContractTemplate
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis, Outline, OutlineQuestion
from salesdesk.records.field import Audience
from salesdesk.records.language import Language
from salesdesk.records.negotiation import NegotiationResult, ResultReview
from salesdesk.records.proposal import CaseStudy, Proposal, ProposalModule, ValueLine
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import children_of, fields_of, form_named, known
from salesdesk.settings import Settings
from salesdesk.store import attachments, queries
from salesdesk.store.workspace import Session, Workspace

if TYPE_CHECKING:
    from salesdesk.documents.blocks import Mark, Sender
    from salesdesk.documents.clauses import Clauses

    ProposalParts: TypeAlias = tuple[
        Proposal, Customer, list[ProposalModule], list[ValueLine], list[CaseStudy], Sender, date, Language
    ]

MOST_SHEETS = 200  # in one file: a ream of paper has 500
_CASES = 3  # 成功案例: 同行业2-3个客户案例


@dataclass(frozen=True)
class Offer:
    """A paper that can be made. `kind` is the id of its name (`paper.<kind>`); it is about the record `record_id`."""

    kind: str
    entity: str
    record_id: str


@dataclass(frozen=True)
class Made:
    """A finished paper: its file name and the PDF; `findings` is what the rules remark on the text as it stands."""

    name: str
    pdf: bytes
    findings: Sequence[Finding] = ()


@dataclass(frozen=True)
class Job:
    """What a layout is filled with."""

    session: Session
    card: queries.Card
    record: Record
    sender: Sender
    today: date
    language: Language


_OF_STAGE: dict[Stage, tuple[tuple[str, type[Record]], ...]] = {
    Stage.PROSPECTING: (),
    Stage.DISCOVERY: (("outline", Outline),),
    Stage.PROPOSAL: (("proposal", Proposal), ("proposal_without_prices", Proposal)),
    Stage.NEGOTIATION: (("result", NegotiationResult),),
    Stage.CONTRACT: (("contract", Contract), ("approval_sheet", Contract)),
    Stage.CARE: (("acceptance", Delivery), ("visit_plan", Visit)),
}

# What the files are called, in Chinese and English; the others by their form, whose label the brackets stand for.
_NAMES = {
    "proposal": ("方案书", "Proposal"),
    "proposal_without_prices": ("方案书（不含价格）", "Proposal without prices"),
    "contract": ("合同", "Contract"),
    "visit_plan": ("回访计划", "Plan of visits"),
    "sheet": ("{}（内部）", "{} (internal)"),  # a paper for the customer may have the same name
}
_LONGEST_NAME = 40  # characters of a customer's name in the name of a file; a file system takes 255 bytes
_NAMED_ON_PAPERS = (Customer, Contact, NeedsAnalysis)


def sender_of(settings: Settings, person: str) -> Sender:
    """Who writes: the company of the settings, and the person at work."""
    from salesdesk.documents.blocks import Sender  # noqa: PLC0415  # reportlab's kit, on demand: here and below

    house = branding.house_of(settings)
    return Sender(settings.company, person, settings.phone, settings.email, settings.address, house)


def offered(card: queries.Card, stage: Stage, shown: Record | None = None) -> list[Offer]:
    """The papers of a stage that can be made of this round, and the sheet of the form on show.

    A paper is about the record on show where that is of its form, else about the newest one.
    """
    found = []
    for kind, form in _OF_STAGE[stage]:
        record = shown if isinstance(shown, form) else card.newest(form)
        if record is not None:
            found.append(Offer(kind, str(form.__tablename__), record.id))
    if shown is not None and any(f.name != "customer_id" for f in printed_fields(type(shown), Audience.COMPANY)):
        found.append(Offer("sheet", str(shown.__tablename__), shown.id))  # limits and strategy stay on the screen
    return found


def make(workspace: Workspace, offer: Offer, settings: Settings, today: date, language: Language) -> Made:
    """The paper as PDF. What is not approved says so across its pages.

    Raises `UserError`: `paper.missing_character`, `paper.unknown_placeholder`.
    """
    with workspace.reading() as session:
        job = job_of(workspace, session, offer, settings, today, language)
        with naming_places(type(job.record), language):
            pdf = _MAKERS[offer.kind](job)
        kept = attachments.attachments_of(session, job.record.id)
        findings: Sequence[Finding] = ()
        if offer.kind == "contract" and isinstance(job.record, Contract):
            findings = contract_findings(session, job.record, language)
    label = job.record.__form__.label(language)
    title = language.pick(*_NAMES[offer.kind]).format(label) if offer.kind in _NAMES else label
    if offer.kind == "visit_plan":  # of all customers
        return Made(file_name(f"{title}-{today.isoformat()}", "pdf"), pdf)
    version = sum(one.purpose == "issued" and f"-{title}-v" in one.name for one in kept) + 1
    name = f"{job.card.customer.name[:_LONGEST_NAME]}-{title}-v{version}"
    return Made(file_name(name, "pdf"), pdf, findings)


@contextmanager
def naming_places(form: type[Record], language: Language, whose: str = "") -> Iterator[None]:
    """A refused character is told with the label of the field it stands in, of the paper's form or another's.

    `whose` stands before it where several records are printed.
    """
    try:
        yield
    except UserError as error:
        if error.message != "paper.missing_character":
            raise
        entity, _, name = (error.field or "").rpartition(".")
        owners = ([form_named(entity)] if known(entity) else []) + [form, *_NAMED_ON_PAPERS]
        labels = (fields_of(owner)[name].label(language) for owner in owners if name in fields_of(owner))
        place = next(labels, language.pick("我方单位信息（设置）", "our company's details (settings)"))
        params = error.params | {"place": " · ".join(filter(None, (whose, place)))}
        raise UserError(error.message, field=error.field, **params) from error


def contract_findings(session: Session, contract: Contract, language: Language) -> list[Finding]:
    """What the rules remark on a contract's fields and on the whole text that they and the clauses make."""
    from salesdesk.documents.clauses import standard_clauses  # noqa: PLC0415
    from salesdesk.documents.contract import joined, said_values  # noqa: PLC0415

    language = Language.ZH if language.chinese else language  # a Traditional paper says the same; the rules do not
    own = _clauses(session, contract, language)
    clauses = own or standard_clauses(language)
    text, values = joined(clauses), said_values(contract, language)
    found = contracting.compliance(contract)
    told = {finding.field for finding in found}
    found += [one for one in templates.check_filled(contract, text, values) if one.field not in told]
    if own is None and queries.listed(session, ContractTemplate, limit=1):  # where nobody has any, ours is meant
        found.append(Finding(Level.WARNS, "contract.standard_text", "kind", "contract", contract.id))
    return found


def _clauses(session: Session, contract: Contract, language: Language) -> Clauses | None:
    """The company's own text for contracts of this kind, if it has one."""
    from salesdesk.documents.clauses import clauses_of  # noqa: PLC0415

    template = queries.contract_template(session, contract.kind, language.pick("zh", "en"))
    return clauses_of(template, language) if template else None


def job_of(
    workspace: Workspace, session: Session, offer: Offer, settings: Settings, today: date, language: Language
) -> Job:
    """What a paper is filled with."""
    record = session.get(form_named(offer.entity), offer.record_id)
    customer_id = record.id if isinstance(record, Customer) else getattr(record, "customer_id", "")
    card = queries.card(session, customer_id)
    if record is None or card is None:
        raise Bug("store.no_such_record", entity=offer.entity, record_id=offer.record_id)
    return Job(session, card, record, sender_of(settings, workspace.identity.name), today, language)


def keep(workspace: Workspace, offer: Offer, made: Made) -> None:
    """Keep a paper with its record, as it was handed out."""
    with workspace.changing("paper.keep") as changes:
        record = changes.get(form_named(offer.entity), offer.record_id)
        kept = {one.sha256 for one in attachments.attachments_of(changes.session, record.id)}
        file = attachments.attach(workspace, changes, record, made.name, "application/pdf", made.pdf, purpose="issued")
        if file.sha256 in kept:
            raise UserError("paper.kept_already")


def file_name(title: str, kind: str) -> str:
    """The title without what a file system does not take, with the ending of its kind."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", title) + f".{kind}"


def _outline(job: Job) -> bytes:
    from salesdesk.documents.sheets import outline_sheet  # noqa: PLC0415

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


def _proposal(job: Job, *, prices: bool = True) -> bytes:
    from salesdesk.documents.proposal import proposal_paper  # noqa: PLC0415

    return proposal_paper(*proposal_parts(job), prices=prices, mark=mark_of(job.session, job.record))


def steps_of(session: Session, record: Record) -> Sequence[approval.Step]:
    """The steps of a record's approval; none where none is needed."""
    if isinstance(record, Contract):
        return queries.rows(session, ApprovalStep, record.id)
    return queries.rows(session, ResultReview, record.id) if isinstance(record, NegotiationResult) else []


def mark_of(session: Session, record: Record) -> Mark | None:
    """What says that a record is not yet what it will be: a draft, or not approved."""
    from salesdesk.documents.blocks import Mark  # noqa: PLC0415

    if isinstance(record, Proposal):
        return Mark.DRAFT if record.state in {"", "draft"} else None
    if isinstance(record, Contract | NegotiationResult):
        approved = approval.standing(record, steps_of(session, record)) is approval.Standing.APPROVED
        return None if approved else Mark.UNAPPROVED
    return None


def version_of(session: Session, record: Record) -> str:
    """What names the content of a record that is approved now; nothing for one that is not, or needs no approval."""
    steps = steps_of(session, record)
    return steps[0].fingerprint if steps and mark_of(session, record) is None else ""


def proposal_parts(job: Job) -> ProposalParts:
    """What a proposal is made of, on paper and as slides."""
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


def _proposal_without_prices(job: Job) -> bytes:
    return _proposal(job, prices=False)


def _result(job: Job) -> bytes:
    from salesdesk.documents.result import result_confirmation  # noqa: PLC0415

    assert isinstance(job.record, NegotiationResult)
    contact = job.card.contacts[0] if job.card.contacts else None
    return result_confirmation(
        job.record,
        job.card.customer,
        contact,
        job.sender,
        job.today,
        job.language,
        mark=mark_of(job.session, job.record),
        version=version_of(job.session, job.record),
    )


def _contract(job: Job) -> bytes:
    from salesdesk.documents.contract import contract_paper  # noqa: PLC0415

    assert isinstance(job.record, Contract)
    mark, version = mark_of(job.session, job.record), version_of(job.session, job.record)
    text, customer = _clauses(job.session, job.record, job.language), job.card.customer
    code = customer.credit_code if customer.name.strip() == job.record.party_a.strip() else ""
    return contract_paper(
        job.record,
        job.sender,
        job.today,
        job.language,
        clauses=text,
        mark=mark,
        version=version,
        credit_code=code,
    )


def _approval_sheet(job: Job) -> bytes:
    from salesdesk.documents.approval_sheet import approval_sheet  # noqa: PLC0415

    assert isinstance(job.record, Contract)
    steps = queries.rows(job.session, ApprovalStep, job.record.id)
    return approval_sheet(job.record, job.card.customer, steps, job.sender, job.today, job.language)


def _acceptance(job: Job) -> bytes:
    from salesdesk.documents.acceptance import acceptance_paper  # noqa: PLC0415

    assert isinstance(job.record, Delivery)
    contract = job.card.newest(Contract)
    return acceptance_paper(job.record, job.card.customer, contract, job.sender, job.today, job.language)


def _visit_plan(job: Job) -> bytes:
    from salesdesk.documents.acceptance import PlannedVisit, visit_plan  # noqa: PLC0415

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
    return visit_plan(planned, job.sender, job.today, job.language)


def _sheet(job: Job) -> bytes:
    return _sheet_of(job.session, job.record, job.card.customer, job.sender, job.today, job.language)


def _sheet_of(
    session: Session, record: Record, customer: Customer | None, sender: Sender, today: date, language: Language
) -> bytes:
    from salesdesk.documents.sheets import sheet  # noqa: PLC0415

    forms = children_of(str(record.__tablename__))
    rows = [row for child in forms for row in queries.rows(session, child, record.id)]
    names = {customer.id: customer.name} if customer else {}
    return sheet(record, rows, language, Audience.COMPANY, issued_on=today, names=names, sender=sender)


def make_sheets(
    workspace: Workspace, entity: str, record_ids: Sequence[str], settings: Settings, today: date, language: Language
) -> Made:
    """The sheets of several records of a form as one file, in the order given, to be printed in one go.

    Raises:
        UserError: `paper.too_many` for more than 200; `paper.missing_character`.
    """
    from salesdesk.documents.bundle import bundled  # noqa: PLC0415
    from salesdesk.documents.pdfa import Facts  # noqa: PLC0415

    if len(record_ids) > MOST_SHEETS:
        raise UserError("paper.too_many", count=len(record_ids), limit=MOST_SHEETS)
    form = form_named(entity)
    label = form.__form__.label(language)
    made, sender = [], sender_of(settings, workspace.identity.name)
    with workspace.reading() as session:
        for record_id in record_ids:
            record = session.get_one(form, record_id)
            customer_id = record.id if isinstance(record, Customer) else getattr(record, "customer_id", "")
            customer = session.get(Customer, customer_id)
            with naming_places(form, language, whose=customer.name if customer else ""):
                pdf = _sheet_of(session, record, customer, sender, today, language)
            made.append((customer.name if customer else label, pdf))
    facts = Facts(label, settings.company or "SalesDesk", label, today)
    return Made(file_name(f"{label}-{today.isoformat()}", "pdf"), bundled(made, facts, language.tag))


def chat_text(workspace: Workspace, entity: str, record_id: str, settings: Settings, language: Language) -> str:
    """What a record says to the customer, as a text for a chat; empty where nothing on it is meant for him.

    A letter says what was understood at its interview.
    """
    from salesdesk.documents.chat import chat_text as said  # noqa: PLC0415
    from salesdesk.documents.letter import POINTS  # noqa: PLC0415

    with workspace.reading() as session:
        record = session.get_one(form_named(entity), record_id)
        points = None
        if isinstance(record, ConfirmationLetter):
            record, points = session.get_one(NeedsAnalysis, record.analysis_id), POINTS
        customer = session.get(Customer, getattr(record, "customer_id", ""))
        sender = sender_of(settings, workspace.identity.name)
        mark = mark_of(session, record)
        return said(record, customer.name if customer else "", sender, language, points, mark=mark)


_MAKERS: dict[str, Callable[[Job], bytes]] = {
    "outline": _outline,
    "proposal": _proposal,
    "proposal_without_prices": _proposal_without_prices,
    "result": _result,
    "contract": _contract,
    "approval_sheet": _approval_sheet,
    "acceptance": _acceptance,
    "visit_plan": _visit_plan,
    "sheet": _sheet,
}
