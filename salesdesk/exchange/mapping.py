"""Which column of a foreign table is which field of a form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from salesdesk.records.base import Record
from salesdesk.records.field import Field
from salesdesk.records.kinds import Language, LinkKind
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of

SIZE = "size"  # 企业规模（员工人数/年营收）: two fields in one column
_CONTACT = "contact."
_HEADER_WITHIN = 10  # rows
_FEWEST_HEADERS = 2

# What the exports of other programs call the columns of 表1: WuKong and Cordys (Chinese), SuiteCRM, EspoCRM and Odoo.
_SYNONYMS = {
    "name": "公司名称 公司 企业名称 单位名称 客户 account_name account company company_name organization customer_name",
    "industry": "行业 客户行业 industry_id",
    "employees": "人数 员工数 公司人数 number_of_employees staff",
    "revenue": "营收 年收入 annual_revenue",
    SIZE: "企业规模 公司规模 规模",
    "province": "省 省份/直辖市 billing_address_state state",
    "city": "市 所在城市 billing_address_city",
    "credit_code": "信用代码 社会信用代码 税号 tax_id vat",
    "need": "需求 需求描述 客户需求 备注 描述 description notes internal_notes remark comment",
    "source": "来源 客户来源 线索来源 lead_source",
    "owner": "负责人 所有人 客户负责人 销售 owner assigned_to assigned_user salesperson user_id",
    "status": "状态 客户状态 status",
    "grade": "级别 客户级别 等级 rating",
    "follow_up_on": "下次联系时间 下次跟进 下次跟进日期 next_contact next_follow_up date_of_next_contact",
    "contact.name": "姓名 联系人姓名 首要联系人 contact_name first_name contact_person primary_contact",
    "contact.position": "职位 title job_title function job_position",
    "contact.phone": "电话 手机 手机号 手机号码 联系电话 mobile phone_office office_phone phone_mobile telephone",
    "contact.email": "邮箱 电子邮件 email_address email1 e_mail",
    "contact.wechat": "微信号 wechat_id",
}


@dataclass(frozen=True)
class Target:
    """A place that a column can go to; `key` is a field's name, `contact.` and one, or `size`."""

    key: str
    label: str
    field: Field | None


@dataclass(frozen=True)
class Mapping:
    """`columns` maps the column's number to a target's key; `header` is the row (from 0) that names the columns."""

    header: int
    columns: dict[int, str] = field(default_factory=dict)


def targets(form: type[Record], language: Language) -> list[Target]:
    """Where the columns of a form's table can go."""
    found = [Target(f.name, f.label(language), f) for f in _fields(form)]
    if form is Customer:
        size = {Language.ZH: "企业规模（员工人数/年营收）", Language.EN: "Company size (staff/revenue)"}[language]
        found.append(Target(SIZE, size, None))
        found += [Target(_CONTACT + f.name, f.label(language), f) for f in _fields(Contact) if f.name != "customer_id"]
    return found


def guess(form: type[Record], rows: Sequence[Sequence[str]]) -> Mapping:
    """The row that names most columns of the form, and what they are; later rows win nothing against an equal one."""
    known = _known(form)
    best = Mapping(_first_filled(rows))
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        columns: dict[int, str] = {}
        for place, header in enumerate(row):
            key = known.get(header.strip()) or known.get(plain(header))
            if key and key not in columns.values():
                columns[place] = key
        if len(columns) > len(best.columns):
            best = Mapping(number, columns)
    return best


def plain(header: str) -> str:
    """A header for comparison: half width, lower case, without brackets and what they hold, blanks and marks."""
    text = unicodedata.normalize("NFKC", header).lower()
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", "", text)
    return re.sub(r"[\W_]+", "", text)


def _known(form: type[Record]) -> dict[str, str]:
    known: dict[str, str] = {}
    found = targets(form, Language.ZH) + targets(form, Language.EN)
    for target in found:
        known.setdefault(target.label, target.key)
    for target in found:
        known.setdefault(plain(target.label), target.key)
    if form is Customer:
        for key, words in _SYNONYMS.items():
            for word in words.split():
                known.setdefault(plain(word), key)
    return known


def _fields(form: type[Record]) -> list[Field]:
    """What a table may fill in: shown fields, and the customer by name."""
    return [
        f for f in fields_of(form).values() if f.shown and (not isinstance(f.kind, LinkKind) or f.kind.to == "customer")
    ]


def _first_filled(rows: Sequence[Sequence[str]]) -> int:
    return next((n for n, row in enumerate(rows[:_HEADER_WITHIN]) if sum(map(bool, row)) >= _FEWEST_HEADERS), 0)
