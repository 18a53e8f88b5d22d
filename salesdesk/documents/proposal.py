"""The proposal: a cover, contents, the six modules of 方案设计清单 as chapters, what it is worth, and the offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from salesdesk.documents.audience import printed, printed_label
from salesdesk.documents.blocks import Mark, Sender, prose, reach
from salesdesk.documents.chart import Pair, bars, tiles
from salesdesk.documents.cover import Cover, cover
from salesdesk.documents.page import Paper
from salesdesk.documents.pdfa import Facts
from salesdesk.documents.pen import ACCENT, BODY, CELL, GREY, HEADING, INNER, LABEL, SIDE, SMALL, TINT, Align, Style
from salesdesk.documents.pieces import Drawn
from salesdesk.documents.table import Cell, label, table
from salesdesk.process.offering import worth
from salesdesk.records.base import Record
from salesdesk.records.field import Audience
from salesdesk.records.language import Language
from salesdesk.records.proposal import MODULES, CaseStudy, Proposal, ProposalModule, ValueLine
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of

_CHAPTER = Style(size=17, leading=28, bold=True, colour=ACCENT)
_SECTION = replace(HEADING, size=12)
_CONTENTS = Style(size=22, leading=40, bold=True, colour=ACCENT)
_FIGURE = replace(CELL, align=Align.RIGHT)
_TOTAL = replace(LABEL, align=Align.RIGHT)
_MOST_BARS = 12
_COLUMNS = (
    ("value_line.item", 34),
    ("value_line.cost_now", 18),
    ("value_line.cost_after", 18),
    ("value_line.cost_after", 17),  # what is saved follows from both
    ("value_line.efficiency", 13),
)

WORDS = {
    Language.ZH: {
        "kind": "解决方案建议书",
        "for": "致",
        "version_of": "第 {} 版",
        "date": "日期",
        "contents": "目录",
        "empty": "（本章内容将在沟通后补充）",
        "table": "年度成本对照",
        "chart": "实施前后对比",
        "chart_of": "实施前后对比（金额最大的 {} 项）",
        "now": "现状",
        "after": "实施后",
        "saving": "每年节省",
        "three_years": "三年累计节省",
        "payback": "预计回收期",
        "months": "{} 个月",
        "efficiency": "最高效率提升",
        "total": "合计",
        "partial": "合计只包含现状与实施后均已填写的项目。",
        "rest": "其余 {} 项",
        "offer": "报价与下一步",
        "next": "下一步",
        "closing": "感谢贵公司给予我们了解业务、提出方案的机会。如对本方案有任何疑问或修改意见，欢迎随时与我们联系；"
        "我们将根据贵公司的意见完善方案，并就实施安排与贵公司进一步确认。",
        "contact": "联系方式",
        "comma": "、",
        "price": "{}元",
        "days": "{}",
    },
    Language.EN: {
        "kind": "Proposal",
        "for": "Prepared for",
        "version_of": "{}",
        "date": "Date",
        "contents": "Contents",
        "empty": "(To be completed after our next conversation)",
        "table": "Cost a year in RMB, compared",
        "chart": "Before and after",
        "chart_of": "Before and after: the {} largest",
        "now": "Now",
        "after": "After",
        "saving": "Saved a year",
        "three_years": "Saved in three years",
        "payback": "Pays for itself in",
        "months": "{} months",
        "efficiency": "Efficiency gain, up to",
        "total": "Total",
        "partial": "The total holds only the items for which both amounts are given.",
        "rest": "{} others",
        "offer": "Offer and next steps",
        "next": "Next steps",
        "closing": "Thank you for showing us your business and considering this proposal. If you have questions, or "
        "wish anything changed, please let us know: we will revise the proposal and settle the schedule with you.",
        "contact": "Contact",
        "comma": ", ",
        "price": "RMB {}",
        "days": "{} days",
    },
}

Value = Callable[[Record, str], str]


def proposal_paper(
    proposal: Proposal,
    customer: Customer,
    modules: Sequence[ProposalModule],
    values: Sequence[ValueLine],
    cases: Sequence[CaseStudy],
    sender: Sender,
    issued_on: date,
    language: Language,
    *,
    prices: bool = True,
    mark: Mark | None = None,
) -> bytes:
    """The proposal as PDF/A-1b; only fields that are meant for the customer are on it.

    Args:
        proposal: what is offered.
        customer: to whom.
        modules: its chapters; they stand in the order of 方案设计清单, rows of one module in the given order.
        values: the lines of 价值量化, in the order to print them.
        cases: success stories to show.
        sender: who writes.
        issued_on: the day that stands on it.
        language: of labels and values.
        prices: without, our price stays out with all that follows from it; what the customer saves stays in.
        mark: what lies across the pages of a proposal that must not go out yet; the cover says it beside its title.

    Raises:
        UserError: `paper.missing_character`, `field` = the field it stands in (`form.field` for a row).
    """
    words = language.words(WORDS)

    def value(record: Record, name: str) -> str:
        return printed(record, name, Audience.CUSTOMER, language)

    company, subject = value(customer, "name"), value(proposal, "subject") or words["kind"]
    version = value(proposal, "version") or "1"
    marked = mark.word(language) if mark else ""
    paper = Paper(
        language,
        Facts(subject, sender.author, company, issued_on),
        running=subject if company in subject else f"{subject}    {company}",
        footer=sender.foot(f"V{version}", issued_on.isoformat()),
        cover=True,
        watermark=marked,
        stamp=f"V{version}",
        house=sender.house.colours,
    )
    facts = [
        (printed_label(Proposal, "version", language), words["version_of"].format(version)),
        (words["date"], issued_on.isoformat()),
    ]
    if prices and (until := value(proposal, "valid_until")):
        facts.append((printed_label(Proposal, "valid_until", language), until))
    kind = "    ".join(filter(None, [words["kind"], marked]))
    ways = "    ".join(reach(sender, language, SMALL, INNER))
    paper.add(cover(Cover(kind, subject, sender.company, words["for"], company, facts, ways, sender.house.logo)))
    paper.new_page()
    paper.text(words["contents"], _CONTENTS)
    paper.gap(10)
    paper.contents()
    paper.new_page()

    written = [module for module in modules if module.module in {option.value for option in MODULES}]
    for number, option in enumerate(MODULES, start=1):
        _chapter(paper, number, option.label(language))
        rows = [text for row in written if row.module == option.value and (text := value(row, "content").strip())]
        for text in rows:
            prose(paper, text, language, "proposal_module.content")
        if option.value == "value" and values:
            _worth(paper, values, proposal.price if prices else None, value, language)
        elif option.value == "cases" and cases:
            _cases(paper, cases, value, language)
        elif not rows:
            paper.text(words["empty"], replace(BODY, colour=GREY))
    _closing(paper, len(MODULES) + 1, proposal, sender, value, language, prices=prices)
    return paper.pdf()


def _chapter(paper: Paper, number: int, title: str) -> None:
    if number > 1:
        paper.gap(30)
    paper.heading(f"{number}  {title}", _CHAPTER)
    paper.add(Drawn(1.4, lambda pen, top: pen.fill(SIDE, top, INNER, 1.4, ACCENT), keep=True))
    paper.gap(10, keep=True)


def _section(paper: Paper, title: str, place: str = "") -> None:
    paper.gap(14, keep=True)
    paper.heading(title, _SECTION, level=1, place=place)
    paper.gap(4, keep=True)


def _worth(paper: Paper, lines: Sequence[ValueLine], price: int | None, value: Value, language: Language) -> None:
    """价值量化: key figures, every line with what it saves, and the largest of them as bars."""
    words = language.words(WORDS)
    amount = fields_of(ValueLine)["cost_now"]
    whole = worth(lines, price)
    figures = [
        (words["saving"], amount.show(whole.a_year, language)),
        (words["three_years"], amount.show(whole.three_years, language)),
    ]
    if whole.efficiency is not None:
        figures.append((words["efficiency"], fields_of(ValueLine)["efficiency"].show(whole.efficiency, language)))
    if whole.payback_months is not None:
        figures.append((words["payback"], words["months"].format(whole.payback_months)))
    if whole.a_year > 0:
        paper.gap(8)
        paper.add(tiles(figures))

    head, body, total = value_table(lines, value, language)
    _section(paper, words["table"])
    rows = table(_cells(*head, strong=True), [_cells(*texts) for texts in body])
    if total:
        rows[-1].keep = True  # the total does not stand alone on a page
        rows += table(None, [_cells(*total, strong=True)])
    paper.add(*rows)
    if 0 < whole.complete < len(lines):
        paper.gap(4, keep=True)
        paper.text(words["partial"], SMALL)

    compared = pairs(lines, value, language)
    if any(pair.before or pair.after for pair in compared):
        cut = whole.complete > len(compared)
        _section(paper, words["chart_of"].format(len(compared)) if cut else words["chart"])
        paper.add(*bars(compared, words["now"], words["after"], "value_line.item"))


def _cells(*texts: str, strong: bool = False) -> list[Cell]:
    """A row of the value table: the item, then figures in line with each other."""
    first, others = (LABEL, _TOTAL) if strong else (CELL, _FIGURE)
    return [
        Cell(
            text,
            share,
            others if number else first,
            TINT if strong else None,
            place=place,
            whole=number > 0 and any(map(str.isdigit, text)),  # words may be broken
        )
        for number, (text, (place, share)) in enumerate(zip(texts, _COLUMNS, strict=True))
    ]


def value_table(
    lines: Sequence[ValueLine], value: Value, language: Language
) -> tuple[list[str], list[list[str]], list[str]]:
    """The lines in words: heads, a row each, and the total of those that have both amounts; none has no total."""
    words = language.words(WORDS)
    show = fields_of(ValueLine)["cost_now"].show
    heads = [printed_label(ValueLine, name, language) for name in ("item", "cost_now", "cost_after", "efficiency")]
    body = [
        [
            *(value(line, name) for name in ("item", "cost_now", "cost_after")),
            show(saving(line), language),
            value(line, "efficiency"),
        ]
        for line in lines
    ]
    whole = worth(lines, None)
    sums = (whole.now, whole.after, whole.a_year) if whole.complete else ()
    total = [words["total"], *(show(amount, language) for amount in sums), ""] if sums else []
    return [*heads[:3], words["saving"], heads[3]], body, total


def saving(line: ValueLine) -> int | None:
    """What a line saves a year, where both amounts are known."""
    return None if line.cost_now is None or line.cost_after is None else line.cost_now - line.cost_after


def pairs(lines: Sequence[ValueLine], value: Value, language: Language, *, most: int = _MOST_BARS) -> list[Pair]:
    """The lines that have both amounts, the largest of them first: together, small ones would outgrow all others."""
    show = fields_of(ValueLine)["cost_now"].show
    both = sorted(
        ((x.cost_now, x.cost_after, value(x, "item")) for x in lines if None not in {x.cost_now, x.cost_after}),
        key=lambda found: -max(found[0] or 0, found[1] or 0),
    )
    found = [(now or 0, after or 0, item) for now, after, item in both]
    return [Pair(item, now, after, show(now, language), show(after, language)) for now, after, item in found[:most]]


def _cases(paper: Paper, cases: Sequence[CaseStudy], value: Value, language: Language) -> None:
    shares = (20, 80)
    for case in cases:
        name = value(case, "customer_name").strip() or CaseStudy.__form__.label(language)
        _section(paper, name, "case_study.customer_name")
        said = [(name, value(case, name).strip()) for name in ("industry", "effect", "quote")]
        body = [
            [
                label(printed_label(CaseStudy, name, language), shares[0]),
                Cell(shown, shares[1], place=f"case_study.{name}"),
            ]
            for name, shown in said
            if shown
        ]
        rows = table(None, body)
        for row in rows[:-1]:
            row.keep = True  # with its name above; what is longer than a page is torn all the same
        paper.add(*rows)


def _closing(
    paper: Paper, number: int, proposal: Proposal, sender: Sender, value: Value, language: Language, *, prices: bool
) -> None:
    """The offer, thanks, and whom to call."""
    words = language.words(WORDS)
    _chapter(paper, number, words["offer" if prices else "next"])
    names = {"price": "price", "valid_until": "", "delivery_days": "days"} if prices else {"delivery_days": "days"}
    shares = (28, 72)
    body = [
        [
            label(printed_label(Proposal, name, language), shares[0]),
            Cell(words[unit].format(shown.removesuffix("元")) if unit else shown, shares[1], place=name),
        ]
        for name, unit in names.items()
        if (shown := value(proposal, name))
    ]
    if body:
        paper.add(*table(None, body))
        paper.gap(12)
    paper.text(words["closing"], replace(BODY, indent=2 * BODY.size if language.chinese else 0), keep=True)
    contact = words["comma"].join(filter(None, [sender.company, sender.person]))
    if lines := [line for line in (contact, *reach(sender, language, BODY, INNER)) if line]:
        paper.gap(10, keep=True)
        paper.text(words["contact"], LABEL, keep=True)
        for line in lines[:-1]:
            paper.text(line, replace(BODY, align=Align.LEFT), place="company", keep=True)
        paper.text(lines[-1], replace(BODY, align=Align.LEFT), place="company")
