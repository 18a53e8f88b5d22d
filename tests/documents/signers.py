"""Signed files as many programs make them, and what happens to them afterwards; all of it harmless and well formed."""

import functools
import io
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pypdf
from asn1crypto import cms, core, keys
from asn1crypto import x509 as asn1x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

DETACHED = "adbe.pkcs7.detached"
_IDENTIFIER = b"<dc:identifier>approved-1</dc:identifier>"
_ROOM = 8192  # bytes for a container
_XMP = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">%s</rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


@dataclass(frozen=True)
class Key:
    """A private key with the certificate that it made for itself."""

    private: object
    certificate: x509.Certificate

    @property
    def der(self):
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self):
        plain = serialization.NoEncryption()
        kind = serialization.PrivateFormat.PKCS8
        private = self.private.private_bytes(serialization.Encoding.PEM, kind, plain)
        return private + self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def store(self):
        plain = serialization.NoEncryption()
        return pkcs12.serialize_key_and_certificates(None, self.private, self.certificate, None, plain)


@functools.cache
def key(kind="rsa2048", **usage):
    """A key of a kind (`rsa1024`, `p256` …); usages of RFC 5280 by name, else those of a signer."""
    private = rsa.generate_private_key(65537, int(kind[3:])) if kind.startswith("rsa") else None
    private = private or ec.generate_private_key({"p256": ec.SECP256R1(), "p384": ec.SECP384R1()}[kind])
    return Key(private, certified(private, usage or {"digital_signature": True, "content_commitment": True}))


def certified(private, usage, *purposes):
    """The certificate that a key makes for itself; purposes are those of RFC 5280, 4.2.1.12."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "Chen Jing"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "示范公司"),
        ]
    )
    kinds = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=365))
        .add_extension(x509.KeyUsage(**{one: usage.get(one, False) for one in kinds}), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
    )
    if purposes:
        made = made.add_extension(x509.ExtendedKeyUsage(list(purposes)), critical=False)
    return made.sign(private, hashes.SHA256())


def document(**saving):
    """Two pages with a price, a field to fill in, and metadata; `saving` is pikepdf's."""
    with pikepdf.new() as made:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        for said in ("Offer: 220000 yuan", "Second page"):
            page = made.add_blank_page(page_size=(300, 200))
            page.Contents = made.make_stream(f"BT /F1 12 Tf 20 150 Td ({said}) Tj ET".encode())
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        field = made.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="amount", V="220000",
                Rect=pikepdf.Array([20, 100, 120, 120]), P=made.pages[0].obj, DA="/F1 12 Tf", F=4,
            )
        )  # fmt: skip
        made.pages[0].obj.Annots = made.make_indirect(pikepdf.Array([field]))
        form = pikepdf.Dictionary(
            Fields=pikepdf.Array([field]), DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        )
        made.Root.AcroForm = made.make_indirect(form)
        made.Root.Metadata = made.make_stream(_XMP % _IDENTIFIER, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        made.trailer.Info = made.make_indirect(pikepdf.Dictionary(Title="Offer"))
        out = io.BytesIO()
        made.save(out, fix_metadata_version=False, **{"object_stream_mode": pikepdf.ObjectStreamMode.disable, **saving})
    return out.getvalue()


def by_hand(container, subfilter=DETACHED, *, short=0, certificate=None, permits=None, pdf=None):
    """A file with the container that `container(covered bytes)` gives, put together without a signing library.

    `short` is how many bytes at the end are left uncovered; `permits` is what a certifying signature lets others do.
    """
    with pikepdf.open(io.BytesIO(pdf or document())) as made:
        value = pikepdf.Dictionary(
            Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"), SubFilter=pikepdf.Name(f"/{subfilter}"),
            ByteRange=pikepdf.Array([0, *[1_111_111_111] * 3]), Contents=pikepdf.String(bytes(_ROOM)),
            M="D:20261130100000+08'00'",
        )  # fmt: skip
        if certificate:
            value.Cert = pikepdf.String(certificate)
        if permits:
            wanted = pikepdf.Dictionary(Type=pikepdf.Name.TransformParams, P=permits, V=pikepdf.Name("/1.2"))
            method = pikepdf.Dictionary(TransformMethod=pikepdf.Name.DocMDP, TransformParams=wanted)
            value.Reference = pikepdf.Array([method])
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T="Signature",
            V=made.make_indirect(value), Rect=pikepdf.Array([0, 0, 0, 0]), P=made.pages[0].obj, F=132,
        )  # fmt: skip
        field = made.make_indirect(field)
        made.pages[0].obj.Annots.append(field)
        made.Root.AcroForm.Fields.append(field)
        made.Root.AcroForm.SigFlags = 3
        out = io.BytesIO()
        made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, fix_metadata_version=False)
    made = out.getvalue()
    hole = b"<" + b"00" * _ROOM + b">"
    start = made.index(hole)
    ranges = (0, start, start + len(hole), len(made) - start - len(hole) - short)
    placeholder = b"[ 0 1111111111 1111111111 1111111111 ]"
    assert placeholder in made
    made = made.replace(placeholder, f"[ {' '.join(map(str, ranges))}".encode().ljust(len(placeholder) - 1) + b"]")
    content = made[:start] + made[start + len(hole) : len(made) - short]
    filled = container(content)
    return made[: start + 1] + filled.hex().encode().ljust(2 * _ROOM, b"0") + made[start + len(hole) - 1 :]


def openssl(signer, *options):
    """A container by OpenSSL's command line."""

    def container(content):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "key.pem").write_bytes(signer.pem)
            asked = ["openssl", "cms", "-sign", "-binary", "-outform", "DER", "-signer", f"{folder}/key.pem", *options]
            return subprocess.run(asked, input=content, capture_output=True, check=True).stdout

    return container


def of_digest(signer):
    """`adbe.pkcs7.sha1`: the SHA-1 of the file is what is signed, and is carried inside."""

    def container(content):
        digest = hashes.Hash(hashes.SHA1())
        digest.update(content)
        return openssl(signer, "-md", "sha1", "-nodetach")(digest.finalize())

    return container


def bare(signer):
    """`adbe.x509.rsa_sha1`: a bare RSA signature."""
    return lambda content: core.OctetString(signer.private.sign(content, padding.PKCS1v15(), hashes.SHA1())).dump()


def of_unknown_digest(signer):
    """A container whose digest algorithm nobody knows (a number out of an invented company's arc)."""

    def container(content):
        made = cms.ContentInfo.load(openssl(signer)(content))
        made["content"]["signer_infos"][0]["digest_algorithm"]["algorithm"] = "1.3.6.1.4.1.99999.1"
        return made.dump(force=True)

    return container


def by_pyhanko(pdf, signer, field="Signature", **options):
    """One more signature, appended by pyHanko; `options` are those of its `PdfSignatureMetadata`."""
    spec = {name: options.pop(name) for name in ("field_mdp_spec", "box") if name in options}
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    if writer.prev.encrypted:
        writer.encrypt(b"")
    out = io.BytesIO()
    signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name=field, **{"md_algorithm": "sha256", **options}),
        signers.SimpleSigner.load_pkcs12_data(signer.store, []),
        new_field_spec=fields.SigFieldSpec(field, **spec),
    ).sign_pdf(writer, output=out)
    return out.getvalue()


def stamped(pdf):
    """A time stamp over the whole file, appended by pyHanko."""
    found, kind = key(), serialization.PrivateFormat.PKCS8
    private = found.private.private_bytes(serialization.Encoding.DER, kind, serialization.NoEncryption())
    stamper = DummyTimeStamper(asn1x509.Certificate.load(found.der), keys.PrivateKeyInfo.load(private))
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    signers.PdfTimeStamper(stamper, field_name="Stamp").timestamp_pdf(writer, "sha256", None, output=out)
    return out.getvalue()


def flipped(pdf, near=b"stream\n", beyond=12):
    """One bit of another value, behind the first place where these bytes stand."""
    at = pdf.index(near) + len(near) + beyond
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def forged(pdf):
    """One bit of the signature's own number is another."""
    last = pdf.rindex(b"/Contents <") if b"/Contents <" in pdf else pdf.rindex(b"/Contents<")
    start = pdf.index(b"<", last) + 1
    container = bytes.fromhex(pdf[start : pdf.index(b">", start)].decode())
    number = cms.ContentInfo.load(container)["content"]["signer_infos"][0]["signature"].native
    at = start + 2 * (container.index(number) + len(number) // 2)
    digit = b"%x" % (int(pdf[at : at + 1], 16) ^ 1)
    return pdf[:at] + digit + pdf[at + 1 :]


def updated(pdf, change):
    """The file with an update that pypdf appends; `change` gets its writer."""
    writer = pypdf.PdfWriter(io.BytesIO(pdf), incremental=True)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(pdf)
    return out.getvalue()


def noted(pdf):
    """A note over the price."""
    note = FreeText(text="110000", rect=(20, 140, 150, 170))
    return updated(pdf, lambda writer: writer.add_annotation(0, note))


def filled(pdf):
    """Another amount in the field."""
    return updated(
        pdf,
        lambda writer: writer.update_page_form_field_values(
            writer.pages[0], {"amount": "110000"}, auto_regenerate=False
        ),
    )


def shown_otherwise(pdf):
    """The same amount in the field, and another in the picture of it."""

    def change(writer):
        field = writer.pages[0]["/Annots"][0].get_object()
        picture = StreamObject()
        picture.set_data(b"BT /F1 12 Tf 2 5 Td (110000) Tj ET")
        picture.update({NameObject("/Subtype"): NameObject("/Form"), NameObject("/BBox"): field["/Rect"]})
        field[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(picture)})

    return updated(pdf, change)


def entitled(pdf):
    """Another title in the file's own record."""
    return updated(pdf, lambda writer: writer.add_metadata({"/Title": "Another offer"}))


def lengthened(pdf):
    """One more page."""
    return updated(pdf, lambda writer: writer.add_blank_page(300, 200))


def attached(pdf):
    """A file inside."""
    return updated(pdf, lambda writer: writer.add_attachment("more.txt", b"more"))


def scripted(pdf):
    """Something that runs when the file is opened."""
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1;")})
    return updated(pdf, lambda writer: writer.root_object.update({NameObject("/OpenAction"): action}))


def redrawn(pdf):
    """Something else drawn on the first page."""

    def change(writer):
        stream = writer.pages[0]["/Contents"].get_object()
        stream.set_data(stream.get_data().replace(b"220000", b"110000"))

    return updated(pdf, change)


def re_approved(pdf, old=b"approved-1", new=b"approved-2"):
    """Another approval in the metadata."""

    def change(writer):
        stream = writer.root_object["/Metadata"].get_object()
        assert old in stream.get_data()
        stream.set_data(stream.get_data().replace(old, new))

    return updated(pdf, change)


def rewritten(pdf, **saving):
    """Written anew by qpdf."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as found:
        found.save(out, **saving)
    return out.getvalue()


def copied(pdf):
    """Written anew by pypdf."""
    out = io.BytesIO()
    pypdf.PdfWriter(clone_from=io.BytesIO(pdf)).write(out)
    return out.getvalue()
