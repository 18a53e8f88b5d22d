"""What the office refused, put into the form once more, with the cursor in the field that it is about."""

from __future__ import annotations

from salesdesk.errors import BadValue
from salesdesk.records.field import Field
from salesdesk.records.kinds import Wire
from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of, form_named, known
from salesdesk.store.attention import Typed
from ui.forms.form_panel import FormPanel
from ui.forms.line_editor import Editor


def value_words(field: Field, wire: Wire, language: Language) -> str:
    """A value as people read it, also one that is no value of its field."""
    try:
        return field.show(field.kind.from_wire(wire), language)
    except BadValue:
        return str(wire)


def show_refused(panel: FormPanel, refused: Typed, said: str) -> None:
    """Fill in what was refused, say why, and begin at the field that is wrong. A draft of the form stays as it is."""
    editors = _editors(panel, refused)
    if panel.sheet.draft is None:
        for name, editor in editors.items():
            old, new = refused.fields.get(name, (None, None))
            if old != new and editor.isEnabled():
                editor.set_text(value_words(editor.field, new, panel.desk.language))
        panel.notice.show_text(said)
    wanted = [*refused.wrong, *(name for name, (old, new) in refused.fields.items() if old != new)]
    first = next((editors[name] for name in wanted if name in editors and editors[name].isEnabled()), None)
    if first is not None:
        first.inner.setFocus()
        panel.area.ensureWidgetVisible(first)
        first.check()


def _editors(panel: FormPanel, refused: Typed) -> dict[str, Editor]:
    """The editors of the record that was refused: the form's own, or those of its row."""
    names = fields_of(form_named(refused.entity)) if known(refused.entity) else {}
    if refused.entity == panel.sheet.entity:
        return {name: panel.editor(name) for name in names if name in panel.content()["fields"]}
    rows = panel.rows(refused.entity)
    place = next((n for n, (row_id, _) in enumerate(rows.texts()) if row_id == refused.record_id), None)
    columns = [column.name for column in rows.columns]
    return {} if place is None else {name: rows.cell(place, name) for name in columns}
