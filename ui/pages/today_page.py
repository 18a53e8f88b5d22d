"""今日: what is due, the most urgent first, and the forms that were left unfinished."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, QLocale, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from salesdesk.errors import SalesDeskError
from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of
from salesdesk.records.work import Task
from salesdesk.store import agenda, due
from salesdesk.store.workspace import Workspace
from ui.core import notify
from ui.core.background import Desk
from ui.core.composition import composition
from ui.core.page import Page
from ui.pages.agenda_card import AgendaCard
from ui.pages.agenda_lines import lines_of
from ui.pages.agenda_row import Line
from ui.widgets.card import Card, EmptyState
from ui.widgets.labels import PlainLabel, set_look

_MINUTE = 60_000


class TodayPage(Page):
    """Two columns of cards: customers on the left; tasks and unfinished forms on the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.heading = PlainLabel("", "title")
        self.summary = PlainLabel("", "muted")
        self.notice = notify.Bar(self)
        self.letters = AgendaCard(self.tr("Confirmation letters to send"))
        self.interviews = AgendaCard(self.tr("Interviews today"))
        self.follow_ups = AgendaCard(self.tr("Follow-ups due"))
        self.contacts = AgendaCard(self.tr("First contact after delivery"))
        self.visits = AgendaCard(self.tr("Visits due"))
        self.tasks = AgendaCard(self.tr("Tasks"))
        self.drafts = AgendaCard(self.tr("Unfinished forms"))
        self.nothing = Card()
        self.nothing.body.addWidget(
            EmptyState(
                self.tr("Nothing is due"),
                self.tr("No letter is running, nobody waits for a call. A good moment to look for new customers."),
            )
        )
        for card in (
            self.letters,
            self.interviews,
            self.contacts,
            self.visits,
            self.follow_ups,
            self.tasks,
            self.drafts,
        ):
            card.activated.connect(self._open)
        self.tasks.ticked.connect(self._finish_task)
        self._build_entry()
        self._lay_out()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.reload)
        self._clock.start(_MINUTE)
        desk.changed.connect(self.reload)
        self.reload()

    def reload(self, _action: str = "") -> None:
        """Fetch the day anew."""
        now = self._desk.now()
        today = now.astimezone(self._desk.zone).date()
        fetch = partial(agenda.day, today=today, since=now - due.LETTERS_SINCE)
        self._desk.query(self, fetch, self._show)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("look", "ground")
        inner.setMaximumWidth(1240)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        for stretch, cards in (
            (3, (self.nothing, self.letters, self.interviews, self.contacts, self.visits, self.follow_ups)),
            (2, (self.tasks, self.drafts)),
        ):
            column = QVBoxLayout()
            column.setSpacing(12)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            columns.addLayout(column, stretch)
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(24, 18, 24, 18)
        whole.setSpacing(4)
        self.calendar_button = QPushButton(self.tr("To the calendar…"))
        self.calendar_button.setAutoDefault(False)
        set_look(self.calendar_button, "flat")
        self.calendar_button.clicked.connect(self._ask_where)
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addStretch()
        top.addWidget(self.calendar_button)
        whole.addLayout(top)
        whole.addWidget(self.notice)
        whole.addWidget(self.summary)
        whole.addSpacing(10)
        whole.addLayout(columns, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def export_calendar(self, path: Path) -> None:
        """Write what is due, and what is planned for the coming year, as a calendar file."""
        from salesdesk.actions import exports  # noqa: PLC0415  # 今日 is what a start waits for: seldom wanted

        workspace, now, zone, language = self._desk.workspace, self._desk.now(), self._desk.zone, self._desk.language
        self._desk.query(
            self,
            lambda _session: exports.export_calendar(workspace, path, now, zone, language),
            lambda count: self.notice.show_text(
                self.tr("Exported: {count} as {name}").format(count=count, name=path.name)
            ),
            self.notice.show_error,
        )

    def _ask_where(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.calendar_button.text(), "SalesDesk.ics", "iCalendar (*.ics)")
        if path:
            self.export_calendar(Path(path))

    def _build_entry(self) -> None:
        self.task_edit = QLineEdit()
        self.task_edit.setPlaceholderText(self.tr("New task…"))
        self.task_edit.setAccessibleName(self.tr("New task"))
        self.task_day = QComboBox()
        self.task_day.setAccessibleName(self.tr("Due"))
        for word, days in (
            (self.tr("today"), 0),
            (self.tr("tomorrow"), 1),
            (self.tr("in a week"), 7),
            (self.tr("without a day"), None),
        ):
            self.task_day.addItem(word, days)
        self.task_button = QPushButton(self.tr("Add"))
        self.task_button.setAutoDefault(False)
        self.task_edit.returnPressed.connect(self.add_task)
        self.task_button.clicked.connect(self.add_task)
        line = QHBoxLayout()
        line.setContentsMargins(9, 0, 9, 0)
        line.setSpacing(6)
        line.addWidget(self.task_edit, 1)
        line.addWidget(self.task_day)
        line.addWidget(self.task_button)
        self.task_note = PlainLabel("", "muted")
        self.task_note.setWordWrap(True)
        self.task_note.setContentsMargins(9, 0, 9, 0)
        self.task_note.hide()
        self.tasks.body.addLayout(line)
        self.tasks.body.addWidget(self.task_note)

    def add_task(self) -> None:
        """Keep the task that was typed; it stays in the line when it cannot be kept."""
        composition().settle()
        typed = self.task_edit.text()
        try:
            subject = fields_of(Task)["subject"].kind.parse(typed)
        except SalesDeskError as error:
            self._task_refused(error)
            return
        if not subject:
            return
        days = self.task_day.currentData()
        due = None if days is None else self._today() + timedelta(days=days)
        assignee = self._desk.workspace.identity.name
        values = {"subject": subject, "assignee": assignee, "due_on": due}
        self.task_button.setEnabled(False)

        def keep(workspace: Workspace) -> None:
            from salesdesk.actions import forms  # noqa: PLC0415  # as above

            forms.save(workspace, forms.new(workspace, "task"), values)

        self._desk.change(self, keep, lambda _: self._task_kept(typed, due), self._task_refused)

    def _task_kept(self, typed: str, due: date | None) -> None:
        if self.task_edit.text() == typed and not composition().is_within(self.task_edit):
            self.task_edit.clear()  # else somebody types on: what was kept can be taken out, what is typed not be found
        self.task_button.setEnabled(True)
        later = due is not None and due > self._today()
        self.task_note.setText(self.tr("Kept. It will stand here on {day}.").format(day=due) if later else "")
        self.task_note.setVisible(later)

    def _task_refused(self, error: SalesDeskError) -> None:
        self.task_button.setEnabled(True)
        self.task_note.setText(notify.sentence(error))
        self.task_note.show()

    def _open(self, line: Line) -> None:
        if line.entity:
            self.record_asked.emit(line.entity, line.record_id, line.customer_id)
        else:
            self.customer_asked.emit(line.customer_id)

    def _finish_task(self, line: Line) -> None:
        def finish(workspace: Workspace) -> None:
            from salesdesk.actions import forms  # noqa: PLC0415  # as above

            sheet = forms.load(workspace, "task", line.record_id)
            forms.save(workspace, sheet, {"done": True})

        self._desk.change(self, finish)

    def _show(self, day: agenda.Day) -> None:
        lines = lines_of(day, self._desk)
        local = self._desk.now().astimezone(self._desk.zone)
        self.heading.setText(
            self._locale().toString(QDate(local.year, local.month, local.day), self.tr("dddd, MMMM d"))
        )
        self.summary.setText(
            self.tr("Due with customers: {due} · tasks: {tasks} · unfinished forms: {drafts}").format(
                due=lines.with_customers, tasks=len(lines.tasks), drafts=len(lines.drafts)
            )
        )
        self.nothing.setVisible(not lines.with_customers)
        for field in fields(lines):  # each card is called like what it shows
            card: AgendaCard = getattr(self, field.name)
            card.show_lines(getattr(lines, field.name))
            card.setVisible(bool(card.rows) or card is self.tasks)

    def _today(self) -> date:
        return self._desk.now().astimezone(self._desk.zone).date()

    def _locale(self) -> QLocale:
        chinese = self._desk.language is Language.ZH
        return QLocale(QLocale.Language.Chinese if chinese else QLocale.Language.English)
