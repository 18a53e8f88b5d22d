"""需求确认函: what we understood at the interview, for the customer to confirm or correct."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from salesdesk.documents.audience import printed, printed_label
from salesdesk.documents.page import (
    ACCENT,
    BODY,
    GREY,
    HAIRLINE,
    INK,
    INNER,
    SIDE,
    SMALL,
    Align,
    Drawn,
    Paper,
    Pen,
    Style,
    draw_line,
    measured,
)
from salesdesk.documents.pdfa import Facts
from salesdesk.documents.table import Cell, label, table
from salesdesk.records.base import Record
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis
from salesdesk.records.field import Audience
from salesdesk.records.kinds import Language
from salesdesk.records.prospecting import Contact, Customer

POINTS = ("interviewed_on", "participants", "pains", "explicit_needs", "cooperation_period")

_TITLE = Style(size=20, leading=34, bold=True, align=Align.CENTRE)
_COMPANY = Style(size=14, leading=22, bold=True, colour=ACCENT)
_LEFT = replace(BODY, align=Align.LEFT)
_BOX = 10.0


@dataclass(frozen=True)
class Sender:
    """Who writes; everything but the company may be empty."""

    company: str
    person: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


_WORDS = {
    Language.ZH: {
        "title": "需求确认函",
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
        "company": "单位",
        "name": "姓名",
        "phone": "电话",
        "email": "邮箱",
    },
    Language.EN: {
        "title": "Confirmation of Needs",
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
        "company": "Company",
        "name": "Name",
        "phone": "Phone",
        "email": "E-mail",
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
) -> bytes:
    """The letter as PDF/A-1b; only fields that are meant for the customer are on it.

    Raises `UserError` (`paper.missing_character`, `field` = the field it stands in) when the fonts lack
    a character.
    """
    words = _WORDS[language]

    def value(record: Record, name: str) -> str:
        return printed(record, name, Audience.CUSTOMER, language)

    company, reference = value(customer, "name"), value(letter, "reference")
    title = f"{words['title']} {reference}".strip()
    paper = Paper(
        language,
        Facts(title, sender.company or sender.person or "SalesDesk", company, issued_on),
        running=f"{title}    {company}",
        footer="    ".join(filter(None, [reference, sender.company])),
    )
    _letterhead(paper, sender, words)
    paper.heading(words["title"], _TITLE)
    paper.gap(8)

    version = words["version_of"].format(value(letter, "version") or "1")
    recipient = value(letter, "recipient") or (value(contact, "name") if contact else "")
    attention = "  ".join(filter(None, [recipient, value(contact, "position") if contact else ""]))
    marks = [(words["reference"], reference), (words["version"], version), (words["date"], issued_on.isoformat())]
    _address(paper, [(words["to"], company, "name"), (words["attention"], attention, "recipient")], marks, language)
    paper.gap(14)

    paper.text(words["dear"].format(recipient or words["customer"]), _LEFT, place="recipient")
    paper.gap(3)
    held = value(analysis, "interviewed_on")
    opening = words["opening"].format(when=words["when"].format(held) if held else "")
    paper.text(opening, replace(BODY, indent=21 if language is Language.ZH else 0))
    paper.gap(9, keep=True)

    shares = (24, 76) if language is Language.ZH else (29, 71)
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

    paper.text(words["confirm"], replace(BODY, indent=21 if language is Language.ZH else 0), keep=True)
    paper.gap(8, keep=True)
    paper.add(_choice(words["agreed"]), _choice(words["changes"]), _writing_line(), _writing_line())
    paper.gap(14, keep=True)
    paper.add(_signatures(company, sender, words))
    return paper.pdf()


def _letterhead(paper: Paper, sender: Sender, words: dict[str, str]) -> None:
    if sender.company:
        paper.text(sender.company, _COMPANY, place="company")
    reach = [
        sender.address,
        f"{words['phone']} {sender.phone}" if sender.phone else "",
        f"{words['email']} {sender.email}" if sender.email else "",
    ]
    if any(reach):
        paper.text("    ".join(filter(None, reach)), SMALL, place="company")
    if paper.pieces:
        paper.gap(5)
        paper.add(Drawn(1.4, lambda pen, top: pen.fill(SIDE, top, INNER, 1.4, ACCENT)))
    paper.gap(12)


def _address(
    paper: Paper, recipients: list[tuple[str, str, str]], marks: list[tuple[str, str]], language: Language
) -> None:
    """Whom it is for on the left, reference, version and date on the right."""
    colon = "：" if language is Language.ZH else ": "
    grey = replace(_LEFT, colour=GREY, size=10, leading=16)
    strong = Style(size=10.5, leading=16, bold=True)
    naming = 44 if language is Language.ZH else 56
    left_room, right_room = INNER * 0.56, INNER * 0.40
    left, right = [], []
    for name, shown, place in recipients:
        if shown:
            lines = measured(shown, strong, left_room - naming, place)
            left.append((measured(name + colon, grey, naming, "")[0], lines))
    for name, shown in marks:
        right.append((measured(name + colon, grey, naming, "")[0], measured(shown, grey, right_room - naming, "")))
    left_height = sum(len(lines) for _, lines in left) * 16
    right_height = sum(len(lines) for _, lines in right) * 16

    def picture(pen: Pen, top: float) -> None:
        for x, block, style, room in (
            (SIDE, left, strong, left_room),
            (SIDE + INNER * 0.62, right, replace(grey, colour=INK), right_room),
        ):
            at = top
            for name, lines in block:
                draw_line(pen, name, grey, x, at, naming)
                for line in lines:
                    draw_line(pen, line, style, x + naming, at, room - naming)
                    at += 16

    paper.add(Drawn(max(left_height, right_height), picture))


def _choice(text: str) -> Drawn:
    line = measured(text, _LEFT, INNER - 40, "")[0]

    def picture(pen: Pen, top: float) -> None:
        pen.box(SIDE + 4, top + (22 - _BOX) / 2, _BOX)
        draw_line(pen, line, replace(_LEFT, leading=22), SIDE + 22, top, INNER - 40)

    return Drawn(22, picture, keep=True)


def _writing_line() -> Drawn:
    return Drawn(22, lambda pen, top: pen.rule(SIDE + 22, top + 20, INNER - 22, HAIRLINE), keep=True)


def _signatures(company: str, sender: Sender, words: dict[str, str]) -> Drawn:
    """Room for both sides to sign: a column each, names filled in where they are known."""
    strong = Style(size=10.5, leading=20, bold=True)
    plain = Style(size=10, leading=18)
    width = INNER * 0.45
    naming = 52.0
    columns = []
    for x, head, rows in (
        (SIDE, words["them"], [(words["company"], company), (words["name"], ""), (words["date"], "")]),
        (
            SIDE + INNER - width,
            words["us"],
            [(words["company"], sender.company), (words["name"], sender.person), (words["date"], "")],
        ),
    ):
        lines = [
            (measured(name, plain, naming, "")[0], measured(shown, plain, width - naming, "company"))
            for name, shown in rows
        ]
        columns.append((x, measured(head, strong, width, "")[0], lines))
    body = max(sum(len(values) for _, values in lines) for _, _, lines in columns)

    def picture(pen: Pen, top: float) -> None:
        for x, head, lines in columns:
            draw_line(pen, head, strong, x, top, width)
            at = top + 56  # the space between is for signature and stamp
            pen.rule(x, at - 2, width, HAIRLINE)
            for name, values in lines:
                draw_line(pen, name, replace(plain, colour=GREY), x, at, naming)
                for line in values:
                    draw_line(pen, line, plain, x + naming, at, width - naming)
                    at += plain.leading
                if not any(line.text for line in values):
                    pen.rule(x + naming, at - 3, width - naming, HAIRLINE)

    return Drawn(56 + body * plain.leading, picture)
