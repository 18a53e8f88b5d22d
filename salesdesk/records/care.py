"""售后跟进: delivery and acceptance, and the visits after it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from salesdesk.records.base import Form, Record, Stage, not_deleted, recently_changed
from salesdesk.records.field import Audience, Merge, Named, choice, day, flag, integer, link, note, text
from salesdesk.records.kinds import Option
from salesdesk.records.roles import TEAM

RESULTS = (
    Option("accepted", "验收通过", "Accepted"),
    Option("conditional", "有条件通过", "Accepted with conditions"),
    Option("refused", "未通过", "Not accepted"),
)

MODES = (
    Option("phone", "电话回访", "Phone call"),
    Option("visit", "上门拜访", "Visit"),
    Option("video", "视频会议", "Video meeting"),
    Option("wechat", "微信", "WeChat"),
)

CUSTOMER = Audience.CUSTOMER


class Delivery(Record):
    """交付验收确认单: what was handed over, whether it is in use, and what the customer says to it."""

    __tablename__ = "delivery"
    __form__ = Form(zh="交付验收确认单", en="Delivery and acceptance", title="subject", writers=TEAM, stage=Stage.CARE)
    __table_args__ = (recently_changed(), Index(None, "contacted_on", "delivered_on", sqlite_where=not_deleted()))

    customer_id: Mapped[str] = link(
        "客户名称", "Customer", to="customer", moves=True, required=True, listed=True, audience=CUSTOMER
    )
    opportunity_id: Mapped[str] = link("销售机会", "Opportunity", to="opportunity", moves=True, shown=False)
    contract_id: Mapped[str] = link("合同", "Contract", to="contract", shown=False)
    subject: Mapped[str] = text("交付内容", "Delivered", required=True, listed=True, audience=CUSTOMER)
    delivered_on: Mapped[date | None] = day("交付日期", "Delivered on", required=True, listed=True, audience=CUSTOMER)
    contacted_on: Mapped[date | None] = day("首次联系日期", "First contact on", listed=True, merge=Merge.FIELD_WINS)
    contacted_by: Mapped[str] = text("客户成功经理", "Customer success manager", max_length=80, names=Named.PERSON)
    in_use: Mapped[bool] = flag("已正常使用", "In use", audience=CUSTOMER)
    usage: Mapped[str] = note("使用情况", "How it is used", lines=2, audience=CUSTOMER)
    problems: Mapped[str] = note("反馈问题", "Problems reported", lines=2, audience=CUSTOMER)
    result: Mapped[str] = choice(
        "验收结论", "Result", RESULTS, listed=True, unit="accepted", merge=Merge.FIELD_WINS, audience=CUSTOMER
    )
    accepted_on: Mapped[date | None] = day(
        "验收日期", "Accepted on", unit="accepted", merge=Merge.FIELD_WINS, audience=CUSTOMER
    )
    signatory: Mapped[str] = text(
        "客户签字人",
        "Signed for the customer by",
        max_length=80,
        unit="accepted",
        merge=Merge.FIELD_WINS,
        audience=CUSTOMER,
        names=Named.PERSON,
    )


class Visit(Record):
    """客户回访记录表 (paper 7), one row."""

    __tablename__ = "visit"
    __form__ = Form(
        zh="客户回访记录表", en="Customer visit record", title="feedback", writers=TEAM, stage=Stage.CARE, paper=7
    )
    __table_args__ = (recently_changed(), Index(None, "next_visit_on", sqlite_where=not_deleted()))

    customer_id: Mapped[str] = link("客户名称", "Customer", to="customer", moves=True, required=True, listed=True)
    opportunity_id: Mapped[str] = link("销售机会", "Opportunity", to="opportunity", moves=True, shown=False)
    visited_on: Mapped[date | None] = day("回访时间", "Visited on", required=True, listed=True)
    mode: Mapped[str] = choice("回访方式", "Mode", MODES, required=True, listed=True)
    visitor: Mapped[str] = text("回访人", "Visited by", max_length=80, required=True, listed=True, names=Named.PERSON)
    feedback: Mapped[str] = note(
        "客户反馈内容（使用体验、问题等）", "What the customer says", lines=3, required=True, listed=True
    )
    satisfaction: Mapped[int | None] = integer(
        "满意度评分（1-5分）", "Satisfaction (1 to 5)", low=1, high=5, required=True, listed=True
    )
    new_needs: Mapped[str] = note("新增需求", "New needs", lines=2, listed=True)
    follow_up: Mapped[str] = note("后续行动", "Follow-up", lines=2)
    owner: Mapped[str] = text("负责人", "Owner", max_length=80, listed=True, names=Named.PERSON)
    next_visit_on: Mapped[date | None] = day("下次回访时间", "Next visit", listed=True)
