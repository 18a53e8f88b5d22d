"""How the programs that people come from write their exports: by name, so that one can be said by hand.

The headings are those of the programs' own exports in their delivered languages; a company that renamed its columns
says the mapping once, and it is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

# no field can be called like these
SIZE = "+size"  # 企业规模（员工人数/年营收）: two fields in one column
EITHER = "+either"  # the company, or a person of the one that another column names
KEPT = "+kept"  # no field of ours: goes into the description, with its header

_FEWEST_MARKS = 2


def plain(text: str) -> str:
    """A heading or word for comparison: half width, lower case, without brackets and what they hold, blanks, marks."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", "", text)
    return re.sub(r"[\W_]+", "", text)


def _plain_all(words: str) -> frozenset[str]:
    return frozenset(plain(word) for word in words.split("|"))


@dataclass(frozen=True)
class Preset:
    """A program's export: `marks` are headings that tell it, `columns` what its own headings are."""

    name: str
    marks: frozenset[str]
    columns: dict[str, str] = field(default_factory=dict)


def _preset(name: str, marks: str, columns: dict[str, str]) -> Preset:
    return Preset(
        name,
        _plain_all(marks),
        {heading: key for key, headings in columns.items() for heading in sorted(_plain_all(headings))},
    )


PRESETS = (
    _preset(
        "WuKong CRM",
        "成交状态|客户级别|客户来源|客户行业|下次联系时间|线索名称|线索来源|锁定状态|距进入公海天数|最后跟进时间",
        {
            "need": "备注",
            "contact.phone": "手机",
            KEPT: "电话|网址|成交状态|首要联系人手机|部门|锁定状态|最后跟进记录|更新时间|区域|定位",
        },
    ),
    _preset(
        "Cordys CRM",
        "剩余归属天数|最近跟进人|最近跟进时间|领取时间|回收公海|归属天数|产品意向|意向产品|客户规模|省市区",
        {"city": "城市", SIZE: "客户规模", KEPT: "省市区|意向产品|产品意向|最近跟进人|最近跟进时间|领取时间|部门"},
    ),
    _preset(
        "SuiteCRM",
        "date_entered|Date Created|billing_address_state|Billing State|phone_office|Office Phone|phone_alternate"
        "|assigned_user_name|Lead Source|account_type|sic_code|SIC Code|Account Type|deleted|campaign_id",
        {
            "province": "Billing State|Primary Address State|billing_address_state",
            "city": "Billing City|Primary Address City",
            "contact.phone": "Mobile|Phone Mobile",
            KEPT: "Office Phone|phone_office|Account Type|Type|Alternate Phone|Billing Street|Billing Country"
            "|Lead Source Description|Status Description|Department|Date Created|Referred By",
        },
    ),
    _preset(
        "EspoCRM",
        "Billing Address State|Billing Address Street|Assigned User|Created At|Account|Teams|Sic Code"
        "|Billing Address City|Assigned User Name|phoneNumber|Opportunity Amount",
        {
            "province": "Billing Address State|Address State",
            "contact.email": "emailAddress",
            "contact.phone": "phoneNumber",
            "owner": "assignedUserName|Assigned User",
            KEPT: "Type|Teams|Opportunity Amount|Campaign|Created At|Billing Address Country|Address Country",
        },
    ),
    _preset(
        "Odoo",
        "Complete Name|Salesperson|Related Company|Tax ID|Activity State|Display Name|Is a Company|External ID"
        "|Expected Revenue|Sales Team|Created on|company_type|Company Type|Internal Reference",
        {
            "name": "Company Name|Related Company",
            EITHER: "Complete Name|Display Name|Name",
            "need": "Notes|Opportunity",
            KEPT: "Tags|Sales Team|Expected Revenue|Stage|Country|Website|Street|Street2|Internal Reference|Created on",
        },
    ),
)


def recognised(rows: Sequence[Sequence[str]]) -> Preset | None:
    """The program whose headings are among the first rows of a file, or none that is told clearly."""
    found = {plain(cell) for row in rows for cell in row} - {""}
    counted = sorted(((len(preset.marks & found), preset.name) for preset in PRESETS), reverse=True)
    if counted[0][0] < _FEWEST_MARKS or counted[0][0] == counted[1][0]:
        return None
    return named(counted[0][1])


def named(name: str) -> Preset | None:
    """The preset of a program, or `None`."""
    return next((preset for preset in PRESETS if preset.name == name), None)


# What those programs offer to choose from, where it is one of our own choices beyond doubt; other words are kept as
# they are in the description.
_WORDS = {
    "industry": {
        "manufacturing": "Manufacturing|Machinery|Automotive|Chemical|Chemicals|Electronics|生产|生产制造|制造",
        "services": "Service|Services|Consulting|Legal|Advertising|商业服务|服务",
        "it": "Technology|Software|Sofware|Computer|Telecommunications|IT|IT/通信/电子/互联网|互联网|软件|IT服务",
        "retail": "Retail|Grocery|Wholesale|贸易|零售|批发|贸易/批发/零售",
        "logistics": "Shipping|Transportation|Transportation/Logistics|运输/物流|运输|物流",
        "construction": "Construction|建筑|建筑工程",
        "finance": "Banking|Finance|Insurance|Venture Capital|Finance/Insurance|金融|银行|保险",
        "healthcare": "Healthcare|Health/Social|医疗|医药|医疗卫生",
        "education": "Education|教育培训|文化教育",
    },
    "source": {
        "fair": "Trade Show|Conference|展会|展会活动|会展",
        "referral": "Word of mouth|Existing Customer|Partner|转介绍|客户介绍|朋友介绍|合作伙伴",
        "online": "Web Site|Website|Campaign|线上注册|线上询价|搜索引擎|网络推广|官网|网站",
    },
    "status": {
        "new": "New|未跟进|待联系",
        "active": "Assigned|In Process|已跟进|联系中",
        "paused": "Recycled",
        "closed": "Dead",
    },
}
WORDS = {
    name: {word: value for value, words in known.items() for word in _plain_all(words)}
    for name, known in _WORDS.items()
}
