"""Any form on the screen: fields with their labels, child rows in place, drafts while typing, Ctrl+S."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from salesdesk.actions import forms
from salesdesk.actions.forms import RowValues, Sheet
from salesdesk.errors import BadValue, SalesDeskError
from salesdesk.process.duplicates import Known
from salesdesk.records.field import Field
from salesdesk.records.kinds import LinkKind
from salesdesk.records.registry import children_of, fields_of
from salesdesk.store.drafts import Draft
from salesdesk.store.workspace import Workspace
from ui.core import notify
from ui.core.background import Desk
from ui.core.composition import composition
from ui.forms.child_rows import Row, RowsEditor
from ui.forms.duplicate_hint import DuplicateHint
from ui.forms.editors import Editor, LineEditor, make_editor
from ui.forms.field_grid import FieldGrid
from ui.forms.field_rights import lock_fields
from ui.forms.findings_label import Advice
from ui.forms.kind_layout import layout_of
from ui.messages import lookup
from ui.widgets.labels import ElidedLabel, PlainLabel, set_look

_AUTOSAVE_MS = 800


class FormPanel(QWidget):
    """Edits one sheet. `saved` brings the sheet as it then stands.

    Typing is on the disk as a draft within a second; only `save` (the window's Ctrl+S) makes it the record.
    """

    saved = Signal(object)

    def __init__(self, desk: Desk, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sheet = sheet
        self._editors: dict[str, Editor] = {}
        self._rows: dict[str, RowsEditor] = {}
        self._sending: dict[str, Any] | None = None
        self._save_again = False
        self._refused = False
        self._draft_kept = sheet.draft is not None
        self._then: Callable[[], object] | None = None
        self._build()
        self._fill(sheet)
        self._baseline = self.content()
        if sheet.draft is not None:
            self._restore(sheet.draft)
        self._autosave = QTimer(self)
        self._autosave.setSingleShot(True)
        self._autosave.setInterval(_AUTOSAVE_MS)
        self._autosave.timeout.connect(self._keep_draft)
        for editor in self._editors.values():
            editor.edited.connect(self._touched)
            editor.finished.connect(self._show_proposed)
        for rows in self._rows.values():
            rows.edited.connect(self._touched)
        composition().changed.connect(self._composed)
        self.duplicates: DuplicateHint | None = None
        if sheet.entity == "customer":
            self._watch_duplicates()
        self._show_findings()

    def editor(self, name: str) -> Editor:
        """The editor of a field."""
        return self._editors[name]

    def rows(self, entity: str) -> RowsEditor:
        """The editor of the child rows of a form."""
        return self._rows[entity]

    def set_subject(self, name: str) -> None:
        """Say whom the form is about, where no page around it does."""
        self._title.setText(f"{self._title.text()} · {name}")

    def status_text(self) -> str:
        """What the form says of its saving."""
        return self._status.text()

    def content(self) -> dict[str, Any]:
        """The texts as they stand: what a draft keeps."""
        return {
            "fields": {name: editor.text() for name, editor in self._editors.items()},
            "rows": {entity: [list(row) for row in rows.texts()] for entity, rows in self._rows.items()},
        }

    def has_unsaved(self) -> bool:
        """Whether something is typed that the record does not have."""
        return self.content() != self._baseline

    def flush(self) -> None:
        """Keep what is typed as a draft now; called before the form is left."""
        composition().settle()
        if self._sending is not None:
            self._keep_typed_on(self._sending)
        elif self._autosave.isActive() or self.has_unsaved():
            self._autosave.stop()
            self._keep_draft()

    def save(self, *, then: Callable[[], object] | None = None) -> None:
        """Make what is typed the record; what cannot be read keeps the form as it is, with words beside it."""
        composition().settle()
        if self._sending is not None:  # once more when that is done: it may not have what was typed since
            self._save_again, self._then = True, then or self._then
            return
        parts = [editor.check() for editor in self._editors.values()]
        if not all([*parts, *(rows.check() for rows in self._rows.values())]):
            self._refused = True
            self._keep_draft()
            self._say(self.tr("Not saved: please look at the marked fields"), "danger")
            return
        self._refused = False
        self._autosave.stop()
        self._then = then
        content, sheet = self.content(), self.sheet
        self._sending = content
        sent = {entity: rows.filled() for entity, rows in self._rows.items()}
        values = {name: editor.value() for name, editor in self._editors.items()}
        rows = {
            entity: [RowValues(record_id, cells) for record_id, cells in editor.values()]
            for entity, editor in self._rows.items()
        }
        window = notify.lowest_window(self)
        self.desk.change(
            window,
            lambda workspace: forms.save_or_keep(workspace, sheet, values, rows, content),
            lambda kept: self._kept(kept, content, sent) if shiboken6.isValid(self) else None,
            lambda error: self._not_kept(error, window),
            action=f"save.{sheet.entity}",
        )

    def take(self, sheet: Sheet) -> None:
        """Show what others made of the same record. Nothing is typed here; the cursor stays where it is."""
        self._show_standing(sheet, self.content(), {entity: rows.filled() for entity, rows in self._rows.items()})
        for entity, rows in self._rows.items():
            rows.put_in_order([row.id for row in sheet.rows.get(entity, [])])
        self._baseline = self.content()
        self._autosave.stop()
        self._show_findings()

    def discard(self) -> None:
        """Go back to the record as it is, forgetting what was typed."""
        self._autosave.stop()
        sheet = self.sheet
        entity, record_id = sheet.entity, sheet.record.id

        def forget(workspace: Workspace) -> Sheet:
            forms.discard_draft(workspace, entity, record_id)
            return sheet if sheet.is_new else forms.load(workspace, entity, record_id)

        self.desk.keep(self, forget, self._start_anew, self.notice.show_error)

    def give_up(self) -> None:
        """The record is gone: what is typed here is kept nowhere."""
        self._autosave.stop()
        self._baseline = self.content()
        self.setEnabled(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a line of the form goes to the next field."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        ):
            self.focusNextChild()
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        language, form = self.desk.language, self.sheet.form
        self._title = ElidedLabel(form.__form__.label(language), "heading")
        self._status = PlainLabel("", "muted")
        self.notice = notify.Bar(self)
        self.advice = Advice(self.desk.language)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._status)
        inside = QWidget()
        inside.setProperty("look", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(10)
        sections = groupby(
            (f for f in fields_of(form).values() if f.shown and not isinstance(f.kind, LinkKind)), lambda f: f.section
        )
        for number, (_, fields) in enumerate(sections):
            if number == 1:  # as on the paper: the people and roles stand after the first block of fields
                self._add_rows(column)
            column.addLayout(self._grid_of(list(fields)))
        if not self._rows:
            self._add_rows(column)
        column.addWidget(self.advice)
        column.addStretch()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.notice)
        layout.addWidget(self.area, 1)

    def _watch_duplicates(self) -> None:
        """A customer who may be there already is named while he is typed."""
        self.duplicates = DuplicateHint(self.desk)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(2, self.duplicates)
        for name in ("name", "credit_code"):
            self._editors[name].edited.connect(self._look_for_duplicates)
        self._rows["contact"].edited.connect(self._look_for_duplicates)
        self._look_for_duplicates()

    def _look_for_duplicates(self) -> None:
        assert self.duplicates is not None
        phones = tuple(texts["phone"] for _, texts in self._rows["contact"].texts() if texts["phone"])
        known = Known(self._editors["name"].text(), self._editors["credit_code"].text(), phones)
        self.duplicates.look_up(known, self.sheet.record.id, saved=not self.sheet.is_new)

    def _grid_of(self, fields: list[Field]) -> FieldGrid:
        language = self.desk.language
        grid = FieldGrid()
        for field in fields:
            editor = make_editor(field, language)
            self._editors[field.name] = editor
            if isinstance(editor, LineEditor):
                editor.line.installEventFilter(self)
            grid.put(field.label(language) + ("\u00a0*" if field.required else ""), editor, half=layout_of(field).short)
        return grid

    def _add_rows(self, column: QVBoxLayout) -> None:
        for child in (c for c in children_of(self.sheet.entity) if c.__form__.edited):
            rows = RowsEditor(child, self.desk.language)
            self._rows[child.__tablename__] = rows
            column.addWidget(rows)

    def _fill(self, sheet: Sheet) -> None:
        for name, editor in self._editors.items():
            editor.set_text(editor.field.show(getattr(sheet.record, name), self.desk.language))
            editor.show_problem("")
        lock_fields(self._editors, self.sheet, self.desk.workspace.identity)
        for entity, rows in self._rows.items():
            rows.set_rows(rows.texts_of(sheet.rows.get(entity, [])))

    def _restore(self, draft: Draft) -> None:
        for name, text in draft.content.get("fields", {}).items():
            if name in self._editors:
                self._editors[name].set_text(str(text))
        for entity, rows in draft.content.get("rows", {}).items():
            if entity in self._rows:
                came = [row for row in self.sheet.rows.get(entity, []) if row.id not in draft.seen]
                later = self._rows[entity].texts_of(came)
                self._rows[entity].set_rows([*((record_id, texts) for record_id, texts in rows), *later])
        when = draft.saved_at.astimezone(self.desk.zone)
        self.notice.show_text(
            self.tr("Not saved yet: typed on {when}").format(when=f"{when:%Y-%m-%d %H:%M}"),
            self.tr("Discard"),
            self.discard,
        )
        self._say_draft(when)

    def _start_anew(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._fill(sheet)
        self._baseline = self.content()
        self._autosave.stop()
        self._draft_kept = False
        self.notice.hide()
        self._say("", "muted")

    def _touched(self) -> None:
        self._refused = False
        if not self._autosave.isActive():  # not begun anew: whoever types without a pause is kept as well
            self._autosave.start()
        if not self._draft_kept:
            self._say(self.tr("Not saved"), "muted")

    def _composed(self) -> None:
        """What is being composed here is in the draft as well; the fields tell of their text only."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._touched()

    def _keep_draft(self) -> None:
        if self._sending is not None:
            self._autosave.start()
            return
        if not self.has_unsaved():
            self._drop_draft()
            return
        content, sheet, window = self.content(), self.sheet, notify.lowest_window(self)
        self.desk.keep(
            window,
            lambda workspace: forms.keep_draft(workspace, sheet, content),
            lambda draft: self._draft_is_kept(draft) if shiboken6.isValid(self) else None,
            lambda error: notify.show(notify.place_to_tell(self, window), error),
        )

    def _keep_typed_on(self, sending: dict[str, Any]) -> None:
        """The form is left while it is being saved: what was typed since is kept on top of what then stands."""
        content, sheet, window = self.content(), self.sheet, notify.lowest_window(self)
        if content != sending:
            self.desk.keep(
                window,
                lambda workspace: forms.keep_draft(workspace, forms.as_it_stands(workspace, sheet), content),
                failed=lambda error: notify.show(window, error),
            )

    def _drop_draft(self) -> None:
        """What was typed is taken back: nothing is left to remind of."""
        if not self._draft_kept:
            if self.status_text() == self.tr("Not saved"):
                self._say("", "muted")
            return
        self._draft_kept = False
        entity, record_id = self.sheet.entity, self.sheet.record.id
        self.desk.keep(
            self,
            lambda workspace: forms.discard_draft(workspace, entity, record_id),
            lambda _: self._say("", "muted"),
            self.notice.show_error,
        )

    def _kept(self, sheet: Sheet, content: dict[str, Any], sent: dict[str, list[Row]]) -> None:
        """Show what now stands: also what others changed meanwhile, but never over what is being typed on."""
        typed_on = self.content() != content
        self._sending = None
        self._draft_kept = False
        self._show_standing(sheet, content, sent)
        lock_fields(self._editors, self.sheet, self.desk.workspace.identity)
        self._autosave.stop()
        self.notice.hide()
        if typed_on:
            self._baseline = content
            self._autosave.start()
        else:
            self._baseline = self.content()
        now = self.desk.now().astimezone(self.desk.zone)
        self._say(self.tr("Saved {time}").format(time=f"{now:%H:%M}"), "ok")
        self._show_findings()
        self.saved.emit(sheet)
        then, self._then = self._then, None
        again, self._save_again = self._save_again and typed_on, False
        if again:
            self.save(then=then)
        elif then is not None:
            then()

    def _show_standing(self, sheet: Sheet, content: dict[str, Any], rows_then: dict[str, list[Row]]) -> None:
        """Put what stands into the fields and rows that are still as they were with that content."""
        self.sheet = sheet
        for name, editor in self._editors.items():
            stands = editor.field.show(getattr(sheet.record, name), self.desk.language)
            if editor.text() == content["fields"][name] and not editor.means(stands):
                editor.set_text(stands)
        for entity, rows in self._rows.items():
            saved = rows.texts_of(sheet.rows.get(entity, []))
            rows.take_saved(rows_then[entity], [texts for _, texts in content["rows"][entity]], saved)

    def _not_kept(self, error: SalesDeskError, window: QWidget) -> None:
        """Say why; what was to be saved is kept as a draft, also when the form was closed meanwhile."""
        notify.show(notify.place_to_tell(self, window), error)
        if not shiboken6.isValid(self):
            return
        self._sending = None
        self._then, self._save_again = None, False
        self._say(self.tr("Not saved"), "danger")
        self._keep_draft()

    def _draft_is_kept(self, draft: Draft) -> None:
        self._draft_kept = True
        self._say_draft(draft.saved_at.astimezone(self.desk.zone))

    def _say_draft(self, when: datetime) -> None:
        if self.has_unsaved() and not self._refused:  # what is wrong says more than that it is kept
            self._say(self.tr("Draft kept {time}").format(time=f"{when:%H:%M}"), "muted")

    def _say(self, text: str, look: str) -> None:
        self._status.setText(text)
        set_look(self._status, look)

    def _show_findings(self) -> None:
        """What the rules still ask of the saved record. It never stands in the way of keeping."""
        if not self.sheet.is_new:
            self.advice.show_findings(self.sheet, forms.findings(self.sheet, self.desk.today(), self.desk.zone))
        self._show_proposed()

    def _show_proposed(self) -> None:
        """What the rules would enter, under the fields that say otherwise. A click takes it, typing leaves it."""
        try:
            values = {name: editor.value() for name, editor in self._editors.items()}
        except BadValue:
            return
        offered = {p.field: p for p in forms.proposed(self.sheet, values, self.desk.today(), self.desk.zone)}
        for name, editor in self._editors.items():
            found = offered.get(name)
            shown = editor.field.show(found.value, self.desk.language) if found else ""
            reason = lookup.sentence(found.message, **found.params) if found else ""
            editor.show_hint(self.tr("{reason}:\n{value}").format(reason=reason, value=shown) if found else "", shown)
