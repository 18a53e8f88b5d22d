"""From the moment of locking nothing of a customer is to be seen; after unlocking everything is where it was."""

import shutil
import tempfile
import threading
import time

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QInputDialog, QToolTip, QWidget

from salesdesk.actions import access, discovery, papers, sample
from salesdesk.documents.pen import Place
from salesdesk.errors import Bug, UserError
from salesdesk.records.base import Stage
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.settings import folders
from salesdesk.store import backups, drafts, queries
from salesdesk.store.workspace import Workspace
from salesdesk.sync import driver
from tests.ui.app.test_idle import move_over
from tests.ui.hands import compose
from tests.ui.pages.test_backups_dialog import press_when_ready, when_open
from tests.ui.sample_desk import read
from ui.app.application import Program
from ui.app.lock import LockPage
from ui.app.restore_dialog import RestoreDialog
from ui.core import clipboard, notify
from ui.forms.form_dialog import FormDialog
from ui.shell.commands import COMMANDS

PASSPHRASE = "a long passphrase"
CANARY = "金丝雀机密制造有限公司"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A workspace under a passphrase with the sample rows, one of whose customers nobody may see."""
    folder = tmp_path_factory.mktemp("kept") / "workspace"
    workspace = access.set_up(folder, "李伟", passphrase=PASSPHRASE)
    for name in ("toolkit", "practice"):
        sample.fill(workspace, name)
    with workspace.changing("test") as changes:
        for customer in queries.listed(changes.session, Customer):
            changes.get(Customer, customer.id).name = f"{CANARY} {customer.name}"
    key = workspace.key
    workspace.close()
    return folder, key


@pytest.fixture
def program(qapp, qtbot, kept, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = folders().workspace
    shutil.copytree(kept[0], folder)
    made = Program()
    made._apply_settings()
    made._take_place(folder)
    made._show_desk(Workspace.open(folder, kept[1]))
    stage = made.window.show_stage(Stage.DISCOVERY)
    stage.select_customer(next(c.id for c in customers(made) if "华源" in c.name))
    qtbot.waitUntil(lambda: stage.panel is not None and quiet(made))
    made.window.activateWindow()
    yield made
    made.leave()
    made.idle.stop()
    made._give_up_place()


def customers(program):
    return read(program.desk, lambda session: queries.listed(session, Customer))


def quiet(program):
    return not program.desk._asked and program.desk._waiting is None


def windows():
    return [window for window in QApplication.topLevelWidgets() if window.isVisible()]


def said_by(widget):
    """All words of a widget, to see or to hear."""
    named = ("windowTitle", "accessibleName", "accessibleDescription", "toolTip", "statusTip")
    shown = ("text", "toPlainText", "currentText", "placeholderText", "title")
    for name in (*named, *shown):
        ask = getattr(widget, name, None)
        if callable(ask):
            yield str(ask())
    if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        cells = ((row, column) for row in range(model.rowCount()) for column in range(model.columnCount()))
        yield from (str(model.index(*cell).data()) for cell in cells)


def on_the_screen():
    parts = [part for window in windows() for part in (window, *window.findChildren(QWidget)) if part.isVisible()]
    return [word for part in parts for word in said_by(part)]


def assert_nothing_is_left(program, tmp_path):
    assert [type(window) for window in windows()] == [LockPage]
    assert [word for word in on_the_screen() if CANARY in word] == []
    assert CANARY not in QGuiApplication.clipboard().text()
    assert [path for path in tmp_path.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()] == []
    program.desk.wait_until_put_away()
    with pytest.raises(Bug, match="closed"):
        program.desk.workspace.key  # noqa: B018  # asking is what is tried


def unlock(program, qtbot):
    program._locked.page.passphrase.setText(PASSPHRASE)
    QTest.mouseClick(program._locked.page.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program._locked is None)
    qtbot.waitUntil(lambda: quiet(program))


def preview(program):
    offer = papers.Offer("outline", "outline", outline_of(program))
    program.window.open_paper(offer)


def outline_of(program):
    customer = next(c for c in customers(program) if "华源" in c.name)
    return discovery.prepare_outline(program.desk.workspace, customer.id, None, Language.ZH).id


def in_preview(act):
    """Do something in a preview once its paper is there."""

    def begin(program):
        preview(program)
        dialog = program.window.dialog

        def look():
            if dialog.pdf:
                act(dialog)
            else:
                QTimer.singleShot(20, look)

        look()

    return begin


def in_dialog(open_it, act):
    def begin(program):
        open_it(program)
        act(program.window.dialog)

    return begin


def form(program):
    analysis = program.window.open_page().panel.sheet.record
    program.window.show_page("today")
    program.window._open_in_dialog("needs_analysis", analysis.id)


def on_page(act):
    return lambda program: act(program.window.open_page())


def tip(program):
    button = program.window.bar.user_button
    QToolTip.showText(button.mapToGlobal(QPoint(1, 1)), CANARY, button)


def records(program):
    program.window.open_records("customer")


def sign(page):
    page._hand_over_the_pen(page.offer, papers.Made(CANARY, page.pdf), [Place(0, 0, (0, 0, 100, 50))])


def asked_for_a_word(program):
    QInputDialog.getText(program.window, CANARY, CANARY)


OPENED = {
    "form": (form, "FormDialog"),
    "list": (records, "RecordsPage"),
    "name of a view": (in_dialog(records, lambda dialog: dialog.filters._ask_name()), "QInputDialog"),
    "import's file": (in_dialog(records, lambda dialog: dialog._ask_what()), "QFileDialog"),
    "export's file": (in_dialog(records, lambda dialog: dialog._ask_where(masked=False)), "QFileDialog"),
    "export's menu": (in_dialog(records, lambda dialog: dialog.export_button.showMenu()), "QMenu"),
    "preview": (preview, "OfferPage"),
    "preview, print": (in_preview(lambda page: page._print()), "QPrintDialog"),
    "preview, save": (in_preview(lambda page: page._ask_where()), "QFileDialog"),
    "preview, mail": (in_preview(lambda page: page._ask_where_the_mail()), "QFileDialog"),
    "signing": (in_preview(sign), "SignPage"),
    "files": (on_page(lambda page: page.document_actions.open_files()), "FilesPage"),
    "deleting": (on_page(lambda page: page.opportunity_actions.delete()), "DeleteDialog"),
    "moving on": (on_page(lambda page: page.opportunity_actions.move_on()), "MoveOnDialog"),
    "closing a round": (on_page(lambda page: page.opportunity_actions.close_round()), "CloseRoundDialog"),
    "user's menu": (lambda program: program.window.bar.user_button.showMenu(), "QMenu"),
    "a tip": (tip, "QLabel"),
    "an error": (lambda program: notify.show(QWidget(program.window), UserError("value.taken")), "MainWindow"),
    "a report": (lambda program: notify._reporter.report(program.window, ValueError(CANARY)), "ReportDialog"),
    "a dialog that the program stands still for": (asked_for_a_word, "QInputDialog"),
}
KINDS = {
    "check_paper": "QFileDialog",
    "settings": "SettingsPage",
    "backups": "BackupsPage",
    "customer_view": "CustomerViewPage",
}
for command in COMMANDS:
    if command.name != "lock":
        opens = command.dialog.partition(":")[2] or KINDS.get(command.name, "MainWindow")
        OPENED[f"command {command.name}"] = (lambda program, c=command: program.window.carry_out(c.name), opens)
PRINTING = "QAbstractPrintDialog"  # it ends, and is not given back before its preview
PASSING = {Qt.WindowType.Popup, Qt.WindowType.ToolTip}


def lock_once_shown(program, kind, seen):
    """Lock as a timer does, whatever loop runs then, once a window of that kind is there and shows what it has."""

    def look():
        there = [(type(window).__name__, window) for window in windows()]
        if quiet(program) and kind in {name for name, _ in there}:
            seen.extend(there)
            program.lock()
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(50, look)


@pytest.mark.parametrize("opened", OPENED)
def test_whatever_is_open_nothing_of_a_customer_is_left(program, qtbot, tmp_path, opened):
    begin, kind = OPENED[opened]
    seen = []
    lock_once_shown(program, kind, seen)
    begin(program)
    qtbot.waitUntil(lambda: program._locked is not None)
    QApplication.processEvents()
    assert_nothing_is_left(program, tmp_path)
    page = program.window.pages_shown()[-1]
    unlock(program, qtbot)
    assert program.window.isVisible()
    assert program.window.pages_shown()[-1] == page
    stay = {w for _, w in seen if shiboken6.isValid(w) and w.windowType() not in PASSING and not w.inherits(PRINTING)}
    assert {*windows()} == stay


def test_what_was_typed_is_there_again_and_was_kept_before(program, qtbot):
    form(program)
    qtbot.waitUntil(lambda: isinstance(program.window.dialog, FormDialog))
    panel = program.window.dialog.panel
    line = panel.editor("budget").inner
    line.setFocus()
    line.clear()
    QTest.keyClicks(line, "20 to 30 ")
    compose(line, "万")
    QApplication.sendEvent(line, QInputMethodEvent("yuan", []))  # seen, and not yet its text
    asked = []
    keep = panel.desk.keep
    panel.desk.keep = lambda *given, **more: (asked.append(panel.desk._waiting is None), keep(*given, **more))
    program.lock()
    assert asked == [True]  # before the workspace is closed
    program.desk.wait_until_put_away()
    with access.unlock(folders().workspace, PASSPHRASE).reading() as session:
        draft = drafts.find(session, "needs_analysis", panel.sheet.record.id)
    assert draft.content["fields"]["budget"] == "20 to 30 万yuan"
    unlock(program, qtbot)
    assert program.window.dialog.isVisible()
    assert program.window.dialog.isModal()
    assert line.text() == "20 to 30 万yuan"


def test_a_customer_stays_chosen_and_his_form_goes_on(program, qtbot):
    page = program.window.open_page()
    customer_id, panel = page.customer_id, page.panel
    program.lock()
    unlock(program, qtbot)
    assert (program.window.open_page(), page.customer_id, page.panel) == (page, customer_id, panel)
    with qtbot.waitSignal(panel.saved):
        panel.save()


def test_what_opens_behind_the_lock_is_never_on_the_screen(program, qtbot):
    drawn = []

    class Late(QDialog):
        def paintEvent(self, event):  # noqa: N802  # Qt's name
            drawn.append(program._locked)
            super().paintEvent(event)

    program.lock()
    late = Late(program.window)
    late.setWindowTitle(CANARY)
    late.open()
    assert not late.windowHandle().isVisible()
    qtbot.waitUntil(lambda: [type(window) for window in windows()] == [LockPage])
    assert drawn == []
    unlock(program, qtbot)
    assert late.windowHandle().isVisible()
    late.close()


def test_a_dialog_that_came_to_its_end_meanwhile_stays_closed(program, qtbot):
    program.window.show_dialog("ui.shell.shortcuts_dialog:ShortcutsPage")
    dialog = program.window.dialog
    program.lock()
    dialog.accept()
    unlock(program, qtbot)
    assert not shiboken6.isValid(dialog) or not dialog.isVisible()


def test_what_is_asked_while_it_is_locked_is_done_afterwards(program, qtbot):
    program.lock()
    told = []
    program.desk.query(program.window, lambda session: len(queries.listed(session, Customer)), told.append)
    program.desk.wait_until_put_away()
    assert told == []
    unlock(program, qtbot)
    qtbot.waitUntil(lambda: told == [len(customers(program))])


def test_a_sync_that_ran_is_stopped_and_says_so(program, qtbot):
    window, began = program.window, threading.Event()

    def sync(_workspace, _report, cancelled):
        began.set()
        while not cancelled():
            time.sleep(0.005)
        return driver.Report(cancelled=True)

    window.carry_out("sync")
    page = window.dialog
    page._running = program.desk.network(page, sync, page._done, page._refused)
    began.wait()
    program.lock()
    program.desk.wait_until_put_away()
    unlock(program, qtbot)
    assert page.isVisible()
    assert "Nothing is lost" in page.notice.label.text()


def test_printing_goes_on_while_it_is_locked(program, qtbot, tmp_path):
    in_preview(lambda _page: None)(program)
    page = program.window.dialog
    qtbot.waitUntil(lambda: bool(page.pdf))
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_on(printer)
    program.lock()
    qtbot.waitUntil(lambda: "Handed" in page.notice.label.text())
    unlock(program, qtbot)


def test_the_clipboard_is_emptied_of_what_came_from_here_alone(program, qtbot):
    clipboard.put(CANARY)
    program.lock()
    assert QGuiApplication.clipboard().text() == ""
    unlock(program, qtbot)
    clipboard.put(CANARY)
    QGuiApplication.clipboard().setText("somebody else's")
    program.lock()
    assert QGuiApplication.clipboard().text() == "somebody else's"


def test_a_wrong_passphrase_shows_nothing(program, qtbot, tmp_path):
    program.lock()
    page = program._locked.page
    page.passphrase.setText("a wrong passphrase")
    page.submit()
    qtbot.waitUntil(page.problem.isVisible)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert_nothing_is_left(program, tmp_path)
    unlock(program, qtbot)


def test_leaving_the_lock_ends_the_program(program, monkeypatch):
    ended = []
    monkeypatch.setattr(program.app, "quit", lambda: ended.append(True))
    program.lock()
    program._locked.page.close()
    assert (ended, program.window, program.desk, windows()) == ([True], None, None, [])


def test_a_workspace_damaged_meanwhile_is_restored_from_the_lock(program, qtbot, monkeypatch):
    backups.make(program.desk.workspace)
    program.lock()
    program.desk.wait_until_put_away()
    (folders().workspace / "workspace.db").write_bytes(bytes(8192))
    page = program._locked.page
    page.passphrase.setText(PASSPHRASE)
    page.submit()
    qtbot.waitUntil(page.restore_button.isVisible)
    when_open(RestoreDialog, press_when_ready)
    QTest.mouseClick(page.restore_button, Qt.MouseButton.LeftButton)
    assert program._locked is None
    assert program.window.isVisible()
    assert any(CANARY in customer.name for customer in customers(program))


def test_an_hour_of_sleep_locks_before_the_finder_sees_anything(program, qtbot, tmp_path):
    clocks = [1000.0, 1000.0]
    program.idle._clocks = (lambda: clocks[0], lambda: clocks[1])
    program.idle.touch()
    clocks[1] += 3600  # a clock that stood still during sleep, and one that did not
    move_over(program.window.open_page())
    assert_nothing_is_left(program, tmp_path)
    unlock(program, qtbot)
    move_over(program.window)
    assert program._locked is None


def test_locking_twice_is_once(program):
    assert program.lock()
    assert not program.lock()
    assert not program.lock_if_it_asks()
