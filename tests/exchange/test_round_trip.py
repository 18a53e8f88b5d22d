"""Every form: written in either language and either format, read in by the guessed mapping, equal."""

from datetime import UTC, date, datetime, time

import pytest

from salesdesk.actions import forms as deeds
from salesdesk.actions import imports
from salesdesk.exchange import mapping, sheets_in, sheets_out
from salesdesk.exchange.mapping import targets
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
from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of, form_named, forms
from tests.factories import make_workspace

FORMS = sorted(form.__tablename__ for form in forms() if form.__form__.parent is None)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    made = make_workspace(tmp_path_factory.mktemp("w"))
    deeds.save(made, deeds.new(made, "customer"), {"name": "华源𠮷科技"})
    yield made
    made.close()


def sample(kind, number):
    if isinstance(kind, PhoneKind):
        return f"+86 138-{number}"
    if isinstance(kind, TextKind):
        return f"=𬭎{number}\n'-二" if kind.lines > 1 else f'\'=𠮷{number}, "x";'
    if isinstance(kind, ChoiceKind):
        return kind.options[number % len(kind.options)].value
    samples = {
        IntegerKind: lambda: kind.low + 1,
        MoneyKind: lambda: 123_456_789_01 + number,
        DateKind: lambda: date(2026, 11, 1 + number % 28),
        TimeKind: lambda: time(9, number % 60),
        MomentKind: lambda: datetime(2026, 11, 24, 1, number % 60, tzinfo=UTC),
        FlagKind: lambda: bool(number % 2),
        LinkKind: lambda: "c",
    }
    return samples[type(kind)]()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("entity", FORMS)
def test_what_goes_out_comes_in_again(workspace, tmp_path, entity, ending, language):
    form = form_named(entity)
    columns = [target for target in targets(form, language) if target.field and "." not in target.key]
    values = {target.key: sample(target.field.kind, number) for number, target in enumerate(columns)}
    path = tmp_path / f"a.{ending}"
    line = sheets_out.Line(form(**values), names={"c": "华源𠮷科技"})
    assert sheets_out.write(path, columns, [line], language, masked=False) == 1
    rows = sheets_in.read(path).rows
    (row,) = imports.preview(workspace, entity, rows, mapping.guess(form, rows), language).rows
    assert row.problems == []
    links = {name for name, declared in fields_of(form).items() if isinstance(declared.kind, LinkKind)}
    assert {name: row.values[name] for name in values if name not in links} == {
        name: value for name, value in values.items() if name not in links
    }
    assert all(row.values[name] != "" for name in links & set(values))


@pytest.mark.parametrize("entity", ["visit", "objection", "contract", "delivery"])
def test_a_form_that_was_kept_before_it_was_finished_comes_in_again(workspace, tmp_path, entity):
    form = form_named(entity)
    columns = [target for target in targets(form, Language.ZH) if target.field and "." not in target.key]
    line = sheets_out.Line(form(customer_id="c"), names={"c": "华源𠮷科技"})
    sheets_out.write(tmp_path / "a.xlsx", columns, [line], Language.ZH, masked=False)
    rows = sheets_in.read(tmp_path / "a.xlsx").rows
    (row,) = imports.preview(workspace, entity, rows, mapping.guess(form, rows), Language.ZH).rows
    assert row.problems == []


@pytest.mark.parametrize("text", ["𬭎" * 20_000, "一" * 33_000, "a" + "𬭎" * 16_383 + "b", "𬭎" * 16_383])
def test_a_text_longer_than_a_cell_ends_with_a_mark(tmp_path, text):
    sheets_out.write_rows(tmp_path / "a.xlsx", [["x", text]])
    (row,) = sheets_in.read(tmp_path / "a.xlsx").rows
    assert len(row[1].encode("utf-16-le")) // 2 <= 32_767
    assert row[1] == text or (row[1].endswith("…") and text.startswith(row[1][:-1]))
    assert (row[1] == text) == (len(text.encode("utf-16-le")) // 2 <= 32_767)
