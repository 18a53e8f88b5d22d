"""What a customer sees: generic over every form, so that a new one is tested the day it is declared."""

from datetime import date, time

import pytest

from salesdesk.records.field import Audience
from salesdesk.records.kinds import ChoiceKind, FlagKind, IntegerKind, LinkKind
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of, forms
from salesdesk.records.work import Opportunity
from tests.ui.sample_desk import NOON, sample_desk
from ui.stage.customer_view_dialog import CustomerViewPage, customer_fields

PAPERS = [form for form in forms() if {"customer_id", "opportunity_id"} <= fields_of(form).keys()]
ROWS = [form for form in forms() if form.__form__.parent and form.__tablename__ != "contact"]


COMMON = ChoiceKind | FlagKind | IntegerKind  # too few values to be told apart


def value_of(kind, number, label):
    options = getattr(kind, "options", None)
    return {
        "TextKind": label[: getattr(kind, "max_length", 0)],
        "MoneyKind": number * 1_000_003,
        "IntegerKind": min(getattr(kind, "high", 0), number),
        "DateKind": date.fromordinal(730_000 + number),
        "TimeKind": time(number % 24, number % 60),
        "MomentKind": NOON.replace(year=2000 + number % 100, minute=number % 60),
        "ChoiceKind": options[-1].value if options else "",
        "FlagKind": True,
    }[type(kind).__name__]


def marked(form, number, **links):
    """A record in which every field has a value that stands in no other field; with the values as shown."""
    fields = {name: f for name, f in fields_of(form).items() if not isinstance(f.kind, LinkKind)}
    values = {
        name: value_of(field.kind, 1000 + number * 40 + place, f"<b>{form.__name__}.{name}")
        for place, (name, field) in enumerate(fields.items())
    }
    telling = {name: f for name, f in fields.items() if not isinstance(f.kind, COMMON)}
    return form(**values, **links), {name: f.show(values[name], Language.ZH) for name, f in telling.items()}


@pytest.fixture
def round_of_everything(tmp_path, qapp):
    with sample_desk(tmp_path) as desk:
        shown = {}
        with desk.workspace.changing("test") as changes:
            customer = changes.add(Customer(name="甲方公司", need="内部需求描述"))
            other = changes.add(Customer(name="另一家公司"))
            opportunity = changes.add(Opportunity(customer_id=customer.id, subject="甲方公司", outcome="open"))
            parents = {}
            for number, form in enumerate(PAPERS):
                record, words = marked(form, number, customer_id=customer.id, opportunity_id=opportunity.id)
                parents[form.__tablename__] = changes.add(record)
                shown[form] = words
            for number, form in enumerate(ROWS, start=len(PAPERS)):
                link = form.__form__.parent
                parent = parents[fields_of(form)[link].kind.to]
                record, words = marked(form, number, **{link: parent.id})
                changes.add(record)
                shown[form] = words
        yield desk, customer, other, shown


def test_no_field_that_is_not_for_the_customer_reaches_his_eyes(round_of_everything, qtbot):
    desk, customer, other, shown = round_of_everything
    page = CustomerViewPage(desk, customer.id)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.heading.text() == customer.name)
    words = page.texts()
    everything = "\n".join(words)
    assert other.name not in everything
    assert customer.need not in everything
    hidden = seen = 0
    for form, values in shown.items():
        allowed = {field.name for field in customer_fields(form)}
        for name, text in values.items():
            if name in allowed:
                assert text in words, f"{form.__tablename__}.{name}"
                seen += 1
            else:
                assert text not in words, f"{form.__tablename__}.{name}"
                hidden += 1
    assert seen > 30
    assert hidden > 50


def test_nothing_confidential_is_a_field_for_the_customer():
    confidential = [
        (form.__tablename__, f.name)
        for form in forms()
        for f in fields_of(form).values()
        if f.audience is Audience.CONFIDENTIAL
    ]
    assert ("negotiation_plan", "floor_price") in confidential
    assert ("negotiation_term", "our_position") in confidential
    offered = {(form.__tablename__, field.name) for form in forms() for field in customer_fields(form)}
    assert not offered & set(confidential)
