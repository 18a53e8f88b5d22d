"""Signing a paper on the screen; `salesdesk.documents.seals` tells whether it is still what was signed.

Every signature is a PAdES baseline-B signature (ETSI EN 319 142-1) over the whole file as it lay before the
signer, and shows what he drew. It is appended: what was there, earlier signatures too, stays byte for byte.
Nothing here needs a network; without a time stamp of a third party the time is the laptop's own.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from salesdesk.documents.container import weak_issue, weak_key
from salesdesk.documents.ink import Stroke, appearance
from salesdesk.documents.pdfa import PLACE
from salesdesk.documents.pen import Place
from salesdesk.documents.seals import called
from salesdesk.errors import UserError

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

_YEARS = 10
_AGREED = {"zh-Hant": "確認無誤", "zh": "确认无误", "en": "Confirmed as stated"}
# What a person's or a company's certificate may be limited to and still sign papers: any purpose, a person who signs in
# or writes mails, code, and documents (RFC 9336, Microsoft's, Adobe's).
_PURPOSES = frozenset(
    {
        "any_extended_key_usage",
        "client_auth",
        "email_protection",
        "code_signing",
        "1.3.6.1.5.5.7.3.36",
        "microsoft_document_signing",
        "adobe_authentic_documents_trust",
    }
)
_DIGEST_SHOWN = 16  # hex digits of the file's SHA-256 beside a signature


def sign(  # what a signature is made of, in the order of the ceremony
    pdf: bytes, place: Place, strokes: Sequence[Stroke], name: str, at: datetime, key: bytes, *, agrees: bool = False
) -> bytes:
    """The paper with one more signature.

    Args:
        pdf: the very file that the signer saw.
        place: one of its places (`salesdesk.documents.places`).
        strokes: what was drawn.
        name: who drew it.
        at: when, with a zone: as it is shown beside the signature.
        key: PKCS#12 of the certificate that seals the file, without a passphrase.
        agrees: the signature confirms what the paper says, and says so itself: the boxes on the paper are for the
            pen.

    Raises:
        UserError: `sign.nothing_drawn`, `sign.no_name`, `sign.expired`, `sign.unprintable_name`; `sign.weak_key` and
            `sign.not_for_signing` for a certificate that proves nothing to others.
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
    _may_sign(sealer.signing_cert)
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
    return called(found.subject), found.not_valid_after.date()


def is_over(key: bytes, now: datetime) -> bool:
    """Whether the certificate of a PKCS#12 is no longer valid."""
    found = _signer(key).signing_cert
    assert found is not None  # as in sign
    return bool(found.not_valid_after < now)


def opened(data: bytes, passphrase: str) -> bytes:
    """A company's PKCS#12 without its passphrase, as it is kept in the encrypted workspace.

    Raises:
        UserError: `sign.wrong_passphrase` (also for what is no PKCS#12), `sign.no_key`, `sign.other_key` for one that
            pyHanko cannot seal with, `sign.expired`, `sign.not_yet`, `sign.weak_key`, `sign.not_for_signing`.
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
    plain = pkcs12.serialize_key_and_certificates(None, key, certificate, others, serialization.NoEncryption())
    _may_sign(_signer(plain).signing_cert)
    return plain


def _may_sign(certificate: Any) -> None:
    """Refuse a certificate whose signatures every reader doubts (RFC 5280, 4.2.1.3 and 4.2.1.12)."""
    if weak := weak_key(certificate) or weak_issue(certificate):
        raise UserError("sign.weak_key", algorithm=weak)
    usage, purposes = certificate.key_usage_value, certificate.extended_key_usage_value
    if usage is not None and not usage.native & {"digital_signature", "non_repudiation"}:
        raise UserError("sign.not_for_signing")
    if purposes is not None and not _PURPOSES.intersection(purposes.native):
        raise UserError("sign.not_for_signing")


def _signer(key: bytes) -> SimpleSigner:
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415  # as in sign

    found: SimpleSigner | None = SimpleSigner.load_pkcs12_data(key, [])
    if found is None:
        raise UserError("sign.no_key")
    return found
