"""The working calendar: what the office enters of a year's days off before the program's own calendar knows them."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from salesdesk.records.base import Form, Record
from salesdesk.records.field import Merge, integer, note, text
from salesdesk.records.roles import OFFICE


class WorkingYear(Record):
    """年度放假安排: the days off of a year and the weekends that are worked, as the State Council published them."""

    __tablename__ = "working_year"
    __form__ = Form(zh="年度放假安排", en="Days off of a year", title="year", writers=OFFICE, company_wide=True)

    year: Mapped[int | None] = integer(
        "年份", "Year", low=2000, high=2199, required=True, listed=True, merge=Merge.OFFICE_WINS
    )
    days_off: Mapped[str] = note(
        "放假日期（每行一段，如 2月5日至11日；可粘贴通知原文）",
        "Days off (a line each, such as 2027-02-05..2027-02-11; the text of the notice can be pasted)",
        lines=8,
        required=True,
        listed=True,
        merge=Merge.OFFICE_WINS,
    )
    worked: Mapped[str] = note(
        "调休上班的周末", "Weekends that are worked", lines=3, listed=True, merge=Merge.OFFICE_WINS
    )
    source: Mapped[str] = text("依据", "Published as", merge=Merge.OFFICE_WINS)
