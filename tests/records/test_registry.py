"""The generic suite: every form, every field. A new form is tested the day it is declared."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesdesk.process import rights
from salesdesk.records.describe import describe
from salesdesk.records.kinds import (
    ChoiceKind,
    DateKind,
    FlagKind,
    IntegerKind,
    LinkKind,
    MomentKind,
    MoneyKind,
    TextKind,
    TimeKind,
)
from salesdesk.records.language import Language
from salesdesk.records.registry import children_of, fields_of, form_named, forms
from salesdesk.store import queries, search
from tests.factories import make_workspace

FORMS = list(forms())
FIELDS = [(form, field) for form in FORMS for field in fields_of(form).values()]
SAMPLES = {
    "TextKind": "统一的客户管理平台 <b>&amp;</b> 𬭎𠮷",
    "PhoneKind": "138××××5678",
    "IntegerKind": 60,
    "MoneyKind": 2_500_000_00,
    "LinkKind": "0198c2d4-0000-7000-8000-000000000000",
    "FlagKind": True,
}


def sample(field):
    kind = field.kind
    if isinstance(kind, ChoiceKind):
        return kind.options[-1].value
    if isinstance(kind, DateKind):
        return kind.parse("2024-03-15")
    if isinstance(kind, TimeKind):
        return kind.parse("14:30")
    if isinstance(kind, MomentKind):
        return kind.from_wire("2024-03-15T06:30:00.000000Z")
    if isinstance(kind, IntegerKind):
        return max(kind.low, min(SAMPLES["IntegerKind"], kind.high))
    value = SAMPLES[type(kind).__name__]
    return value[: kind.max_length].strip() if isinstance(kind, TextKind) else value


def named(pair):
    return f"{pair[0].__tablename__}.{pair[1].name}"


@pytest.mark.parametrize("pair", FIELDS, ids=named)
def test_labels_kind_and_column(pair):
    form, field = pair
    assert all(field.label(language) for language in Language)
    assert field.zh != field.en or field.zh == "SHA-256"
    assert form.__table__.columns[field.name].type.compile() == field.kind.column_type.compile()
    assert isinstance(
        field.kind,
        TextKind | ChoiceKind | IntegerKind | MoneyKind | DateKind | TimeKind | MomentKind | FlagKind | LinkKind,
    )


@pytest.mark.parametrize("pair", FIELDS, ids=named)
def test_a_value_has_three_forms(pair):
    _, field = pair
    value = sample(field)
    assert field.kind.from_wire(field.kind.to_wire(value)) == value
    for language in Language:
        assert field.kind.parse(field.show(value, language)) == value


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    workspace = make_workspace(tmp_path_factory.mktemp("forms"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rights, "refusal", lambda *_: None)  # who may write what: tests/server/test_rights.py
        yield workspace
    workspace.close()


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.__tablename__)
def test_every_field_is_stored_listed_searched_and_journaled(shared, form):
    values = {field.name: sample(field) for field in fields_of(form).values()}
    with shared.changing(f"save.{form.__tablename__}") as changes:
        record = changes.add(form(**values))
    with shared.reading() as session:
        found = session.get(form, record.id)
        assert {name: getattr(found, name) for name in values} == values
        assert [r.id for r in queries.listed(session, form)] == [record.id]
        if any(f.searched for f in fields_of(form).values()):
            assert record.id in {hit.record_id for hit in search.find(session, "客户管理", limit=100)}


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.__tablename__)
def test_an_empty_record_can_be_kept(shared, form):
    with shared.changing(f"save.{form.__tablename__}") as changes:
        record = changes.add(form())
    with shared.reading() as session:
        assert session.get(form, record.id).wire() == form().wire()


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.__tablename__)
def test_titles_parents_and_papers(form):
    declared = form.__form__
    assert declared.title in fields_of(form)
    if declared.parent:
        parent = fields_of(form)[declared.parent].kind
        assert form in children_of(parent.to)


def test_paper_numbers_are_used_once():
    papers = [form.__form__.paper for form in FORMS if form.__form__.paper]
    assert len(papers) == len(set(papers))


@given(st.text(max_size=300))
@settings(max_examples=30)
def test_texts_of_any_characters_are_described_and_searched(text_value):
    search.match_expression(text_value)
    search.spaced(text_value)


def test_describe_names_everything():
    described = {form["name"]: form for form in describe()["forms"]}
    assert set(described) == {form.__tablename__ for form in FORMS}
    analysis = described["needs_analysis"]
    assert analysis["labels"] == {"zh": "客户需求分析记录表", "en": "Needs analysis record"}
    assert analysis["paper"] == 2
    assert analysis["rows"] == ["decision_role"]
    assert {f["name"]: f["labels"]["zh"] for f in analysis["fields"]}["implicit_needs"] == "隐性需求（分析判断）"


def test_labels_are_the_papers():
    wanted = {
        "customer": ["客户名称", "所属行业", "初步需求描述", "信息来源", "跟进人", "跟进状态", "下次跟进时间"],
        "contact": ["联系人", "职务", "联系方式"],
        "needs_analysis": [
            "客户名称", "需求挖掘时间", "参与人员", "核心痛点描述", "明确需求（客户提出）", "隐性需求（分析判断）",
        ],
        "decision_role": ["决策链角色", "权重"],
    }  # fmt: skip
    for entity, labels in wanted.items():
        assert set(labels) <= {field.zh for field in fields_of(form_named(entity)).values()}


BAD_DEFINITIONS = """
from salesdesk.records import registry
from salesdesk.records.base import Form, Record, SumTo
from salesdesk.records.field import Audience, Merge, link, text
from salesdesk.records.roles import SALES, TEAM

bad = {
    "title": (Form(zh="甲", en="A", title="nothing", writers=TEAM), {"name": text("名", "Name")}),
    "form label": (Form(zh="", en="A", title="name", writers=TEAM), {"name": text("名", "Name")}),
    "field label": (Form(zh="甲", en="A", title="name", writers=TEAM), {"name": text("", "Name")}),
    "parent": (Form(zh="甲", en="A", title="name", writers=TEAM, parent="name"), {"name": text("名", "Name")}),
    "sum": (
        Form(zh="甲", en="A", title="name", writers=TEAM, sum_to=SumTo("weight", 100)), {"name": text("名", "Name")}
    ),
    "merge unit": (
        Form(zh="甲", en="A", title="name", writers=TEAM),
        {"name": text("名", "Name", unit="u"), "x": text("某", "X", unit="u", merge=Merge.OFFICE_WINS)},
    ),
    "blind writers": (
        Form(zh="甲", en="A", title="name", writers=TEAM),
        {"name": text("名", "Name"), "x": text("某", "X", audience=Audience.CONFIDENTIAL)},
    ),
    "mixed readers": (
        Form(zh="甲", en="A", title="name", writers=SALES),
        {"name": text("名", "Name", unit="u"), "x": text("某", "X", unit="u", audience=Audience.CONFIDENTIAL)},
    ),
}
for number, (what, (form, columns)) in enumerate(bad.items()):
    try:
        type("Bad", (Record,), {"__tablename__": f"bad_{number}", "__form__": form, "__module__": "m", **columns})
    except TypeError:
        print(what)
type("Lost", (Record,), {
    "__tablename__": "lost", "__form__": Form(zh="甲", en="A", title="name", writers=TEAM), "__module__": "m",
    "name": text("名", "Name"), "to": link("某", "X", to="nowhere"),
})
try:
    Form(zh="甲", en="A", title="name")
except TypeError:
    print("no writers")
try:
    registry.check_links()
except TypeError:
    print("link")
"""


def test_bad_definitions_fail_at_import():
    run = subprocess.run([sys.executable, "-c", BAD_DEFINITIONS], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[:-1] == [
        "title", "form label", "field label", "parent", "sum", "merge unit", "blind writers", "mixed readers",
        "no writers", "link",
    ]  # fmt: skip
