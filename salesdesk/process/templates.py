"""合同范本: whether the company's own text of a contract can be filled, and says what a contract must say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from salesdesk.process.contracting import vague_word
from salesdesk.process.findings import Finding, Level
from salesdesk.records.contract import Contract, ContractTemplate
from salesdesk.records.field import Audience
from salesdesk.records.kinds import LinkKind
from salesdesk.records.registry import fields_of

HEADING = "#"  # begins the line of an article's heading; every other line is a clause
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_COMPUTED = ("amount_yuan", "amount_capitals")
# What a contract cannot be without, and the words by which a text is taken to speak of it.
_SUBJECTS = {
    "payment": ("付款", "支付", "payment"),
    "delivery": ("交付", "deliver"),
    "acceptance": ("验收", "accept"),
    "liability": ("违约", "breach"),
    "disputes": ("争议", "仲裁", "诉讼", "dispute", "arbitration", "court"),
}
OPTIONAL = frozenset({"payment_days", "delivery_days"})  # a clause with nothing else to fill in goes without them
_TEXTS = ("title", "preamble", "articles")


def placeholders() -> frozenset[str]:
    """What may stand in braces: the fields of a contract that the customer reads, the amount in yuan and in words."""
    named = (
        field.name
        for field in fields_of(Contract).values()
        if field.shown and field.audience is Audience.CUSTOMER and not isinstance(field.kind, LinkKind)
    )
    return frozenset({*named, *_COMPUTED})


def goes_without(clause: str, values: Mapping[str, str]) -> bool:
    """Whether a clause is left out, because all that it would say is optional and not agreed."""
    named = set(_PLACEHOLDER.findall(clause))
    return bool(named) and named <= OPTIONAL and not any(values.get(name, "").strip() for name in named)


def check(template: ContractTemplate) -> list[Finding]:
    """Unknown placeholders and subjects that are missing block; words that leave open what is owed are named."""
    known = placeholders()
    found = []
    for name in _TEXTS:
        text = getattr(template, name)
        for word in dict.fromkeys(_PLACEHOLDER.findall(text)):
            if word not in known:
                told = {"name": word, "known": ", ".join(sorted(known))}
                found.append(_finding(Level.BLOCKS, "template.unknown", name, template, **told))
    articles = template.articles.lower()
    if not articles.strip():
        return found
    if HEADING not in {line.strip()[:1] for line in articles.splitlines()}:
        found.append(_finding(Level.WARNS, "template.no_headings", "articles", template))
    for subject, words in _SUBJECTS.items():
        if f"{{{subject}}}" not in articles and not any(word in articles for word in words):
            found.append(_finding(Level.BLOCKS, f"template.no_{subject}", "articles", template))
    if word := vague_word(articles):
        found.append(_finding(Level.WARNS, "contract.vague", "articles", template, word=word))
    return found


def check_filled(contract: Contract, text: str, values: Mapping[str, str]) -> list[Finding]:
    """What a contract's whole text lacks: the clauses with their placeholders, and what stands for those.

    A subject that neither clauses nor fields speak of, a placeholder that would be a line to write on, and a clause
    (the fields have their own check) that leaves open what is owed.
    """
    found = []
    whole = _PLACEHOLDER.sub(lambda place: values.get(place[1], ""), text).lower()
    for subject, words in _SUBJECTS.items():
        if not any(word in whole for word in words):
            found.append(Finding(Level.BLOCKS, f"template.no_{subject}", "", "contract", contract.id))
    found += [
        Finding(Level.WARNS, "contract.blank", name, "contract", contract.id)
        for name in dict.fromkeys(_PLACEHOLDER.findall(text))
        if name in fields_of(Contract) and not values.get(name, "").strip() and name not in OPTIONAL
    ]
    if word := vague_word(_PLACEHOLDER.sub("", text)):
        found.append(Finding(Level.WARNS, "contract.vague_clause", "", "contract", contract.id, {"word": word}))
    return found


def _finding(level: Level, message: str, field: str, template: ContractTemplate, **params: object) -> Finding:
    return Finding(level, message, field, "contract_template", template.id, params)
