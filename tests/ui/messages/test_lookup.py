"""Every message id that the library raises or finds has a sentence; every action of the journal has a name."""

import errno
import os
import re
from pathlib import Path

import pytest

from salesdesk.errors import Bug, UserError, reason_of
from salesdesk.records.language import Language
from ui.core import notify
from ui.messages import lookup

ROOT = Path(__file__).parents[3]
SOURCES = [p for folder in ("salesdesk", "ui") for p in (ROOT / folder).rglob("*.py") if "server" not in p.parts]
TOLD = re.compile(
    r'(?:BadValue|UserError|WrongKey|NoKeyring|NewerWorkspace|DamagedWorkspace|StorageFull|StorageBusy|EnvironmentFault|'
    r'OfficeUnreachable|OfficeRefused|Forked|Finding|CheckItem)\(\s*(?:Level\.\w+,\s*)?"([a-z]+\.[a-z_]+)"'
)  # fmt: skip
IDS = sorted({found for path in SOURCES for found in TOLD.findall(path.read_text(encoding="utf-8"))})
ACTIONS = sorted(
    {a for path in SOURCES for a in re.findall(r'changing\("([a-z.]+)"\)', path.read_text(encoding="utf-8"))}
)


def test_there_is_something_to_cover():
    assert len(IDS) > 50
    assert len(ACTIONS) > 5


@pytest.mark.parametrize("message", IDS)
def test_every_message_has_a_sentence(message):
    assert message in lookup.SENTENCES


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_has_a_name(action):
    assert action in lookup.ACTIONS or action.partition(".")[0] in lookup.ACTIONS


def test_forms_are_named_in_their_actions():
    assert lookup.action("save.needs_analysis", Language.ZH) == "Saved 客户需求分析记录表"
    assert lookup.action("delete.customer", Language.EN) == "Deleted Customer information sheet"
    assert lookup.action("of.a_newer_program", Language.EN) == "Changed"


def test_values_are_filled_in_and_missing_ones_do_not_hide_the_sentence():
    assert notify.sentence(UserError("value.out_of_range", low=0, high=100)) == "Between 0 and 100, please."
    assert "{low}" in notify.sentence(UserError("value.out_of_range"))
    assert notify.sentence(UserError("an.unknown_id")) == "an.unknown_id"


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EISDIR, errno.EACCES, errno.ENOSPC, errno.ENAMETOOLONG])
def test_what_the_system_says_of_a_file_is_said_in_our_words(number):
    error = OSError(number, os.strerror(number))
    said = notify.sentence(UserError("attachment.unreadable", name="a.pdf", reason=reason_of(error)))
    assert os.strerror(number) not in said
    assert "os." not in said
    rare = OSError(errno.EXDEV, os.strerror(errno.EXDEV))
    assert reason_of(rare) == os.strerror(errno.EXDEV)


def test_markup_in_a_value_stays_text():
    assert "<b>" in notify.sentence(UserError("attachment.too_large", name="<b>x</b>", limit_mb=50))


def fail():
    raise Bug("store.no_such_record", entity="customer")


def test_a_report_tells_version_and_stack():
    with pytest.raises(Bug) as raised:
        fail()
    report = notify.report_of(raised.value)
    assert "SalesDesk" in report
    assert "in fail" in report


TYPED = ("金丝雀精密", "13912345678")


def test_a_report_quotes_nothing_that_was_typed(desk, qtbot):
    def work(_session):
        try:
            int(TYPED[0])
        except ValueError as error:
            raise KeyError(TYPED[1]) from error

    told = []
    bar = notify.Bar()
    qtbot.addWidget(bar)
    desk.query(bar, work, told.append, told.append)
    qtbot.waitUntil(lambda: bool(told))
    try:
        work(None)
    except KeyError as error:
        reports = [notify.report_of(told[0]), notify.report_of(error)]
    for report in reports:
        assert "ValueError" in report
        assert "KeyError" in report
        assert "in work" in report
        assert not [word for word in TYPED if word in report]


def test_an_office_cannot_make_a_sentence_of_its_own_do_anything():
    odd = UserError("{field.__class__} {0} {x!r:>999999999}", x=1)
    assert notify.sentence(odd) == odd.message
    assert len(notify.sentence(UserError("x" * 10_000))) == 200
    assert "{limit_mb}" in notify.sentence(UserError("attachment.too_large", name="a"))
