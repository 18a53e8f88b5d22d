"""Rows whose sum is declared say what they come to, whatever the field is called."""

from dataclasses import replace as replaced

from salesdesk.records.base import SumTo
from salesdesk.records.discovery import DecisionRole
from salesdesk.records.language import Language
from salesdesk.records.proposal import ValueLine
from ui.forms.child_rows import RowsEditor


def said(rows):
    return rows.remark.text(), rows.remark.property("look")


def test_amounts_that_must_reach_a_sum(qtbot, monkeypatch):
    monkeypatch.setattr(ValueLine, "__form__", replaced(ValueLine.__form__, sum_to=SumTo("cost_now", 3_000_000)))
    rows = RowsEditor(ValueLine, Language.ZH)
    qtbot.addWidget(rows)
    assert rows.remark.text() == ""
    rows.set_rows([("a", {"item": "人工", "cost_now": "1万"}), ("b", {"item": "能耗", "cost_now": "5000"})])
    assert said(rows) == ("现状（每年） in total: 1.5万", "warn")
    rows.cell(1, "cost_now").set_text("2万")
    assert said(rows) == ("现状（每年） in total: 3万", "ok")
    rows.cell(1, "cost_now").set_text("two")  # not read, and marked when the form is saved
    assert said(rows) == ("现状（每年） in total: 1万", "warn")
    rows.set_rows([])
    assert rows.remark.text() == ""


def test_rows_without_a_declared_sum_say_nothing(qtbot, monkeypatch):
    monkeypatch.setattr(DecisionRole, "__form__", replaced(DecisionRole.__form__, sum_to=None))
    rows = RowsEditor(DecisionRole, Language.ZH)
    qtbot.addWidget(rows)
    rows.set_rows([("a", {"role": "采购", "weight": "60%"})])
    assert rows.remark.text() == ""
