"""Making the papers of a customer's round: which can be made now, and the making of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from salesdesk.actions import layouts
from salesdesk.documents.audience import printed_fields
from salesdesk.errors import UserError
from salesdesk.process import contracting, templates
from salesdesk.process.findings import Finding, Level
from salesdesk.records.base import Record, Stage
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.contract import Contract, ContractTemplate
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis, Outline
from salesdesk.records.field import Audience
from salesdesk.records.language import Language
from salesdesk.records.negotiation import NegotiationResult
from salesdesk.records.proposal import Proposal
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of, form_named, known
from salesdesk.settings import Settings
from salesdesk.store import attachments, queries
from salesdesk.store.workspace import Session, Workspace

MOST_SHEETS = 200  # in one file: a ream of paper has 500


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
        sender = layouts.sender_of(settings, workspace.identity.name)
        job = layouts.job_of(session, offer.entity, offer.record_id, sender, today, language)
        with naming_places(type(job.record), language):
            pdf = layouts.MAKERS[offer.kind](job)
        kept = attachments.attachments_of(session, job.record.id)
        findings: Sequence[Finding] = ()
        if offer.kind == "contract" and isinstance(job.record, Contract):
            findings = contract_findings(session, job.record, language)
    title = title_of(offer, language)
    if offer.kind == "visit_plan":  # of all customers
        return Made(file_name(f"{title}-{today.isoformat()}", "pdf"), pdf)
    version = sum(one.purpose == "issued" and f"-{title}-v" in one.name for one in kept) + 1
    name = f"{job.card.customer.name[:_LONGEST_NAME]}-{title}-v{version}"
    return Made(file_name(name, "pdf"), pdf, findings)


def title_of(offer: Offer, language: Language) -> str:
    """What a paper is called in its language, as its file is."""
    label = form_named(offer.entity).__form__.label(language)
    return language.pick(*_NAMES[offer.kind]).format(label) if offer.kind in _NAMES else label


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
    from salesdesk.documents.clauses import standard_clauses  # noqa: PLC0415  # on demand
    from salesdesk.documents.contract import joined, said_values  # noqa: PLC0415  # on demand

    language = Language.ZH if language.chinese else language  # a Traditional paper says the same; the rules do not
    own = layouts.clauses_of_kind(session, contract, language)
    clauses = own or standard_clauses(language)
    text, values = joined(clauses), said_values(contract, language)
    found = contracting.compliance(contract)
    told = {finding.field for finding in found}
    found += [one for one in templates.check_filled(contract, text, values) if one.field not in told]
    if own is None and queries.listed(session, ContractTemplate, limit=1):  # where nobody has any, ours is meant
        found.append(Finding(Level.WARNS, "contract.standard_text", "kind", "contract", contract.id))
    return found


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


def make_sheets(
    workspace: Workspace, entity: str, record_ids: Sequence[str], settings: Settings, today: date, language: Language
) -> Made:
    """The sheets of several records of a form as one file, in the order given, to be printed in one go.

    Raises:
        UserError: `paper.too_many` for more than 200; `paper.missing_character`.
    """
    from salesdesk.documents.bundle import bundled  # noqa: PLC0415  # on demand
    from salesdesk.documents.pdfa import Facts  # noqa: PLC0415  # on demand

    if len(record_ids) > MOST_SHEETS:
        raise UserError("paper.too_many", count=len(record_ids), limit=MOST_SHEETS)
    form = form_named(entity)
    label = form.__form__.label(language)
    made, sender = [], layouts.sender_of(settings, workspace.identity.name)
    with workspace.reading() as session:
        for record_id in record_ids:
            record = session.get_one(form, record_id)
            customer_id = record.id if isinstance(record, Customer) else getattr(record, "customer_id", "")
            customer = session.get(Customer, customer_id)
            with naming_places(form, language, whose=customer.name if customer else ""):
                pdf = layouts.sheet_of(session, record, customer, sender, today, language)
            made.append((customer.name if customer else label, pdf))
    facts = Facts(label, settings.company or "SalesDesk", label, today)
    return Made(file_name(f"{label}-{today.isoformat()}", "pdf"), bundled(made, facts, language.tag))


def chat_text(workspace: Workspace, entity: str, record_id: str, settings: Settings, language: Language) -> str:
    """What a record says to the customer, as a text for a chat; empty where nothing on it is meant for him.

    A letter says what was understood at its interview.
    """
    from salesdesk.documents.chat import chat_text as said  # noqa: PLC0415  # on demand
    from salesdesk.documents.letter import POINTS  # noqa: PLC0415  # on demand

    with workspace.reading() as session:
        record = session.get_one(form_named(entity), record_id)
        points = None
        if isinstance(record, ConfirmationLetter):
            record, points = session.get_one(NeedsAnalysis, record.analysis_id), POINTS
        customer = session.get(Customer, getattr(record, "customer_id", ""))
        sender = layouts.sender_of(settings, workspace.identity.name)
        mark = layouts.mark_of(session, record)
        return said(record, customer.name if customer else "", sender, language, points, mark=mark)
