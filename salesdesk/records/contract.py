"""合同签订: the contract, its approval, and its place in the archive."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from salesdesk.records.base import Approval, Form, Record, Stage, recently_changed
from salesdesk.records.field import Audience, Merge, Named, choice, day, flag, link, money, note, percent, text
from salesdesk.records.kinds import Option
from salesdesk.records.negotiation import AgreedTerms, Decided
from salesdesk.records.roles import NOBODY, OFFICE, TEAM, Role

SIGNING = (
    Option("paper", "纸质签署", "On paper"),
    Option("electronic", "电子签章", "Electronic signature"),
)

TEXT_LANGUAGES = (Option("zh", "中文", "Chinese"), Option("en", "英文", "English"))

CUSTOMER = Audience.CUSTOMER
WAN = 10_000


class Signed:
    """Signing and filing: the office keeps the original, sales a scan."""

    signed_by: Mapped[str] = choice(
        "签署方式", "Signed by", SIGNING, section="signing", unit="signing", merge=Merge.FIELD_WINS
    )
    signed_on: Mapped[date | None] = day(
        "签约日期", "Signed on", listed=True, section="signing", unit="signing", merge=Merge.FIELD_WINS
    )
    archive_place: Mapped[str] = text("原件归档位置", "Original filed at", section="signing", unit="archive")
    archived_by: Mapped[str] = text(
        "归档人（行政部）", "Filed by", max_length=80, section="signing", unit="archive", names=Named.PERSON
    )
    archived_on: Mapped[date | None] = day("归档日期", "Filed on", section="signing", unit="archive")


class Contract(AgreedTerms, Signed, Record):
    """合同 with its 合同审批表 (paper 6); the steps of the approval are rows."""

    __tablename__ = "contract"
    __form__ = Form(
        zh="合同审批表",
        en="Contract and approval",
        title="number",
        writers=TEAM,
        stage=Stage.CONTRACT,
        paper=6,
        approval=Approval("approval_step", (Role.MANAGER, Role.LEGAL, Role.GENERAL_MANAGER)),
    )
    __table_args__ = (recently_changed(), Index(None, "number"))

    number: Mapped[str] = text(
        "合同编号",
        "Contract number",
        max_length=40,
        required=True,
        listed=True,
        searched=True,
        audience=CUSTOMER,
        unique=True,
    )
    customer_id: Mapped[str] = link(
        "客户名称", "Customer", to="customer", moves=True, required=True, listed=True, audience=CUSTOMER
    )
    opportunity_id: Mapped[str] = link("销售机会", "Opportunity", to="opportunity", moves=True, shown=False)
    result_id: Mapped[str] = link("谈判结果确认单", "Negotiation result", to="negotiation_result", shown=False)
    amount: Mapped[int | None] = money(
        "合同金额（万元）",
        "Amount (10,000 yuan)",
        bare=WAN,
        required=True,
        listed=True,
        audience=CUSTOMER,
        covered=True,
    )
    list_price: Mapped[int | None] = money("标准报价（万元）", "List price (10,000 yuan)", bare=WAN, covered=True)
    kind: Mapped[str] = text(
        "合同类型", "Kind of contract", max_length=80, required=True, listed=True, audience=CUSTOMER, covered=True
    )
    submitted_by: Mapped[str] = text(
        "提交人",
        "Submitted by",
        max_length=80,
        listed=True,
        unit="submitted",
        sealed_by="submitted_id",
        names=Named.PERSON,
    )
    submitted_on: Mapped[date | None] = day(
        "提交时间", "Submitted on", listed=True, unit="submitted", sealed_by="submitted_id"
    )
    submitted_id: Mapped[str] = link(
        "提交人账号", "Submitter's account", to="person", unit="submitted", shown=False, moves=True, writers=NOBODY
    )
    party_a: Mapped[str] = text(
        "甲方（客户）", "Party A (customer)", required=True, section="terms", covered=True, audience=CUSTOMER
    )
    party_b: Mapped[str] = text(
        "乙方（我方）", "Party B (we)", required=True, section="terms", covered=True, audience=CUSTOMER
    )
    subject: Mapped[str] = note(
        "标的物/服务描述", "Goods or services", lines=3, required=True, section="terms", covered=True, audience=CUSTOMER
    )
    acceptance: Mapped[str] = note(
        "验收标准", "Acceptance standard", lines=2, required=True, section="terms", covered=True, audience=CUSTOMER
    )
    liability: Mapped[str] = note(
        "违约责任", "Liability for breach", lines=2, required=True, section="terms", covered=True, audience=CUSTOMER
    )


class ApprovalStep(Decided, Record):
    """A step in the approval of a contract: a row of 合同审批表."""

    __tablename__ = "approval_step"
    __form__ = Form(
        zh="审批环节",
        en="Approval",
        title="step",
        writers=NOBODY,
        parent="contract_id",
        stage=Stage.CONTRACT,
        edited=False,
    )

    contract_id: Mapped[str] = link("合同审批表", "Contract", to="contract", required=True)


class ApprovalPolicy(Record):
    """审批权限: which steps a contract needs from an amount on, or below a share of the list price."""

    __tablename__ = "approval_policy"
    __form__ = Form(zh="审批权限", en="Approval policy", title="name", writers=OFFICE, stage=Stage.CONTRACT)

    name: Mapped[str] = text("名称", "Name", required=True, listed=True, merge=Merge.OFFICE_WINS)
    amount_from: Mapped[int | None] = money(
        "合同金额不低于（万元）", "From an amount of (10,000 yuan)", bare=WAN, listed=True, merge=Merge.OFFICE_WINS
    )
    discount_below: Mapped[int | None] = percent(
        "或成交价低于标准报价的", "Or below this share of the list price", listed=True, merge=Merge.OFFICE_WINS
    )
    manager: Mapped[bool] = flag("销售经理审核", "Sales manager", listed=True, merge=Merge.OFFICE_WINS)
    legal: Mapped[bool] = flag("法务审核", "Legal", listed=True, merge=Merge.OFFICE_WINS)
    general_manager: Mapped[bool] = flag("总经理审批", "General manager", listed=True, merge=Merge.OFFICE_WINS)


class ContractTemplate(Record):
    """合同范本: the company's own text, for the contracts whose 合同类型 is its name."""

    __tablename__ = "contract_template"
    __form__ = Form(zh="合同范本", en="Contract template", title="name", writers=OFFICE, stage=Stage.CONTRACT)

    name: Mapped[str] = text(
        "适用的合同类型", "For contracts of the kind", required=True, listed=True, merge=Merge.OFFICE_WINS
    )
    language: Mapped[str] = choice("语言", "Language", TEXT_LANGUAGES, listed=True, merge=Merge.OFFICE_WINS)
    title: Mapped[str] = text("标题", "Title", required=True, listed=True, merge=Merge.OFFICE_WINS)
    preamble: Mapped[str] = note("序言", "Preamble", lines=3, merge=Merge.OFFICE_WINS)
    articles: Mapped[str] = note(
        "条款（# 开头的行为条标题，其余每行一款；{amount} 等为占位符）",
        "Articles (a line with # is a heading, any other a clause; {amount} and others are filled in)",
        lines=18,
        required=True,
        merge=Merge.OFFICE_WINS,
    )
