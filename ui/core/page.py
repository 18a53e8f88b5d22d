"""A page of the window's stack: what the window asks of it, and what it may ask of the window."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from salesdesk.records.base import Stage


class Page(QWidget):
    """One thing at a time is on show; the window knows pages by this class alone.

    `customer_asked(customer_id)` opens a customer where its round stands, `record_asked(entity, record_id,
    customer_id)` a form, `preview_asked(letter_id)` a letter as it was issued, `paper_asked(offer)` a paper
    that is made now. `move_asked(customer_id, stage)` wants a round moved on, `moved_on(customer_id, stage)`
    tells that it was.
    """

    customer_asked = Signal(str)
    record_asked = Signal(str, str, str)
    preview_asked = Signal(str)
    paper_asked = Signal(object)
    move_asked = Signal(str, Stage)
    moved_on = Signal(str, Stage)

    @property
    def customer_id(self) -> str:
        """The id of the customer on show; empty where there is none."""
        return ""

    def leave(self) -> None:
        """Another page comes: what is typed is kept, what was said is over."""

    def save(self) -> None:
        """Ctrl+S: keep the form on show, where there is one."""
