"""What a paper's layout is filled with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from salesdesk.records.base import Record
from salesdesk.records.language import Language
from salesdesk.store.queries import Card
from salesdesk.store.workspace import Session

if TYPE_CHECKING:
    from salesdesk.documents.blocks import Mark, Sender


@dataclass(frozen=True)
class Job:
    """One paper to be made.

    `record` is what it is about and `card` what is known of its customer; `title` is the paper's declared one in its
    `language`. `mark` lies across the pages of what must not go out yet; `version` names the content that is approved
    or delivered, and stands in the file, not on the paper.
    """

    session: Session
    card: Card
    record: Record
    title: str
    sender: Sender
    today: date
    language: Language
    mark: Mark | None = None
    version: str = ""
