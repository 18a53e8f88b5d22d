"""A day as text, with a calendar a click away."""

from __future__ import annotations

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QAbstractButton, QCalendarWidget, QDialog, QToolButton, QVBoxLayout, QWidget

from salesdesk.errors import BadValue
from salesdesk.records.field import Field
from salesdesk.records.kinds import DateKind
from salesdesk.records.language import Language
from ui.core import theme
from ui.forms.line_editor import LineEditor

_BUTTON = 22
_GAP = 6
_WEEK = (7, -7)
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}


class DateEditor(LineEditor):
    """Up and down move the day by one, page up and down by a week, with Ctrl by a month; Alt+Down opens a calendar."""

    def __init__(self, field: Field, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(field, language, parent)
        self.line.setPlaceholderText(self.tr("year-month-day"))
        self.line.setTextMargins(0, 0, _BUTTON, 0)
        self.line.installEventFilter(self)
        self.calendar_button = _CalendarButton(self.line)
        self.calendar_button.setAccessibleName(self.tr("Calendar"))
        self.calendar_button.clicked.connect(self.open_calendar)
        self.calendar: QCalendarWidget | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down are one day later and earlier; text that is no day is left alone."""
        if isinstance(event, QResizeEvent):
            self.calendar_button.move(event.size().width() - _BUTTON - _GAP, (event.size().height() - _BUTTON) // 2)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            days = _STEPS.get(Qt.Key(event.key()), 0)
            if days in _WEEK and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._move_months(days // 7)
                return True
            if days not in {0, *_WEEK} and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
                return True
            if days:
                self._move(days)
                return True
        return super().eventFilter(watched, event)

    def open_calendar(self) -> None:
        """Show the month of the day that stands in the line, or this month."""
        dialog = _CalendarDialog(self)
        self.calendar = dialog.calendar
        self.calendar.setLocale(
            QLocale(QLocale.Language.Chinese if self.language is Language.ZH else QLocale.Language.English)
        )
        self.calendar.setSelectedDate(self._day() or QDate.currentDate())
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(dialog.close)
        self.calendar.activated.connect(dialog.close)
        dialog.destroyed.connect(self._forget_calendar)
        dialog.open_below(self.line)

    def _take(self, day: QDate) -> None:
        self.line.setText(day.toString(Qt.DateFormat.ISODate))
        self.check()

    def _forget_calendar(self) -> None:
        self.calendar = None

    def _move(self, days: int) -> None:
        day = self._day()
        if day is not None:
            self._take(day.addDays(days))
        elif not self.text().strip():
            self._take(QDate.currentDate())

    def _move_months(self, months: int) -> None:
        if (day := self._day()) is not None:
            self._take(day.addMonths(months))

    def _day(self) -> QDate | None:
        try:
            value = DateKind().parse(self.text())
        except BadValue:
            return None
        return QDate(value.year, value.month, value.day) if value else None


class _CalendarButton(QAbstractButton):
    """A small calendar sheet at the right end of a line, in the colours of the theme."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(_BUTTON, _BUTTON)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(_BUTTON, _BUTTON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A sheet with two rings and a line under its head."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.accent if self.underMouse() else tokens.muted), 1.3))
        painter.drawRoundedRect(QRectF(4.5, 5.5, 13, 12), 2, 2)
        painter.drawLine(5, 9, 17, 9)
        for x in (8, 14):
            painter.drawLine(x, 4, x, 7)


class _CalendarDialog(QDialog):
    """A frameless window of its own, not a pop-up: a pop-up would take the input method from the year's line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        weekend = QTextCharFormat()
        weekend.setForeground(QColor(theme.tokens().muted))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, weekend)
        # Qt's own arrows are black on every ground
        for name, sign in (("qt_calendar_prevmonth", "‹"), ("qt_calendar_nextmonth", "›")):
            button = self.calendar.findChild(QToolButton, name)
            assert button is not None
            button.setIcon(QIcon())
            button.setText(sign)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.calendar)

    def open_below(self, line: QWidget) -> None:
        """Stand under the line, or above it where the screen ends."""
        size, screen = self.sizeHint(), line.screen().availableGeometry()
        corner = line.mapToGlobal(QPoint(0, line.height() + 2))
        if corner.y() + size.height() > screen.bottom():
            corner.setY(line.mapToGlobal(QPoint(0, 0)).y() - size.height() - 2)
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - size.width())))
        self.move(corner)
        self.show()

    def event(self, event: QEvent) -> bool:
        """A click elsewhere closes the calendar."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self.close()
        return super().event(event)
