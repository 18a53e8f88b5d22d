"""What is composed is kept in every kind of field, for events as input methods send them; real ones type elsewhere."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QInputDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of, form_named
from tests.ui.hands import activate, compose
from ui.core.composition import composition
from ui.forms.editors import make_editor

CONTROL = Qt.KeyboardModifier.ControlModifier
FIELDS = [
    ("needs_analysis", "budget"),
    ("needs_analysis", "pains"),
    ("needs_analysis", "interviewed_on"),
    ("customer", "employees"),
]


def show(widget, text):
    """An input method shows what it is composing."""
    QCoreApplication.sendEvent(widget, QInputMethodEvent(text, []))


def plain(widget):
    """The text proper, as Qt has it."""
    return widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()


class Form(QWidget):
    """A widget to write in, another one, and a button that takes no focus; `seen` are the texts that were saved."""

    def __init__(self, inner, written_in):
        super().__init__()
        self.inner, self.other, self.button = inner, QLineEdit(), QPushButton("save")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.seen = []
        self.button.clicked.connect(self._save)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self._save)
        layout = QVBoxLayout(self)
        for widget in (written_in, self.other, self.button):
            layout.addWidget(widget)

    def _save(self):
        self.seen.append(plain(self.inner))


@pytest.fixture
def form(qtbot):
    """Shows a widget in a form in the active window, with the cursor in it."""
    composition()  # as the program does at its start
    made = []

    def show_form(inner, written_in=None):
        form = Form(inner, written_in or inner)
        made.append(form)
        qtbot.addWidget(form)
        activate(qtbot, form, (400, 300))
        inner.setFocus()
        return form

    return show_form


@pytest.fixture(params=[f"{entity}.{name}" for entity, name in FIELDS])
def editor(request):
    entity, name = request.param.split(".")
    return make_editor(fields_of(form_named(entity))[name], Language.ZH)


def begin(editor, text):
    editor.set_text(text)
    QTest.keyClick(editor.inner, Qt.Key.Key_End)
    show(editor.inner, "ji tuan")


def test_an_editor_says_what_is_seen_and_qt_only_what_was_committed(form, editor):
    form(editor.inner, editor)
    begin(editor, "客户")
    assert editor.text() == "客户ji tuan"
    assert plain(editor.inner) == "客户"
    show(editor.inner, "")
    assert editor.text() == "客户"


def test_it_stands_where_the_cursor_is_also_behind_signs_of_two_units(form, editor):
    form(editor.inner, editor)
    editor.set_text("𠮷田𠮷")
    for _ in range(2):
        QTest.keyClick(editor.inner, Qt.Key.Key_Right)
    show(editor.inner, "x")
    assert editor.text() == "𠮷田x𠮷"
    composition().settle()
    assert plain(editor.inner) == "𠮷田x𠮷"


@pytest.mark.parametrize(
    "leave",
    [
        lambda form: QTest.mouseClick(form.button, Qt.MouseButton.LeftButton),
        lambda form: QTest.keyClick(form.inner, Qt.Key.Key_S, CONTROL),
        lambda form: form.other.setFocus(),
        lambda form: form.inner.clearFocus(),
        lambda form: form.inner.setEnabled(False),
        lambda form: form.hide(),
        lambda form: form.close(),
        lambda form: QTest.keyClick(form.inner, Qt.Key.Key_Home),
        lambda _form: composition().settle(),
    ],
    ids=["click", "shortcut", "focus", "no focus", "disabled", "hidden", "closed", "key", "asked"],
)
def test_whatever_would_end_a_composition_makes_it_text_once(form, editor, leave):
    shown = form(editor.inner, editor)
    begin(editor, "客户")
    leave(shown)
    assert plain(editor.inner) == "客户ji tuan"
    assert shown.seen in ([], ["客户ji tuan"])
    leave(shown)
    assert plain(editor.inner) == "客户ji tuan"


def test_qt_forgets_a_composition_itself_before_the_focus_goes_and_it_is_put_in(form, editor):
    shown = form(editor.inner, editor)
    begin(editor, "客户")
    show(editor.inner, "")  # as the plugins of ibus do within QInputMethod.commit()
    shown.other.setFocus()
    assert plain(editor.inner) == "客户ji tuan"


def test_a_composition_that_was_taken_back_stays_away(form, editor, qtbot):
    shown = form(editor.inner, editor)
    begin(editor, "客户")
    with qtbot.waitSignal(composition().changed):
        show(editor.inner, "")
    shown.other.setFocus()
    assert plain(editor.inner) == "客户"


def test_keys_of_the_method_itself_end_nothing(form, editor):
    form(editor.inner, editor)
    begin(editor, "客户")
    for key in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_CapsLock):
        QTest.keyClick(editor.inner, key)
    assert plain(editor.inner) == "客户"
    compose(editor.inner, "集团")
    assert plain(editor.inner) == "客户集团"


def test_an_answer_that_comes_late_takes_the_place_of_what_was_kept(form, editor):
    shown = form(editor.inner, editor)
    begin(editor, "客户")
    QTest.keyClick(editor.inner, Qt.Key.Key_Home)
    compose(editor.inner, "集团")
    assert plain(editor.inner) == "客户集团"
    begin(editor, "客户")
    shown.other.setFocus()
    compose(shown.other, "集团")
    assert plain(shown.inner) == "客户集团"
    assert shown.other.text() == ""
    show(shown.other, "")  # now the method has let go
    compose(shown.other, "，")
    assert shown.other.text() == "，"


def test_what_was_changed_since_is_left_alone_by_a_late_answer(form, editor):
    shown = form(editor.inner, editor)
    begin(editor, "客户")
    shown.other.setFocus()
    editor.set_text("别的")
    compose(shown.other, "集团")
    assert (plain(editor.inner), shown.other.text()) == ("别的", "")


def test_the_first_letter_over_a_selection_is_never_an_empty_text(form, editor):
    form(editor.inner, editor)
    editor.set_text("客户")
    editor.inner.selectAll()
    texts = []
    editor.edited.connect(lambda: texts.append(editor.text()))
    show(editor.inner, "j")
    assert set(texts) == {"j"}


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextEdit])
def test_a_field_that_became_read_only_takes_nothing_and_shows_nothing(form, kind):
    inner = kind("客户")
    shown = form(inner)
    show(inner, "ji")
    inner.setReadOnly(True)
    assert composition().shown_in(inner) == ""
    before = plain(inner)
    compose(inner, "集团")
    shown.other.setFocus()
    assert plain(inner) == before == "客户"


def test_a_tip_that_goes_ends_nothing(form, editor):
    form(editor.inner, editor)
    begin(editor, "客户")
    tip = QLabel("tip", None, Qt.WindowType.ToolTip)
    tip.show()
    tip.close()
    assert plain(editor.inner) == "客户"


def test_lines_of_dialogs_are_kept_too(qtbot):
    dialog = QInputDialog()
    dialog.setComboBoxItems(["甲"])
    dialog.setComboBoxEditable(True)
    qtbot.addWidget(dialog)
    activate(qtbot, dialog, (300, 200))
    box = dialog.focusWidget()
    QTest.keyClick(box, Qt.Key.Key_End)
    show(box, "li wei")
    assert composition().is_within(dialog)
    QTest.mouseClick(dialog.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert dialog.textValue() == "甲li wei"
