"""Search over everything: Chinese characters, pinyin and its initials, phone digits, references.

Two columns of one contentless FTS5 table. `chars` holds single characters apart, queried as a
phrase; `sounds` holds, from each character of the title on, the pinyin and the initials, queried
as a prefix: `hykj`, `huayuan` and `kj` all find 华源科技.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from salesdesk.records.field import Field
from salesdesk.records.kinds import LinkKind, PhoneKind
from salesdesk.records.registry import Record, fields_of
from salesdesk.store.tables import search_item

CREATE = (
    "CREATE VIRTUAL TABLE search_text USING fts5("
    "chars, sounds, content='', contentless_delete=1, prefix='2 3', "
    "tokenize='unicode61 remove_diacritics 2')"
)
_SOUND_LENGTH = 16
_TITLE_CHARACTERS = 24
_INDEXED_CHARACTERS = 4_000


@dataclass(frozen=True)
class Hit:
    """A record that a search found."""

    entity: str
    record_id: str
    customer_id: str
    title: str
    detail: str


def index_record(session: Session, record: Record) -> None:
    """Bring the record's search entry up to date; a deleted record has none."""
    fields = fields_of(type(record))
    searched = [f for f in fields.values() if f.searched]
    if not searched:
        return
    old = session.scalar(select(search_item.c.rowid).where(search_item.c.record_id == record.id))
    if old is not None:
        session.execute(text("DELETE FROM search_text WHERE rowid = :row"), {"row": old})
        session.execute(delete(search_item).where(search_item.c.rowid == old))
    if record.deleted_at is not None:
        return
    title = str(getattr(record, record.__form__.title))
    words = [word for f in searched for word in _spoken(f, str(getattr(record, f.name)))]
    customer = record.id if record.__tablename__ == "customer" else getattr(record, "customer_id", "")
    item = {
        "entity": record.__tablename__,
        "record_id": record.id,
        "customer_id": customer if _links_to_customer(type(record)) else "",
        "title": title[:200],
        "detail": " · ".join(v for f in searched if (v := str(getattr(record, f.name))) and v != title)[:200],
    }
    row = session.execute(insert(search_item).values(item).returning(search_item.c.rowid)).scalar_one()
    session.execute(
        text("INSERT INTO search_text(rowid, chars, sounds) VALUES (:row, :chars, :sounds)"),
        {"row": row, "chars": spaced(" ".join(words)[:_INDEXED_CHARACTERS]), "sounds": sounds(title)},
    )


def find(session: Session, query: str, limit: int = 20, entities: tuple[str, ...] = ()) -> list[Hit]:
    """The best hits for what a person typed, best first; nothing typed finds nothing."""
    match = match_expression(query)
    if not match:
        return []
    narrowed = f"AND item.entity IN ({', '.join(f':e{n}' for n in range(len(entities)))})" if entities else ""
    # rowid order is the order of writing: no ranking pass over all hits, so that a keystroke that
    # matches 50,000 rows costs as much as one that matches 20
    found = session.execute(
        text(
            "SELECT item.entity, item.record_id, item.customer_id, item.title, item.detail FROM search_text "
            "JOIN search_item AS item ON item.rowid = search_text.rowid "
            f"WHERE search_text MATCH :match {narrowed} LIMIT :limit"  # noqa: S608  # only numbered placeholders
        ),
        {"match": match, "limit": limit, **{f"e{n}": entity for n, entity in enumerate(entities)}},
    )
    return [Hit(*row) for row in found]


def match_expression(query: str) -> str:
    """The FTS5 query for a typed text: every word must be found, as characters or as a sound."""
    words = re.findall(r"\w+", _plain(query))
    parts = []
    for word in words[:8]:
        phrase = f'chars:"{spaced(word)}"*'
        parts.append(f'({phrase} OR sounds:"{word}"*)' if word.isascii() else phrase)
    return " AND ".join(parts)


def spaced(words: str) -> str:
    """Chinese characters set apart; runs of letters and digits stay whole."""
    plain = _plain(words)
    return re.sub(r"([^\x00-\u2fff])", r" \1 ", plain).strip()


def sounds(title: str) -> str:
    """For each character of a title, the initials and the full pinyin from there on."""
    syllables = [s for c in _plain(title)[:_TITLE_CHARACTERS] if (s := _syllable(c))]
    found = dict.fromkeys(
        form
        for start in range(len(syllables))
        for form in (
            "".join(s[0] for s in syllables[start:])[:_SOUND_LENGTH],
            "".join(syllables[start:])[:_SOUND_LENGTH],
        )
    )
    return " ".join(found)


@lru_cache(maxsize=8192)
def _syllable(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else ""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  # 0.2 s to import; only a save needs it

    found = lazy_pinyin(character, style=Style.NORMAL, errors="ignore", v_to_u=False)
    return found[0] if found else ""


def _spoken(field: Field, value: str) -> list[str]:
    """A phone number is also found without its gaps."""
    joined = re.sub(r"[\s()+-]", "", value) if isinstance(field.kind, PhoneKind) else value
    return [value] if joined == value else [value, joined]


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold()


def _links_to_customer(form: type[Record]) -> bool:
    if form.__tablename__ == "customer":
        return True
    linked = fields_of(form).get("customer_id")
    return linked is not None and isinstance(linked.kind, LinkKind)
