"""One signature's container (CMS, or a bare RSA signature): does it fit the bytes that it covers?

Only the cryptography is looked at, with the certificate that the container brings along: no chain, no network.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from salesdesk.documents.signed_fields import STRANGE

_WEAK_DIGESTS = frozenset({"md2", "md4", "md5", "sha1"})
_LEAST_RSA, _LEAST_CURVE = 2048, 224  # bits: NIST SP 800-131A rev. 2 and what ETSI TS 119 312 asks for
_CHINESE = bytes.fromhex("2a811ccf55")  # 1.2.156.10197, the arc of SM2, SM3 and SM9 (GM/T 0006), as DER
_BARE = "adbe.x509.rsa_sha1"
_DIGEST_ONLY = "adbe.pkcs7.sha1"


class Fit(Enum):
    """Whether a container fits the bytes it covers."""

    FITS = auto()
    OTHER_BYTES = auto()  # what is covered is not what was signed
    OTHER_SIGNATURE = auto()  # the signature is not one of its certificate's key
    UNKNOWN_ALGORITHM = auto()
    NO_CERTIFICATE = auto()
    STRANGE = auto()  # no structure that we read


@dataclass(frozen=True)
class Container:
    """What a container says.

    `algorithm` names what is not known (`UNKNOWN_ALGORITHM`) or what proves nothing any more (`FITS`; else empty).
    `certificate` is the signer's, for asn1crypto; `at` is what he says was the time.
    """

    fit: Fit
    algorithm: str = ""
    certificate: Any = None
    at: datetime | None = None


def examined(container: bytes, content: bytes, subfilter: str, certificate: bytes = b"") -> Container:
    """What a container says of the bytes that it covers; `certificate` (DER) stands beside a bare RSA signature."""
    from asn1crypto.x509 import Certificate  # noqa: PLC0415  # on demand, with pyHanko
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  # as above
    from pyhanko.sign.general import CMSExtractionError  # noqa: PLC0415  # as above
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415  # as above

    try:
        if subfilter == _BARE:
            return _bare(container, content, Certificate.load(certificate))
        return _cms(container, content)
    except CMSExtractionError:
        return Container(Fit.NO_CERTIFICATE)
    except (NotImplementedError, UnsupportedAlgorithm):
        return Container(Fit.UNKNOWN_ALGORITHM, _named(container))
    except (SignatureValidationError, *STRANGE):
        return Container(Fit.UNKNOWN_ALGORITHM, _named(container)) if _CHINESE in container else Container(Fit.STRANGE)


def _named(container: bytes) -> str:
    """The algorithm of a container, for people."""
    from asn1crypto import cms  # noqa: PLC0415  # as above

    if _CHINESE in container:
        return "SM2/SM3"
    info = cms.ContentInfo.load(container)["content"]["signer_infos"][0]
    return f"{info['signature_algorithm']['algorithm'].native} / {info['digest_algorithm']['algorithm'].native}"


def _cms(container: bytes, content: bytes) -> Container:
    """A CMS container (RFC 5652): a signature over the content or over its digest, or a time stamp (RFC 3161)."""
    from asn1crypto import cms  # noqa: PLC0415  # as above
    from pyhanko.sign.general import extract_certificate_info, extract_signer_info  # noqa: PLC0415  # as above
    from pyhanko.sign.validation import generic_cms  # noqa: PLC0415  # as above

    info = cms.ContentInfo.load(container)
    if info["content_type"].native != "signed_data":
        raise ValueError("no signed data")
    signed = info["content"]
    signer = extract_signer_info(signed)
    certificate = extract_certificate_info(signed).signer_cert
    digest_name = signer["digest_algorithm"]["algorithm"].native
    inside, kind = signed["encap_content_info"]["content"], signed["encap_content_info"]["content_type"].native
    weak = _weakness(certificate, digest_name, signer["signature_algorithm"])
    at = generic_cms.extract_self_reported_ts(signer)
    covered, carried = content, None
    if kind == "tst_info":
        stamp = inside.parsed
        imprint = stamp["message_imprint"]
        fits = _digest(imprint["hash_algorithm"]["algorithm"].native, content) == imprint["hashed_message"].native
        at, covered = stamp["gen_time"].native, inside.contents
    else:
        carried = inside.native
        fits = carried in {None, content, hashlib.sha1(content, usedforsecurity=False).digest()}
        if carried is not None:
            covered = carried
            weak = weak if carried == content else "SHA-1"
    same, valid = generic_cms.validate_sig_integrity(signer, certificate, kind, _digest(digest_name, covered))
    fit = Fit.OTHER_BYTES if not (fits and same) else Fit.FITS if valid else Fit.OTHER_SIGNATURE
    return Container(fit, weak, certificate, at)


def _bare(container: bytes, content: bytes, certificate: Any) -> Container:
    """PKCS#1 over SHA-1 (ISO 32000-1, 12.8.3.2): an octet string beside the certificate."""
    from asn1crypto.core import OctetString  # noqa: PLC0415  # as above
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # as above
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15  # noqa: PLC0415  # as above
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey  # noqa: PLC0415  # as above
    from cryptography.hazmat.primitives.hashes import SHA1  # noqa: PLC0415  # as above
    from cryptography.hazmat.primitives.serialization import load_der_public_key  # noqa: PLC0415  # as above

    key = load_der_public_key(certificate.public_key.dump())
    if not isinstance(key, RSAPublicKey):
        raise TypeError("no key of RSA")
    try:
        key.verify(OctetString.load(container).native, content, PKCS1v15(), SHA1())  # noqa: S303  # as it was made
    except InvalidSignature:  # one number holds both: it cannot say which of the two is another
        return Container(Fit.OTHER_BYTES, certificate=certificate)
    return Container(Fit.FITS, "SHA-1", certificate)


def _digest(name: str, content: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415  # as above
    from pyhanko_certvalidator.util import get_pyca_cryptography_hash  # noqa: PLC0415  # as above

    try:
        digest = hashes.Hash(get_pyca_cryptography_hash(name))
    except AttributeError as error:  # it looks for a class of this name
        raise NotImplementedError(name) from error
    digest.update(content)
    return digest.finalize()


def _weakness(certificate: Any, digest_name: str, signature_algorithm: Any) -> str:
    """What of a signature proves nothing any more; empty while all of it does."""
    for name in (digest_name, _hash_of(signature_algorithm)):
        if name in _WEAK_DIGESTS:
            return _shown(name)
    return weak_key(certificate)


def _hash_of(signature_algorithm: Any) -> str:
    try:
        return str(signature_algorithm.hash_algo)
    except ValueError:  # the algorithm names none: the digest's counts
        return ""


def weak_key(certificate: Any) -> str:
    """The name of a certificate's key if it is too short to prove anything, else nothing (asn1crypto's class)."""
    key = certificate.public_key
    least = _LEAST_CURVE if key.algorithm == "ec" else _LEAST_RSA
    if key.algorithm not in {"rsa", "rsassa_pss", "dsa", "ec"} or key.bit_size >= least:
        return ""
    return f"{key.algorithm.removesuffix('ssa_pss').upper()}-{key.bit_size}"


def weak_issue(certificate: Any) -> str:
    """The digest by which a certificate was issued if it proves nothing any more, else nothing.

    What a certificate says of itself is signed by nobody else, and may be signed in any way.
    """
    name = _hash_of(certificate["signature_algorithm"])
    return "" if certificate.self_issued or name not in _WEAK_DIGESTS else _shown(name)


def _shown(digest_name: str) -> str:
    return digest_name.upper().replace("SHA1", "SHA-1")
