"""Making the papers of a customer's round: which can be made now, and the making of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from salesdesk.actions import layouts
from salesdesk.actions.paper_declarations import PAPERS, Offer, Paper
from salesdesk.documents.audience import printed_fields
from salesdesk.errors import UserError
from salesdesk.process.findings import Finding
from salesdesk.records.base import Record, Stage
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis
from salesdesk.records.field import Audience
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of, form_named, known
from salesdesk.settings import Settings
from salesdesk.store import attachments, queries
from salesdesk.store.workspace import Workspace

MOST_SHEETS = 200  # in one file: a ream of paper has 500


@dataclass(frozen=True)
class Made:
    """A finished paper: its file name and the PDF; `findings` is what the rules remark on the text as it stands."""

    name: str
    pdf: bytes
    findings: Sequence[Finding] = ()


_LONGEST_NAME = 40  # characters of a customer's name in the name of a file; a file system takes 255 bytes
_NAMED_ON_PAPERS = (Customer, Contact, NeedsAnalysis)


def offered(card: queries.Card, stage: Stage, shown: Record | None = None) -> list[Offer]:
    """The papers of a stage that can be made of this round, and the sheet of the form on show.

    A paper is about the record on show where that is of its form, else about the newest one.
    """
    about = [(paper, _about(paper, card, stage, shown)) for paper in PAPERS if paper.make]
    return [Offer(paper.kind, str(record.__tablename__), record.id) for paper, record in about if record is not None]


def _about(paper: Paper, card: queries.Card, stage: Stage, shown: Record | None) -> Record | None:
    """The record that a paper can be made of in this stage."""
    if paper.form is not None:
        record = shown if isinstance(shown, paper.form) else card.newest(paper.form)
        return record if paper.stage is stage else None
    if shown is None or all(one.name == "customer_id" for one in printed_fields(type(shown), Audience.COMPANY)):
        return None  # limits and strategy stay on the screen
    return shown


def make(workspace: Workspace, offer: Offer, settings: Settings, today: date, language: Language) -> Made:
    """The paper as PDF. What is not approved says so across its pages.

    Raises `UserError`: `paper.missing_character`, `paper.unknown_placeholder`.
    """
    with workspace.reading() as session:
        job = layouts.job_of(session, offer, layouts.sender_of(settings, workspace.identity.name), today, language)
        with naming_places(type(job.record), language):
            pdf = offer.paper.made(job)
        kept = attachments.attachments_of(session, job.record.id)
        findings = offer.paper.findings(job)
    if offer.paper.of_all_customers:
        return Made(file_name(f"{job.title}-{today.isoformat()}", "pdf"), pdf, findings)
    version = sum(one.purpose == "issued" and f"-{job.title}-v" in one.name for one in kept) + 1
    name = f"{job.card.customer.name[:_LONGEST_NAME]}-{job.title}-v{version}"
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
