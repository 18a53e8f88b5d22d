"""A column of a foreign table: each of its cells becomes values, words for the description, or a problem."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from salesdesk.actions.known_customers import KnownCustomers
from salesdesk.errors import BadValue
from salesdesk.exchange import cells, values
from salesdesk.exchange.mapping import Target
from salesdesk.exchange.presets import EITHER, KEPT, SIZE
from salesdesk.records.base import Record
from salesdesk.records.kinds import ChoiceKind, IntegerKind, LinkKind, MoneyKind, TextKind
from salesdesk.records.language import Language
from salesdesk.records.numerals import compact, has_odd_comma
from salesdesk.records.prospecting import Customer
from salesdesk.records.typed import narrow

# of a customer: what is no choice of ours, and a size as a range (100-200人), goes into the description
_MAY_BE_WORDS = {"industry", "source", "status", "grade", SIZE}
_MAY_BE_NUMBERS = {"employees", "revenue"}  # about 200 is no number, but worth keeping
_ROUGH = {"value.not_a_number", "value.not_an_amount"}
_NEVER_WORDS = {"import.error_cell", "import.no_result", "import.no_unit", "import.two_units", "value.comma"}
_DAMAGED = "（可能被表格软件改成了数字，请核对）", " (perhaps made a number by the spreadsheet program, please check)"


@dataclass(frozen=True)
class Problem:
    """What is wrong: the field's label (empty: the whole row), a message id and its parameters."""

    label: str
    message: str
    params: AnyMapping[str, object] = field(default_factory=dict)


_NO_VALUES: AnyMapping[str, Any] = {}


class Said(NamedTuple):
    """What a cell says: values by field, words for the description, or why it is neither.

    `remark` is what a person should look at though it comes in. Of a person's name it is a part, `people` are all
    whom a cell names.
    """

    values: AnyMapping[str, Any] = _NO_VALUES
    words: tuple[str, ...] = ()
    problem: Problem | None = None
    remark: Problem | None = None
    part: str = ""
    people: tuple[str, ...] = ()


NOTHING = Said()


class Column:
    """A column that is taken in as `target`; equal cells are read once."""

    def __init__(
        self,
        place: int,
        target: Target,
        header: str,
        form: type[Record],
        language: Language,
        customers: KnownCustomers,
        *,
        unit: int,
        texts: Sequence[str],
    ) -> None:
        """`unit` is how many yuan a bare amount means, 0 where nothing says it; `texts` are the cells of the column."""
        self.place, self.target, self.header = place, target, header
        self._form, self._language, self._customers, self._unit = form, language, customers, unit
        self._kind = target.field.kind if target.field else None
        self._is_of_customer = form is Customer
        self._is_text = isinstance(self._kind, TextKind) and self._is_of_customer
        self._with_words = self._is_of_customer or not isinstance(self._kind, TextKind)
        # 12,5 in one cell makes the comma of 1,234 in another one of decimals
        is_number = isinstance(self._kind, MoneyKind | IntegerKind)
        self._has_decimal_commas = is_number and any("," in one and has_odd_comma(compact(one)) for one in texts)
        self._known: dict[str, Said] = {}
        self._take = values.reader(target.field, unit) if target.field else None
        # of plain text nothing can be wrong but its length
        is_plain = type(self._kind) is TextKind and target.key not in {"contact.name", "credit_code"}
        self._longest_plain = self._kind.max_length if is_plain and isinstance(self._kind, TextKind) else 0

    @property
    def asks_for_unit(self) -> bool:
        """Whether a bare amount in it means nothing yet."""
        return not self._unit and (isinstance(self._kind, MoneyKind) or self.target.key == SIZE)

    def said(self, text: str) -> Said:
        """What a cell of the column says."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._read(text)
        return found

    def _read(self, text: str) -> Said:
        shown = cells.cleaned(text)
        if not shown or cells.is_nothing(shown, with_words=self._with_words):
            return NOTHING
        if len(shown) <= self._longest_plain and shown[0] not in {"#", "E"} and shown.isprintable():
            return Said({self.target.key: shown})
        if self._has_decimal_commas and "." not in shown and narrow(shown).count(",") == 1:
            return self._not_taken(shown, BadValue("value.comma", text=shown[:40]))
        try:
            values.check(shown)
            return self._words(shown) or self._value(shown)
        except BadValue as error:
            return self._not_taken(shown, error)

    def _words(self, text: str) -> Said | None:
        """What a cell says that is kept as it stands, or put together with others."""
        key = self.target.key
        if key == KEPT:
            return Said(words=(f"{self.header}：{text}",))
        if key == "contact.name":
            return Said(part=text, people=tuple(cells.people(text)))
        return Said(part=text) if key == EITHER else None

    def _value(self, text: str) -> Said:
        key = self.target.key
        if key == SIZE:
            return Said(values.size(text, self._unit))
        if key in {"status", "grade"} and self._is_of_customer and (grade := values.grade(text)):
            return Said({"grade": grade})  # 表1 keeps the grade in 跟进状态
        assert self.target.field is not None
        assert self._take is not None
        if isinstance(self._kind, LinkKind):
            return Said({key: self._customers.named(text).id})
        further: tuple[str, ...] = ()
        if self.target.field.name == "phone":
            text = cells.phones(text)
            if len(text) > self._kind.max_length:  # type: ignore[union-attr]  # a PhoneKind
                text, *rest = cells.pieces(text)
                further = tuple(f"{self.target.label}：{one}" for one in rest)
        elif self.target.field.name == "email":
            text, *rest = cells.mails(text)
            further = tuple(f"{self.target.label}：{one}" for one in rest)
        return Said({key: self._take(text)}, further)

    def _not_taken(self, text: str, error: BadValue) -> Said:
        problem = Problem(self.target.label, error.message, error.params)
        if not self._is_of_customer or not self._may_be_words(text, error):
            return Said(problem=problem)
        is_damaged = error.message == "import.damaged"
        told = f"{self.target.label}：{text}{self._language.pick(*_DAMAGED) if is_damaged else ''}"
        return Said(self._other(), (told,), remark=problem if is_damaged else None)

    def _may_be_words(self, text: str, error: BadValue) -> bool:
        if error.message in _NEVER_WORDS:
            return False
        if error.message in {"import.damaged", "import.foreign_currency"}:
            return True
        if self.target.key in _MAY_BE_NUMBERS:
            return error.message in _ROUGH and values.is_rough(text)
        return self.target.key in _MAY_BE_WORDS

    def _other(self) -> dict[str, str]:
        """The choice 其他 where there is one; the word itself goes into the description."""
        kind = self._kind
        has_other = isinstance(kind, ChoiceKind) and any(option.value == "other" for option in kind.options)
        return {self.target.key: "other"} if has_other else {}
