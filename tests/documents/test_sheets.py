"""Sheets of every form of the registry, for every audience."""

import pytest

from salesdesk.documents.blocks import Sender
from salesdesk.documents.sheets import outline_sheet, sheet
from salesdesk.errors import UserError
from salesdesk.records.discovery import DecisionRole, Outline, OutlineQuestion
from salesdesk.records.field import Audience
from salesdesk.records.kinds import LinkKind, TextKind
from salesdesk.records.language import Language
from salesdesk.records.registry import children_of, fields_of, forms
from tests.documents.conftest import ISSUED, read_back, squeezed

FORMS = [form for form in forms() if form.__form__.parent is None]


def marked(form, marks):
    """A record whose every text field holds a mark of its own; links hold ids."""
    record = form(id=form.__tablename__)
    for number, declared in enumerate(fields_of(form).values()):
        if isinstance(declared.kind, TextKind):
            mark = f"q{list(forms()).index(form):02}{number:02}z"
            setattr(record, declared.name, mark)
            marks[mark] = declared
    return record


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__tablename__)
def test_a_sheet_shows_what_its_audience_may_see_and_nothing_else(form, audience):
    marks = {}
    record = marked(form, marks)
    rows = [marked(child, marks) for child in children_of(form.__tablename__)]
    pdf = sheet(record, rows, Language.ZH, audience, issued_on=ISSUED, names={})
    order = list(Audience)
    text = read_back(pdf)["pypdf"]
    for mark, declared in marks.items():
        visible = declared.shown and order.index(declared.audience) <= order.index(audience)
        assert (mark in text) == visible, declared.name


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__tablename__)
def test_every_label_stands_on_the_sheet_of_an_empty_record(form, language):
    pdf = sheet(form(id="x"), [], language, Audience.CONFIDENTIAL, issued_on=ISSUED, names={})
    text = read_back(pdf)["pdfminer"]
    labels = [f.label(language) for f in fields_of(form).values() if f.shown and not isinstance(f.kind, LinkKind)]
    assert [label for label in [form.__form__.label(language), *labels] if squeezed(label) not in text] == []


def test_rows_are_printed_in_order_with_a_repeated_head(make_letter):
    rows = [DecisionRole(id=str(n), analysis_id="a", role=f"角色{n:03}", weight=1) for n in range(120)]
    pdf = sheet(
        make_letter.analysis, rows, Language.ZH, Audience.COMPANY, issued_on=ISSUED, names={"c": "××科技有限公司"}
    )
    text = read_back(pdf)["pypdf"]
    places = [text.index(f"角色{n:03}") for n in range(120)]
    assert places == sorted(places)
    assert text.count("决策链角色") >= 4
    assert "××科技有限公司" in text
    assert "内部资料" in text


def test_the_customers_sheet_shows_no_decision_chain(make_letter):
    pdf = sheet(make_letter.analysis, make_letter.roles, Language.ZH, Audience.CUSTOMER, issued_on=ISSUED, names={})
    text = read_back(pdf)["pypdf"]
    for hidden in ("总经理", "60%", "决策链", "权重", "预算", "隐性", "联动", "内部资料"):
        assert hidden not in text
    assert "需要统一的客户管理平台" in text


def test_a_missing_character_in_a_row_names_form_and_field(make_letter):
    rows = [DecisionRole(id="1", analysis_id="a", role="总经理", person="𓀀")]
    with pytest.raises(UserError, match="paper.missing_character") as caught:
        sheet(make_letter.analysis, rows, Language.ZH, Audience.COMPANY, issued_on=ISSUED, names={})
    assert caught.value.field == "decision_role.person"


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_the_outline_leaves_room_for_answers(language):
    outline = Outline(id="o", customer_id="c", subject="需求访谈：××科技有限公司")
    questions = [OutlineQuestion(id=str(n), outline_id="o", question=f"问题{n}：主要痛点是什么？") for n in range(9)]
    questions[3].answer = "数据分散在各自的表格里。"
    pdf = outline_sheet(
        outline, questions, language, issued_on=ISSUED, customer="××科技有限公司", sender=Sender("示例公司")
    )
    for reader, text in read_back(pdf).items():
        assert all(squeezed(q.question) in text for q in questions), reader
        assert "数据分散在各自的表格里。" in text
        assert ("共2页" if language is Language.ZH else "of2") in text
