"""Search over everything: Chinese characters, pinyin and its initials, phone digits, references.

Two columns of one contentless FTS5 table. `chars` holds single characters apart, queried as a
phrase; `sounds` holds, from each character of the title on, the pinyin and the initials, queried
as a prefix: `hykj`, `huayuan` and `kj` all find 华源科技.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from salesdesk.records.field import Field, Named
from salesdesk.records.kinds import PhoneKind
from salesdesk.records.language import in_simplified_characters
from salesdesk.records.registry import Record, fields_of
from salesdesk.store.readings import readings
from salesdesk.store.tables import search_item

_SOUND_LENGTH = 16
_TITLE_CHARACTERS = 24
_INDEXED_CHARACTERS = 4_000
_SHOWN_CHARACTERS = 200
_CHUNK = 500
# a phrase of frequent characters walks long lists: what is typed beyond this narrows nothing
_QUERY_CHARACTERS = 20
_LAST_DIGITS = (4, 8)
_PIECES = re.compile("[\u3000-\U0010ffff]|[^\u3000-\U0010ffff\\s]+")
_SEVERAL = re.compile(r"[、,，;；/\n]")
_LATIN = "a-z0-9à-öø-ÿāēīōūǎěǐǒǔǖǘǚǜ"

# by rowid, that is by the order of writing, backwards: no ranking pass over all hits, so that a
# keystroke that matches 50,000 rows costs as much as one that matches 20; said to the driver itself,
# because putting a statement together takes as long as the answer
_FIND = """
    SELECT item.entity, item.record_id, item.customer_id, item.title, item.detail
    FROM search_text JOIN search_item AS item ON item.rowid = search_text.rowid
    WHERE search_text MATCH ? {only} ORDER BY search_text.rowid DESC LIMIT ?
"""
_DROP_ROW = "DELETE FROM search_item WHERE rowid = ?"
_DROP_TEXT = "DELETE FROM search_text WHERE rowid = ?"
_ADD_ROW = "INSERT INTO search_item(rowid, entity, record_id, customer_id, title, detail) VALUES (?, ?, ?, ?, ?, ?)"
_ADD_TEXT = "INSERT INTO search_text(rowid, chars, sounds) VALUES (?, ?, ?)"


class Hit(NamedTuple):
    """A record that a search found."""

    entity: str
    record_id: str
    customer_id: str
    title: str
    detail: str


def index(session: Session, records: Iterable[tuple[Record, set[str] | None]]) -> None:
    """Bring the entries of records up to date; a deleted record has none.

    Each record comes with the names of the fields that differ from its entry, so that most saves need not touch it;
    without them the entry is looked at in any case.
    """
    rows: dict[type[Record], list[Mapping[str, Any]]] = defaultdict(list)
    for record, changed in records:
        form = type(record)
        if changed is None or changed & _searched(form).keys():
            rows[form].append({name: getattr(record, name) for name in record.__table__.columns.keys()})  # noqa: SIM118  # not a dict
    for form, found in rows.items():
        index_rows(session, form, found)


def index_rows(session: Session, form: type[Record], rows: Sequence[Mapping[str, Any]]) -> None:
    """Bring the entries of many records of one form up to date; each row maps column names to python values.

    An entry whose words are as they were is left alone.
    """
    if not _searched(form):
        return
    before = _entries_of(session, [row["id"] for row in rows])
    number = session.scalar(select(func.max(search_item.c.rowid))) or 0
    dropped: list[tuple[int]] = []
    items: list[tuple[int | str, ...]] = []
    texts: list[tuple[int, str, str]] = []
    for row in rows:
        old = before.get(row["id"])
        entry = None if row["deleted_at"] is not None else _entry(form, row)
        if entry is not None and old is not None and entry[:2] == old[1:] and len(entry[1]) < _SHOWN_CHARACTERS:
            continue
        if old is not None:
            dropped.append((old[0],))
        if entry is not None:
            number += 1
            title, detail, chars, spoken = entry
            customer_id = row["id"] if form.__tablename__ == "customer" else row.get("customer_id", "")
            items.append((number, form.__tablename__, row["id"], customer_id, title, detail))
            texts.append((number, chars, spoken))
    _drop(session, dropped)
    if items:
        session.connection().exec_driver_sql(_ADD_ROW, items)
        session.connection().exec_driver_sql(_ADD_TEXT, texts)


def read_again(session: Session, form: type[Record], rows: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Write the words of entries anew under their row numbers, each with its record's columns."""
    texts = []
    for number, row in rows:
        _, _, chars, heard = _entry(form, row)
        texts.append((number, chars, heard))
    if texts:
        session.connection().exec_driver_sql(_DROP_TEXT, [one[:1] for one in texts])
        session.connection().exec_driver_sql(_ADD_TEXT, texts)


def _entries_of(session: Session, ids: Sequence[str]) -> dict[str, tuple[int, str, str]]:
    """Record → row number, title and detail of its entry."""
    found: dict[str, tuple[int, str, str]] = {}
    columns = (search_item.c.record_id, search_item.c.rowid, search_item.c.title, search_item.c.detail)
    for start in range(0, len(ids), _CHUNK):
        wanted = select(*columns).where(search_item.c.record_id.in_(ids[start : start + _CHUNK]))
        found |= {record_id: (row, title, detail) for record_id, row, title, detail in session.execute(wanted)}
    return found


def _entry(form: type[Record], row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Title and detail as shown, and the two columns of the index."""
    title = str(row[form.__form__.title])
    values = {name: str(row[name]) for name in _searched(form)}
    detail = " · ".join(v for v in values.values() if v and v != title)
    words = " ".join(word for name, value in values.items() for word in _spoken(_searched(form)[name], value))
    words = words[:_INDEXED_CHARACTERS]
    if (simple := in_simplified_characters(words)) != words:
        words = f"{words} {simple}"  # both, because a surname may have been written either way: 于 and 於
    return title[:_SHOWN_CHARACTERS], detail[:_SHOWN_CHARACTERS], spaced(words), _heard(form, title, values)


def _heard(form: type[Record], title: str, values: Mapping[str, str]) -> str:
    """The title and the other names in a record, as they sound; a field of names may hold several."""
    names = {title: fields_of(form)[form.__form__.title].names is Named.PERSON}
    for name, value in values.items():
        if kind := _searched(form)[name].names:
            names |= {one: kind is Named.PERSON for one in _SEVERAL.split(value) if one.strip()}
    return " ".join(sounds(one, person=person) for one, person in names.items())


def forget(session: Session, rows: Sequence[int]) -> None:
    """Drop entries by their row numbers, for records that leave this laptop."""
    _drop(session, [(row,) for row in rows])


def _drop(session: Session, rows: list[tuple[int]]) -> None:
    if rows:
        session.connection().exec_driver_sql(_DROP_TEXT, rows)
        session.connection().exec_driver_sql(_DROP_ROW, rows)


@cache
def _searched(form: type[Record]) -> dict[str, Field]:
    return {name: f for name, f in fields_of(form).items() if f.searched}


def find(session: Session, query: str, limit: int = 20, entities: tuple[str, ...] = ()) -> list[Hit]:
    """What a person typed, the last written first; nothing typed finds nothing."""
    match = match_expression(query)
    if not match:
        return []
    only = f"AND item.entity IN ({', '.join('?' for _ in entities)})" if entities else ""
    found = session.connection().exec_driver_sql(_FIND.format(only=only), (match, *entities, limit))
    return [Hit(*row) for row in found]


def match_expression(query: str) -> str:
    """The FTS5 query for a typed text: every part must be found, as characters or as a sound.

    A number may be typed with gaps; Chinese and letters may follow each other without any.
    """
    plain = _plain(query)[:_QUERY_CHARACTERS]
    if re.fullmatch(r"[\d\s()+-]*", plain):
        plain = re.sub(r"\D", "", plain)
    parts = []
    for word in re.findall(rf"[{_LATIN}]+|[^\W\x00-\x7f{_LATIN}]+", plain):
        phrases = [f'chars:"{spaced(one)}"*' for one in dict.fromkeys([word, in_simplified_characters(word)])]
        sound = _typed_sound(word)
        phrases += [f'sounds:"{sound[:_SOUND_LENGTH]}"*'] if sound.isascii() and sound else []
        parts.append(phrases[0] if len(phrases) == 1 else f"({' OR '.join(phrases)})")
    return " AND ".join(parts)


def _typed_sound(word: str) -> str:
    """Letters as the index has them: lü and lǚ are lv, and so is the LYU of passports; other tone marks fall away."""
    apart = unicodedata.normalize("NFD", word).replace("u\u0308", "v")
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return re.sub(r"^([ln])yu", r"\1v", bare)


def spaced(words: str) -> str:
    """Chinese characters set apart; runs of letters and digits stay whole."""
    return " ".join(_PIECES.findall(_plain(words)))


def sounds(name: str, *, person: bool = False) -> str:
    """From each character of a name on, the initials and the full pinyin, in every reading (`readings`)."""
    shown = _plain(name)[:_TITLE_CHARACTERS]
    found: dict[str, None] = {}
    for syllables in readings(shown, person=person):
        initials, whole, place = "".join(s[0] for s in syllables), "".join(syllables), 0
        for start, syllable in enumerate(syllables):
            found[initials[start : start + _SOUND_LENGTH]] = None
            found[whole[place : place + _SOUND_LENGTH]] = None
            place += len(syllable)
    return " ".join(found)


def _spoken(field: Field, value: str) -> list[str]:
    """A phone number is also found without its gaps and by its last digits."""
    if not isinstance(field.kind, PhoneKind):
        return [value]
    joined = re.sub(r"[\s()+-]", "", value)
    ends = [joined[-n:] for n in _LAST_DIGITS if joined.isdigit() and len(joined) > n]
    return [*dict.fromkeys([value, joined]), *ends]


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold()
