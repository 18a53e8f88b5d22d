"""No name and no number of a person is left, wherever it stands."""

import re
from dataclasses import replace

import pytest

from salesdesk.exchange.formulas import quoted, unquoted
from salesdesk.exchange.masking import masked
from salesdesk.records.field import Field, Named
from salesdesk.records.kinds import TextKind
from salesdesk.records.registry import fields_of, form_named, forms

A_PERSON = re.compile(r"(人|人员|姓名|经理|对象)$|^(Name|Contact|Owner|Assignee|Recipient)$")


def test_every_field_that_is_called_after_people_is_marked():
    unmarked = {
        (form.__tablename__, declared.name)
        for form in forms()
        for declared in fields_of(form).values()
        if isinstance(declared.kind, TextKind) and declared.names is not Named.PERSON
        if A_PERSON.search(declared.zh) or A_PERSON.search(declared.en)
    }
    assert unmarked == {("approval_policy", "name")}  # names a policy


def test_a_field_that_names_people_says_so_itself():
    declared = Field("陪同", "With", TextKind(), name="companions", names=Named.PERSON)
    assert masked(declared, "张伟明、李娜") == "张**、李*"
    assert masked(replace(declared, names=Named.NOBODY), "张伟明、李娜") == "张伟明、李娜"


@pytest.mark.parametrize(
    ("entity", "name", "text", "hidden"),
    [
        ("contact", "name", "张伟明", "张**"),
        ("contact", "name", "𬭎", "*"),
        ("contact", "phone", "13800135678", "138****5678"),
        ("contact", "phone", "010-1", "*****"),
        ("contact", "phone", "张伟 13800135678 微信", "** *********** **"),
        ("contact", "phone", "0512-66660000 转 801", "051*-******** * 801"),
        ("contact", "email", "zhang@x.cn", "z***@x.cn"),
        ("contact", "wechat", "wx1", "***"),
        ("customer", "name", "华源科技", "华源科技"),
        ("customer", "owner", "李伟", "李*"),
        ("needs_analysis", "participants", "李伟、张敏, John Smith", "李*、张*, J*** S***"),
        ("customer", "need", "请找张伟明 138 0013 5678，预算13800万", "请找张** 138****5678，预算13800万"),
        ("contact", "wechat", "zhangwei88", "z***"),
        ("contact", "wechat", "13800135678", "1***"),
        ("customer", "need", "+86 138-0013-5678、8613800135678", "138****5678、138****5678"),
        ("customer", "need", "电话１３８００１３５６７８或138.0013.5678", "电话138****5678或138****5678"),
        ("customer", "need", "138 001 35678，0086 13800135678", "138****5678，138****5678"),
        ("customer", "need", "(0512)66661111，0512-66660000转801", "(0512)********，0512********转801"),
        ("customer", "need", "（０５１２）６６６６１１１１ 010-6666 0000", "（０５１２）******** 010********"),
        ("customer", "need", "+86-512-66660000", "+86-512********"),
        ("customer", "need", "邮箱lina.x@lixin.com.cn。", "邮箱l***@lixin.com.cn。"),
        ("customer", "need", "微信号：lina_wx88，QQ 12345678，微信群", "微信号：***，QQ ***，微信群"),
        ("customer", "need", "合同20240512-66660000号，2026-12-01，1,380,013.5678元", ""),
        ("customer", "need", "订单138001356789012，ISO 9001，3.1415926535", ""),
        ("customer", "credit_code", "91320500138001356781", "91320500138001356781"),
    ],
)
def test_what_is_left_of_a_value(entity, name, text, hidden):
    assert masked(fields_of(form_named(entity))[name], text, ("张伟明",)) == (hidden or text)


@pytest.mark.parametrize("text", ["=1+1", "+86 138", "-", "@x", "'=1", "''=1", "＝1", "'", "it's", "", "O'-x", "'a"])
def test_a_text_that_a_spreadsheet_would_run_comes_back_as_it_was(text):
    assert unquoted(quoted(text)) == text
    assert not quoted(text).startswith(("=", "+", "-", "@", "＝"))
