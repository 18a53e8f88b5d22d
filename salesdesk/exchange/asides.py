"""Rows of a table that are no data: totals, the heading once more, and who made the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from salesdesk.records.typed import narrow

_TOTAL = re.compile(
    r"(?:\S{1,10})?(?:小计|合计|总计)"  # 华东区小计
    r"|(?:合计|小计|总计|共计|累计)\s*[:(\d].*"
    r"|共计|累计|总数|(?:sub-?|grand )?total\s*:?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\d一二三四五六七八九十]|^[-—/]+$")
_SIGNED = re.compile(
    r"(?:制表|填表|填报|制单|编制|审核|复核|审批|批准|核准|打印|导出)(?:人|员|单位|部门|日期|时间)(?:\s*:.*)?"
    r"|(?:制表|填表|填报|制单|编制)\s*:.*",
    re.DOTALL,
)
_REMARK = re.compile(r"(?:注|备注|说明|附注)\s*\d?\s*:.*", re.DOTALL)


def aside(cells: Sequence[str], headings: Sequence[Sequence[str]]) -> str:
    """Why a row below the headings is no data, as a message id; nothing for data."""
    filled = {place: text for place, text in enumerate(cells) if text}
    first = narrow(next(iter(filled.values()), ""))
    if any(filled.items() <= dict(enumerate(heading)).items() for heading in headings):
        return "import.heading_again"
    if _TOTAL.fullmatch(first) and all(map(_NUMBER.search, [*filled.values()][1:])):  # Total, of Paris, is a company
        return "import.total"
    is_alone = len(filled) == 1 and any(len([*filter(None, heading)]) > 1 for heading in headings)
    return "import.signed" if _SIGNED.fullmatch(first) or (is_alone and _REMARK.fullmatch(first)) else ""
