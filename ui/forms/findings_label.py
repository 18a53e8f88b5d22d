"""What the rules say of a form, in words below its fields."""

from __future__ import annotations

from collections.abc import Sequence

from salesdesk.actions.forms import Sheet
from salesdesk.process.findings import Finding
from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of, form_named
from ui.core import notify
from ui.widgets.labels import PlainLabel

_MISSING = "field.required"


class Advice(PlainLabel):
    """The fields that are still needed, then each remark behind the name of its field."""

    def __init__(self, language: Language) -> None:
        super().__init__("", "warn")
        self._language = language
        self.setWordWrap(True)
        self.hide()

    def show_findings(self, sheet: Sheet, found: Sequence[Finding]) -> None:
        """Say what was found; nothing hides the label."""
        needed = dict.fromkeys(self._label(f) for f in found if f.message == _MISSING)
        lines = dict.fromkeys(self._line(sheet, f) for f in found if f.message != _MISSING)
        said = [*lines]
        if needed:
            said.insert(0, self.tr("Still needed to finish: {fields}").format(fields="、".join(needed)))
        self.setText("\n".join(said))
        self.setVisible(bool(said))

    def _line(self, sheet: Sheet, finding: Finding) -> str:
        sentence = notify.sentence(finding)
        return f"{self._label(finding)}：{sentence}" if finding.entity == sheet.entity else sentence

    def _label(self, finding: Finding) -> str:
        return notify.short_label(fields_of(form_named(finding.entity))[finding.field], self._language)
