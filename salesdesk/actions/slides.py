"""The proposal as slides, written where the person wants them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from salesdesk.actions.layouts import job_of, mark_of, proposal_parts, sender_of
from salesdesk.actions.papers import Offer
from salesdesk.errors import UserError
from salesdesk.exchange.whole_file import replacing
from salesdesk.records.language import Language
from salesdesk.settings import Settings
from salesdesk.store.workspace import Workspace


def write(workspace: Workspace, offer: Offer, settings: Settings, today: date, language: Language, path: Path) -> Path:
    """The proposal as a presentation in a file, whole or not at all; without prices where the offer says so.

    Raises:
        UserError: `slides.no_master` when the company's template is not where it was; `slides.bad_master`,
            `slides.large_master`, `slides.macros`; `paper.missing_character`; what `replacing` raises.
    """
    from salesdesk.documents.slides import proposal_slides  # noqa: PLC0415  # with python-pptx, on demand

    master = None
    if settings.master:
        try:
            master = Path(settings.master).read_bytes()
        except OSError as error:
            raise UserError("slides.no_master", name=Path(settings.master).name) from error
    with workspace.reading() as session:
        sender = sender_of(settings, workspace.identity.name)
        job = job_of(session, offer.entity, offer.record_id, sender, today, language)
        prices = offer.kind != "proposal_without_prices"
        data = proposal_slides(*proposal_parts(job), prices=prices, mark=mark_of(session, job.record), master=master)
    with replacing(path) as beside:
        beside.write_bytes(data)
    return path
