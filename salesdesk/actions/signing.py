"""Signing a paper on the screen: who signs where, what is kept, and what the record says afterwards."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from salesdesk.actions import layouts
from salesdesk.actions.paper_declarations import Offer, Signed, Signer, signed_paper_of
from salesdesk.actions.papers import Made
from salesdesk.errors import SalesDeskError, UserError, reason_of
from salesdesk.process.findings import Finding, Level
from salesdesk.records.base import Record
from salesdesk.records.registry import form_named
from salesdesk.records.work import Attachment
from salesdesk.store import attachments
from salesdesk.store.workspace import Session, Workspace

if TYPE_CHECKING:
    from salesdesk.documents.ink import Stroke
    from salesdesk.documents.pen import Place
    from salesdesk.documents.seals import Seal

PURPOSE = "sealed"
_OWN, _COMPANYS, _KNOWN = "signing.own", "signing.company", "signing.known"
_SEALED = b"/ByteRange"  # stands in every signed PDF
_MARK, _MARK_OF_BOTH = "-signed", "-signed-by-both"


def sign(
    workspace: Workspace,
    offer: Offer,
    made: Made,
    place: Place,
    strokes: Sequence[Stroke],
    name: str,
    at: datetime,
    company: str,
) -> Made:
    """One more signature on the very file that was shown; it is kept with the record, and every earlier one too.

    When the customer signs, a letter counts as confirmed; a delivery names who accepted it; a contract that both have
    signed has its day of signing.

    Raises:
        UserError: `sign.nothing_drawn`, `sign.no_name`, `sign.expired`, `sign.unprintable_name`, `sign.weak_key`,
            `sign.not_for_signing`, `attachment.too_large`; `sign.not_approved` and `sign.changed_since` when what was
            shown is not, or not any more, what was approved; `sign.broken` when it was changed after the first side
            had signed.
    """
    from salesdesk.documents import signing  # noqa: PLC0415  # with pyHanko, on demand

    _unbroken(made.pdf)
    agrees, key = agrees_by_signing(offer, place), _key(workspace, company)
    signed = signing.sign(made.pdf, place, strokes, name, at, key, agrees=agrees)
    complete = not free_places(offer, signed)
    stem = made.name.removesuffix(".pdf").removesuffix(_MARK)
    kept = Made(f"{stem}{_MARK_OF_BOTH if complete else _MARK}.pdf", signed)
    with workspace.changing("paper.sign") as changes:
        record = changes.get(form_named(offer.entity), offer.record_id)
        _may_be_signed(changes.session, record, made.pdf)
        if (note := offer.paper.noted) is not None:
            note(record, Signed(Signer(place.side), name.strip(), at, complete))
        attachments.attach(workspace, changes, record, kept.name, "application/pdf", signed, purpose=PURPOSE)
    _know(workspace, signing.certificate(key))
    return kept


def agrees_by_signing(offer: Offer, place: Place) -> bool:
    """Whether a signature says of itself that the paper is confirmed: the boxes on the paper are for the pen."""
    return offer.paper.agrees and place.side == Signer.CUSTOMER


def free_places(offer: Offer, pdf: bytes) -> list[Place]:
    """Where those who sign this paper have not signed it yet."""
    from salesdesk.documents.places import places  # noqa: PLC0415  # as in sign

    return [place for place in places(pdf) if place.side in offer.paper.signed_by]


def look_at_approval(session: Session, offer: Offer, made: Made) -> None:
    """Refuse what `sign` would refuse, before anybody draws.

    Raises `UserError`: `sign.not_approved`, `sign.changed_since`, `sign.broken`.
    """
    _unbroken(made.pdf)
    _may_be_signed(session, session.get_one(form_named(offer.entity), offer.record_id), made.pdf)


def _unbroken(pdf: bytes) -> None:
    """Nobody signs on below a signature that does not hold."""
    from salesdesk.documents.seals import Verdict, seals  # noqa: PLC0415  # as in sign

    if any(seal.verdict is Verdict.CHANGED for seal in seals(pdf)):
        raise UserError("sign.broken")


def _may_be_signed(session: Session, record: Record, pdf: bytes) -> None:
    """Only what is approved now: a paper made of what was approved before, signed or not, is another one."""
    from salesdesk.documents.signed_fields import version_of  # noqa: PLC0415  # as in sign

    if layouts.mark_of(session, record) is not None:
        raise UserError("sign.not_approved")
    if version_of(pdf) != layouts.version_of(session, record):
        raise UserError("sign.changed_since")


@dataclass(frozen=True)
class State:
    """What is signed on a file, where it can still be signed, and what a person should know of it."""

    seals: list[Seal]
    places: list[Place]
    findings: Sequence[Finding]


def state(session: Session, workspace: Workspace, offer: Offer | None, made: Made) -> State:
    """How a paper stands as to signatures; one that is not about a record (`offer`) cannot be signed here."""
    seals = check(workspace, made.pdf) if _SEALED in made.pdf else []
    if offer is None or not offer.paper.signed_by:
        return State(seals, [], made.findings)
    return State(seals, free_places(offer, made.pdf), [*made.findings, *remarks(workspace, session, offer, made)])


def remarks(workspace: Workspace, session: Session, offer: Offer, made: Made) -> list[Finding]:
    """What a person should know who has this paper on the screen, before it is signed and afterwards."""
    found = []
    record = session.get_one(form_named(offer.entity), offer.record_id)
    digest = hashlib.sha256(made.pdf).hexdigest()
    newest = next(iter(signed_papers(session, [record.id])), None)
    if newest is not None and newest.sha256 != digest:
        found = _signed_elsewhere(workspace, offer, newest, made)
    if _changed_since(session, record, made):
        found.append(Finding(Level.WARNS, "sign.outdated"))
    empty = [name for name in offer.paper.says if not getattr(record, name)]
    found += [Finding(Level.WARNS, "sign.empty", name, offer.entity, record.id) for name in empty]
    return found


def _changed_since(session: Session, record: Record, made: Made) -> bool:
    """Whether the record does not say any more what this file says."""
    from salesdesk.documents.signed_fields import version_of  # noqa: PLC0415  # as in sign

    version = version_of(made.pdf)
    return bool(version) and version != layouts.version_of(session, record)


def _signed_elsewhere(workspace: Workspace, offer: Offer, newest: Attachment, made: Made) -> list[Finding]:
    """Names the newest signed file of the record, if it is this paper in this version."""
    from salesdesk.documents.signed_fields import version_of  # noqa: PLC0415  # as in sign

    try:
        kept = attachments.read_blob(workspace, newest.sha256)
    except SalesDeskError:  # not here yet, or damaged: nothing that could be signed
        return []
    if version_of(kept) != version_of(made.pdf):
        return []
    message = "sign.one_side" if free_places(offer, kept) else "sign.both_sides"
    return [Finding(Level.NOTES, message, params={"name": newest.name})]


def is_complete(file: Attachment) -> bool:
    """Whether both sides have signed a kept file, by its name: menus cannot read every file."""
    return file.name.endswith(f"{_MARK_OF_BOTH}.pdf")


def offer_to_sign(file: Attachment) -> Offer | None:
    """What a kept, signed file is, so that the other side can sign it too."""
    paper = signed_paper_of(form_named(file.entity))
    return Offer(paper.kind, file.entity, file.record_id) if paper else None


def signed_papers(session: Session, record_ids: Iterable[str]) -> list[Attachment]:
    """The signed files of records, the newest first; a later one holds the signatures of an earlier one."""
    wanted = select(Attachment).where(
        Attachment.record_id.in_(list(record_ids)), Attachment.purpose == PURPOSE, Attachment.deleted_at.is_(None)
    )
    return list(session.scalars(wanted.order_by(Attachment.id.desc())))


def check(workspace: Workspace, pdf: bytes) -> list[Seal]:
    """The signatures of a file; those by any certificate that was ever in use here are known.

    Raises:
        UserError: `paper.not_a_pdf`, `paper.password`, `sign.unreadable`.
    """
    from salesdesk.documents import seals  # noqa: PLC0415  # as in sign

    return seals.seals(pdf, [base64.b64decode(one) for one in workspace.recall(_KNOWN) or []])


def use_certificate(workspace: Workspace, path: Path, passphrase: str) -> None:
    """Seal with a certificate of the company (PKCS#12) from now on; it is kept in the encrypted workspace.

    Raises:
        UserError: `attachment.unreadable`, `sign.wrong_passphrase`, `sign.no_key`, `sign.other_key`, `sign.expired`,
            `sign.not_yet`, `sign.weak_key`, `sign.not_for_signing`.
    """
    from salesdesk.documents import signing  # noqa: PLC0415  # as in sign

    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("attachment.unreadable", name=path.name, reason=reason_of(error)) from error
    key = signing.opened(data, passphrase)
    workspace.remember(_COMPANYS, base64.b64encode(key).decode())
    _know(workspace, signing.certificate(key))


def use_own(workspace: Workspace) -> None:
    """Seal with this laptop's own certificate again."""
    workspace.remember(_COMPANYS, "")


def companys_certificate(workspace: Workspace) -> tuple[str, date] | None:
    """Whose the company's certificate in use is, and its last day; nothing while this laptop's own one is in use."""
    from salesdesk.documents import signing  # noqa: PLC0415  # as in sign

    kept = workspace.recall(_COMPANYS)
    return signing.holder(base64.b64decode(kept)) if kept else None


def _key(workspace: Workspace, company: str) -> bytes:
    """The company's certificate, else this laptop's own, which is made for the first signature and when it is over."""
    from salesdesk.documents import signing  # noqa: PLC0415  # as in sign

    if companys := workspace.recall(_COMPANYS):
        return base64.b64decode(companys)
    if (own := workspace.recall(_OWN)) and not signing.is_over(key := base64.b64decode(own), workspace.now()):
        return key
    made = signing.own_certificate(workspace.identity.name, company, workspace.now())
    workspace.remember(_OWN, base64.b64encode(made).decode())
    return made


def _know(workspace: Workspace, certificate: bytes) -> None:
    """Keep a certificate: what it sealed stays known when another one has taken its place."""
    known, this = workspace.recall(_KNOWN) or [], base64.b64encode(certificate).decode()
    if this not in known:
        workspace.remember(_KNOWN, [*known, this])
