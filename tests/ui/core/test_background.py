"""The two workers on a real workspace: whose thread, in which order, what errors become, what closing leaves."""

import gc
import threading
import time
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salesdesk.actions import forms
from salesdesk.errors import Bug, OfficeUnreachable, UserError
from salesdesk.records.prospecting import Customer
from salesdesk.store import queries
from salesdesk.store.workspace import Workspace
from tests.factories import KEY
from tests.ui.sample_desk import read, sample_desk
from ui.core import notify


@pytest.fixture
def desk(qapp, tmp_path):
    with sample_desk(tmp_path, names=()) as made:
        yield made


@pytest.fixture
def page(qtbot):
    made = QWidget()
    made.notice = notify.Bar(made)
    QVBoxLayout(made).addWidget(made.notice)
    qtbot.addWidget(made)
    made.show()
    return made


class Ring(QObject):
    """A widget's kind in a cycle of references; says in which thread it is destroyed."""

    def __init__(self, gone):
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: gone.append(threading.current_thread()))


def test_garbage_made_of_widgets_is_never_collected_by_a_worker(desk, page, qtbot):
    gone, done = [], []
    gc.collect()
    Ring(gone)

    def allocate(_session):
        keep = [[number] for number in range(200_000)]  # far beyond every threshold of the collector
        return keep, list(gone)

    desk.query(page, allocate, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert set(done[0][1]) <= {threading.main_thread()}
    qtbot.waitUntil(lambda: bool(gone))
    assert gone == [threading.main_thread()]


def add_customer(name):
    return lambda workspace: forms.save(workspace, forms.new(workspace, "customer"), {"name": name})


def names(workspace):
    with workspace.reading() as session:
        return sorted(customer.name for customer in queries.listed(session, Customer))


def test_work_runs_off_the_gui_thread_and_its_result_comes_back_on_it(desk, page, qtbot):
    threads = {}

    def count(session):
        threads["work"] = threading.current_thread()
        return queries.count(session, Customer)

    def show(total):
        threads["show"] = threading.current_thread()
        threads["total"] = total

    desk.query(page, count, show)
    assert "show" not in threads
    qtbot.waitUntil(lambda: "show" in threads)
    assert threads["total"] == 0
    assert threads["show"] is threading.main_thread()
    assert threads["work"] is not threading.main_thread()


def test_work_on_the_workspace_is_done_in_order_and_one_at_a_time(desk, page, qtbot):
    steps, answers = [], []

    def work(number):
        def fn(_workspace):
            steps.append(("begin", number))
            time.sleep(0.01 if number % 2 else 0)
            steps.append(("end", number))
            return number

        return fn

    for number in range(8):
        desk.change(page, work(number), answers.append)
    qtbot.waitUntil(lambda: len(answers) == 8)
    assert answers == list(range(8))
    assert steps == [(step, number) for number in range(8) for step in ("begin", "end")]


def test_a_change_is_told_after_it_was_shown_and_a_draft_is_not(desk, page, qtbot):
    order = []
    desk.changed.connect(order.append)
    desk.keep(page, add_customer("一"), lambda _: order.append("kept"))
    desk.change(page, add_customer("二"), lambda _: order.append("shown"), action="save.customer")
    qtbot.waitUntil(lambda: "save.customer" in order)
    assert order == ["kept", "shown", "save.customer"]
    assert names(desk.workspace) == ["一", "二"]


def test_a_failed_change_is_told_to_who_asked_and_to_nobody_else(desk, page, qtbot):
    told, changed = [], []
    desk.changed.connect(changed.append)

    def refuse(_workspace):
        raise UserError("value.not_whole")

    desk.change(page, refuse, lambda _: told.append("shown"), told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert [error.message for error in told] == ["value.not_whole"]
    assert changed == []
    assert not page.notice.isVisible()


def test_an_error_that_nobody_asked_for_stands_in_the_bar_of_the_page(desk, page, qtbot):
    inner = QWidget(page)

    def refuse(_session):
        raise UserError("value.not_whole")

    desk.query(inner, refuse, lambda _: None)
    qtbot.waitUntil(page.notice.isVisible)
    assert page.notice.label.text() == "A whole number, please."


def test_an_unexpected_error_becomes_a_report_and_the_worker_goes_on(desk, page, qtbot):
    told, totals = [], []

    def stumble(_session):
        return {}["nothing"]

    desk.query(page, stumble, lambda _: told.append("shown"), told.append)
    desk.query(page, lambda s: queries.count(s, Customer), totals.append)
    qtbot.waitUntil(lambda: totals == [0])
    assert isinstance(told[0], Bug)
    assert "in stumble" in told[0].params["detail"]


def test_a_page_that_is_gone_gets_no_answer_but_the_others_hear_of_the_change(desk, page, qtbot):
    leaving, answers, changed = QWidget(), [], []
    desk.changed.connect(changed.append)
    desk.change(leaving, add_customer("华源"), answers.append, action="save.customer")
    desk.query(leaving, lambda _: 1, answers.append)
    desk.query(leaving, lambda _: 1 // 0, answers.append, answers.append)
    shiboken6.delete(leaving)
    desk.query(page, lambda _: "last", changed.append)
    qtbot.waitUntil(lambda: "last" in changed)
    assert answers == []
    assert changed == ["save.customer", "last"]
    assert names(desk.workspace) == ["华源"]


def test_a_page_that_stumbles_over_an_answer_does_not_keep_the_change_from_the_others(desk, page, qtbot):
    with qtbot.captureExceptions() as raised, qtbot.waitSignal(desk.changed) as heard:
        desk.change(page, add_customer("华源"), lambda _: 1 // 0, action="save.customer")
    assert heard.args == ["save.customer"]
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]


def test_the_network_tells_its_steps_in_order_and_then_that_all_may_be_new(desk, page, qtbot):
    heard = []
    desk.changed.connect(heard.append)
    desk.offline_changed.connect(lambda: heard.append("reach"))

    def sync(_workspace, report, _cancelled):
        for step in range(3):
            report(step)
        return "done"

    desk.network(page, sync, heard.append, progress=heard.append)
    qtbot.waitUntil(lambda: "reach" in heard)
    assert heard == [0, 1, 2, "done", "sync", "reach"]


def test_what_came_over_the_network_is_told_though_its_page_is_gone(desk, qtbot):
    leaving, shown = QWidget(), []
    with qtbot.waitSignals([desk.changed, desk.offline_changed]):
        desk.network(leaving, lambda *_: None, shown.append)
        shiboken6.delete(leaving)
    assert shown == []


def test_the_network_keeps_nobody_waiting_and_stops_when_asked(desk, page, qtbot):
    begun, told, totals = threading.Event(), [], []

    def wait(_workspace, _report, cancelled):
        begun.set()
        while not cancelled():
            time.sleep(0.005)
        raise OfficeUnreachable("sync.unreachable")

    handle = desk.network(page, wait, told.append, told.append)
    assert begun.wait(2)
    desk.query(page, lambda s: queries.count(s, Customer), totals.append)
    qtbot.waitUntil(lambda: totals == [0])
    assert told == []
    handle.cancel()
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], OfficeUnreachable)


def test_closing_finishes_what_was_asked_and_delivers_nothing_more(desk, page, qtbot):
    folder, answers, stopped = desk.workspace.folder, [], threading.Event()

    def wait(_workspace, _report, cancelled):
        while not cancelled():
            time.sleep(0.005)
        stopped.set()

    for number in range(12):
        desk.change(page, add_customer(f"公司 {number:02}"), answers.append)
    desk.network(page, wait, answers.append)
    desk.close()
    assert stopped.is_set()
    before = len(answers)
    desk.change(page, add_customer("太晚"), answers.append)
    desk.close()
    qtbot.wait(100)
    assert len(answers) == before
    again = Workspace.open(folder, KEY)
    try:
        assert names(again) == [f"公司 {number:02}" for number in range(12)]
    finally:
        again.close()


def test_the_clock_of_the_desk_is_that_of_its_workspace(desk):
    assert desk.now() == desk.clock.now
    assert desk.now().utcoffset().total_seconds() == 0
    assert read(desk, lambda s: queries.count(s, Customer)) == 0


def test_put_away_it_finishes_what_is_written_closes_and_goes_on_later(desk, page, qtbot):
    told, go = [], threading.Event()

    def slowly(workspace):
        go.wait()
        forms.save(workspace, forms.new(workspace, "customer"), {"name": "写完的"})

    desk.change(page, slowly, lambda _: told.append("written"))
    desk.put_away()
    desk.put_away()  # twice is fine
    desk.query(page, lambda session: len(queries.listed(session, Customer)), told.append)
    desk.draw(page, lambda: "drawn", told.append, told.append)
    qtbot.waitUntil(lambda: told == ["drawn"])
    assert desk.workspace.key == KEY  # it is still being written
    go.set()
    desk.wait_until_put_away()
    with pytest.raises(Bug, match="closed"):
        desk.workspace.key  # noqa: B018  # asking is what is tried
    qtbot.waitUntil(lambda: told == ["drawn", "written"])
    desk.workspace.reopen(KEY)
    desk.take_up()
    qtbot.waitUntil(lambda: told == ["drawn", "written", 1])


def test_a_desk_that_was_put_away_can_be_closed(desk, page):
    began, told = threading.Event(), []

    def until_stopped(_workspace, _report, cancelled):
        began.set()
        while not cancelled():
            time.sleep(0.005)

    desk.network(page, until_stopped, told.append)
    began.wait()
    desk.put_away()
    desk.close()
    assert told == []
