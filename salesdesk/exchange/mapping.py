"""Which column of a foreign table is which field of a form."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from salesdesk.exchange.presets import EITHER, KEPT, SIZE, Preset, plain
from salesdesk.records.base import Record
from salesdesk.records.field import Field
from salesdesk.records.kinds import LinkKind
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of

_CONTACT = "contact."
_HEADER_WITHIN = 25  # rows
_FEWEST_HEADERS = 2

# What the exports of other programs call the columns of 表1: WuKong and Cordys (Chinese), SuiteCRM, EspoCRM and Odoo.
_SYNONYMS = {
    "name": "公司名称 公司 企业名称 单位名称 客户 account_name account company company_name organization customer_name"
    " related_company parent_name",
    "industry": "行业 客户行业 industry_id",
    "employees": "人数 员工数 公司人数 number_of_employees staff 人员规模 员工规模 no_of_employees employees",
    "revenue": "营收 年收入 annual_revenue",
    SIZE: "企业规模 公司规模 客户规模 规模",
    "province": "省 省份/直辖市 billing_address_state billing_state primary_address_state address_state state state_id"
    " 所属省份 所在省份",
    "city": "市 所在城市 billing_address_city billing_city primary_address_city address_city 所属城市",
    "credit_code": "信用代码 社会信用代码 税号 tax_id vat 纳税人识别号 纳税登记号 纳税人登记号 统一信用代码",
    "need": "需求 需求描述 客户需求 备注 描述 description notes internal_notes remark comment",
    "source": "来源 客户来源 线索来源 lead_source source_id",
    "owner": "负责人 所有人 客户负责人 销售 owner assigned_to assigned_user assigned_user_name salesperson user_id"
    " 销售员 业务员 专管业务员 lead_owner",
    "status": "状态 客户状态 status",
    "grade": "级别 客户级别 等级 rating",
    "follow_up_on": "下次联系时间 下次跟进 下次跟进日期 next_contact next_follow_up date_of_next_contact",
    "contact.name": "姓名 联系人姓名 首要联系人 contact_name contact_person primary_contact"
    " first_name last_name surname given_name family_name 姓 姓氏 名 名字",
    "contact.position": "职位 title job_title function job_position designation",
    "contact.phone": "电话 手机 手机号 手机号码 联系电话 座机 mobile phone_office office_phone phone_mobile phone_work"
    " mobile_phone phone_alternate alternate_phone telephone"
    " 有效手机号 移动电话 固定电话 mobile_no mobile_phone_no phone_no",
    "contact.email": "邮箱 电子邮件 email_address email1 e_mail 电子邮件地址 email_id",
    "contact.wechat": "微信号 wechat_id",
    KEPT: "创建人 创建者 创建时间 创建日期 录入人 录入时间 录入日期 created_by created_by_name created_at created_on"
    " date_entered date_created create_date create_uid 网址 网站 官网 主页 website 地址 详细地址 公司地址 street"
    " address billing_address_street billing_street primary_address_street billing_address 地区 所在地区 地区定位"
    " 省市区 成交状态 最近跟进时间 上次联系时间 最后跟进时间 fax 传真"
    " 法定代表人 注册资本 成立日期 经营范围 登记状态 经营状态 参保人数 曾用名 更多电话 更多邮箱 企业注册地址 注册地址"
    " 所属区县 区县 通讯地址 客户编码 客户简称",
}
# Words that mean one thing beside some columns and another beside others: the first that is still free.
_EITHER = {
    "name": ("name", "contact.name"),
    "名称": ("name", "contact.name"),
    "displayname": ("name", "contact.name"),
    "completename": ("name", "contact.name"),
    "线索名称": ("name", "contact.name"),
    "leadname": ("name", "contact.name"),
}
_PARTS_OF_NAME = {"firstname", "lastname", "givenname", "familyname", "surname", "姓", "姓氏", "名", "名字"}
_OF_CONTACT = re.compile(r"(?:contacts?|联系人)\s*[/.:：_-]?\s*(.+)", re.IGNORECASE)
_SEVERAL = {KEPT, "contact.name"}  # may have more than one column
_REST_IS_KEPT = {"contact.phone", "contact.email", "need"}  # a second telephone has no field, but is worth keeping


@dataclass(frozen=True)
class Target:
    """A place that a column can go to; `key` is a field's name, `contact.` and one, `SIZE` or `KEPT`."""

    key: str
    label: str
    field: Field | None


@dataclass(frozen=True)
class Mapping:
    """`columns` maps the column's number to a target's key; `header` is the row (from 0) that names the columns.

    `below` more rows under it are headings too, of the same columns in another language. `units` are how many yuan a
    bare amount of a column means, where a person said so.
    """

    header: int
    columns: dict[int, str] = field(default_factory=dict)
    below: int = 0
    units: dict[int, int] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The first row (from 0) that is data."""
        return self.header + self.below + 1

    def choose(self, column: int, key: str) -> Mapping:
        """The same with one column said by hand; an empty key leaves it out. What it was taken from loses it."""
        columns = {
            place: known
            for place, known in self.columns.items()
            if place != column and (known != key or key in _SEVERAL)
        }
        return replace(self, columns=columns | {column: key} if key else columns)

    def in_unit(self, column: int, yuan: int) -> Mapping:
        """The same with a person's word on how many yuan a bare amount of a column means."""
        return replace(self, units=self.units | {column: yuan})

    def to_json(self) -> dict[str, dict[str, Any]]:
        """Columns and units as JSON holds them: for files with the same headings."""
        return {
            "columns": {str(place): key for place, key in self.columns.items()},
            "units": {str(place): yuan for place, yuan in self.units.items()},
        }

    def with_kept(self, kept: AnyMapping[str, Any]) -> Mapping:
        """The same rows with what was kept by `to_json`, also before there were units."""
        columns = kept.get("columns", kept)
        units = kept.get("units", {}) if "columns" in kept else {}
        return replace(
            self,
            columns={int(place): key for place, key in columns.items()},
            units={int(place): yuan for place, yuan in units.items()},
        )


def targets(form: type[Record], language: Language) -> list[Target]:
    """Where the columns of a form's table can go."""
    found = [Target(f.name, f.label(language), f) for f in _fields(form)]
    if form is Customer:
        size = language.pick("企业规模（员工人数/年营收）", "Company size (staff/revenue)")
        found.append(Target(SIZE, size, None))
        kept = language.pick("（写入需求描述）", "(into the description)")
        found.append(Target(KEPT, kept, None))
        either = language.pick("客户，或其联系人", "Customer, or a contact of it")
        found.append(Target(EITHER, either, None))
        found += [Target(_CONTACT + f.name, f.label(language), f) for f in _fields(Contact) if f.name != "customer_id"]
    return found


def is_list_of_people(header: Sequence[str], columns: AnyMapping[int, str]) -> bool:
    """Whether a table has a row for each person, so that a blank company means that somebody has none."""
    return any(key == "contact.name" and plain(header[place]) in _PARTS_OF_NAME for place, key in columns.items())


def guess(
    form: type[Record], rows: Sequence[Sequence[str]], preset: Preset | None = None, header: int | None = None
) -> Mapping:
    """The row that names most columns of the form, and what they are; later rows win nothing against an equal one.

    A `preset` says what a program's own headings are, before what any program may mean by them; `header` which row
    (from 0) is the heading, where that is said by hand.
    """
    known = _known(form)
    if preset and form is Customer:
        known = known | preset.columns
    first = _first_filled(rows) if header is None else header
    best = Mapping(first, _columns(form, rows[first], known) if rows else {})
    for number, row in enumerate(rows[:_HEADER_WITHIN] if header is None else ()):
        columns = _columns(form, row, known)
        if len(columns) > len(best.columns) and _names_more(row, columns, rows[best.header], best.columns):
            best = Mapping(number, columns)
    below = 0
    for row in rows[best.first : _HEADER_WITHIN]:
        if not _names_again(form, row, _columns(form, row, known), best.columns):
            break
        below += 1
    return replace(best, below=below)


def _names_more(row: Sequence[str], columns: dict[int, str], above: Sequence[str], named: dict[int, str]) -> bool:
    """Whether a row with more known words than the one above is the heading, and no data that says 销售 and 备注.

    Above headings stand titles, which fill fewer cells; or it is known words and little else.
    """
    filled, filled_above = _filled(row), _filled(above)
    if len(columns) == filled:
        return filled >= _FEWEST_HEADERS or (filled >= filled_above and not named)
    if len(columns) > _FEWEST_HEADERS and 2 * len(columns) >= filled:
        return True
    return filled > filled_above and (len(columns) >= _FEWEST_HEADERS or 2 * len(columns) > filled)


def _names_again(form: type[Record], row: Sequence[str], again: dict[int, str], named: dict[int, str]) -> bool:
    """Whether a row below the heading says the same in another language.

    A row of data may say 备注 and 地址 in their columns, but in that of the name it has a name.
    """
    telling = {place for place, key in named.items() if key in {form.__form__.title, "customer_id"}}
    return (
        len(again) >= _FEWEST_HEADERS
        and 2 * len(again) > _filled(row)
        and telling <= again.keys()
        and all(named.get(place) == key for place, key in again.items())
    )


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _columns(form: type[Record], row: Sequence[str], known: dict[str, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    taken: set[str] = set()
    parts_of_name = False
    of_contact = _of_contact(row, known) if form is Customer else {}
    for place, header in enumerate(row):
        key = of_contact.get(place) or known.get(header.strip()) or known.get(plain(header), "")
        if of_contact and place not in of_contact and key.startswith(_CONTACT):
            key = KEPT  # the company's own, beside that of its people
        is_part = key == "contact.name" and plain(header) in _PARTS_OF_NAME
        if key in taken and key in _REST_IS_KEPT and form is Customer:
            key = KEPT
        if key and (key not in taken or key == KEPT or (is_part and parts_of_name)):
            found[place] = key
            taken.add(key)
            parts_of_name = parts_of_name or is_part
    for place, header in enumerate(row):
        free = [key for key in _EITHER.get(plain(header), ()) if key not in taken]
        if place not in found and free and form is Customer:
            found[place] = free[0]
            taken.add(free[0])
    return found


def _of_contact(row: Sequence[str], known: AnyMapping[str, str]) -> dict[int, str]:
    """The columns whose headings say that they are of a company's people: Contacts/Phone, 联系人电话."""
    found: dict[int, str] = {}
    for place, header in enumerate(row):
        said = _OF_CONTACT.fullmatch(header.strip())
        if said is None or known.get(header.strip()) or known.get(plain(header)):
            continue
        word = plain(said[1])
        key = known.get(word, "")
        if word in _EITHER or key in {EITHER, "name"}:
            key = "contact.name"
        if key.startswith(_CONTACT) and key not in found.values():
            found[place] = key
    return found


def _known(form: type[Record]) -> dict[str, str]:
    known: dict[str, str] = {}
    found = [target for language in Language for target in targets(form, language)]
    for target in found:
        known.setdefault(target.label, target.key)
    for target in found:
        if word := plain(target.label):  # nothing is left of （写入需求描述）, and a blank heading is none
            known.setdefault(word, target.key)
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
    return next((n for n, row in enumerate(rows[:_HEADER_WITHIN]) if _filled(row) >= _FEWEST_HEADERS), 0)
