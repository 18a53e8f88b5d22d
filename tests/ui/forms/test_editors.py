from datetime import date, time

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from salesdesk.errors import BadValue
from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of, form_named, forms
from tests.ui.hands import activate, compose, replace
from ui.core import theme
from ui.forms.editors import ChoiceEditor, DateEditor, NoteEditor, make_editor


@pytest.fixture(autouse=True)
def light(qapp):
    theme.apply(qapp, "light")


def editor_of(entity, name, language=Language.ZH, **options):
    return make_editor(fields_of(form_named(entity))[name], language, **options)


@pytest.fixture
def shown(qtbot):
    """Shows editors under each other in the active window."""
    windows = []  # Python's own reference: qtbot holds a weak one

    def show(*editors):
        window = QWidget()
        windows.append(window)
        layout = QVBoxLayout(window)
        for editor in editors:
            layout.addWidget(editor)
        qtbot.addWidget(window)
        activate(qtbot, window, (400, 300))
        return editors[0] if len(editors) == 1 else editors

    return show


FIELDS = [(form.__tablename__, name) for form in forms() for name, field in fields_of(form).items() if field.shown]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("entity", "name"), FIELDS)
def test_every_field_has_an_editor_that_starts_empty_and_is_named(qtbot, entity, name, language):
    editor = editor_of(entity, name, language)
    qtbot.addWidget(editor)
    assert not editor.value()
    assert editor.check()
    assert editor.inner.accessibleName() == editor.field.label(language)


@pytest.mark.parametrize(
    ("entity", "name", "typed", "value", "shown_as"),
    [
        ("customer", "employees", "２００人", 200, "200人"),
        ("customer", "employees", "1.5万人", 15000, "15000人"),
        ("customer", "revenue", "1亿", 10**10, "1亿"),
        ("customer", "revenue", "１２３４．５万元", 1234_500_000, "1234.5万"),
        ("customer", "follow_up_on", "2024年3月15日", date(2024, 3, 15), "2024-03-15"),
        ("customer", "follow_up_on", "２０２４／３／１５", date(2024, 3, 15), "2024-03-15"),
        ("needs_analysis", "interviewed_until", "14点30分", time(14, 30), "14:30"),
        ("decision_role", "weight", "６０％", 60, "60%"),
        ("contact", "phone", "１３８ ００１３ ５６７８", "138 0013 5678", "138 0013 5678"),
        ("customer", "name", "<b>&amp;</b>", "<b>&amp;</b>", "<b>&amp;</b>"),
        ("customer", "name", "重庆🚀㐀𠮷", "重庆🚀㐀𠮷", "重庆🚀㐀𠮷"),
    ],
)
def test_what_is_composed_becomes_a_value_and_its_usual_form_when_left(shown, entity, name, typed, value, shown_as):
    editor, other = shown(editor_of(entity, name), editor_of("customer", "city"))
    editor.setFocus()
    for character in typed:  # one commit a character, as an input method does; nothing is filtered in between
        compose(editor.line, character)
    assert editor.text() == typed
    other.setFocus()
    assert editor.value() == value
    assert editor.text() == shown_as


@pytest.mark.parametrize(
    ("entity", "name", "typed"),
    [
        ("customer", "employees", "many"),
        ("customer", "employees", "约两百"),
        ("customer", "revenue", "1亿多"),
        ("customer", "follow_up_on", "2026-02-30"),
        ("needs_analysis", "interviewed_until", "25:00"),
        ("decision_role", "weight", "101"),
        ("customer", "name", "长" * 201),
    ],
)
def test_what_cannot_be_read_stays_as_typed_with_words_beside_it(shown, entity, name, typed):
    editor, other = shown(editor_of(entity, name), editor_of("customer", "city"))
    replace(editor, typed)
    other.setFocus()
    assert editor.text() == typed
    assert editor.problem.isVisible()
    assert len(editor.problem.text()) > 5
    assert "value." not in editor.problem.text()
    with pytest.raises(BadValue):
        editor.value()
    replace(editor, "")
    other.setFocus()
    assert not editor.problem.isVisible()


def test_a_line_takes_a_long_paste_whole_and_says_that_it_is_too_long(shown):
    editor = shown(editor_of("customer", "name"))
    editor.setFocus()
    QApplication.clipboard().setText("长" * 50_000)
    QTest.keyClick(editor.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(editor.text()) == 50_000
    assert not editor.check()
    assert "50000" in editor.problem.text()


def test_a_note_keeps_every_character(shown):
    note = shown(editor_of("needs_analysis", "pains"))
    assert isinstance(note, NoteEditor)
    text = "一\u00a0二\n\n<b>&amp;</b>\ttab\n𠮷" + "长" * 50_000
    replace(note, text)
    assert note.text() == text
    assert note.value() == text
    note.set_text(text)
    assert note.value() == text


def test_tab_leaves_a_note_and_coming_back_finds_the_text_and_the_cursor_as_they_were(shown):
    note, other = shown(editor_of("needs_analysis", "pains"), editor_of("customer", "city"))
    replace(note, "first ")
    QTest.keyClick(note.note, Qt.Key.Key_Tab)
    assert other.line.hasFocus()
    note.setFocus()
    QTest.keyClicks(note.note, "second")
    assert note.text() == "first second"


def wheel(widget):
    place = QPointF(5, 5)
    QApplication.sendEvent(
        widget,
        QWheelEvent(
            place,
            QPointF(widget.mapToGlobal(QPoint(5, 5))),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_the_wheel_changes_a_choice_only_once_it_has_the_focus(shown):
    choice, other = shown(editor_of("customer", "industry"), editor_of("customer", "city"))
    other.setFocus()
    wheel(choice.box)
    assert choice.value() == ""
    choice.setFocus()
    wheel(choice.box)
    assert choice.value() != ""


@pytest.mark.parametrize("language", Language)
def test_a_choice_understands_its_word_in_either_language(qtbot, language):
    choice = editor_of("customer", "industry", language)
    qtbot.addWidget(choice)
    option = choice.field.kind.options[1]
    for word in (option.zh, option.en, option.value):
        choice.set_text("")
        choice.set_text(word)
        assert choice.value() == option.value
        assert choice.text() == option.label(language)


def test_an_option_of_a_newer_program_is_kept(qtbot):
    choice = editor_of("customer", "industry")
    qtbot.addWidget(choice)
    assert isinstance(choice, ChoiceEditor)
    choice.set_text("space_travel")
    assert choice.value() == "space_travel"
    assert choice.text() == "space_travel"


def test_the_arrow_keys_move_a_day_and_leave_alone_what_is_none(shown):
    day = shown(editor_of("customer", "follow_up_on"))
    assert isinstance(day, DateEditor)
    replace(day, "2026-02-28")
    QTest.keyClick(day.line, Qt.Key.Key_Up)
    assert day.text() == "2026-03-01"
    QTest.keyClick(day.line, Qt.Key.Key_Down)
    QTest.keyClick(day.line, Qt.Key.Key_Down)
    assert day.text() == "2026-02-27"
    replace(day, "next week")
    QTest.keyClick(day.line, Qt.Key.Key_Down)
    assert day.text() == "next week"
    replace(day, "")
    QTest.keyClick(day.line, Qt.Key.Key_Up)
    assert day.value() == date.today()  # noqa: DTZ011  # the day of the machine, as the calendar shows it


def test_the_calendar_opens_at_the_day_gives_another_and_closes(shown, qtbot):
    day = shown(editor_of("customer", "follow_up_on"))
    replace(day, "2026-11-23")
    QTest.mouseClick(day.calendar_button, Qt.MouseButton.LeftButton)
    assert day.calendar.isVisible()
    assert day.calendar.selectedDate() == QDate(2026, 11, 23)
    day.calendar.setSelectedDate(QDate(2026, 11, 24))
    table = day.calendar.findChild(QWidget, "qt_calendar_calendarview")
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert day.text() == "2026-11-24"
    qtbot.waitUntil(lambda: day.calendar is None)
    QTest.keyClick(day.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert day.calendar.isVisible()
    assert day.text() == "2026-11-24"


def test_the_calendar_button_follows_the_theme(shown, qapp):
    day = shown(editor_of("customer", "follow_up_on"))

    def colours():
        picture = day.calendar_button.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}

    in_light = colours()
    theme.apply(qapp, "dark")
    assert len(in_light) > 1
    assert not in_light & colours()
