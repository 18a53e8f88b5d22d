"""Blocks that several papers share: letterhead, address, boxes to tick, lines to write on, signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from salesdesk.documents.house import House
from salesdesk.documents.page import Paper
from salesdesk.documents.pdfa import Facts
from salesdesk.documents.pen import ACCENT, BODY, GREY, HAIRLINE, INK, INNER, SIDE, SMALL, Align, Pen, Style
from salesdesk.documents.pieces import Drawn, draw_line, measured, text_pieces
from salesdesk.records.language import Language

_COMPANY = Style(size=14, leading=22, bold=True, colour=ACCENT)
_TITLE = Style(size=20, leading=34, bold=True, align=Align.CENTRE)
_LEFT = replace(BODY, align=Align.LEFT)
_BOX = 10.0
_LOGO, _BESIDE = (150.0, 42.0), 14.0  # largest size; between it and the name
_SIGNED = 50.0  # room for signature and stamp
_BETWEEN = 4.0  # paragraphs

_WORDS = {
    Language.ZH: {"company": "单位", "name": "姓名", "date": "日期", "phone": "电话", "email": "邮箱"},
    Language.EN: {
        "company": "Company",
        "name": "Name",
        "date": "Date",
        "phone": "Phone",
        "email": "E-mail",
        "draft": "DRAFT",
    },
}


@dataclass(frozen=True)
class Sender:
    """Who writes; everything but the company may be empty."""

    company: str
    person: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    house: House = field(default_factory=House)

    @property
    def author(self) -> str:
        """Who a file is from."""
        return self.company or self.person or "SalesDesk"

    def foot(self, *marks: str) -> str:
        """The line at the foot of a page: what the paper is, and the company's own words or its name."""
        return "    ".join(filter(None, [*marks, self.house.footer or self.company]))


class Mark(Enum):
    """What lies across the pages of a paper that is not yet what it will be."""

    DRAFT = ("草稿", "DRAFT")
    UNAPPROVED = ("未经内部审批", "NOT APPROVED")

    def word(self, language: Language) -> str:
        """The mark in a language."""
        zh, en = self.value
        return language.pick(zh, en)


@dataclass(frozen=True)
class Side:
    """One who signs: the heading of the column, and what is already known of company and person."""

    heading: str
    company: str
    person: str = ""


def reach(sender: Sender, language: Language, style: Style, room: float) -> list[str]:
    """Address, phone and mail, as many in a line of the width `room` as it holds, none of them torn."""
    words = language.words(_WORDS)
    ways = [
        sender.address,
        f"{words['phone']} {sender.phone}" if sender.phone else "",
        f"{words['email']} {sender.email}" if sender.email else "",
    ]
    lines: list[str] = []
    for way in filter(None, ways):
        together = f"{lines[-1]}    {way}" if lines else way
        if lines and len(measured(together, style, room, "company")) == 1:
            lines[-1] = together
        else:
            lines.append(way)
    return lines


def letterhead(paper: Paper, sender: Sender, language: Language) -> None:
    """Company and how to reach it beside its logo, above a coloured line."""
    logo = sender.house.logo
    width, height = logo.within(*_LOGO) if logo else (0.0, 0.0)
    x = SIDE + width + _BESIDE if logo else SIDE
    room = SIDE + INNER - x
    ways = "\n".join(reach(sender, language, SMALL, room))
    lines = [
        *text_pieces(sender.company, _COMPANY, x, room, "company"),
        *text_pieces(ways, SMALL, x, room, "company"),
    ]
    lines = [line for line in lines if line.line.text]
    said = sum(line.height for line in lines)

    def picture(pen: Pen, top: float) -> None:
        if logo:
            pen.picture(logo.png, SIDE, top + max(0.0, said - height) / 2, width, height)
        at = top + max(0.0, height - said) / 2
        for line in lines:
            line.draw(pen, at)
            at += line.height

    if lines or logo:
        paper.add(Drawn(max(said, height), picture))
        paper.gap(5)
        paper.add(Drawn(1.4, lambda pen, top: pen.fill(SIDE, top, INNER, 1.4, ACCENT)))
    paper.gap(12)


def addressed(  # what a paper to a customer begins with, in the order it stands there
    title: str,
    words: Mapping[str, str],
    reference: str,
    company: str,
    recipient: str | None,
    marks: list[tuple[str, str]],
    sender: Sender,
    issued_on: date,
    language: Language,
    *,
    mark: Mark | None = None,
    stamp: str = "",
    version: str = "",
) -> Paper:
    """A paper to a customer as far as the address: letterhead, title, to whom, and what marks it.

    `words` has the labels `to` and `attention`; no `recipient` leaves the line for him out.
    `version` is that of `Facts`.
    """
    named = f"{title} {reference}".strip()
    paper = Paper(
        language,
        Facts(named, sender.author, company, issued_on, version=version),
        running=f"{named}    {company}",
        footer=sender.foot(reference),
        watermark=mark.word(language) if mark else "",
        stamp=stamp,
        house=sender.house.colours,
    )
    letterhead(paper, sender, language)
    paper.heading(title, _TITLE)
    paper.gap(8)
    to = [(words["to"], company, "name")]
    if recipient is not None:
        to.append((words["attention"], recipient, "recipient"))
    address(paper, to, marks, language)
    paper.gap(14)
    return paper


def prose(paper: Paper, text: str, language: Language, place: str) -> None:
    """Paragraphs as a book sets them: indented in Chinese, apart from each other in both languages."""
    style = replace(BODY, indent=2 * BODY.size if language.chinese else 0)
    for number, paragraph in enumerate(filter(None, map(str.strip, text.splitlines()))):
        if number:
            paper.gap(_BETWEEN)
        paper.text(paragraph, style, place=place)


def address(
    paper: Paper, recipients: list[tuple[str, str, str]], marks: list[tuple[str, str]], language: Language
) -> None:
    """Whom it is for on the left, reference, version and date on the right."""
    colon = "：" if language.chinese else ": "
    grey = replace(_LEFT, colour=GREY, size=10, leading=16)
    strong = Style(size=10.5, leading=16, bold=True)
    least = 44.0 if language.chinese else 56.0
    blocks = []
    for x, rows, style, room in (
        (SIDE, [row for row in recipients if row[1]], strong, INNER * 0.56),
        (SIDE + INNER * 0.62, [(*mark, "") for mark in marks], replace(grey, colour=INK), INNER * 0.38),
    ):
        names = [measured(name + colon, grey, room, "")[0] for name, _, _ in rows]
        naming = max([least, *(line.width * grey.size / 1000 + 4 for line in names)])
        values = [measured(shown, style, room - naming, place) for _, shown, place in rows]
        blocks.append((x, x + naming, room - naming, style, list(zip(names, values, strict=True))))
    height = max(sum(len(lines) for _, lines in block) for *_, block in blocks) * 16

    def picture(pen: Pen, top: float) -> None:
        for x, beside, room, style, block in blocks:
            at = top
            for name, lines in block:
                draw_line(pen, name, grey, x, at, beside - x)
                for line in lines:
                    draw_line(pen, line, style, beside, at, room)
                    at += 16

    paper.add(Drawn(height, picture))


def choice(text: str) -> Drawn:
    """A box to tick and what that means."""
    line = measured(text, _LEFT, INNER - 40, "")[0]

    def picture(pen: Pen, top: float) -> None:
        pen.box(SIDE + 4, top + (22 - _BOX) / 2, _BOX)
        draw_line(pen, line, replace(_LEFT, leading=22), SIDE + 22, top, INNER - 40)

    return Drawn(22, picture, keep=True)


def choices(question: str, answers: Sequence[tuple[str, bool]]) -> Drawn:
    """A question and boxes to tick in one line; an answer is a word and whether it is ticked already."""
    strong = replace(_LEFT, bold=True, leading=26)
    plain = replace(_LEFT, leading=26)
    asked = measured(question, strong, INNER * 0.24, "")[0]
    words = [(measured(word, plain, INNER, "")[0], ticked) for word, ticked in answers]

    def picture(pen: Pen, top: float) -> None:
        draw_line(pen, asked, strong, SIDE, top, INNER)
        x = SIDE + INNER * 0.24 + 6
        for line, ticked in words:
            pen.box(x, top + (26 - _BOX) / 2, _BOX, ticked=ticked)
            draw_line(pen, line, plain, x + _BOX + 7, top, INNER)
            x += _BOX + 7 + line.width * plain.size / 1000 + 26

    return Drawn(26, picture, keep=True)


def writing_line() -> Drawn:
    """A line to write on."""
    return Drawn(22, lambda pen, top: pen.rule(SIDE + 22, top + 20, INNER - 22, HAIRLINE), keep=True)


def signatures(sides: Sequence[Side], language: Language) -> Drawn:
    """Room for two sides to sign: a column each, names filled in where they are known."""
    words = language.words(_WORDS)
    strong = Style(size=10.5, leading=20, bold=True)
    plain = Style(size=10, leading=18)
    width = INNER * 0.45
    naming = 52.0
    columns = []
    for x, side in zip((SIDE, SIDE + INNER - width), sides, strict=True):
        rows = [(words["company"], side.company), (words["name"], side.person), (words["date"], "")]
        lines = [
            (measured(name, plain, naming, "")[0], measured(shown, plain, width - naming, "company"))
            for name, shown in rows
        ]
        columns.append((x, measured(side.heading, strong, width, "")[0], lines))
    # a name of two lines moves the lines of both sides, so that they stay level
    heights = [max(map(len, both)) for both in zip(*([v for _, v in lines] for _, _, lines in columns), strict=True)]

    def picture(pen: Pen, top: float) -> None:
        for number, (x, head, lines) in enumerate(columns):
            draw_line(pen, head, strong, x, top, width)
            at = top + strong.leading + _SIGNED
            pen.place(number, x, top + strong.leading, width, _SIGNED - 3)
            pen.rule(x, at - 2, width, HAIRLINE)
            for (name, values), high in zip(lines, heights, strict=True):
                draw_line(pen, name, replace(plain, colour=GREY), x, at, naming)
                for line_number, line in enumerate(values):
                    draw_line(pen, line, plain, x + naming, at + line_number * plain.leading, width - naming)
                at += high * plain.leading
                if not any(line.text for line in values):
                    pen.rule(x + naming, at - 3, width - naming, HAIRLINE)

    return Drawn(strong.leading + _SIGNED + sum(heights) * plain.leading, picture)
