"""客户开发: whom we look for, and whom we found."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from salesdesk.records.base import Form, Record, Stage, not_deleted, recently_changed
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
    reach,
    text,
)
from salesdesk.records.kinds import Option
from salesdesk.records.roles import LEADERS, TEAM

INDUSTRIES = (
    Option("manufacturing", "制造业", "Manufacturing"),
    Option("services", "服务业", "Services"),
    Option("it", "信息技术", "Information technology"),
    Option("retail", "批发零售", "Wholesale and retail"),
    Option("logistics", "物流运输", "Logistics"),
    Option("construction", "建筑业", "Construction"),
    Option("finance", "金融业", "Finance"),
    Option("healthcare", "医疗健康", "Healthcare"),
    Option("education", "教育", "Education"),
    Option("other", "其他", "Other"),
)

SOURCES = (
    Option("fair", "行业展会", "Trade fair"),
    Option("register", "公开企业信息平台", "Public company register"),
    Option("referral", "客户转介绍", "Referral"),
    Option("online", "线上推广", "Online promotion"),
    Option("other", "其他", "Other"),
)

GRADES = (
    Option("A", "A类", "A"),
    Option("B", "B类", "B"),
    Option("C", "C类", "C"),
)

FOLLOW_UP = (
    Option("new", "待跟进", "To follow up"),
    Option("active", "跟进中", "Following up"),
    Option("paused", "暂缓", "Paused"),
    Option("closed", "已关闭", "Closed"),
)


class IdealCustomer(Record):
    """目标客户画像清单: the company we would like to find; empty bounds are open."""

    __tablename__ = "ideal_customer"
    __form__ = Form(zh="目标客户画像", en="Ideal customer profile", title="name", writers=TEAM, stage=Stage.PROSPECTING)

    name: Mapped[str] = text("画像名称", "Profile name", required=True, listed=True, searched=True)
    industries: Mapped[str] = text("目标行业", "Industries", listed=True, section="profile")
    employees_from: Mapped[int | None] = integer("员工人数下限", "Employees from", unit_sign="人", section="profile")
    employees_to: Mapped[int | None] = integer("员工人数上限", "Employees to", unit_sign="人", section="profile")
    revenue_from: Mapped[int | None] = money("年营收下限", "Annual revenue from", section="profile")
    revenue_to: Mapped[int | None] = money("年营收上限", "Annual revenue to", section="profile")
    regions: Mapped[str] = text("目标地域（省份/城市）", "Regions", listed=True, section="profile")
    pains: Mapped[str] = note("需求痛点", "Pain points", section="profile")


class Customer(Record):
    """客户信息收集表 (paper 1), one row; the people are `Contact` rows."""

    __tablename__ = "customer"
    __form__ = Form(
        zh="客户信息收集表",
        en="Customer information sheet",
        title="name",
        writers=TEAM,
        stage=Stage.PROSPECTING,
        paper=1,
    )
    __table_args__ = (
        recently_changed(),
        Index("ix_customer_follow_up", "follow_up_on", "status", "owner", sqlite_where=not_deleted()),
        Index(None, "deleted_at"),  # counts without reading the rows
    )

    name: Mapped[str] = text(
        "客户名称",
        "Customer",
        required=True,
        listed=True,
        searched=True,
        names=Named.COMPANY,
        audience=Audience.CUSTOMER,
    )
    industry: Mapped[str] = choice(
        "所属行业", "Industry", INDUSTRIES, required=True, listed=True, audience=Audience.CUSTOMER
    )
    employees: Mapped[int | None] = integer("员工人数", "Employees", unit_sign="人", listed=True)
    revenue: Mapped[int | None] = money("年营收", "Annual revenue", listed=True)
    province: Mapped[str] = text("省份", "Province", max_length=40, unit="region")
    city: Mapped[str] = text("城市", "City", max_length=40, unit="region", searched=True)
    credit_code: Mapped[str] = text(
        "统一社会信用代码", "Unified social credit code", max_length=40, searched=True, audience=Audience.CUSTOMER
    )
    aliases: Mapped[str] = text(
        "简称、曾用名", "Short and former names", max_length=500, searched=True, names=Named.COMPANY
    )
    need: Mapped[str] = note("初步需求描述", "First description of the need", lines=2, required=True, section="need")
    source: Mapped[str] = choice("信息来源", "Source", SOURCES, section="need")
    owner: Mapped[str] = text(
        "跟进人",
        "Followed up by",
        max_length=80,
        listed=True,
        section="follow_up",
        merge=Merge.OFFICE_WINS,
        names=Named.PERSON,
        writers=LEADERS,
        held=True,
    )
    status: Mapped[str] = choice("跟进状态", "Follow-up status", FOLLOW_UP, section="follow_up")
    need_expected_on: Mapped[date | None] = day("预计需求日期", "Need expected on", section="follow_up")
    grade: Mapped[str] = choice("客户等级", "Grade", GRADES, listed=True, section="follow_up")
    follow_up_on: Mapped[date | None] = day("下次跟进时间", "Next follow-up", listed=True, section="follow_up")
    contact_verified: Mapped[bool] = flag("联系方式已验证", "Contact verified", section="verified")
    size_verified: Mapped[bool] = flag("企业规模已验证", "Company size verified", section="verified")
    verified_with: Mapped[str] = text("验证渠道", "Verified with", section="verified")
    verified_on: Mapped[date | None] = day("验证日期", "Verified on", section="verified")


class Contact(Record):
    """A person at the customer."""

    __tablename__ = "contact"
    __form__ = Form(
        zh="联系人", en="Contact", title="name", writers=TEAM, parent="customer_id", stage=Stage.PROSPECTING
    )

    customer_id: Mapped[str] = link("客户名称", "Customer", to="customer", moves=True, required=True)
    name: Mapped[str] = text(
        "联系人",
        "Contact",
        max_length=80,
        required=True,
        listed=True,
        searched=True,
        names=Named.PERSON,
        audience=Audience.CUSTOMER,
    )
    position: Mapped[str] = text("职务", "Position", max_length=80, listed=True, audience=Audience.CUSTOMER)
    phone: Mapped[str] = reach("联系方式", "Phone", listed=True, searched=True)
    email: Mapped[str] = reach("电子邮箱", "E-mail", searched=True)
    wechat: Mapped[str] = reach("微信", "WeChat", searched=True)
