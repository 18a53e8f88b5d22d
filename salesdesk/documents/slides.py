"""The proposal as slides (PPTX): the same modules and figures as on paper, in tables and charts that can be edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from salesdesk.documents.audience import printed, printed_label
from salesdesk.documents.blocks import Mark, Sender, reach
from salesdesk.documents.pen import BODY, GLOW, GOLD, GROUND, INNER
from salesdesk.documents.proposal import WORDS, Value, pairs, value_table
from salesdesk.documents.slide_kit import HEIGHT, SIDE, WIDTH, Deck
from salesdesk.process.offering import worth
from salesdesk.records.base import Record
from salesdesk.records.field import Audience
from salesdesk.records.language import Language
from salesdesk.records.proposal import MODULES, CaseStudy, Proposal, ProposalModule, ValueLine
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of

_ROWS = 9  # of a table on one slide, without its head
_SHARES = (34, 18, 18, 17, 13)
_BARS = 7
_MOST_LINES = 88  # of a table, with the rest and the total ten slides; the paper has them all


def proposal_slides(
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
    master: bytes | None = None,
) -> bytes:
    """The proposal as a presentation; only fields that are meant for the customer are on it.

    The arguments are those of `proposal_paper`; `master` is a company's own presentation or template, whose layouts,
    colours and fonts are taken.

    Raises:
        UserError: `slides.bad_master`, `slides.large_master`, `slides.macros`; `paper.missing_character`.
    """
    words = language.words(WORDS)

    def value(record: Record, name: str) -> str:
        return printed(record, name, Audience.CUSTOMER, language)

    deck = Deck(language, sender.house.colours, master)
    company, subject = value(customer, "name"), value(proposal, "subject") or words["kind"]
    version = value(proposal, "version") or "1"
    marked = mark.word(language) if mark else ""
    _cover(deck, subject, [f"{words['for']}  {company}", issued_on.isoformat()], sender, f"{words['kind']}  {marked}")
    titles = [f"{number}  {option.label(language)}" for number, option in enumerate(MODULES, start=1)]
    last = f"{len(MODULES) + 1}  {words['offer' if prices else 'next']}"
    deck.prose(words["contents"], "\n".join([*titles, last]), size=20)
    for title, option in zip(titles, MODULES, strict=True):
        said = [value(row, "content").strip() for row in modules if row.module == option.value]
        text = "\n".join(filter(None, said))
        if text:
            deck.prose(title, text)
        if option.value == "value" and values:
            _worth(deck, title, values, proposal.price if prices else None, value)
        elif option.value == "cases" and cases:
            _cases(deck, cases, value)
        elif not text:
            deck.prose(title, words["empty"])
    deck.prose(last, _offer(proposal, sender, value, language, prices=prices))
    deck.numbered(sender.foot(f"V{version}", marked))
    day = datetime(issued_on.year, issued_on.month, issued_on.day, tzinfo=UTC)
    return deck.saved(subject, sender.author, day)


def _cover(deck: Deck, title: str, lines: Sequence[str], sender: Sender, kind: str) -> None:
    """A dark ground with rising bars; on a company's master just title and lines."""
    if not deck.own:
        deck.cover(title, [*lines, kind.strip()])
        return
    slide = deck.cover(title, lines)
    deck.ground(slide, GROUND)
    for number in range(1, 9):
        high = 0.25 + 0.45 * number
        deck.block(slide, (WIDTH - 0.5 - (9 - number) * 0.52, HEIGHT - high, 0.36, high), GLOW)
    for shape in list(slide.placeholders):
        place = shape.placeholder_format.idx
        shape.left, shape.width = deck.inches(SIDE), deck.inches(8.6)
        shape.top, shape.height = (
            (deck.inches(2.3), deck.inches(1.9)) if place == 0 else (deck.inches(4.55), deck.inches(1.2))
        )
        deck.light(shape.text_frame)
    deck.block(slide, (SIDE, 4.3, 0.9, 0.05), GOLD)
    deck.text(slide, (SIDE, 1.75, 8, 0.4), kind.strip(), 14, bold=True, colour=GOLD)
    top = 0.6
    if sender.house.logo is not None:
        width, height = (x / 72 for x in sender.house.logo.within(180, 50))
        deck.block(slide, (SIDE, 0.5, width + 0.2, height + 0.2), (1, 1, 1))
        deck.picture(slide, sender.house.logo.png, SIDE + 0.1, 0.6, width, height)
        top = 0.6 + height + 0.15
    deck.text(slide, (SIDE, top, 8, 0.4), sender.company, 14, bold=True, colour=(1, 1, 1))


def _worth(deck: Deck, title: str, lines: Sequence[ValueLine], price: int | None, value: Value) -> None:
    """Key figures, the table on as many slides as it needs, and the largest lines as bars."""
    language = deck.language
    words = language.words(WORDS)
    show = fields_of(ValueLine)["cost_now"].show
    whole = worth(lines, price)
    if whole.a_year > 0:
        figures = [
            (show(whole.a_year, language), words["saving"]),
            (show(whole.three_years, language), words["three_years"]),
        ]
        if whole.payback_months is not None:
            figures.append((words["months"].format(whole.payback_months), words["payback"]))
        slide = deck.slide(title)
        left, _, width, _ = deck.area
        each = (width - 0.25 * (len(figures) - 1)) / len(figures)
        for number, (figure, name) in enumerate(figures):
            deck.tile(slide, left + number * (each + 0.25), each, figure, name)
    head, body, total = value_table(lines, value, language)
    if len(body) > _MOST_LINES:
        body = [*body[:_MOST_LINES], [words["rest"].format(len(body) - _MOST_LINES), "", "", "", ""]]
    rows = [*body, total] if total else body
    for start, end in _parts(len(rows)):
        slide = deck.slide(words["table"])
        deck.table(slide, [head, *rows[start:end]], _SHARES, total=bool(total) and end == len(rows))
        if end == len(rows) and 0 < whole.complete < len(lines):
            deck.note(slide, words["partial"])
    compared = pairs(lines, value, language, most=_BARS)
    if any(pair.before or pair.after for pair in compared):
        series = [
            (words["now"], [pair.before / 100 for pair in compared]),
            (words["after"], [pair.after / 100 for pair in compared]),
        ]
        cut = whole.complete > len(compared)
        title = words["chart_of"].format(len(compared)) if cut else words["chart"]
        deck.bars(deck.slide(title), [pair.label for pair in compared], series)


def _parts(count: int) -> Iterator[tuple[int, int]]:
    """Where to cut a table into slides: as even as it goes, so that no slide holds a row alone."""
    slides = -(-count // _ROWS)
    for number in range(slides):
        yield count * number // slides, count * (number + 1) // slides


def _cases(deck: Deck, cases: Sequence[CaseStudy], value: Value) -> None:
    for case in cases:
        name = value(case, "customer_name").strip() or CaseStudy.__form__.label(deck.language)
        colon = deck.language.pick("：", ": ")
        said = [
            f"{printed_label(CaseStudy, part, deck.language)}{colon}{shown}"
            for part in ("industry", "effect", "quote")
            if (shown := value(case, part).strip())
        ]
        deck.prose(name, "\n".join(said))


def _offer(proposal: Proposal, sender: Sender, value: Value, language: Language, *, prices: bool) -> str:
    """The offer, thanks, and whom to call, as text."""
    words = language.words(WORDS)
    colon = language.pick("：", ": ")
    names = {"price": "price", "valid_until": "", "delivery_days": "days"} if prices else {"delivery_days": "days"}
    said = [
        f"{printed_label(Proposal, name, language)}{colon}{words[unit].format(shown) if unit else shown}"
        for name, unit in names.items()
        if (shown := value(proposal, name))
    ]
    contact = words["comma"].join(filter(None, [sender.company, sender.person]))
    ways = reach(sender, language, BODY, INNER)
    return "\n".join(filter(None, [*said, words["closing"], contact, *ways]))
