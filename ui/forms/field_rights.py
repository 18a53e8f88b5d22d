"""What a person may not change in a form can be read and not typed in."""

from __future__ import annotations

from collections.abc import Mapping

from salesdesk.actions.forms import Sheet
from salesdesk.process import rights
from salesdesk.store.workspace import Identity
from ui.forms.line_editor import Editor


def lock_fields(editors: Mapping[str, Editor], sheet: Sheet, identity: Identity) -> None:
    """Open the editors of what this person may write in this record, and no others."""
    writer, stands = rights.Writer(identity.name, identity.role), sheet.record.wire()
    for editor in editors.values():
        editor.setEnabled(sheet.is_new or rights.may_change(sheet.form, editor.field, stands, writer))
