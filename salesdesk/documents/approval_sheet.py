"""合同审批表 (paper 6): the contract and every step of its approval, with the columns of the toolkit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salesdesk.documents.audience import printed, printed_label
from salesdesk.documents.blocks import Sender, letterhead
from salesdesk.documents.page import Paper
from salesdesk.documents.pdfa import Facts
from salesdesk.documents.pen import LABEL, TINT, Align, Style
from salesdesk.documents.table import Cell, label, row, table
from salesdesk.records.base import Record
from salesdesk.records.contract import ApprovalStep, Contract
from salesdesk.records.field import Audience
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer

FACTS = (("number", "customer_id"), ("amount", "kind"), ("submitted_by", "submitted_on"))
STEP = (("step", 18), ("approver", 15), ("decision", 14), ("opinion", 36), ("decided_on", 17))

_TITLE = Style(size=20, leading=34, bold=True, align=Align.CENTRE)
_SHARES = (21, 29)
_LINES = 3  # room for an opinion that is still to be written

_WORDS = {
    Language.ZH: {"none": "（尚未提交审批）", "internal": "内部资料", "printed": "打印日期 {}"},
    Language.EN: {
        "none": "(not submitted yet)",
        "internal": "Internal",
        "printed": "Printed {}",
    },
}


def approval_sheet(
    contract: Contract,
    customer: Customer,
    steps: Sequence[ApprovalStep],
    sender: Sender,
    issued_on: date,
    language: Language,
    *,
    title: str,
) -> bytes:
    """The sheet as PDF/A-1b, for the company: steps in the given order, room to write where nobody has decided.

    Raises `UserError` (`paper.missing_character`, `field` = the field it stands in, `approval_step.field`
    for a step) when the fonts lack a character.
    """
    words = language.words(_WORDS)

    def value(record: Record, name: str) -> str:
        return printed(record, name, Audience.COMPANY, language)

    number = value(contract, "number")
    named = f"{title} {number}".strip()
    paper = Paper(
        language,
        Facts(named, sender.author, value(customer, "name"), issued_on),
        running=named,
        footer=sender.foot(words["printed"].format(issued_on.isoformat()), words["internal"]),
        house=sender.house.colours,
        stamp=number or title,
    )
    letterhead(paper, sender, language)
    paper.heading(title, _TITLE)
    paper.gap(8)
    for pair in FACTS:
        cells = []
        for name in pair:
            shown = value(customer, "name") if name == "customer_id" else value(contract, name)
            place = "name" if name == "customer_id" else name
            cells += [label(printed_label(Contract, name, language), _SHARES[0]), Cell(shown, _SHARES[1], place=place)]
        paper.add(row(cells))
    paper.gap(14)
    if not steps:
        paper.text(words["none"])
        return paper.pdf()
    head = [Cell(printed_label(ApprovalStep, name, language), share, LABEL, TINT) for name, share in STEP]
    body = [
        [
            Cell(
                value(step, name),
                share,
                place=f"approval_step.{name}",
                blank_lines=0 if step.decision or step.opinion else _LINES,
            )
            for name, share in STEP
        ]
        for step in steps
    ]
    paper.add(*table(head, body))
    return paper.pdf()
