"""合同范本: what makes a company's own text of a contract fit to be filled and signed."""

import pytest

from salesdesk.process import templates
from salesdesk.process.findings import Level
from salesdesk.records.contract import ContractTemplate

WHOLE = (
    "# 付款\n甲方按{payment}支付{amount_capitals}。\n# 交付与验收\n乙方按{delivery}交付，按{acceptance}验收。\n"
    "# 违约责任\n{liability}\n# 争议\n由甲方所在地法院管辖。"
)


def template(articles=WHOLE, **said):
    return ContractTemplate(
        id="t", **{"name": "软件服务合同", "title": "合同", "preamble": ""} | said, articles=articles
    )


def messages(made):
    return [(finding.message, finding.field) for finding in templates.check(made)]


def test_a_whole_text_has_nothing_to_say():
    assert messages(template()) == []


@pytest.mark.parametrize("field", ["title", "preamble", "articles"])
def test_a_placeholder_that_no_contract_fills_is_named_with_the_known_ones(field):
    said = {field: (WHOLE if field == "articles" else "合同") + "{price}{price}"}
    (finding,) = templates.check(template(**said))
    assert (finding.message, finding.field, finding.level) == ("template.unknown", field, Level.BLOCKS)
    assert finding.params["name"] == "price"
    assert "amount" in finding.params["known"]
    assert "list_price" not in finding.params["known"]  # nothing of ours alone


@pytest.mark.parametrize("subject", ["payment", "delivery", "acceptance", "liability", "disputes"])
def test_every_subject_must_be_spoken_of(subject):
    words = {
        "payment": ("付款", "支付", "{payment}"),
        "delivery": ("交付", "{delivery}"),
        "acceptance": ("验收", "{acceptance}"),
        "liability": ("违约", "{liability}"),
        "disputes": ("争议", "法院"),
    }[subject]
    text = WHOLE
    for word in words:
        text = text.replace(word, "某")
    assert messages(template(text)) == [(f"template.no_{subject}", "articles")]


def test_a_vague_word_and_a_text_without_articles_are_named():
    assert messages(template(WHOLE + "\n其余另行协商。")) == [("contract.vague", "articles")]
    assert messages(template(WHOLE.replace("#", ""))) == [("template.no_headings", "articles")]
