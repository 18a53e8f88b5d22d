"""After delivery: 交付验收确认单 for the customer to sign, and the 回访计划 of those who look after customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from salesdesk.documents.audience import printed, printed_label
from salesdesk.documents.blocks import Sender, Side, addressed, choices, letterhead, prose, signatures
from salesdesk.documents.page import Paper
from salesdesk.documents.pdfa import Facts
from salesdesk.documents.pen import BODY, LABEL, TINT, Align, Style
from salesdesk.documents.table import Cell, label, row, table
from salesdesk.records.base import Record
from salesdesk.records.care import RESULTS, Delivery, Visit
from salesdesk.records.contract import Contract
from salesdesk.records.field import Audience
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer

_TITLE = Style(size=20, leading=34, bold=True, align=Align.CENTRE)
_SHARES = (24, 76)
_WRITTEN_LINES = 4
_VISIT_SHARES = (7, 25, 12, 15, 16, 25)

_WORDS = {
    Language.ZH: {
        "to": "致",
        "date": "日期",
        "opening": "以下内容已按约定交付。请贵公司核对使用情况并填写验收结论，签字或盖章后交还我们。",
        "yes": "是",
        "no": "否",
        "them": "客户确认（签字/盖章）",
        "us": "我方（签字/盖章）",
        "number": "序号",
        "last": "上次回访",
        "to_do": "回访事项",
        "never": "（未回访）",
        "overdue": "逾期",
        "none": "（没有待进行的回访）",
        "internal": "内部资料",
        "printed": "打印日期 {}",
    },
    Language.EN: {
        "to": "To",
        "date": "Date",
        "opening": "The items below have been delivered as agreed. Please check how they work, state the result, sign "
        "or stamp this sheet and return it.",
        "yes": "Yes",
        "no": "No",
        "them": "For the customer (signature/stamp)",
        "us": "For us (signature/stamp)",
        "number": "No.",
        "last": "Last visit",
        "to_do": "What to do",
        "never": "(none yet)",
        "overdue": "overdue",
        "none": "(no visits to come)",
        "internal": "Internal",
        "printed": "Printed {}",
    },
}


def acceptance_paper(
    delivery: Delivery,
    customer: Customer,
    contract: Contract | None,
    sender: Sender,
    issued_on: date,
    language: Language,
    *,
    title: str,
    version: str = "",
) -> bytes:
    """交付验收确认单 as PDF/A-1b: what is known is filled in and ticked, the rest is left for the customer to write.

    `version` names the content; the file says it, not the paper.

    Raises `UserError` (`paper.missing_character`, `field` = the field it
    stands in) when the fonts lack a character.
    """
    words = language.words(_WORDS)

    def value(record: Record, name: str) -> str:
        return printed(record, name, Audience.CUSTOMER, language)

    company, subject = value(customer, "name"), value(delivery, "subject")
    contract_number = value(contract, "number") if contract else ""
    marks = [(printed_label(Contract, "number", language), contract_number)] if contract_number else []
    marks.append((words["date"], issued_on.isoformat()))
    stamp = contract_number or title
    paper = addressed(
        title, words, contract_number, company, None, marks, sender, issued_on, language, stamp=stamp, version=version
    )
    prose(paper, words["opening"], language, "")
    paper.gap(9, keep=True)

    def line(name: str, shown: str, blank_lines: int = 0) -> list[Cell]:
        return [
            label(printed_label(Delivery, name, language), _SHARES[0]),
            Cell(shown, _SHARES[1], place=name, blank_lines=blank_lines),
        ]

    rows = [line("subject", subject), line("delivered_on", value(delivery, "delivered_on"))]
    for name in ("usage", "problems"):
        shown = value(delivery, name).strip()
        rows.append(line(name, shown, 0 if shown or delivery.result else _WRITTEN_LINES))
    paper.add(*table(None, rows))
    paper.gap(12)
    # a box that nobody has answered stays open: not yet "in use" is no "no"
    in_use = [(words["yes"], delivery.in_use), (words["no"], bool(delivery.result) and not delivery.in_use)]
    results = [(option.label(language), option.value == delivery.result) for option in RESULTS]
    paper.add(
        choices(printed_label(Delivery, "in_use", language), in_use),
        choices(printed_label(Delivery, "result", language), results),
    )
    paper.gap(4, keep=True)
    known = [(name, value(delivery, name)) for name in ("accepted_on", "signatory")]
    if any(shown for _, shown in known):
        cells = [
            cell
            for name, shown in known
            for cell in (label(printed_label(Delivery, name, language), 24), Cell(shown, 26, place=name))
        ]
        signed = row(cells)
        signed.keep = True
        paper.add(signed)
    paper.gap(14, keep=True)
    sides = (Side(words["them"], company), Side(words["us"], sender.company, sender.person))
    paper.add(signatures(sides, language))
    return paper.pdf()


@dataclass(frozen=True)
class PlannedVisit:
    """A visit to come: whom, the visit before if there was one, and the day it is due if one is known."""

    customer: Customer
    last: Visit | None
    due: date | None


def visit_plan(
    visits: Sequence[PlannedVisit], sender: Sender, issued_on: date, language: Language, *, title: str
) -> bytes:
    """回访计划 as PDF/A-1b, for the company: by the day they are due, those without a day at the end.

    Raises `UserError` (`paper.missing_character`, `field` = `form.field`) when the fonts lack a character.
    """
    words = language.words(_WORDS)
    paper = Paper(
        language,
        Facts(title, sender.author, title, issued_on),
        running=title,
        footer=sender.foot(words["printed"].format(issued_on.isoformat()), words["internal"]),
        house=sender.house.colours,
    )
    letterhead(paper, sender, language)
    paper.heading(title, _TITLE)
    paper.gap(8)
    heads = (
        words["number"],
        printed_label(Customer, "name", language),
        printed_label(Customer, "grade", language),
        words["last"],
        printed_label(Visit, "next_visit_on", language),
        words["to_do"],
    )
    ordered = sorted(visits, key=lambda visit: visit.due or date.max)
    body = [_visit(number, visit, issued_on, language) for number, visit in enumerate(ordered, start=1)]
    if not body:
        paper.text(words["none"])
        return paper.pdf()
    head = [Cell(text, share, LABEL, TINT) for text, share in zip(heads, _VISIT_SHARES, strict=True)]
    paper.add(*table(head, body))
    return paper.pdf()


def _visit(number: int, visit: PlannedVisit, today: date, language: Language) -> list[Cell]:
    words = language.words(_WORDS)

    def value(record: Record | None, name: str) -> str:
        return printed(record, name, Audience.COMPANY, language).strip() if record else ""

    due = visit.due.isoformat() if visit.due else ""
    late = visit.due is not None and visit.due < today
    to_do = "\n".join(filter(None, [value(visit.last, "new_needs"), value(visit.last, "follow_up")]))
    texts = (
        (str(number), "", False),
        (value(visit.customer, "name"), "customer.name", False),
        (value(visit.customer, "grade"), "customer.grade", False),
        (value(visit.last, "visited_on") or words["never"], "visit.visited_on", False),
        (f"{due}\n{words['overdue']}" if late else due, "visit.next_visit_on", late),
        (to_do, "visit.follow_up", False),
    )
    style = replace(BODY, size=9.5, leading=14.5)
    return [
        Cell(shown, share, replace(style, bold=strong, align=Align.LEFT), place=place)
        for (shown, place, strong), share in zip(texts, _VISIT_SHARES, strict=True)
    ]
