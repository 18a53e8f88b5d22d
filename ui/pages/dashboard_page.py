"""数据: the pipeline in pictures. Each can be saved, and its rows exported."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from salesdesk.errors import UserError
from salesdesk.records.base import Stage
from salesdesk.records.proposal import Proposal
from salesdesk.records.registry import fields_of
from salesdesk.store.figures import Figure, figures
from ui.core import notify, theme
from ui.core.background import Desk
from ui.core.page import Page
from ui.widgets.bar_chart import BarChart
from ui.widgets.card import Card
from ui.widgets.labels import PlainLabel, set_look

translate = QCoreApplication.translate

_WAN = 1_000_000  # 分


def title_of(name: str) -> str:
    """What a figure is called."""
    return {
        "funnel": translate("Dashboard", "Open rounds by stage"),
        "conversion": translate("Dashboard", "Came to the next stage, %"),
        "win_rate": translate("Dashboard", "Won and lost"),
        "ages": translate("Dashboard", "Mean days in the present stage"),
        "forecast": translate("Dashboard", "Forecast weighted by stage, 10,000 yuan"),
        "overdue": translate("Dashboard", "Overdue"),
        "satisfaction": translate("Dashboard", "Satisfaction"),
    }[name]


def _words() -> dict[str, str]:
    return {
        "won": translate("Dashboard", "Won"),
        "lost": translate("Dashboard", "Lost"),
        "letters": translate("Dashboard", "Letters"),
        "follow_ups": translate("Dashboard", "Follow-ups"),
        "tasks": translate("Dashboard", "Tasks"),
        "contacts": translate("Dashboard", "First contacts"),
        "visits": translate("Dashboard", "Visits"),
    }


class DashboardPage(Page):
    """A card for each figure: bars, the same in words, and two buttons."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.figures: dict[str, Figure] = {}
        self.cards: dict[str, Card] = {}
        self.notice = notify.Bar(self)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        for column in range(2):
            self._grid.setColumnStretch(column, 1)
        inner = QWidget()
        inner.setProperty("look", "ground")
        column_layout = QVBoxLayout(inner)
        column_layout.setContentsMargins(12, 12, 12, 12)
        column_layout.addLayout(self._grid)
        column_layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        layout.addWidget(scroll)
        desk.changed.connect(self.reload)
        theme.changed.connect(self._draw)
        self.reload()

    def reload(self, _action: str = "") -> None:
        """Count anew."""
        now, zone = self._desk.now(), self._desk.zone
        self._desk.query(self, lambda session: figures(session, now, zone), self._show)

    def save_picture(self, name: str, path: Path) -> None:
        """Save one card as a PNG."""
        if not self.cards[name].grab().save(str(path), "PNG"):
            self.notice.show_text(self.tr("The picture could not be saved there."))

    def export_rows(self, name: str, path: Path) -> None:
        """Save the rows behind a picture as CSV that Excel opens with its Chinese whole."""
        from salesdesk.exchange.sheets_out import write_rows  # noqa: PLC0415  # only when somebody exports

        figure = self.figures[name]
        rows = [(title_of(name), self.tr("Value")), *zip(self._labels(figure), self._shown(figure), strict=True)]
        try:
            write_rows(path, rows)
        except UserError as error:
            self.notice.show_error(error)

    def _show(self, found: list[Figure]) -> None:
        self.figures = {figure.name: figure for figure in found}
        self._draw()

    def _draw(self) -> None:
        """Make the cards anew: a chart keeps the colours it was made with."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, figure in enumerate(self.figures.values()):
            self.cards[figure.name] = card = self._card(figure)
            self._grid.addWidget(card, place // 2, place % 2)

    def _card(self, figure: Figure) -> Card:
        card = Card(title_of(figure.name))
        for words, slot in (
            (self.tr("Save picture"), lambda n=figure.name: self._ask_picture(n)),
            (self.tr("Export rows"), lambda n=figure.name: self._ask_rows(n)),
        ):
            button = QPushButton(words)
            set_look(button, "flat")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, s=slot: s())
            card.heading_row.addWidget(button)
        if any(figure.values) or any(figure.of):
            pairs = zip(self._labels(figure), self._shown(figure), strict=True)
            told = PlainLabel(" · ".join(f"{label} {text}" for label, text in pairs), "muted")
            told.setWordWrap(True)
            card.body.addWidget(self._chart(figure))
            card.body.addWidget(told)
        else:
            card.body.addWidget(PlainLabel(self.tr("Nothing to count yet."), "muted"))
        card.body.addStretch(1)
        return card

    def _chart(self, figure: Figure) -> QWidget:
        values = [value / _WAN for value in figure.values] if figure.unit == "fen" else list(figure.values)
        tone = "warn" if figure.name == "overdue" else "accent"
        chart = BarChart(self._labels(figure), values, [f"{value:g}" for value in values], tone)
        chart.setAccessibleName(title_of(figure.name))
        return chart

    def _labels(self, figure: Figure) -> list[str]:
        words = _words() | {stage.value: stage.label(self._desk.language) for stage in Stage}
        return [words.get(label, label) for label in figure.labels]

    def _shown(self, figure: Figure) -> list[str]:
        if figure.unit == "fen":
            money = fields_of(Proposal)["price"]
            pairs = zip(figure.values, figure.of, strict=True)
            return [" / ".join(money.show(value, self._desk.language) for value in pair) for pair in pairs]
        if figure.unit in {"percent", "days"}:
            sign = "%" if figure.unit == "percent" else ""
            return [f"{value}{sign} ({of})" for value, of in zip(figure.values, figure.of, strict=True)]
        return [str(value) for value in figure.values]

    def _ask_picture(self, name: str) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save picture"), f"{title_of(name)}.png", "PNG (*.png)")
        if path:
            self.save_picture(name, Path(path))

    def _ask_rows(self, name: str) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Export rows"), f"{title_of(name)}.csv", "CSV (*.csv)")
        if path:
            self.export_rows(name, Path(path))
