"""The texts of contracts (`resources/clauses`), and how their placeholders are filled."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

import msgspec

from salesdesk.errors import UserError
from salesdesk.process.templates import HEADING
from salesdesk.records.contract import ContractTemplate
from salesdesk.records.language import Language, traditional
from salesdesk.settings import resources

BLANK = "________"

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}([。.]?)")
_ENDS = tuple("。．.！!？?；;…")


class Article(msgspec.Struct, frozen=True):
    """A heading and its clauses, without their numbers."""

    heading: str
    clauses: tuple[str, ...]


class Clauses(msgspec.Struct, frozen=True):
    """The text of a contract in one language. `{name}` stands for a value of the contract."""

    title: str
    preamble: str
    articles: tuple[Article, ...]


@functools.cache
def standard_clauses(language: Language) -> Clauses:
    """The company's standard contract for software services."""
    path = resources() / "clauses" / "software_service.json"
    texts = msgspec.json.decode(path.read_bytes(), type=dict[Language, Clauses])
    if language in texts:
        return texts[language]
    simplified = texts[Language.ZH]
    articles = tuple(
        Article(traditional(article.heading), tuple(map(traditional, article.clauses)))
        for article in simplified.articles
    )
    return Clauses(traditional(simplified.title), traditional(simplified.preamble), articles)


def clauses_of(template: ContractTemplate, language: Language) -> Clauses:
    """The company's own text; in Traditional characters for such a paper."""

    def said(text: str) -> str:
        return traditional(text) if language is Language.TRADITIONAL else text

    articles: list[tuple[str, list[str]]] = []
    for line in filter(None, map(str.strip, template.articles.splitlines())):
        if line.startswith(HEADING):
            articles.append((said(line.lstrip(HEADING).strip()), []))
        elif articles:
            articles[-1][1].append(said(line))
        else:
            articles.append(("", [said(line)]))
    made = tuple(Article(heading, tuple(clauses)) for heading, clauses in articles)
    return Clauses(said(template.title), said(template.preamble), made)


def as_text(articles: Sequence[Article]) -> str:
    """Articles as a template has them: the form in which people edit them."""
    return "\n".join(line for article in articles for line in (f"{HEADING} {article.heading}", *article.clauses))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders replaced; one without a value becomes a line to write on.

    The full stop after a placeholder gives way to the value's own. What is put in is never looked at again:
    braces in a value are just braces.

    Raises:
        UserError: `paper.unknown_placeholder`, `name` = the placeholder that stands for no value.
    """

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in values:
            raise UserError("paper.unknown_placeholder", name=name)
        shown = values[name].strip() or BLANK
        start = "\n" if "\n" in shown and found.start() else ""  # a list begins on a line of its own
        return start + shown + ("" if shown.endswith(_ENDS) else found[2])

    return _PLACEHOLDER.sub(value, text)
