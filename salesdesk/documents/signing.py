"""Signing a paper on the screen, and telling whether a signed one is still what was signed.

Every signature is a PAdES baseline-B signature (ETSI EN 319 142-1) over the whole file as it lay before the
signer, and shows what he drew. It is appended: what was there, earlier signatures too, stays byte for byte.
Nothing here needs a network; without a time stamp of a third party the time is the laptop's own.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from salesdesk.documents import fonts
from salesdesk.documents.ink import Stroke, appearance
from salesdesk.documents.pdfa import PLACE
from salesdesk.documents.pen import Place
from salesdesk.errors import UserError

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

_YEARS = 10
_LONGEST_SAID = 120
_AGREED = {"zh-Hant": "確認無誤", "zh": "确认无误", "en": "Confirmed as stated"}
_DIGEST_SHOWN = 16  # hex digits of the file's SHA-256 beside a signature


@dataclass(frozen=True)
class Seal:
    """One signature of a file.

    `intact`: the bytes it covers are what was signed, and what was appended since is nothing but further
    signatures, each at its place. `known`: its certificate is one that the caller trusts.
    """

    side: int
    name: str
    at: datetime | None
    intact: bool
    known: bool
    issuer: str


def places(pdf: bytes) -> list[Place]:
    """The places of a paper that nobody has signed yet. Raises `UserError` `paper.not_a_pdf`."""
    import pikepdf  # noqa: PLC0415  # on demand, as reportlab

    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:
        raise UserError("paper.not_a_pdf") from error
    with document:
        try:
            named = _named(document)
            form: Any = document.Root.get("/AcroForm", {})
            taken = {str(field.get("/T", "")) for field in form.get("/Fields", [])}
        except (TypeError, ValueError, AttributeError, KeyError):  # a foreign or damaged file
            return []
    return sorted((place for name, place in named.items() if name not in taken), key=lambda place: place.side)


def _named(document: Any) -> dict[str, Place]:
    """The places of a paper by their names, signed or not."""
    numbers = {page.objgen: number for number, page in enumerate(document.pages)}
    named = {}
    for key, at in document.Root.get("/Dests", {}).items():
        name = str(key).removeprefix("/")
        if name.startswith(PLACE):
            page, _, left, bottom, right, top = at
            area = (float(left), float(bottom), float(right), float(top))
            named[name] = Place(int(name.removeprefix(PLACE)), numbers[page.objgen], area)
    return named


def _all_in_place(pdf: bytes) -> bool:
    """Whether all that a paper of ours shows of its fields lies on places to sign, one on each.

    Anything else could cover what was signed, and pyHanko lets a later signature bring it along.
    """
    import pikepdf  # noqa: PLC0415  # as in places

    with pikepdf.open(io.BytesIO(pdf)) as document:
        free = _named(document)
        if not free:
            return True
        for number, page in enumerate(document.pages):
            for shown in page.get("/Annots", []):
                if shown.get("/Subtype") != "/Widget":
                    continue
                place = free.pop(str(shown.get("/T", "")), None)  # a field of several widgets names none of them
                area = tuple(map(float, shown.get("/Rect", ())))
                if place is None or place.page != number or not _alike(area, place.area):
                    return False
    return True


def _alike(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two areas are the same to a point."""
    return len(one) == len(other) and all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def sign(  # what a signature is made of, in the order of the ceremony
    pdf: bytes, place: Place, strokes: Sequence[Stroke], name: str, at: datetime, key: bytes, *, agrees: bool = False
) -> bytes:
    """The paper with one more signature.

    Args:
        pdf: the very file that the signer saw.
        place: one of its `places`.
        strokes: what was drawn.
        name: who drew it.
        at: when, with a zone: as it is shown beside the signature.
        key: PKCS#12 of the certificate that seals the file, without a passphrase.
        agrees: the signature confirms what the paper says, and says so itself: the boxes on the paper are for the
            pen.

    Raises:
        UserError: `sign.nothing_drawn`, `sign.no_name`, `sign.expired`, `sign.unprintable_name`.
    """
    from pyhanko.sign import fields, signers  # noqa: PLC0415  # 0.4 s, on demand
    from pyhanko.stamp import StaticStampStyle  # noqa: PLC0415  # as above

    from salesdesk.documents.stamped import DrawnPage, SigningWriter  # noqa: PLC0415  # as above

    if not any(strokes):
        raise UserError("sign.nothing_drawn")
    if not name.strip():
        raise UserError("sign.no_name", field="name")
    sealer = _signer(key)
    assert sealer.signing_cert is not None  # nothing else is taken for a key
    if is_over(key, at):
        raise UserError("sign.expired", day=f"{sealer.signing_cert.not_valid_after:%Y-%m-%d}")
    left, bottom, right, top = place.area
    digest = hashlib.sha256(pdf).hexdigest().upper()[:_DIGEST_SHOWN]
    writer = SigningWriter(io.BytesIO(pdf))
    caption = [name.strip(), *([_agreed(writer)] if agrees else []), f"{at:%Y-%m-%d %H:%M %z}", f"SHA-256 {digest}…"]
    try:
        drawn = appearance([stroke for stroke in strokes if stroke], caption, right - left, top - bottom)
    except UserError as error:
        raise UserError("sign.unprintable_name", character=error.params.get("character", "")) from error
    field = f"{PLACE}{place.side}"
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=field,
            md_algorithm="sha256",
            name=name.strip(),
            subfilter=fields.SigSeedSubFilter.PADES,
        ),
        sealer,
        stamp_style=StaticStampStyle(border_width=0, background=DrawnPage(drawn)),
        new_field_spec=fields.SigFieldSpec(
            field, on_page=place.page, box=(round(left), round(bottom), round(right), round(top))
        ),
    )
    out = io.BytesIO()
    signer.sign_pdf(writer, output=out)
    return out.getvalue()


def _agreed(writer: Any) -> str:
    """What a signature that confirms says, in the language of the paper."""
    spoken = str(writer.root.get("/Lang", ""))
    return next((text for tag, text in _AGREED.items() if spoken.startswith(tag)), _AGREED["en"])


def seals(pdf: bytes, trusted: Sequence[bytes] = ()) -> list[Seal]:
    """The signatures of a file, oldest first; `trusted` are the certificates that are known, in DER.

    Raises:
        UserError: `paper.not_a_pdf`; `sign.unreadable` for a signature that cannot be taken apart.
    """
    import pikepdf  # noqa: PLC0415  # as in places
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415  # as in sign
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415  # as in sign
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415  # as in sign
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415  # as in sign

    logging.getLogger("pyhanko").setLevel(logging.ERROR)  # what it warns of is what is asked here, and the answer
    known = [found for one in trusted for found in load_certs_from_pemder_data(one)]
    context = ValidationContext(trust_roots=known, allow_fetching=False)
    if not pdf.startswith(b"%PDF"):
        raise UserError("paper.not_a_pdf")
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
        found = [_seal(signature, context) for signature in signatures]
        covered = bool(found) and not _all_in_place(pdf)
    except (PdfError, pikepdf.PdfError, TypeError, ValueError, AttributeError, LookupError) as error:
        raise UserError("sign.unreadable") from error  # what a damaged file does to the libraries has many names
    return [replace(seal, intact=False) for seal in found] if covered else found


def _seal(found: Any, context: Any) -> Seal:
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415  # as in sign
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415  # as in sign
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415  # as in sign

    side = found.field_name.removeprefix(PLACE)
    said = _plain(str(found.sig_object.get("/Name", "")))
    at = found.self_reported_timestamp
    number = int(side) if side.isdecimal() else -1
    try:
        status = validate_pdf_signature(found, context)
    except SignatureValidationError:  # not even the part it claims to cover makes sense
        return Seal(number, said, at, intact=False, known=False, issuer="")
    level = status.modification_level
    only_signed_on = level is not None and level <= ModificationLevel.FORM_FILLING
    return Seal(
        number,
        said,
        at,
        intact=bool(status.intact and status.valid and only_signed_on),
        known=bool(status.trusted),
        issuer=_called(status.signing_cert.issuer),
    )


def _called(name: Any) -> str:
    """Company and person of a certificate's name, without the words of X.509."""
    parts = [name.native.get(part) for part in ("organization_name", "common_name")]
    said = [str(one) for part in parts if part for one in (part if isinstance(part, list) else [part])]
    return _plain(" · ".join(dict.fromkeys(said)) or str(name.human_friendly))


def _plain(text: str) -> str:
    """What a file says, in one line and without marks of direction; it may come from anybody."""
    return " ".join(fonts.printable(text).split())[:_LONGEST_SAID]


def own_certificate(person: str, company: str, now: datetime) -> bytes:
    """A new key (ECDSA P-256) with a certificate that it made for itself, as PKCS#12 without a passphrase."""
    from cryptography import x509  # noqa: PLC0415  # on demand: the first signature
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415  # as above
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415  # as above
    from cryptography.hazmat.primitives.serialization import pkcs12  # noqa: PLC0415  # as above
    from cryptography.x509.oid import NameOID  # noqa: PLC0415  # as above

    longest = 64  # characters of a part of a name, X.520
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, (person or "SalesDesk")[:longest])]
    if company:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, company[:longest]))
    key = ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        **dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"), False),
        **dict.fromkeys(("crl_sign", "encipher_only", "decipher_only"), False),
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(parts))
        .issuer_name(x509.Name(parts))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - timedelta(days=1))
        .not_valid_after(now.astimezone(UTC) + timedelta(days=365 * _YEARS))
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(None, key, certificate, None, serialization.NoEncryption())


def certificate(key: bytes) -> bytes:
    """The certificate of a PKCS#12, in DER: what tells its signatures from a stranger's."""
    found = _signer(key).signing_cert
    assert found is not None  # as in sign
    return bytes(found.dump())


def holder(key: bytes) -> tuple[str, date]:
    """Whose the certificate of a PKCS#12 is, and the last day of it."""
    found = _signer(key).signing_cert
    assert found is not None  # as in sign
    return _called(found.subject), found.not_valid_after.date()


def is_over(key: bytes, now: datetime) -> bool:
    """Whether the certificate of a PKCS#12 is no longer valid."""
    found = _signer(key).signing_cert
    assert found is not None  # as in sign
    return bool(found.not_valid_after < now)


def opened(data: bytes, passphrase: str) -> bytes:
    """A company's PKCS#12 without its passphrase, as it is kept in the encrypted workspace.

    Raises:
        UserError: `sign.wrong_passphrase` (also for what is no PKCS#12), `sign.no_key`, `sign.other_key` for one that
            pyHanko cannot seal with, `sign.expired`, `sign.not_yet`.
    """
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415  # as in own_certificate
    from cryptography.hazmat.primitives.asymmetric import ec, rsa  # noqa: PLC0415  # as above
    from cryptography.hazmat.primitives.serialization import pkcs12  # noqa: PLC0415  # as above

    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, passphrase.encode() or None)
    except ValueError as error:
        raise UserError("sign.wrong_passphrase", field="passphrase") from error
    if key is None or certificate is None:
        raise UserError("sign.no_key")
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise UserError("sign.other_key")
    if certificate.not_valid_before_utc > datetime.now(UTC):
        raise UserError("sign.not_yet", day=f"{certificate.not_valid_before_utc:%Y-%m-%d}")
    if certificate.not_valid_after_utc < datetime.now(UTC):
        raise UserError("sign.expired", day=f"{certificate.not_valid_after_utc:%Y-%m-%d}")
    return pkcs12.serialize_key_and_certificates(
        None,
        key,
        certificate,
        others,
        serialization.NoEncryption(),
    )


def _signer(key: bytes) -> SimpleSigner:
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415  # as in sign

    found: SimpleSigner | None = SimpleSigner.load_pkcs12_data(key, [])
    if found is None:
        raise UserError("sign.no_key")
    return found
