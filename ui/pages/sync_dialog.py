"""The evening at the office: what goes, how far it is, what came, and what two people changed at once."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from salesdesk.actions import conflicts
from salesdesk.actions.conflicts import Take
from salesdesk.actions.sync_state import SyncState, sync_state
from salesdesk.errors import SalesDeskError
from salesdesk.records.registry import fields_of, form_named, known
from salesdesk.records.work import Conflict
from salesdesk.store import journal
from salesdesk.store.workspace import Workspace
from salesdesk.sync import driver, shut_out
from ui.core import notify
from ui.core.background import Desk, Handle
from ui.core.on_demand import load
from ui.messages import lookup
from ui.messages.time_words import moment_words
from ui.widgets.card import Card, clear
from ui.widgets.labels import PlainLabel

_LINES = 200


class SyncPage(QDialog):
    """Signing in once, then one button. `synchronised` brings the report of each sync that ended."""

    synchronised = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._running: Handle | None = None
        self._titles: dict[str, str] = {}
        self.setWindowTitle(self.tr("Sync with the office"))
        self.resize(760, 640)
        self.notice = notify.Bar(self)
        self.age = PlainLabel("", "muted")
        self._sign_in = self._make_sign_in()
        self._sync = self._make_sync()
        self._goes = Card(self.tr("Waiting to go"))
        self._came = Card(self.tr("What came"))
        self._came.hide()
        self._both = Card(self.tr("Changed by two people"))
        self._both.hide()
        self.waiting_list = self._list(self._goes)
        self.came_list = self._list(self._came)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        for widget in (self.notice, self.age, self._sign_in, self._sync, self._both, self._came, self._goes):
            layout.addWidget(widget)
        layout.addStretch()
        for card in (self._sign_in, self._sync, self._both, self._came, self._goes):
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        QShortcut(QKeySequence(Qt.Key.Key_F5), self, self.synchronise)
        self.reload()

    def reload(self) -> None:
        """Read anew what waits and what is open."""
        read = partial(sync_state, workspace=self.desk.workspace, limit=_LINES)
        self.desk.query(self, read, self._show)

    def enrol(self) -> None:
        """Make this computer known to the office with what was typed, then sync."""
        if self._running is not None:
            return
        url, account, password = (line.text().strip() for line in (self.url, self.account, self.password))

        def work(workspace: Workspace, _report: object, cancelled: Callable[[], bool]) -> object:
            return driver.enrol(workspace, url, account, password, socket.gethostname(), cancelled)

        self.sign_in_button.setEnabled(False)
        self.notice.hide()
        self._running = self.desk.network(self, work, lambda _: self._enrolled(), self._refused)

    def synchronise(self) -> None:
        """Bring what waits to the office and what is new back; does nothing while a sync runs."""
        if self._running is not None or not self.sync_button.isEnabled():
            return

        def work(
            workspace: Workspace, report: Callable[[object], None], cancelled: Callable[[], bool]
        ) -> driver.Report:
            return driver.synchronise(workspace, report, cancelled)

        self.notice.hide()
        self.progress.setRange(0, 0)
        self.progress.show()
        self.cancel_button.show()
        self.sync_button.setEnabled(False)
        self._running = self.desk.network(self, work, self._done, self._refused, self._progressed)

    def cancel(self) -> None:
        """Stop now; what has arrived stays, the rest goes on next time."""
        if self._running is not None:
            self._running.cancel()

    def show_attention(self) -> None:
        """Open the list of what did not arrive as it was typed, or go back to it where it opened this."""
        if isinstance(self.parent(), QDialog):
            self.accept()
            return
        dialog = load("ui.pages.attention_dialog:AttentionPage")(self.desk, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _: self.reload())
        dialog.open()

    def settle(self, conflict_id: str, take: Take) -> None:
        """Let one of the values stand."""
        self.desk.change(
            self, lambda workspace: conflicts.settle(workspace, conflict_id, take), lambda _: self.reload()
        )

    def _show(self, state: SyncState) -> None:
        known_office = state.office is not None
        self._sign_in.setVisible(not known_office)
        self._sync.setVisible(known_office)
        self.sync_button.setEnabled(self._running is None)
        if state.last_sync is None:
            self.age.setText(self.tr("Never synchronised with an office yet. Everything is on this computer."))
        else:
            when = moment_words(state.last_sync, self.desk.now(), self.desk.zone)
            self.age.setText(self.tr("The office's data are as of {when}.").format(when=when))
        self._goes.set_remark(self.tr("{count} changes").format(count=state.waiting_count))
        self.waiting_list.clear()
        self.waiting_list.addItems([self._line(line) for line in state.waiting])
        self._goes.setVisible(bool(state.waiting))
        self.attention_button.setText(self.tr("Needs attention · {count}").format(count=state.attention))
        self.attention_button.setVisible(state.attention > 0)
        self._titles = state.titles
        self._show_conflicts(state.conflicts)

    def _line(self, line: journal.Line) -> str:
        names = list(line.fields)
        shown = [self._field_label(line.entity, name) for name in names[:4]]
        more = " …" if len(names) > len(shown) else ""
        when = moment_words(line.at, self.desk.now(), self.desk.zone)
        return f"{when}  {lookup.action(line.action, self.desk.language)}  {'、'.join(shown)}{more}"

    def _field_label(self, entity: str, name: str) -> str:
        fields = fields_of(form_named(entity)) if known(entity) else {}
        return fields[name].label(self.desk.language) if name in fields else name

    def _show_conflicts(self, found: list[Conflict]) -> None:
        clear(self._both.body)
        self._both.setVisible(bool(found))
        self._both.set_remark(str(len(found)), "warn")
        for conflict in found:
            self._both.body.addWidget(self._conflict(conflict))

    def _conflict(self, conflict: Conflict) -> QWidget:
        """Before, both values with their authors, and the choice."""
        values = conflicts.sides(conflict)
        form = form_named(conflict.entity).__form__.label(self.desk.language) if known(conflict.entity) else ""
        box = QWidget()
        rows = QFormLayout(box)
        rows.setContentsMargins(0, 4, 0, 8)
        # fields of a unit that both left alone travel with it and say nothing
        differing = [name for name in values.mine if values.mine[name] != values.theirs.get(name)]
        names = "、".join(self._field_label(conflict.entity, name) for name in differing)
        title = self._titles.get(conflict.record_id, "")
        rows.addRow(PlainLabel(" · ".join(filter(None, [title, form, names])), "heading"))
        for key, label, side, author in (
            ("base", self.tr("Before"), values.base, ""),
            ("mine", self.tr("One side"), values.mine, conflict.mine_by),
            ("theirs", self.tr("The other side"), values.theirs, conflict.theirs_by),
        ):
            stands = self.tr("(stands now)") if conflict.standing in {key, "both"} and key != "base" else ""
            text = PlainLabel(
                "\n".join(self._shown(conflict.entity, name, wire) for name, wire in side.items() if name in differing)
            )
            text.setWordWrap(True)
            rows.addRow(PlainLabel(" ".join(filter(None, [label, author, stands])), "muted"), text)
        buttons = QHBoxLayout()
        for label, take in (
            (self.tr("Leave it as it is"), Take.STANDING),
            (self.tr("Take the one"), Take.MINE),
            (self.tr("Take the other"), Take.THEIRS),
        ):
            button = QPushButton(label)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, take=take: self.settle(conflict.id, take))
            buttons.addWidget(button)
        buttons.addStretch()
        rows.addRow(buttons)
        return box

    def _shown(self, entity: str, name: str, wire: str | int | bool | None) -> str:  # noqa: FBT001  # a wire value
        if not known(entity) or name not in fields_of(form_named(entity)):
            return str(wire)
        field = fields_of(form_named(entity))[name]
        return field.show(field.kind.from_wire(wire), self.desk.language) or "—"

    def _enrolled(self) -> None:
        self._running = None
        self.password.clear()
        self.sign_in_button.setEnabled(True)
        self.reload()
        self.notice.show_text(self.tr("This computer is known to the office now."))
        self.desk.query(self, lambda _: None, lambda _: self.synchronise())

    def _progressed(self, step: driver.Progress) -> None:
        if step.total:
            self.progress.setRange(0, step.total)
            self.progress.setValue(step.done)

    def _done(self, report: driver.Report) -> None:
        self._end()
        if report.cancelled:
            self.notice.show_text(self.tr("Stopped. Nothing is lost; the rest goes on next time."))
        else:
            came = sum(report.received_count.values())
            said = self.tr("Done: {sent} changes went, {came} records came.")
            if report.files_failed:
                said = self.tr("Not all went: {sent} changes went, {came} records came, {files} files did not move.")
            said = said.format(sent=report.sent, came=came, files=report.files_failed)
            if report.attention or report.files_failed:
                self.notice.show_text(said, self.tr("Needs attention"), self.show_attention)
            else:
                self.notice.show_text(said)
        self._show_came(report)
        self.reload()
        self.synchronised.emit(report)

    def _show_came(self, report: driver.Report) -> None:
        self.came_list.clear()
        for entity, count in Counter(report.received_count).most_common():
            label = form_named(entity).__form__.label(self.desk.language) if known(entity) else entity
            self.came_list.addItem(f"{label}  {count}")
        if report.files_failed:
            said = self.tr("Files that did not go or come: {count}. They are tried again at the next sync.")
            self.came_list.addItem(said.format(count=report.files_failed))
        for territory in report.lost_territories:
            said = self.tr("The office took the territory {name} from you. Its records left this computer.")
            self.came_list.addItem(said.format(name=territory))
        self._came.setVisible(self.came_list.count() > 0)

    def _refused(self, error: SalesDeskError) -> None:
        self._end()
        if error.message in {shut_out.LOCKED, shut_out.WIPED}:
            self.desk.shut_out.emit(error)
            return
        self.sign_in_button.setEnabled(True)
        self.notice.show_error(error)
        line = {"url": self.url, "account": self.account}.get(getattr(error, "field", None) or "")
        if line is not None:
            line.setFocus()
            line.selectAll()
        self.reload()
        self.desk.offline_changed.emit()

    def _end(self) -> None:
        self._running = None
        self.progress.hide()
        self.cancel_button.hide()
        self.sync_button.setEnabled(True)

    def _make_sign_in(self) -> Card:
        card = Card(self.tr("Sign in to the office once"))
        form = QFormLayout()
        form.setSpacing(10)
        self.url, self.account, self.password = QLineEdit(self.desk.settings.office_url), QLineEdit(), QLineEdit()
        self.url.setPlaceholderText("https://")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        for label, line in (
            (self.tr("Office address"), self.url),
            (self.tr("Account"), self.account),
            (self.tr("Password, or the office's code"), self.password),
        ):
            line.setAccessibleName(label)
            form.addRow(label, line)
        self.password.returnPressed.connect(self.enrol)
        self.sign_in_button = self._button(self.tr("Sign in"), "primary", self.enrol)
        card.body.addLayout(form)
        card.body.addWidget(self.sign_in_button, alignment=Qt.AlignmentFlag.AlignRight)
        return card

    def _make_sync(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        self.sync_button = self._button(self.tr("Sync now"), "primary", self.synchronise)
        self.attention_button = self._button("", "badge", self.show_attention)
        self.attention_button.hide()
        self.cancel_button = self._button(self.tr("Stop"), "", self.cancel)
        self.cancel_button.hide()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the sync"))
        self.progress.hide()
        row.addWidget(self.sync_button)
        row.addWidget(self.progress, 1)
        row.addStretch()
        row.addWidget(self.attention_button)
        row.addWidget(self.cancel_button)
        card.body.addLayout(row)
        return card

    def _list(self, card: Card) -> QListWidget:
        found = QListWidget()
        found.setUniformItemSizes(True)
        found.setAccessibleName(card.heading.text())
        found.setMinimumHeight(120)
        card.body.addWidget(found)
        return found

    def _button(self, text: str, look: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        if look:
            button.setProperty("look", look)
        button.clicked.connect(slot)
        return button
