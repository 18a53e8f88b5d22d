"""A text for a chat says what a customer knows, in his words."""

from salesdesk.documents.blocks import Sender
from salesdesk.documents.chat import chat_text
from salesdesk.records.care import Delivery
from salesdesk.records.contract import Contract
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer

US = Sender("示范软件有限公司", "李伟", "138")


def lines(record, customer="华源", language=Language.ZH):
    return chat_text(record, customer, US, language).splitlines()


def test_forms_have_names_that_a_customer_knows():
    contract = Contract(amount=100, kind="软件服务合同")
    assert lines(contract)[0] == "合同要点 · 华源"
    assert lines(contract, language=Language.EN)[0] == "Contract · 华源"
    assert lines(contract, language=Language.TRADITIONAL)[0] == "合同要點 · 华源"


def test_a_heading_has_no_empty_end():
    assert lines(Customer(name="华源", industry=""), customer="")[0] == "企业信息"


def test_a_flag_that_nobody_touched_is_no_answer():
    assert not any("已正常使用" in line for line in lines(Delivery(subject="平台", in_use=False)))
    assert "已正常使用：是" in lines(Delivery(subject="平台", in_use=True))
