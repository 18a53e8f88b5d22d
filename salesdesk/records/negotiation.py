"""商务谈判: our limits, the meetings, and what was agreed."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy.orm import Mapped

from salesdesk.records.base import Approval, Form, Record, Stage
from salesdesk.records.field import (
    Audience,
    Merge,
    Named,
    choice,
    clock,
    day,
    integer,
    link,
    moment,
    money,
    note,
    percent,
    text,
)
from salesdesk.records.kinds import Option
from salesdesk.records.roles import DECIDERS, NOBODY, SALES, TEAM, Role

TOPICS = (
    Option("price", "价格", "Price"),
    Option("payment", "付款方式", "Payment"),
    Option("delivery", "交付时间", "Delivery"),
    Option("support", "售后支持", "Support"),
    Option("other", "其他", "Other"),
)

DECISIONS = (
    Option("approved", "同意", "Approved"),
    Option("returned", "退回修改", "Sent back"),
    Option("rejected", "不同意", "Rejected"),
)

STEPS = (
    Option("manager", "销售经理审核", "Sales manager"),
    Option("legal", "法务审核", "Legal"),
    Option("general_manager", "总经理审批", "General manager"),
)

CONFIDENTIAL = Audience.CONFIDENTIAL
CUSTOMER = Audience.CUSTOMER


class NegotiationPlan(Record):
    """谈判底线与策略. Confidential as a whole: it never reaches a customer's eyes or paper."""

    __tablename__ = "negotiation_plan"
    __form__ = Form(
        zh="谈判底线与策略", en="Limits and strategy", title="concessions", writers=SALES, stage=Stage.NEGOTIATION
    )

    customer_id: Mapped[str] = link("客户名称", "Customer", to="customer", moves=True, required=True, listed=True)
    opportunity_id: Mapped[str] = link("销售机会", "Opportunity", to="opportunity", moves=True, shown=False)
    list_price: Mapped[int | None] = money("标准报价", "List price", required=True, audience=CONFIDENTIAL)
    floor_price: Mapped[int | None] = money("最低价格", "Lowest price", required=True, audience=CONFIDENTIAL)
    floor_discount: Mapped[int | None] = percent(
        "最低折扣（成交价/标准报价）", "Lowest price in % of the list price", audience=CONFIDENTIAL
    )
    longest_payment_days: Mapped[int | None] = integer(
        "最长付款周期", "Longest payment term", high=3650, unit_sign="天", required=True, audience=CONFIDENTIAL
    )
    least_delivery_days: Mapped[int | None] = integer(
        "最短交付周期", "Shortest delivery", high=3650, unit_sign="天", audience=CONFIDENTIAL
    )
    fixed_terms: Mapped[str] = note(
        "核心服务条款不可妥协项", "Terms not to be given up", lines=3, required=True, audience=CONFIDENTIAL
    )
    interests: Mapped[str] = note(
        "关键人诉求（技术/采购/决策层）", "What key people care about", lines=3, audience=CONFIDENTIAL
    )
    concessions: Mapped[str] = note(
        "让步策略", "Concessions we may make", lines=3, required=True, audience=CONFIDENTIAL
    )
    alternative: Mapped[str] = note("替代方案", "Alternative", lines=2, audience=CONFIDENTIAL)


class Negotiation(Record):
    """商务谈判要点表 (paper 5): one meeting; its terms are rows."""

    __tablename__ = "negotiation"
    __form__ = Form(
        zh="商务谈判要点表", en="Negotiation record", title="place", writers=SALES, stage=Stage.NEGOTIATION, paper=5
    )

    customer_id: Mapped[str] = link("客户名称", "Customer", to="customer", moves=True, required=True, listed=True)
    opportunity_id: Mapped[str] = link("销售机会", "Opportunity", to="opportunity", moves=True, shown=False)
    met_on: Mapped[date | None] = day("谈判时间", "Met on", required=True, listed=True, unit="met", audience=CUSTOMER)
    met_until: Mapped[time | None] = clock("结束时刻", "Until", unit="met")
    place: Mapped[str] = text("谈判地点/方式", "Place or mode", required=True, listed=True, audience=CUSTOMER)
    customer_people: Mapped[str] = text(
        "客户参与人员",
        "Customer's people",
        max_length=500,
        required=True,
        listed=True,
        audience=CUSTOMER,
        names=Named.PERSON,
    )
    our_people: Mapped[str] = text(
        "我方参与人员", "Our people", max_length=500, required=True, listed=True, audience=CUSTOMER, names=Named.PERSON
    )


class NegotiationTerm(Record):
    """One term of a meeting: both positions, what was agreed, what stays open."""

    __tablename__ = "negotiation_term"
    __form__ = Form(
        zh="核心条款", en="Terms", title="term", writers=SALES, parent="negotiation_id", stage=Stage.NEGOTIATION
    )

    negotiation_id: Mapped[str] = link("商务谈判要点表", "Meeting", to="negotiation", required=True)
    row_no: Mapped[int | None] = integer("序号", "No.", low=1, high=9999, shown=False)
    topic: Mapped[str] = choice("类别", "Topic", TOPICS, audience=CUSTOMER)
    term: Mapped[str] = text("讨论核心条款", "Term discussed", required=True, listed=True, audience=CUSTOMER)
    customer_position: Mapped[str] = text("客户立场", "Customer's position", listed=True, audience=CUSTOMER)
    our_position: Mapped[str] = text("我方立场", "Our position", listed=True, audience=CONFIDENTIAL)
    consensus: Mapped[str] = text("初步共识", "Agreed so far", listed=True, audience=CUSTOMER)
    open_point: Mapped[str] = text("未达成一致项", "Still open", listed=True, audience=CUSTOMER)
    carried_from: Mapped[str] = link("承接自", "Carried over from", to="negotiation_term", shown=False)


class AgreedTerms:
    """What a result and a contract say in the same words, so that one can be held against the other."""

    payment: Mapped[str] = note(
        "付款方式",
        "Payment",
        lines=2,
        required=True,
        section="agreed",
        covered=True,
        audience=CUSTOMER,
        merge=Merge.NEWEST,
    )
    payment_days: Mapped[int | None] = integer(
        "付款周期", "Payment term", high=3650, unit_sign="天", section="agreed", covered=True, audience=CUSTOMER
    )
    delivery: Mapped[str] = note(
        "交付时间与标准",
        "Delivery",
        lines=2,
        required=True,
        section="agreed",
        covered=True,
        audience=CUSTOMER,
        merge=Merge.NEWEST,
    )
    delivery_days: Mapped[int | None] = integer(
        "交付周期", "Delivery time", high=3650, unit_sign="天", section="agreed", covered=True, audience=CUSTOMER
    )
    support: Mapped[str] = note(
        "售后支持", "Support", lines=2, section="agreed", covered=True, audience=CUSTOMER, merge=Merge.NEWEST
    )
    other_terms: Mapped[str] = note(
        "其他约定", "Other terms", lines=2, section="agreed", covered=True, audience=CUSTOMER, merge=Merge.NEWEST
    )


class Decided:
    """A step of an approval. Empty until somebody decides; the office checks who (docs/approval.md).

    `fingerprint` is the SHA-256 of what was decided upon: another content is another decision.
    `person_id` names who decided, or to whom the step was handed while nothing is decided. `submission` names the
    steps that were asked for together; the office gives it.

    The office makes the steps: a laptop asks for them, and its decision is a request for the fields with `writers`.
    Everything else is filled in from who is signed in, and nothing of it changes once there is a decision.
    """

    row_no: Mapped[int | None] = integer("序号", "No.", low=1, high=9999, shown=False)
    step: Mapped[str] = choice("审批环节", "Step", STEPS, required=True, listed=True, merge=Merge.OFFICE_WINS)
    approver: Mapped[str] = text("审批人", "Approver", max_length=80, listed=True, unit="decision", names=Named.PERSON)
    decision: Mapped[str] = choice("审批结论", "Decision", DECISIONS, listed=True, unit="decision", writers=DECIDERS)
    opinion: Mapped[str] = note(
        "审批意见", "Opinion", lines=2, listed=True, unit="decision", merge=Merge.NEWEST, writers=DECIDERS
    )
    decided_on: Mapped[date | None] = day("审批时间", "Decided on", listed=True, unit="decision", writers=DECIDERS)
    decided_at: Mapped[datetime | None] = moment("记录时间", "Recorded at", unit="decision", shown=False)
    person_id: Mapped[str] = link(
        "审批人账号", "Approver's account", to="person", unit="decision", shown=False, moves=True, writers=DECIDERS
    )
    fingerprint: Mapped[str] = text("内容摘要", "Fingerprint", max_length=64, unit="decision", shown=False)
    submission: Mapped[str] = text("提交批次", "Submission", max_length=36, shown=False, merge=Merge.OFFICE_WINS)


class NegotiationResult(AgreedTerms, Record):
    """谈判结果确认单: what was agreed, for the customer to confirm and for manager and legal to review."""

    __tablename__ = "negotiation_result"
    __form__ = Form(
        zh="谈判结果确认单",
        en="Negotiation result",
        title="reference",
        writers=TEAM,
        stage=Stage.NEGOTIATION,
        approval=Approval("result_review", (Role.MANAGER, Role.LEGAL)),
    )

    customer_id: Mapped[str] = link(
        "客户名称", "Customer", to="customer", moves=True, required=True, listed=True, audience=CUSTOMER
    )
    opportunity_id: Mapped[str] = link("销售机会", "Opportunity", to="opportunity", moves=True, shown=False)
    reference: Mapped[str] = text("编号", "Reference", max_length=40, listed=True, searched=True, audience=CUSTOMER)
    amount: Mapped[int | None] = money("成交价格", "Price", required=True, listed=True, audience=CUSTOMER, covered=True)
    agreed_on: Mapped[date | None] = day("确认日期", "Agreed on", listed=True, audience=CUSTOMER)
    submitted_by: Mapped[str] = text(
        "提交人", "Submitted by", max_length=80, shown=False, sealed_by="submitted_id", names=Named.PERSON
    )
    submitted_id: Mapped[str] = link(
        "提交人账号", "Submitter's account", to="person", shown=False, moves=True, writers=NOBODY
    )
    submitted_on: Mapped[date | None] = day("提交时间", "Submitted on", shown=False, sealed_by="submitted_id")


class ResultReview(Decided, Record):
    """A step in the review of a negotiation result."""

    __tablename__ = "result_review"
    __form__ = Form(
        zh="内部审核",
        en="Review",
        title="step",
        writers=NOBODY,
        parent="result_id",
        stage=Stage.NEGOTIATION,
        edited=False,
    )

    result_id: Mapped[str] = link("谈判结果确认单", "Result", to="negotiation_result", required=True)
