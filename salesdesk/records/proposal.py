"""方案制定: the proposal in six modules, what it is worth, and the objections it meets."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from salesdesk.records.base import Form, Record, Stage
from salesdesk.records.field import (
    Audience,
    Merge,
    Named,
    choice,
    day,
    flag,
    integer,
    link,
    money,
    note,
    percent,
    text,
)
from salesdesk.records.kinds import Option
from salesdesk.records.prospecting import INDUSTRIES
from salesdesk.records.roles import TEAM

MODULES = (
    Option("pains", "客户痛点分析", "Customer's pain points"),
    Option("overview", "解决方案概述", "Solution overview"),
    Option("features", "核心功能详情", "Core functions"),
    Option("value", "价值量化", "Value in figures"),
    Option("plan", "实施计划", "Implementation plan"),
    Option("cases", "成功案例", "Success stories"),
)

PROPOSAL_STATES = (
    Option("draft", "编写中", "Being written"),
    Option("presented", "已呈现", "Presented"),
    Option("accepted", "客户认可", "Accepted"),
    Option("declined", "客户未认可", "Declined"),
)

OBJECTION_KINDS = (
    Option("price", "价格", "Price"),
    Option("schedule", "实施周期", "Time to implement"),
    Option("features", "功能", "Functions"),
    Option("risk", "风险与安全", "Risk and safety"),
    Option("rival", "竞争对手", "Competitor"),
    Option("other", "其他", "Other"),
)

OBJECTION_OUTCOMES = (
    Option("open", "处理中", "Open"),
    Option("accepted", "客户接受", "Accepted"),
    Option("partly", "部分接受", "Partly accepted"),
    Option("declined", "客户未接受", "Not accepted"),
)


class Proposal(Record):
    """方案 with its 方案设计清单 (paper 3): the modules are rows, so is what it is worth."""

    __tablename__ = "proposal"
    __form__ = Form(
        zh="方案设计清单", en="Proposal checklist", title="subject", writers=TEAM, stage=Stage.PROPOSAL, paper=3
    )

    customer_id: Mapped[str] = link(
        "客户名称", "Customer", to="customer", moves=True, required=True, listed=True, audience=Audience.CUSTOMER
    )
    opportunity_id: Mapped[str] = link("销售机会", "Opportunity", to="opportunity", moves=True, shown=False)
    subject: Mapped[str] = text(
        "方案名称", "Proposal", required=True, listed=True, searched=True, audience=Audience.CUSTOMER
    )
    version: Mapped[int | None] = integer("版本", "Version", low=1, high=999, listed=True, audience=Audience.CUSTOMER)
    state: Mapped[str] = choice("状态", "State", PROPOSAL_STATES, listed=True)
    price: Mapped[int | None] = money("报价", "Price", listed=True, audience=Audience.CUSTOMER)
    valid_until: Mapped[date | None] = day("报价有效期至", "Price valid until", audience=Audience.CUSTOMER)
    delivery_days: Mapped[int | None] = integer(
        "承诺实施周期", "Promised time to implement", high=3650, unit_sign="天", audience=Audience.CUSTOMER
    )
    least_days: Mapped[int | None] = integer("实施所需最短周期", "Shortest time we need", high=3650, unit_sign="天")
    presented_on: Mapped[date | None] = day("呈现日期", "Presented on", listed=True)
    presented_to: Mapped[str] = text("呈现对象", "Presented to", names=Named.PERSON)
    remark: Mapped[str] = note("内部备注", "Internal remark")


class ProposalModule(Record):
    """One module of a proposal: a row of 方案设计清单."""

    __tablename__ = "proposal_module"
    __form__ = Form(
        zh="方案模块", en="Modules", title="module", writers=TEAM, parent="proposal_id", stage=Stage.PROPOSAL
    )

    proposal_id: Mapped[str] = link("方案设计清单", "Proposal", to="proposal", required=True)
    row_no: Mapped[int | None] = integer("序号", "No.", low=1, high=9999, shown=False)
    module: Mapped[str] = choice("方案模块", "Module", MODULES, required=True, listed=True, audience=Audience.CUSTOMER)
    requirement: Mapped[str] = note("必备内容", "What it must hold", lines=2, listed=True, merge=Merge.NEWEST)
    content: Mapped[str] = note("方案内容", "Content", lines=2, audience=Audience.CUSTOMER)
    done: Mapped[bool] = flag("完成状态", "Done", listed=True)
    owner: Mapped[str] = text("负责人", "Owner", max_length=80, listed=True, names=Named.PERSON)
    finished_on: Mapped[date | None] = day("完成时间", "Finished on", listed=True)


class ValueLine(Record):
    """One line of 价值量化: what something costs in a year today, and what it will."""

    __tablename__ = "value_line"
    __form__ = Form(
        zh="价值量化", en="Value in figures", title="item", writers=TEAM, parent="proposal_id", stage=Stage.PROPOSAL
    )

    proposal_id: Mapped[str] = link("方案设计清单", "Proposal", to="proposal", required=True)
    row_no: Mapped[int | None] = integer("序号", "No.", low=1, high=9999, shown=False)
    item: Mapped[str] = text("项目", "Item", required=True, listed=True, audience=Audience.CUSTOMER)
    cost_now: Mapped[int | None] = money("现状（每年）", "Now, a year", audience=Audience.CUSTOMER)
    cost_after: Mapped[int | None] = money("实施后（每年）", "After, a year", audience=Audience.CUSTOMER)
    efficiency: Mapped[int | None] = percent("效率提升", "Efficiency gain", audience=Audience.CUSTOMER)


class Objection(Record):
    """异议处理记录表 (paper 4), one row."""

    __tablename__ = "objection"
    __form__ = Form(
        zh="异议处理记录表", en="Objection record", title="objection", writers=TEAM, stage=Stage.PROPOSAL, paper=4
    )

    customer_id: Mapped[str] = link("客户名称", "Customer", to="customer", moves=True, required=True, listed=True)
    opportunity_id: Mapped[str] = link("销售机会", "Opportunity", to="opportunity", moves=True, shown=False)
    raised_on: Mapped[date | None] = day("异议提出时间", "Raised on", required=True, listed=True)
    kind: Mapped[str] = choice("异议类别", "Kind", OBJECTION_KINDS, listed=True)
    objection: Mapped[str] = note("异议内容", "Objection", lines=2, required=True, listed=True, searched=True)
    demand: Mapped[str] = note("客户诉求", "What the customer asks for", lines=2)
    strategy: Mapped[str] = note("应答策略", "Our answer", lines=3, required=True)
    answer_id: Mapped[str] = link("采用的应答话术", "Answer used", to="objection_answer", moves=True, shown=False)
    owner: Mapped[str] = text("解决责任人", "Settled by", max_length=80, required=True, listed=True, names=Named.PERSON)
    settled_on: Mapped[date | None] = day("解决时间", "Settled on", required=True, listed=True)
    feedback: Mapped[str] = note("客户反馈", "Customer's reply", lines=2, listed=True)
    outcome: Mapped[str] = choice("处理结果", "Outcome", OBJECTION_OUTCOMES, listed=True)


class ObjectionAnswer(Record):
    """应答话术: an answer that the company has prepared, or that a rep found to work."""

    __tablename__ = "objection_answer"
    __form__ = Form(zh="应答话术", en="Prepared answer", title="objection", writers=TEAM, stage=Stage.PROPOSAL)

    objection: Mapped[str] = text("客户异议", "Objection", required=True, listed=True, searched=True)
    kind: Mapped[str] = choice("异议类别", "Kind", OBJECTION_KINDS, listed=True)
    industry: Mapped[str] = choice("适用行业", "For the industry", INDUSTRIES, listed=True)
    answer: Mapped[str] = note("应答要点", "Answer", lines=4, required=True, listed=True, searched=True)


class CaseStudy(Record):
    """成功案例: a customer of the same industry, to be shown in proposals."""

    __tablename__ = "case_study"
    __form__ = Form(zh="成功案例", en="Success story", title="customer_name", writers=TEAM, stage=Stage.PROPOSAL)

    customer_name: Mapped[str] = text(
        "案例客户", "Customer of the story", required=True, listed=True, searched=True, audience=Audience.CUSTOMER
    )
    industry: Mapped[str] = choice("所属行业", "Industry", INDUSTRIES, listed=True, audience=Audience.CUSTOMER)
    effect: Mapped[str] = note("实施效果", "Effect", lines=2, required=True, listed=True, audience=Audience.CUSTOMER)
    quote: Mapped[str] = note("客户评价", "What the customer says", lines=2, audience=Audience.CUSTOMER)


class TextBlock(Record):
    """行业内容: a text for a module of a proposal, written once for an industry."""

    __tablename__ = "text_block"
    __form__ = Form(zh="行业内容", en="Industry text", title="heading", writers=TEAM, stage=Stage.PROPOSAL)

    heading: Mapped[str] = text("标题", "Heading", required=True, listed=True, searched=True)
    module: Mapped[str] = choice("方案模块", "Module", MODULES, required=True, listed=True)
    industry: Mapped[str] = choice("所属行业", "Industry", INDUSTRIES, listed=True)
    content: Mapped[str] = note("内容", "Content", lines=6, required=True, audience=Audience.CUSTOMER)
