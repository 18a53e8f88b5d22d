"""Any form as a table-shaped sheet, as it would be on paper, and the outline with room for answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from salesdesk.documents.audience import printed, printed_fields
from salesdesk.documents.blocks import Sender
from salesdesk.documents.page import Paper
from salesdesk.documents.pdfa import Facts
from salesdesk.documents.pen import LABEL, SMALL, TINT, Align, Style
from salesdesk.documents.table import Cell, Row, label, row, table
from salesdesk.records.base import Record
from salesdesk.records.discovery import Outline, OutlineQuestion
from salesdesk.records.field import Audience, Field
from salesdesk.records.kinds import ChoiceKind, Kind, LinkKind, TextKind
from salesdesk.records.language import Language
from salesdesk.records.registry import children_of

_TITLE = Style(size=17, leading=30, bold=True, align=Align.CENTRE)
_NAMING, _VALUE = 19, 31  # shares of a row of two labelled values
_LABEL_AND_VALUE = 2  # cells
_MOST_COLUMNS = 7
_PAIRED = 24  # characters; a longer value has a row of its own
_ANSWER_LINES = 5

NOBODY = Sender("")
_WORDS = {
    Language.ZH: {"printed": "打印日期 {}", "none": "（无）", "internal": "内部资料"},
    Language.EN: {"printed": "Printed {}", "none": "(none)", "internal": "Internal"},
}


def sheet(
    record: Record,
    rows: Sequence[Record],
    language: Language,
    audience: Audience,
    *,
    issued_on: date,
    names: Mapping[str, str],
    sender: Sender = NOBODY,
) -> bytes:
    """A record and its child rows as PDF/A-1b, with the fields that this audience may see.

    Args:
        record: any record of the registry.
        rows: its child rows, of any number of forms, in the order to print them.
        language: of labels and values.
        audience: who may read the sheet.
        issued_on: the day that stands on it.
        names: the title of each linked record by its id; a link without a title is left out.
        sender: the company, for colours and foot.

    Raises:
        UserError: `paper.missing_character`; its `field` is the field's name, or `form.field` for a child row.
    """
    form = type(record)
    words = language.words(_WORDS)
    paper = _paper(record, language, audience, issued_on, sender)
    fields = [f for f in printed_fields(form, audience) if not isinstance(f.kind, LinkKind)]
    links = [f for f in printed_fields(form, audience) if isinstance(f.kind, LinkKind)]
    values = [(f, names.get(getattr(record, f.name), "")) for f in links]
    values = [(f, name) for f, name in values if name]
    values += [(f, printed(record, f.name, audience, language)) for f in fields]
    paper.add(*_labelled(values, language))
    for child in children_of(record.__tablename__):
        own = [r for r in rows if isinstance(r, child)]
        columns = [f for f in printed_fields(child, audience) if not isinstance(f.kind, LinkKind)]
        if not columns:
            continue
        paper.gap(12, keep=True)
        paper.heading(child.__form__.label(language))
        paper.gap(3, keep=True)
        if own:
            paper.add(*_children(own, columns, audience, language))
        else:
            paper.text(words["none"])
    return paper.pdf()


def outline_sheet(
    outline: Outline,
    questions: Sequence[OutlineQuestion],
    language: Language,
    *,
    issued_on: date,
    customer: str = "",
    sender: Sender = NOBODY,
) -> bytes:
    """The 沟通提纲 to take along: every question with its answer, or room to write one."""
    audience = Audience.COMPANY
    paper = _paper(outline, language, audience, issued_on, sender)
    fields = {f.name: f for f in printed_fields(Outline, audience)}
    values = [(fields["customer_id"], customer)] if customer else []
    values += [(fields[n], printed(outline, n, audience, language)) for n in ("planned_on", "subject")]
    paper.add(*_labelled(values, language))
    paper.gap(12)
    number_style = Style(size=10, leading=15.5, align=Align.CENTRE, bold=True)
    for number, question in enumerate(questions, start=1):
        asked = printed(question, "question", audience, language)
        answer = printed(question, "answer", audience, language)
        top = row(
            [
                Cell(str(number), 7, number_style, TINT),
                Cell(asked, 93, LABEL, TINT, place="outline_question.question"),
            ]
        )
        top.keep = True
        room = row(
            [
                Cell("", 7),
                Cell(answer, 93, place="outline_question.answer", blank_lines=0 if answer else _ANSWER_LINES),
            ]
        )
        paper.add(top, room)
    return paper.pdf()


def _paper(record: Record, language: Language, audience: Audience, issued_on: date, sender: Sender) -> Paper:
    form = record.__form__
    words = language.words(_WORDS)
    title = form.label(language)
    internal = "" if audience is Audience.CUSTOMER else words["internal"]
    paper = Paper(
        language,
        Facts(title, sender.author, title, issued_on),
        running=title,
        footer=sender.foot(words["printed"].format(issued_on.isoformat()), *([internal] if internal else [])),
        house=sender.house.colours,
    )
    paper.heading(title, _TITLE)
    if internal:
        paper.text(internal, replace(SMALL, align=Align.CENTRE), keep=True)
    paper.gap(6)
    return paper


def _labelled(values: Sequence[tuple[Field, str]], language: Language) -> list[Row]:
    """Label and value: two short values share a row, a note has one of its own."""
    rows: list[Row] = []
    waiting: list[Cell] = []

    def flush() -> None:
        if len(waiting) == _LABEL_AND_VALUE:
            waiting[-1] = replace(waiting[-1], share=100 - _NAMING)
        if waiting:
            rows.append(row(waiting))
            waiting.clear()

    for declared, shown in values:
        name = label(declared.label(language), _NAMING)
        if _is_note(declared.kind) or len(shown) > _PAIRED:
            flush()
            rows.append(row([name, Cell(shown, 100 - _NAMING, place=declared.name)]))
            continue
        waiting += [name, Cell(shown, _VALUE, place=declared.name)]
        if len(waiting) == 2 * _LABEL_AND_VALUE:
            flush()
    flush()
    return rows


def _children(rows: Sequence[Record], columns: Sequence[Field], audience: Audience, language: Language) -> list[Row]:
    """Child rows as a table; forms with too many fields for one as blocks of labelled values."""
    form = rows[0].__tablename__
    if len(columns) > _MOST_COLUMNS:
        blocks: list[Row] = []
        for record in rows:
            blocks += _labelled([(f, printed(record, f.name, audience, language)) for f in columns], language)
        return blocks
    shares = [_share(f) for f in columns]
    head = [Cell(f.label(language), share, LABEL, TINT) for f, share in zip(columns, shares, strict=True)]
    body = [
        [
            Cell(
                printed(record, f.name, audience, language),
                share,
                place=f"{form}.{f.name}",
                whole=not isinstance(f.kind, TextKind | ChoiceKind),
            )
            for f, share in zip(columns, shares, strict=True)
        ]
        for record in rows
    ]
    return table(head, body)


def _share(declared: Field) -> float:
    if _is_note(declared.kind):
        return 5
    return 2.2 if isinstance(declared.kind, TextKind) else 1.5


def _is_note(kind: Kind[object]) -> bool:
    return isinstance(kind, TextKind) and kind.lines > 1
