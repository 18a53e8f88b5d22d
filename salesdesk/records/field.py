"""Declaring the fields of a form: `Mapped[...] = text("客户名称", "Customer", required=True)`.

Each function returns SQLAlchemy's `mapped_column` with a frozen `Field` in its `info`; the
record class is the only declaration, and everything else (form, list, history, search, sheet,
sync) reads it through `salesdesk.records.base.fields_of`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypedDict, Unpack, cast

from sqlalchemy.orm import MappedColumn, mapped_column

from salesdesk.records.kinds import (
    ChoiceKind,
    DateKind,
    FlagKind,
    IntegerKind,
    Kind,
    LinkKind,
    MomentKind,
    MoneyKind,
    Option,
    PhoneKind,
    TextKind,
    TimeKind,
)
from salesdesk.records.language import Language
from salesdesk.records.roles import READS_CONFIDENTIAL, TEAM, Role

INFO = "salesdesk.field"

AnyKind = (
    TextKind | PhoneKind | IntegerKind | MoneyKind | DateKind | TimeKind | MomentKind | ChoiceKind | FlagKind | LinkKind
)


class Merge(StrEnum):
    """Which value stands when two people changed the same merge unit (see docs/sync.md)."""

    NEWEST = "newest"
    KEEP_BOTH = "keep_both"
    FIELD_WINS = "field_wins"
    OFFICE_WINS = "office_wins"


class Audience(StrEnum):
    """How far a value may travel."""

    CUSTOMER = "customer"
    COMPANY = "company"
    CONFIDENTIAL = "confidential"


class Named(StrEnum):
    """Whose name a field holds, if any: a person's begins with a surname, which has a reading of its own."""

    NOBODY = ""
    COMPANY = "company"
    PERSON = "person"


@dataclass(frozen=True)
class Field:
    """What a field is, apart from its value. `name` is set when its class is registered.

    A field that is not `shown` is filled in by the program (row numbers, the round a paper belongs to). What names a
    person (one, or several with 、 between them) leaves the house only when it may name people.

    `writers` are the roles that may write it; those of its form unless it names others, and nobody when a form
    was not asked. `held` is also written by the colleague whose name stands in it, and by every writer of the form
    while it is empty. What is `fixed` never changes once it is set; what is `sealed_by` another field stays as it is
    while that one is filled in. An approval decides upon the fields that are `covered`. No two records say the same in
    a text that is `unique`. The same rule on laptop and office:
    `salesdesk.process.rights`; the whole table is docs/rights.md.
    """

    zh: str
    en: str
    kind: Kind[Any]
    name: str = ""
    required: bool = False
    listed: bool = False
    searched: bool = False
    section: str = ""
    audience: Audience = Audience.COMPANY
    merge: Merge = Merge.NEWEST
    unit: str = ""
    shown: bool = True
    names: Named = Named.NOBODY
    writers: frozenset[Role] | None = None
    held: bool = False
    fixed: bool = False
    sealed_by: str = ""
    covered: bool = False
    unique: bool = False

    @property
    def readers(self) -> frozenset[Role]:
        """The roles that may see it; what they may not see they may not change."""
        return READS_CONFIDENTIAL if self.audience is Audience.CONFIDENTIAL else TEAM

    def label(self, language: Language) -> str:
        """The field's label in a language."""
        return language.pick(self.zh, self.en)

    @property
    def known_kind(self) -> AnyKind:
        """The kind as one of all there are: a `match` over it has to decide for each, or the type checker complains."""
        return cast("AnyKind", self.kind)

    @property
    def merge_unit(self) -> str:
        """The name of the group that merges as one; a field alone is its own unit."""
        return self.unit or self.name

    def declared(self, name: str, writers: frozenset[Role]) -> Field:
        """The same field, knowing its attribute's name and the writers of its form."""
        return replace(self, name=name, writers=writers if self.writers is None else self.writers)

    def show(self, value: Any, language: Language) -> str:
        """The value as people read it; nothing for an empty one."""
        return "" if value is None or value == "" else self.kind.format(value, language)


class Traits(TypedDict, total=False):
    """The properties every field function takes; they mean what `Field` says."""

    required: bool
    listed: bool
    searched: bool
    section: str
    audience: Audience
    merge: Merge
    unit: str
    shown: bool
    names: Named
    writers: frozenset[Role]
    held: bool
    fixed: bool
    sealed_by: str
    covered: bool
    unique: bool


def field(zh: str, en: str, kind: Kind[Any], **traits: Unpack[Traits]) -> MappedColumn[Any]:
    """A column of any kind. Text, choices and links default to "", flags to False, others to NULL."""
    default: str | bool | None = None
    if isinstance(kind, TextKind | ChoiceKind | LinkKind):
        default = ""
    elif isinstance(kind, FlagKind):
        default = False
    return mapped_column(
        kind.column_type,
        nullable=default is None,
        default=default,
        index=True if isinstance(kind, LinkKind) else None,
        info={INFO: Field(zh, en, kind, **traits)},
    )


def text(zh: str, en: str, *, max_length: int = 200, **traits: Unpack[Traits]) -> MappedColumn[Any]:
    """One line of free text."""
    return field(zh, en, TextKind(max_length=max_length), **traits)


def note(zh: str, en: str, *, lines: int = 2, **traits: Unpack[Traits]) -> MappedColumn[Any]:
    """Text of several lines (at most 100,000 characters); both versions are kept in a conflict."""
    traits.setdefault("merge", Merge.KEEP_BOTH)
    return field(zh, en, TextKind(max_length=100_000, lines=lines), **traits)


def reach(zh: str, en: str, **traits: Unpack[Traits]) -> MappedColumn[Any]:
    """A way to reach a person."""
    return field(zh, en, PhoneKind(), **traits)


def integer(
    zh: str, en: str, *, low: int = 0, high: int = 2_000_000_000, unit_sign: str = "", **traits: Unpack[Traits]
) -> MappedColumn[Any]:
    """A whole number between two bounds."""
    return field(zh, en, IntegerKind(low, high, unit_sign), **traits)


def percent(zh: str, en: str, **traits: Unpack[Traits]) -> MappedColumn[Any]:
    """A whole percentage, 0 to 100."""
    return field(zh, en, IntegerKind(0, 100, "%"), **traits)


def money(zh: str, en: str, *, bare: int = 1, **traits: Unpack[Traits]) -> MappedColumn[Any]:
    """An amount in 分; `bare` is how many yuan a number without a unit means (10,000 under a label in 万元)."""
    return field(zh, en, MoneyKind(bare=bare), **traits)


def day(zh: str, en: str, **traits: Unpack[Traits]) -> MappedColumn[Any]:
    """A calendar day."""
    return field(zh, en, DateKind(), **traits)


def clock(zh: str, en: str, **traits: Unpack[Traits]) -> MappedColumn[Any]:
    """A time of day."""
    return field(zh, en, TimeKind(), **traits)


def moment(zh: str, en: str, **traits: Unpack[Traits]) -> MappedColumn[Any]:
    """A point in time (UTC)."""
    return field(zh, en, MomentKind(), **traits)


def choice(zh: str, en: str, options: tuple[Option, ...], **traits: Unpack[Traits]) -> MappedColumn[Any]:
    """One of a few options."""
    return field(zh, en, ChoiceKind(options), **traits)


def flag(zh: str, en: str, **traits: Unpack[Traits]) -> MappedColumn[Any]:
    """Yes or no."""
    return field(zh, en, FlagKind(), **traits)


def link(zh: str, en: str, *, to: str, moves: bool = False, **traits: Unpack[Traits]) -> MappedColumn[Any]:
    """A reference to a record of the form `to`. It stays what it was made with unless it is declared to move."""
    traits["fixed"] = not moves
    return field(zh, en, LinkKind(to), **traits)
