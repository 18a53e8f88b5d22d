"""The only place that shows errors: words beside a field, a bar with what to do, a report to copy."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from types import TracebackType

import shiboken6
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import salesdesk
from salesdesk.errors import Bug, SalesDeskError, trace_of
from salesdesk.process.findings import Finding
from salesdesk.records.field import Field
from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of, form_named
from ui.messages import lookup

_LONGEST_LABEL = 24  # characters before a sentence
_MOST_REPORTS = 10  # of different mistakes in one dialog: a repaint that fails would fill it without end


def sentence(told: SalesDeskError | Finding) -> str:
    """The sentence of an error or a finding in the window's language, with its values filled in."""
    return lookup.sentence(told.message, **told.params)


def short_label(field: Field, language: Language) -> str:
    """A field's label; of a very long one what stands before the bracket that explains it."""
    label = field.label(language)
    return label if len(label) <= _LONGEST_LABEL else re.split("[（(]", label)[0].strip()


def remarks(found: Sequence[Finding], language: Language) -> list[str]:
    """Findings as lines, each behind the label of its field; what is merely empty in a text shares one line."""
    lines, blank = [], []
    for finding in found:
        field = fields_of(form_named(finding.entity)).get(finding.field) if finding.entity else None
        if field is None:
            lines.append(sentence(finding))
        elif finding.message == "contract.blank":
            blank.append(short_label(field, language))
        else:
            said = QCoreApplication.translate("notify", "{label}: {said}")
            lines.append(said.format(label=short_label(field, language), said=sentence(finding)))
    if blank:
        said = QCoreApplication.translate("notify", "Empty, with a line to write on in the text: {fields}")
        lines.append(said.format(fields=language.pick("、", ", ").join(blank)))
    return lines


class Bar(QFrame):
    """A line at the top of a page: what happened and what to do. Hidden until it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.hide()
        self.button.clicked.connect(self._act)
        self._then: Callable[[], object] | None = None
        self._close = QPushButton("×")
        self._close.setProperty("look", "flat")
        self._close.setAutoDefault(False)
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.button)
        layout.addWidget(self._close)
        self.hide()

    def show_error(self, error: SalesDeskError) -> None:
        """Show an error in words."""
        self._say(sentence(error), "problem")

    def show_text(self, text: str, action: str = "", then: Callable[[], object] | None = None) -> None:
        """Say something that is no error; `action` labels the button, and `then` is what it does before all is said."""
        self._say(text, "notice", action, then)

    def _act(self) -> None:
        if self._then is not None:
            self.hide()
            self._then()

    def _say(self, text: str, look: str, action: str = "", then: Callable[[], object] | None = None) -> None:
        self._then = then
        self.setProperty("look", look)
        self.style().unpolish(self)
        self.style().polish(self)
        self.label.setText(text)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self.show()


class ReportDialog(QDialog):
    """Our own mistake: what happened, that nothing saved is lost, and a report to copy."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reports = [report]
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.setMinimumSize(620, 380)
        text = QLabel(
            self.tr(
                "SalesDesk made a mistake. What was shown as saved is safe, and you can go on working. "
                "Please send this report to your office."
            )
        )
        text.setWordWrap(True)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self.tr("Report"))
        copy = QPushButton(self.tr("Copy report"))
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report.toPlainText()))
        close = QPushButton(self.tr("Close"))
        close.setProperty("look", "primary")
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch()
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(self.report)
        layout.addLayout(buttons)

    def add(self, report: str) -> None:
        """One more mistake while this is open; what was reported already is not repeated."""
        if report not in self._reports and len(self._reports) < _MOST_REPORTS:
            self._reports.append(report)
            self.report.setPlainText("\n\n".join(self._reports))


class _Reporter:
    """Shows one report at a time."""

    def __init__(self) -> None:
        self._dialog: ReportDialog | None = None

    def report(self, parent: QWidget, error: Exception) -> None:
        """Open a report above `parent`, or above nothing when it is gone; add to the one that is open."""
        text = report_of(error)
        if self._dialog is not None and shiboken6.isValid(self._dialog) and self._dialog.isVisible():
            self._dialog.add(text)
            return
        self._dialog = ReportDialog(text, parent if shiboken6.isValid(parent) else None)
        self._dialog.open()


_reporter = _Reporter()


def report_of(error: BaseException) -> str:
    """Version, platform and stack, without a word that anybody typed."""
    lines = [f"SalesDesk {salesdesk.__version__} · Python {sys.version.split()[0]} · {sys.platform}", ""]
    if isinstance(error, Bug) and "detail" in error.params:
        lines += [error.message, str(error.params["detail"])]
    else:
        lines.append(trace_of(error))
    return "\n".join(lines)


def show(parent: QWidget, error: SalesDeskError) -> None:
    """Show an error where nobody else does: in the page's bar if it has one, else above it.

    A `Bug` opens the report dialog.
    """
    if isinstance(error, Bug):
        _reporter.report(parent, error)
        return
    if (bar := bar_of(parent)) is not None:
        bar.show_error(error)
        return
    dialog = QDialog(parent)
    dialog.setWindowTitle("SalesDesk")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    text = QLabel(sentence(error))
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setWordWrap(True)
    text.setMinimumWidth(360)
    close = QPushButton(QCoreApplication.translate("notify", "Close"))
    close.setAutoDefault(False)
    close.clicked.connect(dialog.accept)
    layout = QVBoxLayout(dialog)
    layout.addWidget(text)
    layout.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
    dialog.open()


def install_excepthook(parent: QWidget) -> None:
    """Show what no part of the program caught, instead of losing it on a terminal that nobody sees."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if isinstance(error, Exception):
            _reporter.report(parent, error)

    sys.excepthook = hook


def bar_of(widget: QWidget) -> Bar | None:
    """The nearest bar around a widget: its own, its page's, its window's."""
    return next((bar for place in _outwards(widget) if isinstance(bar := getattr(place, "notice", None), Bar)), None)


def lowest_window(widget: QWidget) -> QWidget:
    """In whose name to write: a form or its dialog may be gone when the disk says that it is full."""
    window = widget.window()
    while (below := window.parentWidget()) is not None:
        window = below.window()
    return window


def place_to_tell(widget: QWidget, window: QWidget) -> QWidget:
    """Where an error is seen: the widget's own bar, or the window once the widget has been left."""
    return widget if shiboken6.isValid(widget) and widget.isVisible() else window


def _outwards(widget: QWidget | None) -> list[QWidget]:
    found = []
    while widget is not None:
        found.append(widget)
        widget = widget.parentWidget()
    return found
