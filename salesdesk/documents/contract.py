"""The contract: the company's clauses, filled with what was agreed, for both parties to sign."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from salesdesk.documents.audience import printed, printed_fields, printed_label
from salesdesk.documents.blocks import Mark, Sender, Side, signatures
from salesdesk.documents.capitals import capitals, counted
from salesdesk.documents.clauses import BLANK, Clauses, filled, standard_clauses
from salesdesk.documents.page import Paper
from salesdesk.documents.pdfa import Facts
from salesdesk.documents.pen import BODY, HEADING, INK, INNER, LABEL, SIDE, TINT, Align, Pen, Style
from salesdesk.documents.pieces import Drawn, Piece, draw_line, measured, text_pieces
from salesdesk.documents.table import Cell, label, table
from salesdesk.process.templates import goes_without
from salesdesk.records.contract import Contract
from salesdesk.records.field import Audience
from salesdesk.records.kinds import LinkKind
from salesdesk.records.language import Language

_TITLE = Style(size=22, leading=40, bold=True, align=Align.CENTRE)
_ARTICLE = replace(HEADING, size=11.5, colour=INK)
_NUMBER = replace(BODY, align=Align.LEFT)
_NUMBERING = 32.0  # points from the edge to a clause's text
_SHARES = (20, 40, 40)

_WORDS = {
    Language.ZH: {
        "number": "{}：{}",
        "article": "第{}条  {}",
        "party": "主体信息",
        "party_a": "甲方（委托方）",
        "party_b": "乙方（受托方）",
        "name": "名称",
        "credit_code": "统一社会信用代码",
        "address": "地址",
        "person": "联系人",
        "phone": "联系电话",
        "email": "电子邮箱",
        "below": "（以下无正文，为本合同签署处）",
        "sign_a": "甲方（法定代表人或授权代表签字并盖章）",
        "sign_b": "乙方（法定代表人或授权代表签字并盖章）",
    },
    Language.EN: {
        "number": "{}: {}",
        "article": "Article {}  {}",
        "party": "The parties",
        "party_a": "Party A (customer)",
        "party_b": "Party B (supplier)",
        "name": "Name",
        "credit_code": "Unified social credit code",
        "address": "Address",
        "person": "Contact",
        "phone": "Phone",
        "email": "E-mail",
        "below": "(End of the text; the signatures follow)",
        "sign_a": "Party A (signature and seal)",
        "sign_b": "Party B (signature and seal)",
    },
}


def contract_paper(
    contract: Contract,
    sender: Sender,
    issued_on: date,
    language: Language,
    *,
    clauses: Clauses | None = None,
    mark: Mark | None = None,
    version: str = "",
    credit_code: str = "",
) -> bytes:
    """The contract as PDF/A-1b; its text may name every field that is meant for the customer.

    Args:
        contract: whose terms are filled in; what is empty becomes a line to write on.
        sender: our side, for the table of the parties.
        issued_on: the day that the file carries; on the paper the parties write theirs.
        language: of the clauses and values.
        clauses: another text than the company's standard.
        mark: what lies across the pages of a contract that must not be signed.
        version: names the content that was approved; the file says it, not the paper.
        credit_code: of party A, if it is known.

    Raises:
        UserError: `paper.unknown_placeholder` for clauses that name no field of the contract;
            `paper.missing_character`, `field` = the field it stands in.
    """
    words = language.words(_WORDS)
    text = clauses or standard_clauses(language)
    values = said_values(contract, language)
    for name, shown in values.items():
        measured(shown, BODY, math.inf, name)  # a character that cannot be printed is named with its field
    number = values["number"] or BLANK
    title = filled(text.title, values)
    paper = Paper(
        language,
        Facts(f"{title} {values['number']}".strip(), sender.author, values["party_a"], issued_on, version=version),
        running=f"{title}    {number}",
        footer=sender.foot(values["number"]),
        watermark=mark.word(language) if mark else "",
        stamp=values["number"] or title,
        house=sender.house.colours,
    )
    paper.heading(title, _TITLE)
    paper.text(
        words["number"].format(printed_label(Contract, "number", language), number),
        replace(BODY, align=Align.CENTRE),
        place="number",
    )
    paper.gap(14)
    paper.add(*_parties(values, credit_code, sender, language))
    paper.gap(14)
    paper.text(filled(text.preamble, values), replace(BODY, indent=2 * BODY.size if language.chinese else 0))
    for place, article in enumerate(text.articles, start=1):
        paper.gap(13)
        shown = language.pick(counted(place), str(place))
        paper.heading(words["article"].format(shown, filled(article.heading, values)).rstrip(), _ARTICLE)
        paper.gap(2, keep=True)
        spoken = [clause for clause in article.clauses if not goes_without(clause, values)]
        for line, clause in enumerate(spoken, start=1):
            paper.add(*_clause(f"{place}.{line}", filled(clause, values)))
            paper.gap(3)
    paper.gap(12)
    paper.text(words["below"], replace(BODY, align=Align.CENTRE), keep=True)
    paper.gap(14, keep=True)
    sides = (Side(words["sign_a"], values["party_a"]), Side(words["sign_b"], values["party_b"]))
    paper.add(signatures(sides, language))
    return paper.pdf()


def joined(clauses: Clauses) -> str:
    """All words of a contract in one text, with its placeholders."""
    articles = (line for article in clauses.articles for line in (article.heading, *article.clauses))
    return "\n".join((clauses.title, clauses.preamble, *articles))


def said_values(contract: Contract, language: Language) -> dict[str, str]:
    """What placeholders may stand for: the customer's fields, and the amount as contracts write it."""
    values = {
        declared.name: printed(contract, declared.name, Audience.CUSTOMER, language)
        for declared in printed_fields(Contract, Audience.CUSTOMER)
        if not isinstance(declared.kind, LinkKind)
    }
    known = contract.amount is not None
    in_words = capitals(contract.amount or 0)
    # a line to write on under this head would let a party add terms after signing
    values["other_terms"] = values["other_terms"].strip() or language.pick("无", "No other terms")
    yuan, fen = divmod(contract.amount or 0, 100)
    values["amount_yuan"] = f"{yuan:,}.{fen:02}" if known else ""
    values["amount_capitals"] = language.pick(in_words, in_words) if known else ""
    return values


def _parties(values: dict[str, str], credit_code: str, sender: Sender, language: Language) -> Iterator[Piece]:
    """Who they are: ours as the sender says it; what is not known is for them to fill in."""
    words = language.words(_WORDS)
    rows = (
        ("name", values["party_a"], values["party_b"] or sender.company),
        ("credit_code", credit_code, ""),
        ("address", "", sender.address),
        ("person", "", sender.person),
        ("phone", "", sender.phone),
        ("email", "", sender.email),
    )
    heads = (words["party"], words["party_a"], words["party_b"])
    yield from table(
        [Cell(shown, share, LABEL, TINT) for shown, share in zip(heads, _SHARES, strict=True)],
        [
            [
                label(words[name], _SHARES[0]),
                Cell(theirs, _SHARES[1], place="party_a"),
                Cell(ours, _SHARES[2], place="party_b"),
            ]
            for name, theirs, ours in rows
        ],
    )


def _clause(number: str, text: str) -> Iterator[Piece]:
    """A clause beside its number."""
    line = measured(number, _NUMBER, _NUMBERING, "")[0]

    def picture(pen: Pen, top: float) -> None:
        draw_line(pen, line, _NUMBER, SIDE, top, _NUMBERING)

    yield Drawn(0, picture, keep=True)
    yield from text_pieces(text, BODY, SIDE + _NUMBERING, INNER - _NUMBERING, "")
