"""商务谈判: what a sentence says, what stays open, what was conceded, and our limits."""

import pytest

from salesdesk.process.negotiating import (
    agreed,
    amount_in,
    check_result,
    check_terms,
    concessions,
    crossed,
    days_in,
    open_points,
    single_span,
)
from salesdesk.records.negotiation import NegotiationPlan, NegotiationResult, NegotiationTerm

WAN = 1_000_000
PLAN = NegotiationPlan(list_price=25 * WAN, floor_price=22 * WAN, longest_payment_days=90, least_delivery_days=14)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("暂定22万", 22 * WAN),
        ("价格（年费25万）", 25 * WAN),
        ("希望降至20万", 20 * WAN),
        ("1.5亿", 15_000 * WAN),
        ("220,000元", 22 * WAN),
        ("从25万降到22.5万元", 225 * WAN // 10),
        ("同意3期分期", None),
        ("降到22万，优惠3万", 22 * WAN),
        ("22万（原价25万）", 22 * WAN),
        ("原价25万，现22万", 22 * WAN),
        ("22万，首付5万", 22 * WAN),
        ("优惠了3万", None),
        ("22", None),
        ("", None),
        ("无", None),
    ],
)
def test_the_amount_in_a_sentence(text, fen):
    assert amount_in(text) == fen


@pytest.mark.parametrize(
    ("text", "days"),
    [("30天内", 30), ("2周", 14), ("3个月", 90), ("1年", 365), ("先10天后20日", 20), ("分期", None), ("", None)],
)
def test_the_span_in_a_sentence(text, days):
    assert days_in(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("验收后45天付清", 45),
        ("签约后90天", 90),
        ("分2期，验收后45天付清", None),
        ("签订后10个工作日内付30%，质保期满一年后30天内付清", None),
        ("先10天后20日", None),
        ("同意3期分期", None),
        ("", None),
    ],
)
def test_only_a_span_that_stands_alone_becomes_a_term(text, days):
    assert single_span(text) == days


def said(*rows):
    return agreed([NegotiationTerm(topic=topic, term=term, consensus=text) for topic, term, text in rows])


def test_of_terms_of_one_name_the_last_word_counts_and_nothing_else_is_left_out():
    found = said(
        ("payment", "付款方式", "分3期，验收后30天付清。"),
        ("delivery", "交付时间", "签约后60天"),
        ("other", "保密期限", "三年"),
        ("other", "培训场次", "五场"),
        ("payment", "付款方式（二次讨论）", "分2期，验收后45天付清"),
        ("delivery", "交付时间", "签约后90天"),
        ("support", "售后响应", "4小时"),
        ("support", "驻场", "2人"),
        ("other", "保密期限", "五年"),
        ("other", "源代码", " "),
    )
    assert (found.payment, found.delivery) == ("分2期，验收后45天付清", "签约后90天")
    assert found.support == "售后响应：4小时\n驻场：2人"
    assert found.other_terms == "培训场次：五场\n保密期限：五年"


def test_what_a_price_is_for_is_not_lost():
    assert said(("price", "价格（年费25万）", "22万")).other_terms == ""
    assert said(("price", "价格", "22万（原价25万）")).other_terms == ""
    with_tax = said(("price", "价格", "252万元（含税）"))
    assert (with_tax.amount, with_tax.other_terms) == (252 * WAN, "价格：252万元（含税）")
    several = said(("price", "软件许可", "200万"), ("price", "维护费", "20万/年"))
    assert several.other_terms == "软件许可：200万\n维护费：20万/年"


def test_a_limit_is_seen_in_words_too():
    late = NegotiationResult(id="r", payment="分2期，验收后120天付清", delivery="7天内")
    assert {found.message for found in check_result(late, PLAN)} == {"limit.payment", "limit.delivery"}


def test_what_is_open_goes_to_the_next_meeting():
    """记录初步共识、未达成一致项."""
    said = ["付款方式", "无", "", " 无 ", "none", "没有", "售后响应时间"]
    terms = [NegotiationTerm(open_point=text) for text in said]
    assert [term.open_point for term in open_points(terms)] == ["付款方式", "售后响应时间"]


def test_concessions_are_counted():
    """让步策略."""
    terms = [
        NegotiationTerm(term="价格（年费25万）", consensus="暂定22万"),
        NegotiationTerm(term="付款方式（一次性付）", consensus="同意3期分期"),
        NegotiationTerm(term="维护费2万", consensus="3万"),
    ]
    (found,) = concessions(terms)
    assert (found.before, found.after, found.percent) == (25 * WAN, 22 * WAN, 12)


@pytest.mark.parametrize(
    ("agreed", "limits"),
    [
        ({"amount": 22 * WAN}, []),
        ({"amount": 22 * WAN - 1}, ["price"]),
        ({"amount": 0}, ["price"]),
        ({"payment_days": 90}, []),
        ({"payment_days": 91, "delivery_days": 13}, ["payment", "delivery"]),
        ({}, []),
    ],
)
def test_crossing_a_limit(agreed, limits):
    """明确谈判底线（最低折扣、最长付款周期）."""
    assert crossed(PLAN, **agreed) == limits
    assert crossed(None, **agreed) == []


def test_a_discount_is_a_floor_as_well():
    plan = NegotiationPlan(list_price=100 * WAN, floor_discount=90)
    assert crossed(plan, amount=90 * WAN) == []
    assert crossed(plan, amount=90 * WAN - 1) == ["price"]
    plan.floor_price = 95 * WAN  # the higher of the two holds
    assert crossed(plan, amount=92 * WAN) == ["price"]


def test_the_words_do_not_tell_the_limit():
    """crossing a floor warns at once, in words that the customer must not see the limit in."""
    term = NegotiationTerm(id="t", topic="price", term="价格", consensus="20万")
    (found,) = check_terms([term], PLAN)
    assert (found.message, found.params) == ("limit.price", {})
    (found,) = check_result(NegotiationResult(id="r", amount=1), PLAN)
    assert (found.field, found.params) == ("amount", {})
