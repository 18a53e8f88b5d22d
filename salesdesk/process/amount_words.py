"""The words beside an amount that say what it is. All patterns are for texts that went through `numerals.plain`."""

from __future__ import annotations

import re
from enum import StrEnum


class Role(StrEnum):
    """What an amount is in its sentence."""

    PRICE = "price"
    TOTAL = "total"
    FINAL = "final"  # what was come to: 降到, 最终, 同意
    PART = "part"  # of the price: 首付, 每期, 其中
    FORMER = "former"  # what it was, or what was refused
    OFF = "off"  # what is taken off it
    EACH = "each"  # for one of many: a month, a seat


FOREIGN = (
    r"美元|美金|美刀|欧元|港元|港币|日元|日币|英镑|新?台币|韩元|卢布|澳元|加元|新元|USD|EUR|HKD|JPY|GBP|US\$|HK\$|[$€£]"
)
YUAN = r"元人民币|元|块钱|块|人民币|RMB|CNY|yuan"
SIGN = r"¥|人民币|RMB|CNY"

# What may be counted instead of money; fewer things are by the ten thousand (22万年费, 22万分两期).
COUNTED = re.compile(
    r"(?!人民币)(?:个|工作日|[人名台套件次页年月日号天周期楼层位家辆吨条款项倍份批笔处所节堂场级代点分秒米折成组颗只户季时])"
    r"|[ \t]*[%‰°℃]"
)
COUNTED_MANY = re.compile(
    r"(?!人民币)(?:个|[人名台件次页辆吨颗只户]|套(?!餐)|条(?!件|款)|家(?!具)|份(?!额)|平方?米|公里|千米|字)"
    r"|[ \t]*[%‰°℃]"
)
BEFORE_NO_PRICE = re.compile(
    r"(?:[A-Za-z\d]-|号[:为是]?|编号|No\.?|[A-Za-z_#@/.:]|电话|手机|热线|传真)[ \t]*$", re.IGNORECASE
)
AFTER_NO_PRICE = re.compile(r"-\d|[A-Za-z_@.:/]|[ \t]+(?:million|billion|thousand|m|bn)\b", re.IGNORECASE)

_PERCENT = r"\d+(?:\.\d+)?%的?"
TAX = re.compile(
    rf"(?P<out>(?:不|未|非)含(?:{_PERCENT})?(?:增值)?税|未税|税前|除税|裸价|净价|excl)|(?P<within>含(?:{_PERCENT})?(?:增值)?税|价税合计|incl)"
)
MORE_TAX = re.compile(
    r"税(?:费|金|点|款)?(?:另[计算加付]|外加|自理|由[^,;。]{0,6}承担)|另[加计收付][^,;。]{0,8}税"
    rf"|(?<!价)(?:加收?|加上|\+)(?:{_PERCENT})?的?(?:增值)?税|税外"
)
DISCOUNT = re.compile(
    r"[\d一二三四五六七八九](?:\.\d+)?\d?折|折扣"
    r"|(?:优惠|让利|下浮|降价?|下调|减免?|便宜)[^,;。\d]{0,4}\d+(?:\.\d+)?%|\d+(?:\.\d+)?%的?(?:优惠|折扣|off)",
    re.IGNORECASE,
)
MORE_YEARS = re.compile(r"(?<![\d年])(?:[2-9]|[1-9]\d|[二两三四五六七八九十]+)年(?!前|底|初|末|度|\d)")

_ONE = r"(?:个?(?:人|名|台|套|件|月|季度?|次|用户|账号|点位?|米|吨|平米|天|日|小时|席|户|家|门店|站点)|单位)"
# Words between a label and its amount.
_LINK = r"(?:[:为是按以在共了合的]|金额|价格?|款项?|大?约)*[ \t]*$"
_REST = r"[^,;。]*$"

# What stands before an amount in its clause; the first that fits says its role.
BEFORE: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (Role.FORMER, r"(?:不同意|不接受|拒绝|不认可|未同意|没同意|不是|并非|反对|否决|预算)" + _REST),
        (
            Role.PART,
            r"(?:罚|违约|赔偿|滞纳|逾期|定金|订金|押金|保证金|质保金|履约金|税额|税金|税款|(?<!含)增值税|质保款)"
            + _REST,
        ),
        (
            Role.TOTAL,
            r"(?:总价|总额|总金额|总费用|总款|总包|总计|合计|共计|累计|一共|总共|共|小计|合同总?[价额]款?|合同金额"
            r"|打包价?|一口价|全包价?|total)" + _LINK,
        ),
        (Role.FINAL, r"一次性(?:付清?|支付|付款|结清|买断)" + _LINK),
        (
            Role.FINAL,
            r"(?:降价?|减免?|调整?|让|谈|定|砍|压|下浮|下调|优惠|打折|折|改|落|回|下降|回落)(?:到|至|为|成)" + _LINK,
        ),
        (
            Role.FINAL,
            r"(?:最终|最后|成交|实付|实收|实际|现价?|现在|同意|接受|确认|确定|敲定|商定|议定|暂定|拟定|达成"
            r"|(?:优惠|减免?|让利|折扣?|抵扣|便宜|降价?)[^,;。]*后)" + _LINK,
        ),
        (Role.FINAL, r"(?:→|->|=>)[ \t]*$"),
        (
            Role.FORMER,
            r"(?:原价?|原来|原先|原定|标价|市场价|刊例价?|目录价|列表价|从|由|之前|此前|上次|上一轮|初始|首次)(?:的)?(?:报价?|合同)?"
            + _LINK,
        ),
        (
            Role.OFF,
            r"(?:优惠|让利|减免?|便宜|返还?|返利|返点|少|抵扣?|节省|省|降低?|降价|下调|下浮|扣减?|折让|让)(?:掉|去)?"
            + _LINK,
        ),
        (
            Role.PART,
            r"(?:赠送?|送|首付款?|首期款?|首款|预付款?|尾款|余款|余|剩余?|首笔|付|支付|各|第[\d一二三四五六七八九十]+(?:期|笔|阶段)"
            r"|[\d一二三四五六七八九十]期|(?:后|时|日内|天内|前)(?:再|支?付|结)*)" + _LINK,
        ),
        (Role.PART, rf"(?<![不未非])(?:含|包含|包括|内含)(?!(?:{_PERCENT})?(?:增值)?税)" + _REST),
        (Role.PART, r"每一?(?:期|次付?|笔)" + _REST),
        (Role.EACH, rf"(?:每一?{_ONE}|单价|月费|月租费?|月付)" + _REST),
    )
)
# What stands directly behind it.
AFTER: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(r"[ \t]*" + pattern))
    for role, pattern in (
        (Role.EACH, rf"(?:/|每|per[ \t]*|一(?=个?[月季天人台套])){_ONE}"),
        (Role.PART, r"(?:/|每)期|的?(?:作为?|做)?(?:定金|订金|首付|预付|尾款|余款|押金|质保金|保证金|税[金款额])"),
        (Role.OFF, r"的?(?:优惠|折让|让利|返利|返点|折扣)"),
        (Role.FORMER, r"(?:太高|太贵|不行|不能?接受|不同意|被拒|做不了|偏高)"),
    )
)
LISTED = re.compile(r"其中|分别|包括|包含|构成|组成")
YEARLY_BEFORE = re.compile(r"(?:每年|年费|年租|年服务费|一年|年度?)" + _REST)
YEARLY_AFTER = re.compile(r"[ \t]*(?:(?:/|每|一|per[ \t]*)(?:年|year)|年费)")
_GOODS = r"费用?|软件|硬件|系统|平台|许可|授权|服务|设备|模块|实施|维护|培训|运维|开发|接口|安装"
NAME_BEFORE = re.compile(rf"(?:{_GOODS})[:为是]?[ \t]*$")
NAME_AFTER = re.compile(rf"[ \t]*的?(?!费率)(?:[^,;。\d]{{0,6}}费|{_GOODS})")
RESTATED = re.compile(r"[^\w]*(?:大写|小写|即|合|人民币|也就是|等于|=)*[:为是]?[ \t]*")

NO_MORE = re.compile(
    r"(?:不超过|不得?超过?|不高于|不多于|不大于|至多|最多|最高|上限为?|小于|低于|少于|控制在|<=?|≤)" + _LINK
)
NO_LESS = re.compile(r"(?:至少|不少于|不低于|不小于|最低|最少|起码|高于|大于|超过|多于|>=?|≥)" + _LINK)
ROUGH = re.compile(r"(?:大?约|大概|将近|接近|近|差不多|左右|预计|估计|预估)[:为是在]?[ \t]*$")
NO_MORE_AFTER = re.compile(r"[ \t]*(?:以内|之内|内(?!含)|以下|之下|封顶|为上限)")
NO_LESS_AFTER = re.compile(r"[ \t]*(?:以上|之上|起(?!草|诉)|\+|为下限)")
ROUGH_AFTER = re.compile(r"[ \t]*(?:左右|上下|出头|不到|多(?!媒|功|次|个|年|期)|余(?!款|额|下)|附近|级)")
# Behind a last digit that says no unit: it is of the number (一亿二含税), not of a word (二十二万一口价).
RUNS_ON = "左上多的吧,;。!?()（）含不起以内封元块整正税"
