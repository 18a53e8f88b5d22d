"""The program's window in a process of its own, for tests that type into it with a real input method.

    python composing_window.py FOLDER

Answers one line of JSON, `[name, *arguments]`, with another. `name` is a method of `Questions`.
"""

import json
import sys
import traceback
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from salesdesk.actions import forms
from salesdesk.records.base import Stage
from salesdesk.records.work import Task
from salesdesk.store import queries
from tests.ui.sample_desk import customer_named, read, sample_desk
from ui.app.application import make_application
from ui.core import composition
from ui.forms.form_dialog import FormDialog
from ui.records.records_dialog import RecordsPage
from ui.shell.main_window import MainWindow

ENTITY = "needs_analysis"
PATIENCE_S = 3600


class Shown(QObject):
    """What the input method shows in the field with the focus, as it last said."""

    def __init__(self, app):
        super().__init__(app)
        self.text = ""
        app.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.InputMethod and isinstance(watched, QWidget):
            self.text = event.preeditString()
        return False


class Questions:
    """What the test asks, and does other than by mouse and keys."""

    def __init__(self, desk, shown):
        self.desk, self.shown = desk, shown
        self.window = MainWindow(desk)
        self.window.resize(1280, 860)
        self.window.move(0, 0)
        self.window.show()
        self.window.activateWindow()
        self.page = self.window.show_stage(Stage.DISCOVERY)
        self.customer_id = customer_named(desk, "华源").id
        analysis = read(desk, lambda session: queries.card(session, self.customer_id)).analysis
        self.record_id = analysis.id
        self.original = {name: getattr(analysis, name) for name in ("budget", "pains", "implicit_needs")}
        self.window.select_customer(self.customer_id)

    def ready(self):
        panel = self.page.panel
        shown = panel is not None and panel.sheet.record.id == self.record_id
        return shown and QApplication.activeWindow() is self.window

    def widget(self, name):
        """One of these parts of the window; else a field, or `form.row.column` of the form's rows."""
        window = self.window
        parts = {
            "search": lambda: window.search.line,
            "task": lambda: window.page("today").task_edit,
            "task.add": lambda: window.page("today").task_button,
            "save": lambda: window.dialog.save_button,
            "filter": lambda: window.dialog.filters.line,
            "filter.add": lambda: window.dialog.filters.add_button,
            "another form": lambda: self.page.work.form_buttons["confirmation_letter"],
        }
        if name in parts:
            return parts[name]()
        if "." in name:
            entity, row, column = name.split(".")
            return self.panel().rows(entity).cell(int(row), column).inner
        return self.panel().editor(name).inner

    def panel(self):
        return self.window.dialog.panel if isinstance(self.window.dialog, FormDialog) else self.page.panel

    def place(self, name):
        """Where to click; scrolled into sight before."""
        widget = self.widget(name)
        if self.panel() is not None and self.panel().area.widget().isAncestorOf(widget):
            self.panel().area.ensureWidgetVisible(widget)
        centre = widget.mapToGlobal(widget.rect().center())
        return [centre.x(), centre.y()]

    def text(self, name):
        """The text proper, without what is being composed."""
        widget = self.widget(name)
        return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()

    def composed(self):
        return self.shown.text

    def focus(self, name):
        return self.widget(name).hasFocus()

    def change(self, name, text):
        """A colleague's change arrives, as by a sync; the pages read anew."""
        workspace, record_id = self.desk.workspace, self.record_id
        self.desk.change(
            self.window,
            lambda _: forms.save(workspace, forms.load(workspace, ENTITY, record_id), {name: text}),
            action="sync",
        )

    def saved(self):
        return self.panel().status_text().startswith("Saved")

    def stored(self, name):
        return getattr(self.sheet().record, name)

    def draft(self, name):
        draft = self.sheet().draft
        return draft.content["fields"][name] if draft else None

    def sheet(self):
        return forms.load(self.desk.workspace, ENTITY, self.record_id)

    def dialog(self):
        """The form in a dialog above the window, as from a list."""
        self.window._open_in_dialog(ENTITY, self.record_id)

    def in_dialog(self):
        return isinstance(self.window.dialog, FormDialog) and QApplication.activeWindow() is self.window.dialog

    def list(self):
        self.window.open_records("customer")

    def in_list(self):
        return isinstance(self.window.dialog, RecordsPage) and QApplication.activeWindow() is self.window.dialog

    def filters(self):
        return [wanted.text for wanted in self.window.dialog.filters.filters]

    def search(self, text):
        self.window.search.line.setText(text)

    def hits(self):
        return self.window.search.shown_titles()

    def today(self):
        self.window.show_page("today")

    def tasks(self):
        return [task.subject for task in read(self.desk, lambda session: queries.listed(session, Task))]

    def forbid(self, name):
        self.widget(name).setReadOnly(True)

    def close_window(self):
        self.window.close()

    def open_window(self):
        self.window.show()
        self.window.activateWindow()

    def reset(self):
        """No dialog, nothing typed."""
        if self.window.dialog is not None and shiboken6.isValid(self.window.dialog):
            self.window.dialog.close()
        self.window.dialog = None
        self.window.search.line.clear()
        self.window.show_stage(Stage.DISCOVERY)
        self.window.activateWindow()  # no window manager does it
        if self.page.panel is not None:
            self.page.panel.discard()

    def restore(self):
        """The record as the sample has it, shown anew."""
        workspace = self.desk.workspace
        forms.discard_draft(workspace, ENTITY, self.record_id)
        forms.save(workspace, forms.load(workspace, ENTITY, self.record_id), self.original)
        self.page.select_customer(self.customer_id, ENTITY, self.record_id)

    def calm(self):
        """Whether everything that was asked of the workspace is answered and shown."""
        waiting = self.desk._asked or self.page.is_fetching() or self.window.search._pause.isActive()
        return not waiting


def main(folder):
    composition._LATE_S = PATIENCE_S  # an input method that a test holds up is not late
    app = make_application()
    app.setQuitOnLastWindowClosed(False)
    with sample_desk(Path(folder)) as desk:
        questions = Questions(desk, Shown(app))

        def answer():
            line = sys.stdin.readline()
            if not line:
                app.quit()
                return
            name, *arguments = json.loads(line)
            try:
                said = {"answer": getattr(questions, name)(*arguments)}
            except Exception:  # noqa: BLE001  # the test says it
                said = {"error": traceback.format_exc()}
            print(json.dumps(said), flush=True)  # noqa: T201  # the test reads it

        notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
        notifier.activated.connect(answer)
        app.exec()
        questions.window.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
