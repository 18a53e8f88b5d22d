"""Drafts for a mail program and days for a calendar, read back by other readers than their writers."""

import email
from datetime import UTC, date, datetime, timedelta
from email.policy import default

import pytest
from dateutil.parser import isoparse
from icalendar import Calendar

from salesdesk.errors import UserError
from salesdesk.exchange.calendar import Entry, calendar
from salesdesk.exchange.mail import draft

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)


def test_a_draft_has_its_file_and_its_chinese_names():
    made = draft("zhang@example.cn", "张𬭎", "需求确认函", "您好：\n请查收。", [("需求确认函-v1.pdf", b"%PDF-1.4 x")])
    read = email.message_from_bytes(made, policy=default)
    assert (read["X-Unsent"], read["Subject"]) == ("1", "需求确认函")
    assert (read["To"].addresses[0].display_name, read["To"].addresses[0].addr_spec) == ("张𬭎", "zhang@example.cn")
    (file,) = read.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("需求确认函-v1.pdf", "application/pdf")
    assert file.get_content() == b"%PDF-1.4 x"
    assert read.get_body().get_content().split() == ["您好：", "请查收。"]


def test_no_header_comes_in_by_a_value():
    made = draft("a@b.cn", "x\nBcc: thief@x.cn", "y\r\nBcc: thief@x.cn", "", [("a\nb.pdf", b"")])
    assert email.message_from_bytes(made, policy=default)["Bcc"] is None


def test_a_chinese_domain_is_written_as_servers_know_it():
    made = draft("zhang@例子。中国", "张伟", "", "", [])
    assert b"<zhang@xn--fsqu00a.xn--fiqs8s>" in made


@pytest.mark.parametrize(
    "address",
    [
        "张伟@例子.中国",
        "zhang@例 子.中国",
        "zhang@" + "例" * 70 + ".cn",
        "no address\nBcc: x@y",
        "@",
        "a@b@c",
        "<a@b.cn>",
        "a@b.cn,c@d.cn",
        "a@b.cn\r\nBcc: x@y",
    ],
)
def test_what_is_no_address_is_told(address):
    with pytest.raises(UserError, match="mail.bad_address"):
        draft(address, "", "", "", [])


def test_days_and_moments_stand_in_the_calendar_once():
    entries = [
        Entry("visit-1", "回访 华源；𠮷,", date(2026, 12, 1), "第一行\n第二行"),
        Entry("letter-2", "需求确认函", datetime(2026, 11, 25, 6, tzinfo=UTC)),
    ]
    made = calendar(entries, NOW)
    assert made == calendar(entries, NOW)
    first, second = Calendar.from_ical(made).walk("VEVENT")
    assert (str(first["UID"]), str(first["SUMMARY"])) == ("visit-1@salesdesk", "回访 华源；𠮷,")
    assert (first.decoded("DTSTART"), first.decoded("DTEND")) == (date(2026, 12, 1), date(2026, 12, 2))
    assert str(first["DESCRIPTION"]) == "第一行\n第二行"
    assert second.decoded("DTSTART") == isoparse("2026-11-25T06:00:00Z")
    assert b"DTSTART;TZID=Asia/Shanghai:20261125T140000" in made
    (zone,) = Calendar.from_ical(made).walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Asia/Shanghai"


def test_a_day_rings_in_its_morning_and_a_moment_an_hour_before():
    entries = [Entry("a", "回访", date(2026, 12, 1)), Entry("b", "函", datetime(2026, 11, 25, 6, tzinfo=UTC))]
    rings = [next(iter(event.walk("VALARM"))) for event in Calendar.from_ical(calendar(entries, NOW)).walk("VEVENT")]
    assert [ring.decoded("TRIGGER") for ring in rings] == [timedelta(hours=9), timedelta(hours=-1)]
