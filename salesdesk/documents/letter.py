"""需求确认函: what we understood at the interview, for the customer to confirm or correct."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from salesdesk.documents.audience import printed, printed_label
from salesdesk.documents.blocks import Sender, Side, addressed, choice, signatures, writing_line
from salesdesk.documents.pen import BODY, Align
from salesdesk.documents.table import Cell, label, table
from salesdesk.records.base import Record
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis
from salesdesk.records.field import Audience
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer

POINTS = ("interviewed_on", "participants", "pains", "explicit_needs", "cooperation_period")

_LEFT = replace(BODY, align=Align.LEFT)


_WORDS = {
    Language.ZH: {
        "to": "致",
        "attention": "收件人",
        "reference": "编号",
        "version": "版本",
        "version_of": "第 {} 版",
        "date": "日期",
        "dear": "尊敬的{}：",
        "customer": "客户",
        "opening": "感谢贵公司{when}与我们沟通。现将需求要点汇总如下，请贵公司核对并确认。",
        "when": "于 {} ",
        "item": "项目",
        "content": "需求要点",
        "empty": "（未提及）",
        "confirm": "请核对以上内容，在下方勾选并签字或盖章后回复我们。如需修改，请写明修改意见，"
        "我们将更新后再次发送，以免后续方案出现理解偏差。",
        "agreed": "确认无误",
        "changes": "需要修改，修改意见：",
        "them": "客户确认（签字/盖章）",
        "us": "我方（签字/盖章）",
    },
    Language.EN: {
        "to": "To",
        "attention": "Attention",
        "reference": "Reference",
        "version": "Version",
        "version_of": "{}",
        "date": "Date",
        "dear": "Dear {},",
        "customer": "customer",
        "opening": "Thank you for speaking with us{when}. Below is what we understood of your needs. "
        "Please check it and confirm.",
        "when": " on {}",
        "item": "Item",
        "content": "What we understood",
        "empty": "(not mentioned)",
        "confirm": "Please tick one of the boxes below, sign or stamp, and return this letter. If anything should be "
        "changed, write it down; we will correct the letter and send it again, so that the proposal rests on a shared "
        "understanding.",
        "agreed": "Confirmed as stated",
        "changes": "To be changed as follows:",
        "them": "For the customer (signature/stamp)",
        "us": "For us (signature/stamp)",
    },
}


def confirmation_letter(
    letter: ConfirmationLetter,
    customer: Customer,
    contact: Contact | None,
    analysis: NeedsAnalysis,
    sender: Sender,
    issued_on: date,
    language: Language,
    *,
    title: str,
) -> bytes:
    """The letter as PDF/A-1b; only fields that are meant for the customer are on it.

    Raises `UserError` (`paper.missing_character`, `field` = the field it stands in) when the fonts lack
    a character.
    """
    words = language.words(_WORDS)

    def value(record: Record, name: str) -> str:
        return printed(record, name, Audience.CUSTOMER, language)

    company, reference = value(customer, "name"), value(letter, "reference")
    version = words["version_of"].format(value(letter, "version") or "1")
    recipient = value(letter, "recipient") or (value(contact, "name") if contact else "")
    attention = "  ".join(filter(None, [recipient, value(contact, "position") if contact else ""]))
    marks = [(words["reference"], reference), (words["version"], version), (words["date"], issued_on.isoformat())]
    stamp = f"{reference} V{value(letter, 'version') or '1'}".strip()
    paper = addressed(title, words, reference, company, attention, marks, sender, issued_on, language, stamp=stamp)

    paper.text(words["dear"].format(recipient or words["customer"]), _LEFT, place="recipient")
    paper.gap(3)
    held = value(analysis, "interviewed_on")
    opening = words["opening"].format(when=words["when"].format(held) if held else "")
    paper.text(opening, replace(BODY, indent=21 if language.chinese else 0))
    paper.gap(9, keep=True)

    shares = (24, 76) if language.chinese else (29, 71)
    points = [(name, value(analysis, name).strip()) for name in POINTS]
    body = [
        [
            label(printed_label(NeedsAnalysis, name, language), shares[0]),
            Cell(shown or words["empty"], shares[1], place=name),
        ]
        for name, shown in points
    ]
    paper.add(*table([label(words["item"], shares[0]), label(words["content"], shares[1])], body))
    paper.gap(12)

    paper.text(words["confirm"], replace(BODY, indent=21 if language.chinese else 0), keep=True)
    paper.gap(8, keep=True)
    paper.add(choice(words["agreed"]), choice(words["changes"]), writing_line(), writing_line())
    paper.gap(14, keep=True)
    sides = (Side(words["them"], company), Side(words["us"], sender.company, sender.person))
    paper.add(signatures(sides, language))
    return paper.pdf()
