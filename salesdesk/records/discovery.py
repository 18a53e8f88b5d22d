"""需求分析: what the customer needs, who decides, and the letter that confirms it."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from salesdesk.records.base import Form, Record, Stage, SumTo, not_deleted, recently_changed
from salesdesk.records.field import (
    Audience,
    Merge,
    Named,
    choice,
    clock,
    day,
    flag,
    integer,
    link,
    moment,
    note,
    percent,
    text,
)
from salesdesk.records.kinds import Option
from salesdesk.records.roles import TEAM

INFLUENCES = (
    Option("decides", "决策", "Decides"),
    Option("influences", "影响", "Influences"),
    Option("uses", "使用", "Uses"),
    Option("technical", "技术", "Technical"),
    Option("buys", "采购", "Purchasing"),
)

ALL_WEIGHTS = 100  # percent

ATTITUDES = (
    Option("supports", "支持", "Supports"),
    Option("neutral", "中立", "Neutral"),
    Option("opposes", "反对", "Opposes"),
    Option("unknown", "未知", "Unknown"),
)

LETTER_STATES = (
    Option("draft", "待发出", "To be sent"),
    Option("sent", "待客户确认", "Waiting for the customer"),
    Option("confirmed", "客户已确认", "Confirmed"),
    Option("changes", "客户要求修改", "Changes asked for"),
)

SENDING = (
    Option("print", "当面递交", "Handed over"),
    Option("mail", "电子邮件", "E-mail"),
    Option("wechat", "微信", "WeChat"),
    Option("post", "快递", "Courier"),
)


class Outline(Record):
    """需求沟通提纲: the questions prepared for an interview, with room for the answers."""

    __tablename__ = "outline"
    __form__ = Form(zh="沟通提纲", en="Interview outline", title="subject", writers=TEAM, stage=Stage.DISCOVERY)
    __table_args__ = (recently_changed(), Index(None, "planned_on"))

    customer_id: Mapped[str] = link("客户名称", "Customer", to="customer", moves=True, required=True, listed=True)
    opportunity_id: Mapped[str] = link("销售机会", "Opportunity", to="opportunity", moves=True, shown=False)
    subject: Mapped[str] = text("提纲主题", "Subject", required=True, listed=True, searched=True)
    planned_on: Mapped[date | None] = day("计划访谈日期", "Interview planned on", listed=True)


class OutlineQuestion(Record):
    """One question of an outline and the customer's answer."""

    __tablename__ = "outline_question"
    __form__ = Form(
        zh="问题", en="Question", title="question", writers=TEAM, parent="outline_id", stage=Stage.DISCOVERY
    )

    outline_id: Mapped[str] = link("沟通提纲", "Outline", to="outline", required=True)
    row_no: Mapped[int | None] = integer("序号", "No.", low=1, high=9999, shown=False)
    question: Mapped[str] = note("问题", "Question", lines=2, required=True, listed=True, merge=Merge.NEWEST)
    answer: Mapped[str] = note("客户回答", "Answer", lines=2, listed=True)


class NeedsAnalysis(Record):
    """客户需求分析记录表 (paper 2); the decision chain is `DecisionRole` rows."""

    __tablename__ = "needs_analysis"
    __form__ = Form(
        zh="客户需求分析记录表", en="Needs analysis record", title="pains", writers=TEAM, stage=Stage.DISCOVERY, paper=2
    )
    # 今日 looks for interviews without a sent letter: both sides are read from their indexes alone
    __table_args__ = (
        recently_changed(),
        Index("ix_needs_analysis_recent", "interviewed_on", "interviewed_until", "id", sqlite_where=not_deleted()),
    )

    customer_id: Mapped[str] = link(
        "客户名称", "Customer", to="customer", moves=True, required=True, listed=True, audience=Audience.CUSTOMER
    )
    opportunity_id: Mapped[str] = link("销售机会", "Opportunity", to="opportunity", moves=True, shown=False)
    interviewed_on: Mapped[date | None] = day(
        "需求挖掘时间", "Interviewed on", required=True, listed=True, unit="interviewed", audience=Audience.CUSTOMER
    )
    interviewed_until: Mapped[time | None] = clock("结束时刻", "Until", unit="interviewed")
    participants: Mapped[str] = text(
        "参与人员", "Participants", max_length=500, required=True, audience=Audience.CUSTOMER, names=Named.PERSON
    )
    pains: Mapped[str] = note(
        "核心痛点描述", "Core pain points", required=True, listed=True, searched=True, audience=Audience.CUSTOMER
    )
    explicit_needs: Mapped[str] = note(
        "明确需求（客户提出）", "Explicit needs (stated)", required=True, audience=Audience.CUSTOMER
    )
    implicit_needs: Mapped[str] = note("隐性需求（分析判断）", "Implicit needs (our analysis)")
    budget: Mapped[str] = text("预算范围", "Budget range", max_length=100)
    cooperation_period: Mapped[str] = text(
        "合作周期", "Period of cooperation", max_length=100, audience=Audience.CUSTOMER
    )


class DecisionRole(Record):
    """One role of the customer's decision chain (决策链图谱)."""

    __tablename__ = "decision_role"
    __form__ = Form(
        zh="决策链",
        en="Decision chain",
        title="role",
        writers=TEAM,
        parent="analysis_id",
        stage=Stage.DISCOVERY,
        sum_to=SumTo("weight", ALL_WEIGHTS),
    )

    analysis_id: Mapped[str] = link("客户需求分析记录表", "Needs analysis", to="needs_analysis", required=True)
    row_no: Mapped[int | None] = integer("序号", "No.", low=1, high=9999, shown=False)
    role: Mapped[str] = text("决策链角色", "Role", max_length=80, required=True, listed=True)
    person: Mapped[str] = text("姓名", "Name", max_length=80, listed=True, names=Named.PERSON)
    influence: Mapped[str] = choice("影响类型", "Influence", INFLUENCES, listed=True)
    weight: Mapped[int | None] = percent("权重", "Weight", listed=True)
    attitude: Mapped[str] = choice("态度", "Attitude", ATTITUDES, listed=True)
    met: Mapped[bool] = flag("已接触", "Met", listed=True)


class ConfirmationLetter(Record):
    """需求确认函: due 24 hours after the interview, in versions; the PDF is an attachment."""

    __tablename__ = "confirmation_letter"
    __form__ = Form(zh="需求确认函", en="Confirmation letter", title="reference", writers=TEAM, stage=Stage.DISCOVERY)
    __table_args__ = (
        recently_changed(),
        Index("ix_confirmation_letter_sent", "analysis_id", "sent_at", "deleted_at"),
    )

    customer_id: Mapped[str] = link("客户名称", "Customer", to="customer", moves=True, required=True, listed=True)
    opportunity_id: Mapped[str] = link("销售机会", "Opportunity", to="opportunity", moves=True, shown=False)
    analysis_id: Mapped[str] = link("客户需求分析记录表", "Needs analysis", to="needs_analysis", required=True)
    reference: Mapped[str] = text(
        "编号", "Reference", max_length=40, listed=True, searched=True, audience=Audience.CUSTOMER
    )
    version: Mapped[int | None] = integer("版本", "Version", low=1, high=999, listed=True, audience=Audience.CUSTOMER)
    recipient: Mapped[str] = text("收件人", "Recipient", max_length=80, audience=Audience.CUSTOMER, names=Named.PERSON)
    due_at: Mapped[datetime | None] = moment("最迟发出时间", "Due", listed=True)
    state: Mapped[str] = choice("状态", "State", LETTER_STATES, listed=True)
    sent_at: Mapped[datetime | None] = moment("发出时间", "Sent at", unit="sent", merge=Merge.FIELD_WINS)
    sent_by: Mapped[str] = choice("发出方式", "Sent by", SENDING, unit="sent", merge=Merge.FIELD_WINS)
    reply: Mapped[str] = note("客户反馈", "Customer's reply")
    confirmed_on: Mapped[date | None] = day("客户确认日期", "Confirmed on", merge=Merge.FIELD_WINS)
