"""商务谈判: what a sentence says, what stays open, what was conceded, and our limits."""

from datetime import date

import pytest

from salesdesk.process.negotiating import (
    agreed,
    ask,
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


def on(day, **agreed_terms):
    return NegotiationResult(id="r", agreed_on=day, **agreed_terms)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("验收后45天付清", 45),
        ("两周", 14),
        ("半年", 180),
        ("15个工作日", None),
        ("12月底前交付", None),
        ("约30天", None),
    ],
)
def test_days_are_taken_from_a_sentence_that_names_them(sentence, days):
    assert days_in(sentence) == days


@pytest.mark.parametrize(
    ("prices", "amount", "kept"),
    [
        ([("价格", "1亿2000万元")], 12_000 * WAN, ""),
        ([("价格", "年费22万，实施费3万")], None, "价格：年费22万，实施费3万"),
        ([("价格", "含税22.6万，不含税20万")], 226 * WAN // 10, "价格：含税22.6万，不含税20万"),
        ([("软件许可", "200万"), ("维护费", "20万/年")], None, "软件许可：200万\n维护费：20万/年"),
        ([("软件", "18万"), ("实施", "4万"), ("合计", "22万")], 22 * WAN, "软件：18万\n实施：4万\n合计：22万"),
        ([("单价", "500元")], None, "单价：500元"),
        ([("价格", "按上次报价")], None, "价格：按上次报价"),
    ],
)
def test_an_amount_is_agreed_only_where_one_is_named_and_the_words_are_kept(prices, amount, kept):
    found = said(*(("price", term, text) for term, text in prices))
    assert (found.amount, found.other_terms) == (amount, kept)


@pytest.mark.parametrize(
    ("topic", "consensus", "told"),
    [
        ("price", "年费22万，实施费3万", ["price.asked", "limit.price_unchecked"]),
        ("price", "不超过21万", ["price.asked", "limit.price"]),
        ("price", "23-25万", ["price.asked"]),
        ("price", "同意", ["limit.price_unchecked"]),
        ("price", "贰拾壹万元整", ["limit.price"]),
        ("payment", "分3期", ["limit.payment_unchecked"]),
        ("payment", "半年", ["limit.payment"]),
        ("payment", "3个月", []),
        ("payment", "2027年3月底前付清", ["limit.payment"]),
        ("payment", "签约后60天开票，开票后60天付款", ["limit.payment_unchecked"]),
        ("delivery", "5个工作日", ["limit.delivery"]),
        ("delivery", "15个工作日", []),
        ("delivery", "12月底前交付", []),
        ("delivery", "12月5日前交付", ["limit.delivery"]),
        ("delivery", "尽快", ["limit.delivery_unchecked"]),
        ("delivery", "无", []),
        ("support", "4小时响应", []),
    ],
)
def test_a_limit_is_kept_crossed_or_said_not_to_be_checked(topic, consensus, told):
    term = NegotiationTerm(id="t", topic=topic, term="条款", consensus=consensus)
    found = check_terms([term], PLAN, date(2026, 11, 29))
    assert [finding.message for finding in found] == told
    assert all(finding.params.keys() <= {"words"} for finding in found)


def test_a_term_without_a_topic_is_checked_by_its_words():
    term = NegotiationTerm(id="t", term="付款方式", consensus="120天")
    assert [finding.message for finding in check_terms([term], PLAN)] == ["limit.payment"]


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (on(date(2026, 2, 13), delivery="5个工作日"), []),  # 14 days, over Spring Festival
        (on(date(2026, 3, 2), delivery="5个工作日"), ["limit.delivery"]),  # 7 days
        (on(date(2026, 11, 29), payment="月结60天"), ["limit.payment_unchecked"]),
        (on(date(2026, 11, 29), payment="货到付款"), ["limit.payment_unchecked"]),
        (on(date(2026, 11, 29), payment="货到付款", payment_days=10), []),
        (on(date(2026, 11, 29), payment="90天（自2026年12月1日起）"), []),
    ],
)
def test_what_was_agreed_in_working_days_or_by_a_day_is_checked_on_the_calendar(result, told):
    assert [finding.message for finding in check_result(result, PLAN)] == told


def test_what_could_not_be_taken_into_a_result_is_asked():
    terms = [NegotiationTerm(id="t", topic="price", term="价格", consensus="年费22万，实施费3万")]
    result = on(date(2026, 11, 29), delivery="15个工作日", payment="半年", payment_days=180)
    found = {finding.message: (finding.field, finding.params) for finding in ask(result, terms)}
    assert found == {
        "price.asked": ("amount", {"words": "价格：年费22万，实施费3万"}),
        "span.asked": ("delivery_days", {}),
        "span.months": ("payment_days", {"months": 6, "days": 180}),
    }
    result.delivery = "12月底前交付"
    assert [(f.message, f.params) for f in ask(result, ())][-1] == ("span.day", {"day": "2026-12-31"})
    result.amount, result.delivery_days = 25 * WAN, 21
    assert [finding.message for finding in ask(result, terms)] == ["span.months"]


@pytest.mark.parametrize(
    ("before", "after", "percent"), [(200, 199, 1), (200, 175, 13), (8, 7, 13), (40, 39, 3), (1000, 999, 0)]
)
def test_the_share_given_away_is_rounded_half_up(before, after, percent):
    term = NegotiationTerm(term=f"价格{before}万", consensus=f"{after}万")
    assert [found.percent for found in concessions([term])] == [percent]
