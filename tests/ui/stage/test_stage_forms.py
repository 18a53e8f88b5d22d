"""What a stage's tab holds is declared in one place."""

import pytest

from salesdesk.records.base import Stage
from salesdesk.records.kinds import DateKind
from salesdesk.records.language import Language
from salesdesk.records.proposal import Objection
from salesdesk.records.registry import fields_of, forms
from tests.ui.sample_desk import customer_named
from ui.stage.stage_forms import STAGE_OF, TABS, StageForm, StageForms
from ui.stage.stage_page import StagePage


@pytest.mark.parametrize("stage", Stage)
def test_a_tab_opens_with_one_of_its_forms(stage):
    assert [form.first for form in TABS[stage].forms].count(True) == 1


@pytest.mark.parametrize("declared", [form for tab in TABS.values() for form in tab.forms], ids=lambda f: f.entity)
def test_what_a_form_begins_with_is_a_day_of_its_own(declared):
    assert not (declared.begun_on and declared.prepare)
    assert not declared.begun_on or isinstance(fields_of(declared.form)[declared.begun_on].kind, DateKind)


def test_every_paper_of_a_round_stands_in_the_tab_of_its_stage():
    of_a_round = {f.__tablename__ for f in forms() if {"customer_id", "opportunity_id"} <= fields_of(f).keys()}
    assert of_a_round <= STAGE_OF.keys()
    for form in forms():
        if form.__form__.stage and form.__tablename__ in STAGE_OF:
            assert STAGE_OF[form.__tablename__] is form.__form__.stage


def test_a_form_takes_one_line_of_its_stage(desk, qtbot, monkeypatch):
    """Without words of its own it is chosen, offered and begun like every other."""
    monkeypatch.setitem(TABS, Stage.CARE, StageForms((*TABS[Stage.CARE].forms, StageForm(Objection))))
    page = StagePage(desk, Stage.CARE)
    qtbot.addWidget(page)
    page.select_customer(customer_named(desk, "绿洲").id)
    qtbot.waitUntil(lambda: page.view is not None)
    label = Objection.__form__.label(desk.language)
    assert page.work.form_buttons["objection"].text() == label
    assert label in page.new_actions["objection"].text()
    page.work.form_buttons["objection"].click()
    qtbot.waitUntil(lambda: page.work.entity == "objection")
    assert page.panel is None
    assert label in page.work.empty.title.text()
    assert label in page.work.empty.button.text()
    page.work.empty.button.click()
    qtbot.waitUntil(lambda: page.panel is not None)
    assert page.panel.sheet.entity == "objection"
    assert page.panel.sheet.is_new


def test_a_round_is_begun_by_nobody_from_an_empty_form():
    (opportunity,) = (form for form in TABS[Stage.PROSPECTING].forms if form.entity == "opportunity")
    assert opportunity.empty_words(Language.ZH) == ("", "", "")
