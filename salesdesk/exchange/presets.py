"""How the programs that people come from write their exports: by name, so that one can be said by hand.

The headings are those of the programs' own exports in their delivered languages; a company that renamed its columns
says the mapping once, and it is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

# no field can be called like these
SIZE = "+size"  # 企业规模（员工人数/年营收）: two fields in one column
EITHER = "+either"  # the company, or a person of the one that another column names
KEPT = "+kept"  # no field of ours: goes into the description, with its header

_FEWEST_MARKS = 2


@lru_cache(maxsize=4096)
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
    _preset(
        "企查查",
        "登记状态|法定代表人|有效手机号|更多电话|更多邮箱|参保人数|国标行业门类|国标行业大类|企业类型|企业注册地址"
        "|通信地址"
        "|经营范围|所属区县|人员规模|注册资本|成立日期|曾用名|企业规模|注册地址有效性",
        {
            "name": "企业名称",
            "industry": "国标行业门类",
            "employees": "人员规模",
            "province": "所属省份",
            "city": "所属城市",
            "contact.phone": "有效手机号|电话",
            "contact.email": "邮箱",
            KEPT: "登记状态|法定代表人|注册资本|成立日期|更多电话|更多邮箱|参保人数|企业注册地址|通信地址|经营范围"
            "|所属区县|网址|曾用名|国标行业大类|企业类型",
        },
    ),
    _preset(
        "天眼查",
        "经营状态|法定代表人|注册资本|成立日期|纳税人识别号|注册号|组织机构代码|参保人数|公司类型|更多电话|更多邮箱"
        "|曾用名"
        "|企业地址|最新年报地址|经营范围|所属区县|工商注册号|实缴资本|核准日期|营业期限|联系方式来源",
        {
            "name": "公司名称|企业名称",
            "industry": "所属行业",
            "employees": "人员规模",
            "contact.phone": "电话|联系电话|有效手机号",
            "contact.email": "邮箱",
            KEPT: "经营状态|法定代表人|注册资本|成立日期|更多电话|更多邮箱|参保人数|企业地址|最新年报地址|经营范围"
            "|所属区县|网址|曾用名|公司类型|其他电话|其他邮箱",
        },
    ),
    _preset(
        "Google Contacts",
        "E-mail 1 - Value|E-mail 1 - Label|E-mail 1 - Type|Phone 1 - Value|Phone 1 - Label|Phone 1 - Type"
        "|Organization Name|Organization 1 - Name|Organization Title|Organization 1 - Title|Group Membership|Yomi Name"
        "|Phonetic First Name"
        "|Phonetic Last Name|File As|Additional Name",
        {
            "name": "Organization Name|Organization 1 - Name",
            "contact.name": "First Name|Last Name|Given Name|Family Name",
            "contact.position": "Organization Title|Organization 1 - Title",
            "contact.phone": "Phone 1 - Value",
            "contact.email": "E-mail 1 - Value",
            "need": "Notes",
            KEPT: "Phone 2 - Value|Phone 3 - Value|Phone 4 - Value|E-mail 2 - Value|E-mail 3 - Value|Middle Name"
            "|Nickname"
            "|Additional Name|Organization Department|Organization 1 - Department|Address 1 - Formatted"
            "|Website 1 - Value"
            "|Birthday",
        },
    ),
    _preset(
        "Outlook",
        "Business Phone|Business Street|Business City|E-mail Address|E-mail 2 Address|E-mail Display Name|Web Page"
        "|Job Title"
        "|Mobile Phone|Home Phone|Anniversary|Company Main Phone|Business Fax"
        "|商务电话|商务地址 街道|商务地址 市/县|商务地址|电子邮件地址|电子邮件显示名称|单位主要电话|住宅电话"
        "|商务传真|附注",
        {
            "name": "Company|单位|公司",
            "contact.name": "First Name|Last Name|名|姓",
            "contact.position": "Job Title|职务|职称",
            "contact.phone": "Mobile Phone|移动电话",
            "contact.email": "E-mail Address|电子邮件地址",
            "city": "Business City|商务地址 市/县",
            "province": "Business State|商务地址 省/市/自治区",
            "need": "Notes|附注",
            KEPT: "Business Phone|Business Phone 2|Home Phone|Company Main Phone|E-mail 2 Address|E-mail 3 Address"
            "|Middle Name"
            "|Title|Department|Web Page|Business Street|Birthday|商务电话|住宅电话|单位主要电话|部门|称谓|中间名"
            "|网页|商务地址 街道",
        },
    ),
    _preset(
        "Frappe / ERPNext",
        "Customer Group|Territory|Market Segment|Lead Owner|Naming Series|Designation|Mobile No|Mobile No."
        "|Customer Type"
        "|Organization Name|No. of Employees|Email ID|Link Name|Request Type|Salutation|Lead Name|Person Name",
        {
            "name": "Customer Name|Organization Name|Company Name|Organization",
            "contact.name": "First Name|Last Name|Lead Name|Person Name",
            "contact.position": "Designation|Job Title",
            "contact.phone": "Mobile No|Mobile No.|Phone|Phone No|Number",
            "contact.email": "Email ID|Email Address|Email",
            "employees": "No. of Employees|No of Employees",
            "owner": "Lead Owner|Account Manager",
            KEPT: "Customer Group|Territory|Customer Type|Market Segment|Salutation|Link Name|Website|Request Type",
        },
    ),
    _preset(
        "用友",
        "客户编码|客户简称|专管业务员|专管业务员名称|专营业务员名称|分管部门|分管部门名称|专管部门|所属分类码"
        "|所属分类|所属地区码"
        "|客户总公司|发展日期|停用日期|信用等级|信用额度|对应供应商|纳税人登记号|客户分类",
        {
            "name": "客户名称",
            "owner": "专管业务员|专管业务员名称|专营业务员名称",
            "credit_code": "税号|纳税人登记号|纳税人识别号",
            "contact.phone": "手机|电话",
            "contact.email": "E-mail|Email地址",
            KEPT: "客户编码|客户简称|所属分类码|所属分类|客户分类|所属地区码|分管部门|分管部门名称|专管部门|信用等级"
            "|地址|发货地址|传真",
        },
    ),
    _preset(
        "金蝶",
        "客户类别|客户分组|销售员|创建组织|使用组织|结算币别|移动电话|纳税登记号|首要联系人|期初应收款|送货地址|座机"
        "|通讯地址"
        "|客户等级|对应集团客户|默认付款方",
        {
            "name": "名称|客户名称|单位名称",
            "owner": "销售员|业务员|销售人员",
            "credit_code": "纳税登记号|纳税人识别号|税务登记号",
            "contact.name": "联系人",
            "contact.phone": "移动电话|手机|联系电话|固定电话|座机",
            "contact.email": "电子邮箱|邮箱",
            KEPT: "编码|客户编码|简称|客户类别|客户分组|通讯地址|送货地址|首要联系人|创建组织|使用组织|公司网址|部门",
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
        "services": "Service|Services|Consulting|Legal|Advertising|商业服务|服务|租赁和商务服务业",
        "it": "Technology|Software|Sofware|Computer|Telecommunications|IT|IT/通信/电子/互联网|互联网|软件|IT服务"
        "|信息传输、软件和信息技术服务业",
        "retail": "Retail|Grocery|Wholesale|贸易|零售|批发|贸易/批发/零售|批发和零售业",
        "logistics": "Shipping|Transportation|Transportation/Logistics|运输/物流|运输|物流|交通运输、仓储和邮政业",
        "construction": "Construction|建筑|建筑工程",
        "finance": "Banking|Finance|Insurance|Venture Capital|Finance/Insurance|金融|银行|保险",
        "healthcare": "Healthcare|Health/Social|医疗|医药|医疗卫生|卫生和社会工作",
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
