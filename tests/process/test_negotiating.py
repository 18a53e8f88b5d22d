"""商务谈判: what a sentence says, what stays open, what was conceded, and our limits."""

import pytest

from salesdesk.process.negotiating import (
    amount_in,
    check_result,
    check_terms,
    concessions,
    crossed,
    days_in,
    open_points,
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
