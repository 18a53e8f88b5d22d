"""合同: held against the negotiation, and against what makes a contract safe to sign."""

from __future__ import annotations

import re
from dataclasses import dataclass

from salesdesk.process.findings import Finding, Level
from salesdesk.records.contract import Contract
from salesdesk.records.negotiation import AgreedTerms, NegotiationResult
from salesdesk.records.registry import fields_of

COMPARED = ("amount", *(name for name in AgreedTerms.__annotations__))
# Words that leave open what is owed: 避免条款模糊
_VAGUE = ("尽快", "尽早", "适当", "合理期限", "另行商定", "另行协商", "视情况", "双方满意", "待定", "as soon as", "tbd")
_PROVISIONAL = re.compile(r"HT-[0-9]{4}(?:0[1-9]|1[0-2])临-[0-9A-F]{4}")
_SHORTEST_STANDARD = 6  # characters; `合格` is no standard
_SAFE = ("acceptance", "liability", "delivery", "payment", "subject")
_ESSENTIAL = ("party_a", "party_b", "amount")


@dataclass(frozen=True)
class Difference:
    """A term on which contract and negotiation do not agree; the values as records hold them."""

    field: str
    agreed: object
    written: object


def differences(result: NegotiationResult | None, contract: Contract) -> list[Difference]:
    """合同与谈判结果一致: every agreed term that the contract says otherwise, or not at all.

    White space is no difference; what the negotiation left open cannot differ.
    """
    if result is None:
        return []
    found = []
    for name in COMPARED:
        agreed, written = getattr(result, name), getattr(contract, name)
        if agreed not in {None, ""} and _plain(agreed) != _plain(written):
            found.append(Difference(name, agreed, written))
    return found


def compliance(contract: Contract) -> list[Finding]:
    """合规: what is missing or too vague to be enforced. Missing blocks finishing, vague warns."""
    found = []
    for name in (*_ESSENTIAL, *_SAFE):
        value = getattr(contract, name)
        if value in {None, ""}:
            found.append(_finding(Level.BLOCKS, f"contract.no_{name}", name, contract))
    for name in _SAFE:
        text = str(getattr(contract, name)).strip()
        if text and (word := _vague(name, text)):
            found.append(_finding(Level.WARNS, "contract.vague", name, contract, word=word))
    return found


def check(contract: Contract, result: NegotiationResult | None) -> list[Finding]:
    """Compliance, and the differences from the negotiation."""
    differing = [
        _finding(Level.WARNS, "contract.differs", difference.field, contract)
        for difference in differences(result, contract)
    ]
    return [*compliance(contract), *differing]


def provisional_number(month: str, contract_id: str) -> str:
    """A number that says that the office has not numbered the contract yet: `HT-202403临-1A2B`."""
    return f"HT-{month}临-{contract_id[-4:].upper()}"


def is_provisional(number: str) -> bool:
    """Whether the office has still to give the number."""
    return bool(_PROVISIONAL.fullmatch(number))


def vague_word(text: str) -> str:
    """The first word of a text that leaves open what is owed; nothing if there is none."""
    lowered = text.lower()
    return next((word for word in _VAGUE if word in lowered), "")


def _vague(name: str, text: str) -> str:
    word = vague_word(text)
    if not word and name in {"acceptance", "liability"} and len(text) < _SHORTEST_STANDARD:
        return text
    return word


def _plain(value: object) -> object:
    return re.sub(r"\s+", "", value) if isinstance(value, str) else value


def _finding(level: Level, message: str, field: str, contract: Contract, **params: object) -> Finding:
    assert field in fields_of(Contract)
    return Finding(level, message, field, "contract", contract.id, params)
