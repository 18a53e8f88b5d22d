"""How much room a kind of field takes: a new kind that nobody has decided on is refused by the type checker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from salesdesk.records.field import Field
from salesdesk.records.kinds import (
    ChoiceKind,
    DateKind,
    FlagKind,
    IntegerKind,
    LinkKind,
    MomentKind,
    MoneyKind,
    PhoneKind,
    TextKind,
    TimeKind,
)

PARTS = 12  # of the width of a block
_SHORT_TEXT = 100  # characters


@dataclass(frozen=True)
class KindLayout:
    """The room of one field.

    In a form a `short` one takes half a line. As a cell it needs about `width` pixels to be read; `stretch` is its
    share of a row, `parts` how many twelfths of a line it takes where each cell stands under its own name.
    """

    short: bool
    width: int
    stretch: int
    parts: int


def layout_of(field: Field) -> KindLayout:  # noqa: PLR0911  # a case each
    """The room of a field, by its kind."""
    match kind := field.known_kind:
        case PhoneKind():  # a number needs more room than a name, and is never cut
            return KindLayout(short=True, width=95, stretch=5, parts=3)
        case TextKind(lines=lines) if lines > 1:
            return KindLayout(short=False, width=220, stretch=3, parts=PARTS)
        case TextKind(max_length=length) if length > _SHORT_TEXT:
            return KindLayout(short=False, width=160, stretch=3, parts=4)
        case TextKind():
            return KindLayout(short=True, width=95, stretch=3, parts=3)
        case IntegerKind():
            return KindLayout(short=True, width=70, stretch=2, parts=2)
        case FlagKind():
            return KindLayout(short=True, width=50, stretch=1, parts=2)
        case ChoiceKind():  # its longest word, and the arrow
            return KindLayout(short=True, width=110, stretch=4, parts=4)
        case MoneyKind() | DateKind() | TimeKind() | MomentKind() | LinkKind():
            return KindLayout(short=True, width=120, stretch=3, parts=4)
        case _:
            assert_never(kind)
