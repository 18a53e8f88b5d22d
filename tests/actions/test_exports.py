"""Lists and what is due, on their way out."""

import tempfile
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import xlsxwriter
from icalendar import Calendar
from sqlalchemy import event

from salesdesk.actions import exports, forms
from salesdesk.errors import UserError
from salesdesk.exchange import sheets_in, sheets_out
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact
from salesdesk.store import queries

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))


def kept(workspace, entity, **values):
    return forms.save(workspace, forms.new(workspace, entity), values).record


@pytest.fixture
def customer(workspace):
    sheet = forms.new(workspace, "customer")
    values = {"name": "华源科技", "follow_up_on": date(2026, 12, 3), "need": "请找张伟明，13800135678", "owner": "李伟"}
    rows = {"contact": [forms.RowValues("", {"name": "张伟明", "phone": "13800135678"})]}
    return forms.save(workspace, sheet, values, rows).record


def test_what_is_due_stands_in_the_calendar(workspace, customer, tmp_path):
    kept(workspace, "task", subject="寄样品", due_on=date(2026, 11, 20))
    kept(workspace, "task", subject="做完了", due_on=date(2026, 11, 20), done=True)
    kept(workspace, "task", subject="哪天都行")
    kept(workspace, "visit", customer_id=customer.id, visited_on=date(2026, 11, 1), next_visit_on=date(2026, 12, 1))
    kept(workspace, "delivery", customer_id=customer.id, delivered_on=date(2026, 11, 20))
    kept(workspace, "needs_analysis", customer_id=customer.id, interviewed_on=date(2026, 11, 23))
    path = tmp_path / "a.ics"
    assert exports.export_calendar(workspace, path, NOW, CHINA, Language.ZH) == 5
    made = path.read_bytes()
    exports.export_calendar(workspace, path, NOW, CHINA, Language.ZH)
    assert path.read_bytes() == made
    events = {str(one["SUMMARY"]): one.decoded("DTSTART") for one in Calendar.from_ical(made).walk("VEVENT")}
    letter = events.pop("需求确认函：华源科技")
    assert letter.astimezone(UTC) == datetime(2026, 11, 24, 16, tzinfo=UTC)
    assert events == {
        "寄样品": date(2026, 11, 20),
        "下次跟进时间：华源科技": date(2026, 12, 3),
        "下次回访时间：华源科技": date(2026, 12, 1),
        "首次联系日期：华源科技": date(2026, 11, 25),
    }
    assert "13800135678" not in made.decode()


def test_a_calendar_that_cannot_be_written_is_told(workspace, tmp_path):
    with pytest.raises(UserError, match="export.not_written"):
        exports.export_calendar(workspace, tmp_path / "nowhere" / "a.ics", NOW, CHINA, Language.ZH)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_masked_is_masked_in_every_column(workspace, customer, tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    exports.export_list(workspace, "customer", [], path, Language.ZH, masked=True)
    said = "\t".join(sheets_in.read(path).rows[1])
    assert "请找张**，138****5678" in said
    assert not [one for one in ("张伟明", "李伟", "13800135678") if one in said]


def test_limits_stay_in_the_house(workspace, customer, tmp_path):
    kept(workspace, "negotiation_plan", customer_id=customer.id, floor_price=22_000_000)
    for masked in (False, True):
        path = tmp_path / f"{masked}.csv"
        exports.export_list(workspace, "negotiation_plan", [], path, Language.ZH, masked=masked)
        said = path.read_text("utf-8-sig")
        assert ("最低价格" in said, "22万" in said) == (not masked, not masked)


def test_every_person_of_a_customer_is_masked_in_the_texts_of_every_list(workspace, tmp_path):
    people = [forms.RowValues("", {"name": name}) for name in ("张伟", "张伟明", "李小红")]
    text = "请找李小红，不找张伟明和张伟"
    sheet = forms.new(workspace, "customer")
    one = forms.save(workspace, sheet, {"name": "华源科技", "need": text}, {"contact": people}).record
    with workspace.changing("delete.contact") as changes:  # texts still name who is in the bin
        changes.delete(
            next(x for x in queries.linked(changes.session, Contact, "customer_id", one.id) if "红" in x.name)
        )
    kept(workspace, "visit", customer_id=one.id, visited_on=date(2026, 11, 1), feedback=text)
    kept(workspace, "task", subject=text)
    for entity, said in (("customer", "请找李**，不找张**和张*"), ("visit", "请找李**，不找张**和张*"), ("task", text)):
        exports.export_list(workspace, entity, [], tmp_path / "a.csv", Language.ZH, masked=True)
        assert said in (tmp_path / "a.csv").read_text("utf-8-sig")


def test_the_addresses_of_people_are_masked_in_texts(workspace, tmp_path):
    people = [
        forms.RowValues("", {"name": "张伟", "phone": "66660000", "email": "zw@lixin.cn", "wechat": "zhangwei88"}),
        forms.RowValues("", {"name": "李", "phone": "0512-66660000 转 801", "wechat": "li"}),
    ]
    text = "打66660000或0512-66660000 转 801，写zw@lixin.cn，加zhangwei88，找李"
    sheet = forms.new(workspace, "customer")
    one = forms.save(workspace, sheet, {"name": "华源科技", "need": text}, {"contact": people}).record
    kept(workspace, "visit", customer_id=one.id, visited_on=date(2026, 11, 1), feedback=text)
    for entity in ("customer", "visit"):
        exports.export_list(workspace, entity, [], tmp_path / "a.csv", Language.ZH, masked=True)
        said = (tmp_path / "a.csv").read_text("utf-8-sig")
        assert "找李" in said
        assert not [word for word in ("6666", "zw@", "hangwei") if word in said]


def test_names_of_people_are_looked_for_once_a_page(workspace, customer, tmp_path, monkeypatch):
    for _ in range(5):
        kept(workspace, "visit", customer_id=customer.id, visited_on=date(2026, 11, 1), feedback="张伟明在")
    monkeypatch.setattr(exports, "_PAGE", 3)
    asked = []
    with workspace.reading() as session:
        event.listen(session.get_bind(), "before_cursor_execute", lambda *told: asked.append(told[2]))
        exports.export_list(workspace, "visit", [], tmp_path / "a.csv", Language.ZH, masked=True)
    assert "张伟明" not in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert len([one for one in asked if "FROM contact" in one]) == 2


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_folder_that_is_not_there_is_told(workspace, tmp_path, name):
    with pytest.raises(UserError, match="export.not_written"):
        exports.export_list(workspace, "customer", [], tmp_path / "nowhere" / name, Language.ZH, masked=False)


def test_a_disk_that_fills_up_leaves_the_old_workbook(workspace, customer, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.xlsx"
    path.write_bytes(b"before")
    monkeypatch.setattr(xlsxwriter.Workbook, "_store_workbook", full)
    rows = tmp_path / "rows"
    rows.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(rows))
    with pytest.raises(UserError, match="export.not_written"):
        exports.export_list(workspace, "customer", [], path, Language.ZH, masked=False)
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir() if "a.xlsx" in one.name] == ["a.xlsx"]
    assert list(rows.iterdir()) == []


def test_more_rows_than_a_workbook_holds_are_told(workspace, customer, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets_out, "_MOST_ROWS", 0)
    with pytest.raises(UserError, match="export.too_many_rows"):
        exports.export_list(workspace, "customer", [], tmp_path / "a.xlsx", Language.ZH, masked=False)
    assert not (tmp_path / "a.xlsx").exists()
