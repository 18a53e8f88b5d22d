"""What the signatures of a PDF prove, whoever made them: four verdicts, each with its reasons.

Nothing here needs a network. A verdict is never kinder than what was checked: what this program cannot check says so.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from salesdesk.documents import fonts, updates
from salesdesk.documents.container import Container, Fit, examined
from salesdesk.documents.pdfa import PLACE
from salesdesk.documents.places import all_in_place
from salesdesk.documents.signed_fields import SignedField, opened, signed_fields, version_of
from salesdesk.documents.updates import Reason

_LONGEST_SAID = 120


class Verdict(StrEnum):
    """What a signature proves of its file."""

    UNCHANGED = "unchanged"  # what was signed, and nothing after it but further signatures
    CHANGED = "changed"
    UNCHECKED = "unchecked"  # this program cannot tell
    WEAK = "weak"  # as UNCHANGED, but its algorithm proves nothing any more


@dataclass(frozen=True)
class Seal:
    """One signature of a file.

    `side` is the side of a paper of ours, -1 elsewhere; `name` is what the signature says, else the certificate's.
    `at` is the signer's own clock. `known`: its certificate is one that the caller trusts; `issuer` is who gave it.
    """

    side: int
    field: str
    name: str
    at: datetime | None
    verdict: Verdict
    reasons: tuple[Reason, ...]
    known: bool
    issuer: str

    def described(self) -> dict[str, object]:
        """As JSON holds it; whether a certificate is known is a workspace's to say."""
        return {
            "field": self.field,
            "name": self.name,
            "signed_at": self.at.isoformat() if self.at else None,
            "issuer": self.issuer,
            "verdict": str(self.verdict),
            "reasons": [{"id": reason.message, **reason.params} for reason in self.reasons],
        }


_REASONS = {
    Fit.OTHER_BYTES: "seal.bytes",
    Fit.OTHER_SIGNATURE: "seal.forged",
    Fit.UNKNOWN_ALGORITHM: "seal.algorithm",
    Fit.NO_CERTIFICATE: "seal.no_certificate",
    Fit.STRANGE: "seal.structure",
}


def seals(pdf: bytes, trusted: Sequence[bytes] = ()) -> list[Seal]:
    """The signatures of a file, oldest first; `trusted` are the certificates that are known, in DER.

    Raises:
        UserError: `paper.not_a_pdf`, `paper.password`; `sign.unreadable` for a signed file too damaged to be opened.
    """
    logging.getLogger("pyhanko").setLevel(logging.ERROR)  # what it warns of is what is asked here, and the answer
    with opened(pdf) as document:
        found = signed_fields(document)
        covered = bool(found) and not all_in_place(document)
    return [_seal(pdf, one, trusted, covered=covered) for one in found]


def report(pdf: bytes) -> dict[str, object]:
    """What `salesdesk --check` prints: signatures, and the approved version that a paper names. Raises as `seals`."""
    return {"version": version_of(pdf), "signatures": [seal.described() for seal in seals(pdf)]}


def _seal(pdf: bytes, signed: SignedField, trusted: Sequence[bytes], *, covered: bool) -> Seal:
    container = (
        examined(signed.container, signed.content(pdf), signed.subfilter, signed.certificate)
        if signed.ranges
        else Container(Fit.STRANGE)
    )
    verdict, reasons = _judged(pdf, signed, container)
    if covered and verdict is not Verdict.CHANGED:
        verdict, reasons = Verdict.CHANGED, [Reason("seal.covered")]
    certificate = container.certificate
    side = signed.field.removeprefix(PLACE)
    return Seal(
        int(side) if side.isdecimal() else -1,
        plain(signed.field),
        plain(signed.name) or (called(certificate.subject) if certificate is not None else ""),
        container.at or _stated(signed.stated),
        verdict,
        tuple(Reason(one.message, {name: _told(value) for name, value in one.params.items()}) for one in reasons),
        known=certificate is not None and certificate.dump() in trusted,
        issuer=called(certificate.issuer) if certificate is not None else "",
    )


def _judged(pdf: bytes, signed: SignedField, container: Container) -> tuple[Verdict, list[Reason]]:
    """The verdict on one signature and why; what is certainly changed wins over what cannot be checked."""
    if broken := _broken(pdf, signed, container):
        return Verdict.CHANGED, [Reason(broken)]
    unclear = [] if container.fit is Fit.FITS else [Reason(_REASONS[container.fit], _named(container))]
    later: list[Reason] = []
    try:
        later = updates.after(pdf, signed) if signed.ranges else []
    except updates.Incomparable:
        unclear.append(Reason("seal.appended"))
    if later:
        return Verdict.CHANGED, later
    if unclear:
        return Verdict.UNCHECKED, unclear
    return (Verdict.WEAK, [Reason("seal.weak", _named(container))]) if container.algorithm else (Verdict.UNCHANGED, [])


def _broken(pdf: bytes, signed: SignedField, container: Container) -> str:
    """Why the signed bytes themselves are not what was signed; empty while nothing speaks against them."""
    if not signed.ranges:  # nothing is known of them
        return ""
    if signed.end > len(pdf):
        return "seal.cut"
    if container.fit in {Fit.OTHER_BYTES, Fit.OTHER_SIGNATURE}:
        return _REASONS[container.fit]
    return "" if signed.is_whole(pdf) else "seal.partial"


def _told(value: object) -> object:
    return plain(value) if isinstance(value, str) else value


def _named(container: Container) -> dict[str, object]:
    return {"algorithm": plain(container.algorithm)} if container.algorithm else {}


def _stated(date: str) -> datetime | None:
    """A date as PDF writes it; nothing for what is none."""
    from pyhanko.pdf_utils.generic import parse_pdf_date  # noqa: PLC0415  # 0.4 s, on demand
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415  # as above

    try:
        at: datetime = parse_pdf_date(date.rstrip("'"), strict=False)  # LibreOffice writes Z'
        return at if at.tzinfo else at.astimezone()  # as this laptop, where nothing says otherwise
    except (PdfError, ValueError, IndexError, TypeError):
        return None


def called(name: Any) -> str:
    """Company and person of a certificate's name, without the words of X.509."""
    parts = [name.native.get(part) for part in ("organization_name", "common_name")]
    said = [str(one) for part in parts if part for one in (part if isinstance(part, list) else [part])]
    return plain(" · ".join(dict.fromkeys(said)) or str(name.human_friendly))


def plain(text: str) -> str:
    """What a file says, in one line and without marks of direction; it may come from anybody."""
    return " ".join(fonts.printable(text).split())[:_LONGEST_SAID]
