"""What belongs to no single stage: opportunities, tasks, files, colleagues, conflicts."""

from __future__ import annotations

from datetime import date, datetime

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
    moment,
    money,
    note,
    reach,
    text,
)
from salesdesk.records.kinds import Option
from salesdesk.records.language import Language
from salesdesk.records.roles import LEADERS, NOBODY, OFFICE, TEAM, Role

STAGES = tuple(Option(s.value, s.label(Language.ZH), s.label(Language.EN)) for s in Stage)

OUTCOMES = (
    Option("open", "进行中", "Open"),
    Option("won", "赢单", "Won"),
    Option("lost", "输单", "Lost"),
)

PURPOSES = (
    Option("issued", "发出的文件", "Issued paper"),
    Option("signed", "签字扫描件", "Signed scan"),
    Option("sealed", "屏幕签署文件", "Signed on the screen"),
    Option("other", "其他", "Other"),
)

ROLES = (
    Option(Role.REP.value, "销售代表", "Sales representative"),
    Option(Role.MANAGER.value, "销售经理", "Sales manager"),
    Option(Role.LEGAL.value, "法务", "Legal"),
    Option(Role.GENERAL_MANAGER.value, "总经理", "General manager"),
    Option(Role.CARE.value, "客户成功经理", "Customer success"),
    Option(Role.OFFICE.value, "行政", "Administration"),
)


class Person(Record):
    """A colleague."""

    __tablename__ = "person"
    __form__ = Form(zh="同事", en="Colleague", title="name", writers=OFFICE)

    name: Mapped[str] = text(
        "姓名", "Name", max_length=80, required=True, listed=True, searched=True, names=Named.PERSON
    )
    role: Mapped[str] = choice("角色", "Role", ROLES, listed=True, merge=Merge.OFFICE_WINS)
    phone: Mapped[str] = reach("联系方式", "Phone", listed=True)


class Opportunity(Record):
    """销售机会: one round of the process with one customer."""

    __tablename__ = "opportunity"
    __form__ = Form(zh="销售机会", en="Opportunity", title="subject", writers=TEAM)
    __table_args__ = (
        recently_changed(),
        Index("ix_opportunity_stage", "outcome", "stage", "updated_at", "id", "amount", sqlite_where=not_deleted()),
    )

    customer_id: Mapped[str] = link("客户名称", "Customer", to="customer", moves=True, required=True, listed=True)
    subject: Mapped[str] = text("机会名称", "Opportunity", required=True, listed=True)
    round: Mapped[int | None] = integer("轮次", "Round", low=1, high=999, shown=False)
    stage: Mapped[str] = choice("阶段", "Stage", STAGES, listed=True, shown=False)
    stage_since: Mapped[date | None] = day("进入阶段日期", "In this stage since", shown=False)
    stage_reason: Mapped[str] = note(
        "带未完成项进入的原因", "Reason for moving on with open items", lines=2, shown=False
    )
    amount: Mapped[int | None] = money("预计金额", "Amount", listed=True)
    close_on: Mapped[date | None] = day("预计成交日期", "Expected close", listed=True)
    owner: Mapped[str] = text(
        "负责人",
        "Owner",
        max_length=80,
        listed=True,
        merge=Merge.OFFICE_WINS,
        writers=LEADERS,
        held=True,
        names=Named.PERSON,
    )
    outcome: Mapped[str] = choice("结果", "Outcome", OUTCOMES, listed=True, shown=False)
    outcome_reason: Mapped[str] = note("结果原因", "Reason of the outcome", lines=2, shown=False)
    previous_id: Mapped[str] = link("上一轮", "Previous round", to="opportunity", moves=True)


class Task(Record):
    """待办: something to do, by someone, by a day."""

    __tablename__ = "task"
    __form__ = Form(zh="待办", en="Task", title="subject", writers=TEAM)
    __table_args__ = (recently_changed(), Index(None, "done", "due_on", sqlite_where=not_deleted()))

    subject: Mapped[str] = text("待办事项", "Task", required=True, listed=True, searched=True)
    customer_id: Mapped[str] = link("客户名称", "Customer", to="customer", moves=True, listed=True)
    assignee: Mapped[str] = text("负责人", "Assignee", max_length=80, listed=True, names=Named.PERSON)
    due_on: Mapped[date | None] = day("到期日", "Due", listed=True)
    done: Mapped[bool] = flag("已完成", "Done", listed=True)
    remark: Mapped[str] = note("备注", "Remark")


class Attachment(Record):
    """附件: a file on a record. The bytes lie encrypted beside the workspace under their hash."""

    __tablename__ = "attachment"
    __form__ = Form(zh="附件", en="Attachment", title="name", writers=TEAM, has_list=False)

    entity: Mapped[str] = text("所属表单", "Form", max_length=40, fixed=True)
    record_id: Mapped[str] = link("所属记录", "Record", to="")
    name: Mapped[str] = text("文件名", "File name", listed=True, searched=True, audience=Audience.CUSTOMER)
    purpose: Mapped[str] = choice("用途", "Purpose", PURPOSES, fixed=True)
    media_type: Mapped[str] = text("类型", "Media type", max_length=100, fixed=True)
    size: Mapped[int | None] = integer("大小（字节）", "Size (bytes)", listed=True, fixed=True)
    sha256: Mapped[str] = text("SHA-256", "SHA-256", max_length=64, fixed=True)


class Conflict(Record):
    """冲突: the value that did not stand when two people changed the same thing.

    Made by the office with an id derived from record, unit, device and sequence number, so that
    a repeated push does not make two. Nobody else makes or changes one; all a person does is settle it.
    `base`, `mine` and `theirs` are JSON objects of wire values.
    """

    __tablename__ = "conflict"
    __form__ = Form(zh="冲突", en="Conflict", title="unit", writers=NOBODY, has_list=False)

    entity: Mapped[str] = text("表单", "Form", max_length=40, merge=Merge.OFFICE_WINS)
    record_id: Mapped[str] = link("记录", "Record", to="", merge=Merge.OFFICE_WINS)
    unit: Mapped[str] = text("字段", "Field", max_length=40, listed=True, merge=Merge.OFFICE_WINS)
    base: Mapped[str] = note("原值", "Before", merge=Merge.OFFICE_WINS)
    mine: Mapped[str] = note("本次修改", "The later arrival", merge=Merge.OFFICE_WINS)
    theirs: Mapped[str] = note("对方修改", "The office's value", merge=Merge.OFFICE_WINS)
    mine_by: Mapped[str] = text("修改人", "Changed by", max_length=80, merge=Merge.OFFICE_WINS, names=Named.PERSON)
    theirs_by: Mapped[str] = text("对方", "The other", max_length=80, merge=Merge.OFFICE_WINS, names=Named.PERSON)
    mine_at: Mapped[datetime | None] = moment("修改时间", "Changed at", merge=Merge.OFFICE_WINS)
    standing: Mapped[str] = text("当前采用", "Standing", max_length=10, merge=Merge.OFFICE_WINS)
    settled: Mapped[bool] = flag("已处理", "Settled", listed=True, writers=TEAM)
