"""A paper as slides, written where the person wants them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from salesdesk.actions.layouts import job_of, sender_of
from salesdesk.actions.paper_declarations import Offer
from salesdesk.errors import UserError
from salesdesk.exchange.whole_file import replacing
from salesdesk.records.language import Language
from salesdesk.settings import Settings
from salesdesk.store.workspace import Workspace


def write(workspace: Workspace, offer: Offer, settings: Settings, today: date, language: Language, path: Path) -> Path:
    """The paper as a presentation in a file, whole or not at all.

    Raises:
        UserError: `slides.no_master` when the company's template is not where it was; `slides.bad_master`,
            `slides.large_master`, `slides.macros`; `paper.missing_character`; what `replacing` raises.
    """
    master = None
    if settings.master:
        try:
            master = Path(settings.master).read_bytes()
        except OSError as error:
            raise UserError("slides.no_master", name=Path(settings.master).name) from error
    with workspace.reading() as session:
        sender = sender_of(settings, workspace.identity.name)
        data = offer.paper.made_slides(job_of(session, offer, sender, today, language), master)
    with replacing(path) as beside:
        beside.write_bytes(data)
    return path
