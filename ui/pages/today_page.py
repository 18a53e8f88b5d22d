"""今日: what is due, the most urgent first, and the forms that were left unfinished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from salesdesk.actions import exports, forms
from salesdesk.errors import SalesDeskError
from salesdesk.process import clocks
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis, Outline
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.records.registry import fields_of, form_named, known
from salesdesk.records.work import Task
from salesdesk.store import drafts, queries
from salesdesk.store.workspace import Workspace
from ui.core import notify
from ui.core.background import Desk, Session
from ui.core.composition import composition
from ui.messages.time_words import moment_words
from ui.pages.agenda_row import AgendaRow
from ui.widgets.badges import GRADE_TONES, follow_up_badge, letter_badge
from ui.widgets.card import Card, EmptyState, clear
from ui.widgets.labels import PlainLabel, set_look

_MINUTE = 60_000
# An interview of last month whose letter never went out is history, not today's work.
_LETTERS_SINCE = timedelta(days=30)


@dataclass(frozen=True)
class Day:
    """Everything that 今日 shows, from one read."""

    agenda: queries.Agenda
    unfinished: list[tuple[drafts.Draft, str]]
    customers: dict[str, str]


class TodayPage(QWidget):
    """Two columns of cards: customers on the left; tasks and unfinished forms on the right.

    `customer_asked(customer_id)` opens a customer; `record_asked(entity, record_id, customer_id)` a form.
    """

    customer_asked = Signal(str)
    record_asked = Signal(str, str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.panel = None
        self.heading = PlainLabel("", "title")
        self.summary = PlainLabel("", "muted")
        self.notice = notify.Bar(self)
        self.letters = Card(self.tr("Confirmation letters to send"))
        self.interviews = Card(self.tr("Interviews today"))
        self.follow_ups = Card(self.tr("Follow-ups due"))
        self.contacts = Card(self.tr("First contact after delivery"))
        self.visits = Card(self.tr("Visits due"))
        self.tasks = Card(self.tr("Tasks"))
        self.drafts = Card(self.tr("Unfinished forms"))
        self.nothing = Card()
        self.nothing.body.addWidget(
            EmptyState(
                self.tr("Nothing is due"),
                self.tr("No letter is running, nobody waits for a call. A good moment to look for new customers."),
            )
        )
        self._lists: dict[Card, QVBoxLayout] = {}
        every = (self.letters, self.interviews, self.contacts, self.visits, self.follow_ups, self.tasks, self.drafts)
        for card in every:
            self._lists[card] = QVBoxLayout()
            self._lists[card].setSpacing(2)
            # the rows light up beyond their words, which stand in line with the heading
            card.outer.setContentsMargins(7, 12, 7, 12)
            card.heading_row.setContentsMargins(9, 0, 9, 0)
            card.body.addLayout(self._lists[card])
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

        def fetch(session: Session) -> Day:
            agenda = queries.agenda(session, today, now - _LETTERS_SINCE)
            unfinished = drafts.unfinished(session)
            ids = {d.customer_id for d in unfinished} | {task.customer_id for task in agenda.tasks}
            customers = {i: c.name for i in ids if i and (c := session.get(Customer, i)) is not None}
            return Day(agenda, [(d, _name_of(session, d)) for d in unfinished if known(d.entity)], customers)

        self._desk.query(self, fetch, self._show)

    def leave(self) -> None:
        """Nothing is lost here: a half-typed task stays in its line."""

    def rows(self, card: Card) -> list[AgendaRow]:
        """The lines of a card, for tests and the tour."""
        layout = self._lists[card]
        items = [layout.itemAt(n) for n in range(layout.count())]
        return [row for item in items if item and isinstance(row := item.widget(), AgendaRow)]

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
        self._desk.change(
            self,
            lambda workspace: forms.save(workspace, forms.new(workspace, "task"), values),
            lambda _sheet: self._task_kept(typed, due),
            self._task_refused,
        )

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

    def _finish_task(self, task: Task) -> None:
        def finish(workspace: Workspace) -> None:
            sheet = forms.load(workspace, "task", task.id)
            forms.save(workspace, sheet, {"done": True})

        self._desk.change(self, finish)

    def _show(self, day: Day) -> None:
        agenda = day.agenda
        local = self._desk.now().astimezone(self._desk.zone)
        self.heading.setText(
            self._locale().toString(QDate(local.year, local.month, local.day), self.tr("dddd, MMMM d"))
        )
        due = len(agenda.letters) + len(agenda.interviews) + len(agenda.follow_ups)
        due += len(agenda.contacts) + len(agenda.visits)
        self.summary.setText(
            self.tr("Due with customers: {due} · tasks: {tasks} · unfinished forms: {drafts}").format(
                due=due, tasks=len(agenda.tasks), drafts=len(day.unfinished)
            )
        )
        self.nothing.setVisible(not due)
        self._fill(self.letters, [self._letter_row(*entry) for entry in self._urgent_first(agenda.letters)])
        self._fill(self.interviews, [self._interview_row(*entry) for entry in agenda.interviews])
        self._fill(self.contacts, [self._contact_row(*entry) for entry in agenda.contacts])
        self._fill(self.visits, [self._visit_row(*entry) for entry in agenda.visits])
        ordered = sorted(agenda.follow_ups, key=lambda c: (c.grade or "Z", c.follow_up_on or date.max))
        self._fill(self.follow_ups, [self._follow_up_row(customer) for customer in ordered])
        self._fill(self.tasks, [self._task_row(task, day.customers) for task in agenda.tasks])
        self._fill(self.drafts, [self._draft_row(draft, name, day.customers) for draft, name in day.unfinished])
        self.tasks.show()

    def _fill(self, card: Card, rows: Sequence[AgendaRow]) -> None:
        clear(self._lists[card])
        for row in rows:
            self._lists[card].addWidget(row)
        card.set_remark(str(len(rows)) if rows else "")
        card.setVisible(bool(rows))

    def _urgent_first(
        self, letters: Sequence[tuple[NeedsAnalysis, Customer, ConfirmationLetter | None]]
    ) -> list[tuple[NeedsAnalysis, Customer, ConfirmationLetter | None]]:
        never = self._desk.now() + timedelta(days=9999)
        return sorted(letters, key=lambda entry: clocks.letter_due(entry[0], self._desk.zone) or never)

    def _letter_row(self, analysis: NeedsAnalysis, customer: Customer, letter: ConfirmationLetter | None) -> AgendaRow:
        desk = self._desk
        countdown = clocks.letter_countdown(analysis, letter, desk.now(), desk.zone)
        detail = analysis.pains.strip()
        if countdown is not None:
            due = moment_words(countdown.due, desk.now(), desk.zone)
            detail = " · ".join(filter(None, [self.tr("Due {when}").format(when=due), detail]))
        row = self._customer_row(customer, detail)
        if countdown is not None:
            badge = letter_badge(countdown.due, desk.now(), exact=True)
            row.set_badge(badge.text, badge.tone)
        row.activated.connect(lambda: self.record_asked.emit("needs_analysis", analysis.id, customer.id))
        return row

    def _interview_row(self, outline: Outline, customer: Customer) -> AgendaRow:
        row = self._customer_row(customer, outline.subject)
        row.activated.connect(lambda: self.record_asked.emit("outline", outline.id, customer.id))
        return row

    def _contact_row(self, delivery: Delivery, customer: Customer) -> AgendaRow:
        row = self._customer_row(customer, delivery.subject)
        if delivery.delivered_on is not None:
            self._set_due(row, clocks.contact_due(delivery.delivered_on))
        row.activated.connect(lambda: self.record_asked.emit("delivery", delivery.id, customer.id))
        return row

    def _visit_row(self, visit: Visit, customer: Customer) -> AgendaRow:
        row = self._customer_row(customer, visit.follow_up or visit.feedback)
        if visit.next_visit_on is not None:
            self._set_due(row, visit.next_visit_on)
        row.activated.connect(lambda: self.record_asked.emit("visit", visit.id, customer.id))
        return row

    def _set_due(self, row: AgendaRow, day: date) -> None:
        late = (self._today() - day).days
        if late > 0:
            row.set_badge(self.tr("{days} d late").format(days=late), "warn")
        else:
            row.set_badge(self.tr("Due {when}").format(when=day.isoformat()), "accent")

    def _follow_up_row(self, customer: Customer) -> AgendaRow:
        row = self._customer_row(customer, customer.need)
        if badge := follow_up_badge(customer.follow_up_on, self._today()):
            row.set_badge(badge.text, badge.tone)
        row.activated.connect(lambda: self.customer_asked.emit(customer.id))
        return row

    def _customer_row(self, customer: Customer, detail: str) -> AgendaRow:
        row = AgendaRow(customer.name, detail)
        row.grade.show_state(customer.grade, GRADE_TONES.get(customer.grade, "plain"))
        return row

    def _task_row(self, task: Task, customers: dict[str, str]) -> AgendaRow:
        row = AgendaRow(task.subject, customers.get(task.customer_id, ""))
        done = QCheckBox()
        done.setAccessibleName(self.tr("Done: {task}").format(task=task.subject))
        done.clicked.connect(lambda: self._finish_task(task))
        row.line.insertWidget(0, done)
        if task.due_on is not None and task.due_on < self._today():
            late = (self._today() - task.due_on).days
            row.set_badge(self.tr("{days} d late").format(days=late), "warn")
        row.activated.connect(lambda: self.record_asked.emit("task", task.id, task.customer_id))
        return row

    def _draft_row(self, draft: drafts.Draft, name: str, customers: dict[str, str]) -> AgendaRow:
        label = form_named(draft.entity).__form__.label(self._desk.language)
        of_whom = name or customers.get(draft.customer_id, "")
        when = moment_words(draft.saved_at, self._desk.now(), self._desk.zone)
        row = AgendaRow(" · ".join(filter(None, [of_whom, label])), self.tr("Typed {when}").format(when=when))
        row.set_badge(self.tr("Go on"), "accent")
        row.activated.connect(lambda: self.record_asked.emit(draft.entity, draft.record_id, draft.customer_id))
        return row

    def _today(self) -> date:
        return self._desk.now().astimezone(self._desk.zone).date()

    def _locale(self) -> QLocale:
        chinese = self._desk.language is Language.ZH
        return QLocale(QLocale.Language.Chinese if chinese else QLocale.Language.English)


def _name_of(session: Session, draft: drafts.Draft) -> str:
    """What an unfinished form is about: the customer itself, or nothing when its own record says so."""
    if draft.entity != "customer":
        return ""
    customer = session.get(Customer, draft.record_id)
    return customer.name if customer else str(draft.content.get("name", ""))
