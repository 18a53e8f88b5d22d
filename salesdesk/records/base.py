"""What every record has, what a form is, and the registry of all forms.

A definition that makes no sense raises `TypeError` when its module is imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Index, MetaData, String, TextClause, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from salesdesk.records.field import INFO, Field
from salesdesk.records.kinds import LinkKind, TextKind, Wire
from salesdesk.records.language import Language
from salesdesk.records.moments import UtcDateTime
from salesdesk.records.roles import Role

COMPANY = "company"
"""The territory that everybody reads and only the office writes."""


class Stage(StrEnum):
    """The six stages of the toolkit, in order."""

    PROSPECTING = "prospecting"
    DISCOVERY = "discovery"
    PROPOSAL = "proposal"
    NEGOTIATION = "negotiation"
    CONTRACT = "contract"
    CARE = "care"

    def label(self, language: Language) -> str:
        """The stage's name as the toolkit writes it, or in English."""
        zh, en = _STAGE_LABELS[self]
        return language.pick(zh, en)

    @property
    def number(self) -> int:
        """1 for the first stage."""
        return list(Stage).index(self) + 1


_STAGE_LABELS = {
    Stage.PROSPECTING: ("客户开发", "Prospecting"),
    Stage.DISCOVERY: ("需求分析", "Discovery"),
    Stage.PROPOSAL: ("方案制定", "Proposal"),
    Stage.NEGOTIATION: ("商务谈判", "Negotiation"),
    Stage.CONTRACT: ("合同签订", "Contract"),
    Stage.CARE: ("售后跟进", "After-sales"),
}


@dataclass(frozen=True)
class SumTo:
    """The whole number that a field of all rows of one record has to add up to."""

    field: str
    total: int


@dataclass(frozen=True)
class Approval:
    """How a paper is approved: `rows` is the form of its steps, `chain` who decides, in this order.

    What is decided upon are the fields that are `covered`.
    """

    rows: str
    chain: tuple[Role, ...]


@dataclass(frozen=True)
class Form:
    """What a record class is as a form.

    `title` names the field that stands for the record in lists. `parent` names the link field of
    a child row to the record it is edited in; such a form has no page of its own. Rows that are
    not `edited` come about by actions (an approval) and are only shown. What holds for everybody is
    `company_wide` and goes into the company's territory, where the office has one. A form without a
    stage belongs to the program's own bookkeeping (tasks, conflicts). One that has no list (`has_list`) is
    shown where it belongs alone: files on their record, conflicts on the sync page.
    Rows of a form with `sum_to` show what they come to while they are typed; what follows when it is another sum is a
    rule's business.

    `writers` are the roles that may make records of it, change them, and put them into or out of the bin; a
    field may name others (`Field`). There is no default: a form that says nothing cannot be imported.
    """

    zh: str
    en: str
    title: str
    writers: frozenset[Role]
    stage: Stage | None = None
    paper: int | None = None
    parent: str | None = None
    edited: bool = True
    company_wide: bool = False
    has_list: bool = True
    sum_to: SumTo | None = None
    approval: Approval | None = None

    def label(self, language: Language) -> str:
        """The form's name in a language."""
        return language.pick(self.zh, self.en)


class Base(DeclarativeBase):
    """Metadata of the records; constraints are named so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def recently_changed() -> Index:
    """The index that lists of every form are read by: the last touched first, ties by id."""
    return Index(None, "updated_at", "id")


def not_deleted() -> TextClause:
    """The condition of an index over what is not in the bin."""
    return text("deleted_at IS NULL")


class Record(Base):
    """The columns of every record.

    `id` is a UUIDv7 made on the laptop, `rev` the office's revision that this copy builds on
    (0: never been there), `territory` the unit of sharing. The store fills all of them.
    """

    __abstract__ = True
    __form__: ClassVar[Form]
    __fields__: ClassVar[dict[str, Field]]

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    territory: Mapped[str] = mapped_column(String(40), default="")
    rev: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    created_by: Mapped[str] = mapped_column(String(36), default="")
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime())
    updated_by: Mapped[str] = mapped_column(String(36), default="")
    device: Mapped[str] = mapped_column(String(36), default="")
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), default=None)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        return (recently_changed(),)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.__fields__ = {
            column.name: column.info[INFO].declared(column.name, cls.__form__.writers)
            for column in cls.__table__.columns
            if INFO in column.info
        }
        _register(cls)

    def __init__(self, **values: Any) -> None:
        """Fields that are not named start with their default, so that a new record can be shown."""
        for column in self.__table__.columns:
            if column.default is not None and column.default.is_scalar:
                values.setdefault(column.name, column.default.arg)
        super().__init__(**values)

    def wire(self) -> dict[str, Wire]:
        """All declared fields in their wire form."""
        return {name: f.kind.to_wire(getattr(self, name)) for name, f in self.__fields__.items()}


_REGISTRY: dict[str, type[Record]] = {}


def _register(cls: type[Record]) -> None:
    form = cls.__form__
    fields = cls.__fields__
    name = cls.__tablename__
    if name in _REGISTRY:
        raise TypeError(f"two records are called {name}")
    if not (form.zh and form.en) or any(not (f.zh and f.en) for f in fields.values()):
        raise TypeError(f"{name}: a label is missing")
    if form.title not in fields:
        raise TypeError(f"{name}: its title {form.title!r} is not one of its fields")
    if form.sum_to is not None and form.sum_to.field not in fields:
        raise TypeError(f"{name}: {form.sum_to.field!r}, which is to be summed, is not one of its fields")
    if form.parent is not None and not isinstance(fields[form.parent].kind, LinkKind):
        raise TypeError(f"{name}: its parent {form.parent!r} is not a link")
    if odd := [f.name for f in fields.values() if f.unique and not isinstance(f.kind, TextKind)]:
        raise TypeError(f"{name}: only a text can be unique: {odd}")
    policies: dict[str, set[tuple[str, frozenset[Role]]]] = {}
    for f in fields.values():
        policies.setdefault(f.merge_unit, set()).add((f.merge, f.readers))
    if mixed := [unit for unit, found in policies.items() if len(found) > 1]:
        raise TypeError(f"{name}: fields of one merge unit need one policy and the same readers: {mixed}")
    if blind := [f.name for f in fields.values() if not form.writers <= f.readers]:
        raise TypeError(f"{name}: who makes and deletes a record has to see all of it: {blind}")
    _REGISTRY[name] = cls


def forms() -> Iterator[type[Record]]:
    """All registered record classes in the order of their declaration."""
    yield from _REGISTRY.values()


def form_named(entity: str) -> type[Record]:
    """The record class of a table name; `KeyError` when there is none."""
    return _REGISTRY[entity]


def known(entity: str) -> bool:
    """Whether this program has a form of that name (a newer program may have more)."""
    return entity in _REGISTRY


def fields_of(cls: type[Record]) -> dict[str, Field]:
    """The declared fields by name, in the order of their declaration."""
    return cls.__fields__


def children_of(entity: str) -> list[type[Record]]:
    """The forms whose rows are edited inside a record of `entity`."""
    found = []
    for cls in _REGISTRY.values():
        parent = cls.__form__.parent
        kind = cls.__fields__[parent].kind if parent else None
        if isinstance(kind, LinkKind) and kind.to == entity:
            found.append(cls)
    return found


def check_links() -> None:
    """Every link leads to a form, and every approval to its steps; raises `TypeError` otherwise.

    Called once all forms are in.
    """
    for cls in _REGISTRY.values():
        for f in cls.__fields__.values():
            if isinstance(f.kind, LinkKind) and f.kind.to not in {"", *_REGISTRY}:
                raise TypeError(f"{cls.__tablename__}.{f.name} leads to {f.kind.to!r}, which is no form")
        rows = cls.__form__.approval.rows if cls.__form__.approval else ""
        if rows and form_named(rows) not in children_of(cls.__tablename__):
            raise TypeError(f"{cls.__tablename__}: {rows!r} are no rows of it")
