"""谈判结果确认单: what was agreed, for the customer to confirm and sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from salesdesk.documents.audience import printed, printed_label
from salesdesk.documents.blocks import (
    Mark,
    Sender,
    Side,
    addressed,
    choice,
    prose,
    signatures,
    writing_line,
)
from salesdesk.documents.capitals import capitals
from salesdesk.documents.pen import BODY
from salesdesk.documents.table import Cell, label, table
from salesdesk.records.base import Record
from salesdesk.records.field import Audience
from salesdesk.records.language import Language
from salesdesk.records.negotiation import NegotiationResult
from salesdesk.records.prospecting import Contact, Customer

TERMS = ("amount", "payment", "payment_days", "delivery", "delivery_days", "support", "other_terms")
_OPTIONAL = {"payment_days", "delivery_days"}  # say in a number what the words beside them say too

_WORDS = {
    Language.ZH: {
        "to": "致",
        "attention": "收件人",
        "date": "日期",
        "opening": "经双方友好协商，就下列条款达成一致。请贵公司核对并确认，双方将据此拟订合同。",
        "item": "条款",
        "content": "双方约定",
        "empty": "（未约定）",
        "amount": "{}元（大写：人民币{}）",
        "days": "{}",
        "confirm": "请核对以上内容，在下方勾选并签字或盖章后回复我们。"
        "本确认单记录谈判结果，双方的权利义务以正式签订的合同为准。",
        "agreed": "确认无误，同意按以上条款拟订合同",
        "changes": "需要修改，修改意见：",
        "them": "客户确认（签字/盖章）",
        "us": "我方（签字/盖章）",
    },
    Language.EN: {
        "to": "To",
        "attention": "Attention",
        "date": "Date",
        "opening": "We have agreed on the terms below. Please check and confirm them; the contract will be drawn up "
        "accordingly.",
        "item": "Term",
        "content": "What was agreed",
        "empty": "(not agreed)",
        "amount": "RMB {}",
        "days": "{} days",
        "confirm": "Please tick one of the boxes below, sign or stamp, and return this sheet. It records the outcome "
        "of our negotiation; rights and duties follow from the contract once it is signed.",
        "agreed": "Confirmed; the contract shall be drawn up on these terms",
        "changes": "To be changed as follows:",
        "them": "For the customer (signature/stamp)",
        "us": "For us (signature/stamp)",
    },
}


def result_confirmation(
    result: NegotiationResult,
    customer: Customer,
    contact: Contact | None,
    sender: Sender,
    issued_on: date,
    language: Language,
    *,
    title: str,
    mark: Mark | None = None,
    version: str = "",
) -> bytes:
    """The sheet as PDF/A-1b; only fields that are meant for the customer are on it.

    `version` names the content that was approved; the file says it, not the paper. Raises `UserError`
    (`paper.missing_character`, `field` = the field it stands in) when the fonts lack a character.
    """
    words = language.words(_WORDS)

    def value(record: Record, name: str) -> str:
        return printed(record, name, Audience.CUSTOMER, language)

    company, reference = value(customer, "name"), value(result, "reference")
    attention = "  ".join(filter(None, [value(contact, "name"), value(contact, "position")])) if contact else ""
    marks = [
        (printed_label(NegotiationResult, "reference", language), reference),
        (words["date"], issued_on.isoformat()),
    ]
    if agreed_on := value(result, "agreed_on"):
        marks.append((printed_label(NegotiationResult, "agreed_on", language), agreed_on))
    paper = addressed(
        title,
        words,
        reference,
        company,
        attention,
        marks,
        sender,
        issued_on,
        language,
        mark=mark,
        stamp=reference or title,
        version=version,
    )
    prose(paper, words["opening"], language, "")
    paper.gap(9, keep=True)

    shares = (24, 76) if language.chinese else (29, 71)
    body = [
        [
            label(printed_label(NegotiationResult, name, language), shares[0]),
            Cell(_term(result, name, value(result, name).strip(), language), shares[1], place=name),
        ]
        for name in TERMS
        if value(result, name).strip() or name not in _OPTIONAL
    ]
    paper.add(*table([label(words["item"], shares[0]), label(words["content"], shares[1])], body))
    paper.gap(12)
    paper.text(words["confirm"], replace(BODY, indent=2 * BODY.size if language.chinese else 0), keep=True)
    paper.gap(8, keep=True)
    paper.add(choice(words["agreed"]), choice(words["changes"]), writing_line(), writing_line())
    paper.gap(14, keep=True)
    sides = (Side(words["them"], company), Side(words["us"], sender.company, sender.person))
    paper.add(signatures(sides, language))
    return paper.pdf()


def _term(result: NegotiationResult, name: str, shown: str, language: Language) -> str:
    """A term as it is signed: the amount also in words, days named as such."""
    words = language.words(_WORDS)
    if not shown:
        return words["empty"]
    if name == "amount":
        in_words = capitals(result.amount or 0)
        return words["amount"].format(shown.removesuffix("元"), language.pick(in_words, in_words))
    return words["days"].format(shown) if name in {"payment_days", "delivery_days"} else shown
