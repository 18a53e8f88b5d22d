"""What did not arrive at the office as it was typed: one list, and what a person can do about each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from salesdesk.actions import attention as deal
from salesdesk.errors import SalesDeskError
from salesdesk.records.kinds import LinkKind
from salesdesk.records.registry import fields_of, form_named, known
from salesdesk.records.roles import TEAM
from salesdesk.store import attention
from salesdesk.store.attention import Item, Kind, Typed, Way
from salesdesk.store.workspace import Workspace
from ui.core import notify
from ui.core.background import Desk
from ui.forms.form_dialog import FormDialog
from ui.forms.refused_values import show_refused, value_words
from ui.messages import lookup
from ui.messages.time_words import moment_words
from ui.pages.sync_dialog import SyncPage
from ui.widgets.card import EmptyState
from ui.widgets.labels import PlainLabel, set_look
from ui.widgets.plain_table import Line, PlainTable

_WIDTHS = (110, 250, 150)
_SUBJECT = 120  # characters of a task's subject
_MOST_FIELDS = 40


class AttentionPage(QDialog):
    """The list above, what was typed below, and the buttons that the chosen line allows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._items: list[Item] = []
        self._typed: list[Typed] = []
        self.setWindowTitle(self.tr("Needs attention"))
        self.resize(900, 600)
        self.notice = notify.Bar(self)
        about = PlainLabel(
            self.tr("What did not arrive at the office as it was typed. It stays here until you have dealt with it."),
            "muted",
        )
        about.setWordWrap(True)
        columns = [self.tr("When"), self.tr("Record"), self.tr("What"), self.tr("Why")]
        self.table = PlainTable(columns, _WIDTHS, self.tr("Needs attention"))
        self.detail = PlainLabel()
        self.detail.setWordWrap(True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.correct_button = self._button(self.tr("Open and correct"), self.correct, "primary")
        self.settle_button = self._button(self.tr("Choose a value…"), self.settle, "primary")
        self.hand_button = self._button(self.tr("Hand to the manager…"), self.hand)
        self.drop_button = self._button(self.tr("Drop"), self.drop)
        self.empty = EmptyState(
            self.tr("Nothing needs you"),
            self.tr("Everything that was sent arrived at the office as it was typed."),
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self._make_list())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        for widget in (self.notice, about):
            layout.addWidget(widget)
        layout.addWidget(self.pages, 1)
        self.table.itemSelectionChanged.connect(self._chosen)
        self.table.itemActivated.connect(lambda _: self._first_way())
        desk.changed.connect(self.reload)
        self.reload()

    def reload(self, _action: str = "") -> None:
        """Read the list anew."""
        self.desk.query(self, attention.items, self._show)

    def item(self) -> Item | None:
        """The chosen line's."""
        row = self.table.currentRow()
        return self._items[row] if 0 <= row < len(self._items) else None

    def correct(self) -> None:
        """Open the form of the record, at the field that was refused. Saving sends it; closing leaves it here."""
        item = self.item()
        if item is None or Way.CORRECT not in item.ways:
            return
        self.desk.query(
            self,
            lambda _session: deal.open_to_correct(self.desk.workspace, item),
            lambda opened: self._open(item, opened),
            self.notice.show_error,
        )

    def hand(self) -> None:
        """A task for a leader, filled in with what was refused. Keeping it hands this on."""
        item = self.item()
        if item is None or Way.HAND not in item.ways:
            return
        subject, remark = self._words_of_task(item)
        self.desk.query(
            self,
            lambda _session: deal.task_for_leader(self.desk.workspace, item, subject, remark),
            lambda sheet: self._open_form(FormDialog(self.desk, sheet, self), partial(deal.handed, item=item)),
            self.notice.show_error,
        )

    def drop(self) -> None:
        """Leave it at what the office has; the notice takes that back."""
        item = self.item()
        if item is not None and Way.DROP in item.ways:
            self.notice.hide()
            self.desk.change(
                self,
                lambda workspace: deal.drop(workspace, item),
                self._dropped,
                self._refused,
                action="attention.drop",
                once="drop",
            )

    def settle(self) -> None:
        """Both values of a conflict stand on the page of the sync."""
        item = self.item()
        if item is None or Way.SETTLE not in item.ways:
            return
        if isinstance(self.parent(), SyncPage):
            self.accept()
            return
        page = SyncPage(self.desk, self)
        page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page.open()

    def _first_way(self) -> None:
        for button in (self.correct_button, self.settle_button, self.hand_button):
            if button.isVisibleTo(self):
                button.click()
                return

    def _open(self, item: Item, opened: deal.Opened) -> None:
        dialog = FormDialog(self.desk, opened.sheet, self)
        self._open_form(dialog, partial(deal.corrected, item=item))
        show_refused(dialog.panel, opened.refused, self.tr("Not accepted: {reason}").format(reason=self._why(item)))

    def _open_form(self, dialog: FormDialog, then: Callable[[Workspace], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(lambda _sheet: self.desk.change(self, then, failed=self._refused, action="attention"))
        dialog.open()

    def _dropped(self, dropped: deal.Dropped) -> None:
        self.notice.show_text(
            self.tr("Dropped: {title}").format(title=self._record(dropped.item)),
            self.tr("Take back"),
            lambda: self.desk.change(
                self, lambda workspace: deal.put_back(workspace, dropped), failed=self._refused, action="undo"
            ),
        )

    def _refused(self, error: SalesDeskError) -> None:
        self.notice.show_error(error)
        self.reload()

    def _show(self, items: list[Item]) -> None:
        self._items = items
        self.pages.setCurrentIndex(1 if items else 0)
        self.table.show_lines([self._line(item) for item in items])
        self._chosen()

    def _chosen(self) -> None:
        """The buttons that this line allows, and what was typed in it."""
        item = self.item()
        ways = item.ways if item is not None else frozenset()
        for button, way in (
            (self.correct_button, Way.CORRECT),
            (self.settle_button, Way.SETTLE),
            (self.hand_button, Way.HAND),
            (self.drop_button, Way.DROP),
        ):
            button.setVisible(way in ways)
        self._typed = []
        self.detail.setText("")
        if item is not None:
            workspace = self.desk.workspace
            self.desk.query(
                self,
                lambda session: (item, deal.detail(session, workspace, item)),
                lambda found: self._show_detail(*found),
            )

    def _show_detail(self, item: Item, typed: list[Typed]) -> None:
        if item == self.item():
            self._typed = typed
            self.detail.setText("\n".join(self._told(item, typed, everything=True)))

    def _told(self, item: Item, typed: Sequence[Typed], *, everything: bool) -> list[str]:
        """Who did what when, why it did not arrive, and the values; `everything`, or what every colleague may read."""
        head = [self._record(item), self._what(item), " ".join(filter(None, [self._when(item), item.by]))]
        lines = ["  ".join(filter(None, head)), self._why(item)]
        for one in typed:
            form = form_named(one.entity) if known(one.entity) else None
            label = form.__form__.label(self.desk.language) if form is not None else one.entity
            lines.append("")
            lines.append(" · ".join(filter(None, [label, one.title])))
            changed = [(name, old, new) for name, (old, new) in one.fields.items() if old != new]
            for name, old, new in changed[:_MOST_FIELDS]:
                field = fields_of(form).get(name) if form is not None else None
                if field is None or not field.shown or isinstance(field.kind, LinkKind):
                    continue
                if not everything and field.readers != TEAM:
                    continue
                before, after = (value_words(field, wire, self.desk.language) or "—" for wire in (old, new))
                mark = self.tr("   ← refused") if name in one.wrong else ""
                said = after if one.kind == "create" else f"{before} → {after}"
                lines.append(_labelled(field.label(self.desk.language), said) + mark)
        return lines

    def _words_of_task(self, item: Item) -> tuple[str, str]:
        subject = self.tr("Not taken by the office: {what}").format(what=self._record(item))[:_SUBJECT]
        return subject, "\n".join(self._told(item, self._typed, everything=False))

    def _line(self, item: Item) -> Line:
        key = f"{item.kind} {item.territory} {item.key}"
        return Line(key, (self._when(item), self._record(item), self._what(item), self._why(item)))

    def _record(self, item: Item) -> str:
        form = form_named(item.entity).__form__.label(self.desk.language) if known(item.entity) else item.entity
        named = " · ".join(filter(None, [form, item.title]))
        if item.kind is Kind.FILE or item.count == 1:
            return named
        return self.tr("{record} and {count} more").format(record=named, count=item.count - 1)

    def _what(self, item: Item) -> str:
        return lookup.action(item.action, self.desk.language)

    def _when(self, item: Item) -> str:
        return moment_words(item.at, self.desk.now(), self.desk.zone) if item.at is not None else ""

    def _why(self, item: Item) -> str:
        said = lookup.sentence(item.reason, **item.params)
        if item.kind is Kind.FILE:
            return self.tr("{reason} Tried {count} times.").format(reason=said, count=item.tries)
        if item.wrong is not None:
            entity, name = item.wrong
            return _labelled(fields_of(form_named(entity))[name].label(self.desk.language), said)
        return said

    def _make_list(self) -> QWidget:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.detail)
        area.setMinimumHeight(140)
        buttons = QHBoxLayout()
        buttons.addWidget(self.drop_button)
        buttons.addStretch()
        for button in (self.hand_button, self.correct_button, self.settle_button):
            buttons.addWidget(button)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.table, 3)
        column.addWidget(area, 2)
        column.addLayout(buttons)
        return page

    def _button(self, text: str, slot: Callable[[], None], look: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        if look:
            set_look(button, look)
        button.clicked.connect(slot)
        return button


def _labelled(label: str, said: str) -> str:
    return QCoreApplication.translate("notify", "{label}: {said}").format(label=label, said=said)
