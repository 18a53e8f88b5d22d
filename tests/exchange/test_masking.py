"""No name and no number of a person is left, wherever it stands."""

import re

import pytest

from salesdesk.exchange.formulas import quoted, unquoted
from salesdesk.exchange.masking import PEOPLE, masked
from salesdesk.records.kinds import TextKind
from salesdesk.records.registry import fields_of, form_named, forms

A_PERSON = re.compile(r"(人|人员|姓名|经理|对象)$|^(Name|Contact|Owner|Assignee|Recipient)$")


def test_every_field_that_is_called_after_people_is_masked():
    called = {
        (form.__tablename__, declared.name)
        for form in forms()
        for declared in fields_of(form).values()
        if isinstance(declared.kind, TextKind) and (A_PERSON.search(declared.zh) or A_PERSON.search(declared.en))
    }
    known = {(entity, name) for entity, names in PEOPLE.items() for name in names}
    assert called - known <= {("ideal_customer", "name"), ("approval_policy", "name"), ("contract_template", "name")}
    assert all(name in fields_of(form_named(entity)) for entity, name in known)


@pytest.mark.parametrize(
    ("entity", "name", "text", "hidden"),
    [
        ("contact", "name", "张伟明", "张**"),
        ("contact", "name", "𬭎", "*"),
        ("contact", "phone", "13800135678", "138****5678"),
        ("contact", "phone", "010-1", "*****"),
        ("contact", "email", "zhang@x.cn", "z***@x.cn"),
        ("contact", "wechat", "wx1", "***"),
        ("customer", "name", "华源科技", "华源科技"),
        ("customer", "owner", "李伟", "李*"),
        ("needs_analysis", "participants", "李伟、张敏, John Smith", "李*、张*, J*** S***"),
        ("customer", "need", "请找张伟明 138 0013 5678，预算13800万", "请找张** 138****5678，预算13800万"),
        ("customer", "credit_code", "91320500138001356781", "91320500138001356781"),
    ],
)
def test_what_is_left_of_a_value(entity, name, text, hidden):
    assert masked(entity, fields_of(form_named(entity))[name], text, ("张伟明",)) == hidden


@pytest.mark.parametrize("text", ["=1+1", "+86 138", "-", "@x", "'=1", "''=1", "＝1", "'", "it's", "", "O'-x", "'a"])
def test_a_text_that_a_spreadsheet_would_run_comes_back_as_it_was(text):
    assert unquoted(quoted(text)) == text
    assert not quoted(text).startswith(("=", "+", "-", "@", "＝"))
