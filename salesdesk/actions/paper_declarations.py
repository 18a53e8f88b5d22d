"""Every paper, declared once: what it is called, what it is about, who makes it, who signs it.

Menus, file names, preview, signatures, slides and mails are derived from this list. Layouts are named by their place
(`module:function`) and imported when a paper is first made.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from salesdesk.errors import Bug
from salesdesk.records.base import Record, Stage
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.contract import Contract
from salesdesk.records.discovery import ConfirmationLetter, Outline
from salesdesk.records.language import Language
from salesdesk.records.negotiation import NegotiationResult
from salesdesk.records.proposal import Proposal
from salesdesk.records.registry import fields_of, form_named

if TYPE_CHECKING:
    from salesdesk.documents.job import Job
    from salesdesk.process.findings import Finding


class Signer(IntEnum):
    """Who signs; the number is the side's place on the paper, where the customer stands first."""

    CUSTOMER = 0
    US = 1


BOTH = (Signer.CUSTOMER, Signer.US)


@dataclass(frozen=True)
class Signed:
    """One signature as a record may note it; `complete` when everybody has signed who signs this paper."""

    by: Signer
    name: str
    at: datetime
    complete: bool


@dataclass(frozen=True)
class Paper:
    """A paper that can be made of a record.

    Attributes:
        kind: its id, in menus and offers.
        form: what it is about; its stage is the paper's. None: any record, at every stage.
        zh: its title in Simplified Chinese, of which the Traditional one is made; `{}` is the form's label.
        en: its title in English.
        make: `module:function`, from a `Job` to the PDF. Empty: it is issued by an action of its own.
        slides: `module:function`, from a `Job` and a company's own presentation (or none) to the PPTX.
        remarks: `module:function`, from a `Job` to what the rules say of the text as it stands.
        for_customer: whether it goes to the customer: a mail with it is addressed to him.
        of_all_customers: whether it tells of every customer and not of a round: its file is named by the day.
        signed_by: who signs it; of all papers about a form one can be signed.
        agrees: whether the customer's signature says of itself that the paper is confirmed.
        says: fields without which it says nothing, so that nobody signs an empty paper unwarned.
        versioned_by: fields that name the content where it needs no approval: once they are changed, a paper made
            before is another one.
        noted: what the record itself says of a signature.
    """

    kind: str
    form: type[Record] | None
    zh: str
    en: str
    make: str
    slides: str = ""
    remarks: str = ""
    for_customer: bool = False
    of_all_customers: bool = False
    signed_by: tuple[Signer, ...] = ()
    agrees: bool = False
    says: tuple[str, ...] = ()
    versioned_by: tuple[str, ...] = ()
    noted: Callable[[Any, Signed], None] | None = None

    def __post_init__(self) -> None:
        unknown = {*self.says, *self.versioned_by} - set(fields_of(self.form) if self.form else ())
        if unknown:
            raise Bug("paper.unknown_fields", kind=self.kind, fields=sorted(unknown))

    @property
    def stage(self) -> Stage | None:
        """Where it is offered."""
        return self.form.__form__.stage if self.form else None

    def title(self, language: Language, form: type[Record] | None = None) -> str:
        """What it is called, on the paper as in menus and in the name of its file; `form` is the record's."""
        about = form or self.form
        return language.pick(self.zh, self.en).format(about.__form__.label(language) if about else "")

    def made(self, job: Job) -> bytes:
        """The PDF."""
        return bytes(pkgutil.resolve_name(self.make)(job))

    def made_slides(self, job: Job, master: bytes | None) -> bytes:
        """The presentation."""
        return bytes(pkgutil.resolve_name(self.slides)(job, master))

    def findings(self, job: Job) -> Sequence[Finding]:
        """What the rules remark."""
        found: Sequence[Finding] = pkgutil.resolve_name(self.remarks)(job) if self.remarks else ()
        return found


def _letter_signed(letter: ConfirmationLetter, signed: Signed) -> None:
    if signed.by is Signer.CUSTOMER:
        letter.confirmed_on = letter.confirmed_on or signed.at.date()
        letter.state = "confirmed"


def _contract_signed(contract: Contract, signed: Signed) -> None:
    if signed.complete:
        contract.signed_on = contract.signed_on or signed.at.date()
        contract.signed_by = contract.signed_by or "electronic"


def _delivery_signed(delivery: Delivery, signed: Signed) -> None:
    if signed.by is Signer.CUSTOMER:
        delivery.signatory = delivery.signatory or signed.name


PAPERS = (
    Paper("outline", Outline, "沟通提纲", "Interview outline", "salesdesk.actions.layouts:outline"),
    Paper(
        "letter",
        ConfirmationLetter,
        "需求确认函",
        "Confirmation of Needs",
        make="",  # by discovery.issue_letter, with a number of its own each time
        for_customer=True,
        signed_by=BOTH,
        agrees=True,
        noted=_letter_signed,
    ),
    Paper(
        "proposal",
        Proposal,
        "方案书",
        "Proposal",
        "salesdesk.actions.layouts:proposal",
        slides="salesdesk.actions.layouts:slides",
        for_customer=True,
    ),
    Paper(
        "proposal_without_prices",
        Proposal,
        "方案书（不含价格）",
        "Proposal without prices",
        "salesdesk.actions.layouts:proposal_without_prices",
        slides="salesdesk.actions.layouts:slides_without_prices",
        for_customer=True,
    ),
    Paper(
        "result",
        NegotiationResult,
        "谈判结果确认单",
        "Confirmation of Agreed Terms",
        "salesdesk.actions.layouts:result",
        for_customer=True,
        signed_by=BOTH,
        agrees=True,
    ),
    Paper(
        "contract",
        Contract,
        "合同",  # on the paper stands that of its text
        "Contract",
        "salesdesk.actions.layouts:contract",
        remarks="salesdesk.actions.contracts:remarks",
        for_customer=True,
        signed_by=BOTH,
        noted=_contract_signed,
    ),
    Paper(
        "approval_sheet", Contract, "合同审批表", "Approval of a Contract", "salesdesk.actions.layouts:approval_steps"
    ),
    Paper(
        "acceptance",
        Delivery,
        "交付验收确认单",
        "Delivery and Acceptance",
        "salesdesk.actions.layouts:acceptance",
        for_customer=True,
        signed_by=BOTH,
        says=("subject", "result"),
        versioned_by=("subject", "delivered_on", "usage", "problems", "in_use", "result"),
        noted=_delivery_signed,
    ),
    Paper(
        "visit_plan",
        Visit,
        "回访计划",
        "Plan of visits",
        "salesdesk.actions.layouts:planned_visits",
        of_all_customers=True,
    ),
    # a paper for the customer may have the form's own name
    Paper("sheet", None, "{}（内部）", "{} (internal)", "salesdesk.actions.layouts:any_sheet"),
)

_NAMED = {paper.kind: paper for paper in PAPERS}
_SIGNED = {paper.form: paper for paper in PAPERS if paper.signed_by}
if len(_NAMED) != len(PAPERS) or len(_SIGNED) != sum(bool(paper.signed_by) for paper in PAPERS):
    raise Bug("paper.declared_twice", kinds=[paper.kind for paper in PAPERS])


def paper_named(kind: str) -> Paper:
    """The paper with this id."""
    return _NAMED[kind]


def signed_paper_of(form: type[Record]) -> Paper | None:
    """The paper about a form that can be signed, if there is one."""
    return _SIGNED.get(form)


@dataclass(frozen=True)
class Offer:
    """A paper that can be made: its kind, and the record that it is about."""

    kind: str
    entity: str
    record_id: str

    @property
    def paper(self) -> Paper:
        """Its declaration."""
        return paper_named(self.kind)

    def title(self, language: Language) -> str:
        """What the paper is called in a language."""
        return self.paper.title(language, form_named(self.entity))
