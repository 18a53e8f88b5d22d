"""What signatures prove, on files that many programs signed; Poppler's pdfsig is asked, too."""

import functools
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigSeedSubFilter

from salesdesk.documents import signing
from salesdesk.documents.places import places
from salesdesk.documents.seals import Verdict, seals
from salesdesk.documents.signed_fields import version_of
from salesdesk.errors import UserError
from tests.documents import signers
from tests.documents.conftest import LetterMaker
from tests.documents.signers import by_hand, by_pyhanko, key, openssl
from tests.documents.test_signing import AT, STROKES
from ui.__main__ import main

CASES = Path(__file__).parent / "cases"  # by LibreOffice 7.4.7, @signpdf 3, endesive 2.17, Poppler 22.12; others
UNCHANGED, CHANGED, UNCHECKED, WEAK = Verdict
HARD, PLAIN = (
    pikepdf.Encryption(owner="o", user="", R=6),
    pikepdf.Encryption(owner="o", user="", R=3, aes=False, metadata=False),
)

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="OpenSSL's command line makes the containers")


def case(name):
    return (CASES / f"{name}.pdf").read_bytes


@functools.cache
def once():
    """Signed by OpenSSL, as most samples that something happens to afterwards."""
    return by_hand(openssl(key()))


@functools.cache
def ours(sides=1):
    paper = LetterMaker()()
    own = signing.own_certificate("李明", "示范公司", datetime.now(UTC))
    for _ in range(sides):
        paper = signing.sign(paper, places(paper)[0], STROKES, "张三", AT, own)
    return paper


def hand(kind="rsa2048", *options, **more):
    return lambda: by_hand(openssl(key(kind), *options), **more)


def hanko(*, base=None, kind="rsa2048", **options):
    return lambda: by_pyhanko(signers.document(**(base or {})), key(kind), **options)


def then(change, before=once):
    return lambda: change(before())


def again(before, **options):
    return lambda: by_pyhanko(before(), key("p256"), "Second", **options)


STREAMS = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
ALL = FieldMDPSpec(FieldMDPAction.ALL)

# name: how it is made, and what each of its signatures proves
SAMPLES = {
    # as other programs leave them
    "case hybrid": (case("hybrid_xref_signed"), [UNCHANGED]),
    "case owner password": (case("owner_password_signed"), [UNCHANGED]),
    "case SM2": (case("sm2_signed"), [UNCHECKED]),
    "LibreOffice": (case("libreoffice"), [UNCHANGED]),
    "@signpdf, pdf-lib": (case("node_pdflib"), [UNCHANGED]),
    "@signpdf twice": (case("node_twice"), [UNCHANGED, UNCHANGED]),
    "endesive twice": (case("endesive_twice"), [UNCHANGED, UNCHANGED]),
    "Poppler twice": (case("poppler_twice"), [UNCHANGED, UNCHANGED]),
    "OpenSSL SHA-256": (hand(), [UNCHANGED]),
    "OpenSSL SHA-384": (hand("rsa2048", "-md", "sha384"), [UNCHANGED]),
    "OpenSSL SHA-512": (hand("rsa2048", "-md", "sha512"), [UNCHANGED]),
    "OpenSSL without attributes": (hand("rsa2048", "-noattr"), [UNCHANGED]),
    "OpenSSL by key id": (hand("rsa2048", "-keyid"), [UNCHANGED]),
    "OpenSSL PSS": (hand("rsa2048", "-keyopt", "rsa_padding_mode:pss"), [UNCHANGED]),
    "OpenSSL RSA-3072": (hand("rsa3072"), [UNCHANGED]),
    "OpenSSL P-256": (hand("p256"), [UNCHANGED]),
    "OpenSSL P-384": (hand("p384", "-md", "sha384"), [UNCHANGED]),
    "OpenSSL CAdES": (hand("rsa2048", "-cades", subfilter="ETSI.CAdES.detached"), [UNCHANGED]),
    "OpenSSL SHA-1": (hand("rsa2048", "-md", "sha1"), [WEAK]),
    "OpenSSL MD5": (hand("rsa2048", "-md", "md5"), [WEAK]),
    "OpenSSL RSA-1024": (hand("rsa1024"), [WEAK]),
    "adbe.pkcs7.sha1": (lambda: by_hand(signers.of_digest(key()), "adbe.pkcs7.sha1"), [WEAK]),
    "adbe.x509.rsa_sha1": (lambda: by_hand(signers.bare(key()), "adbe.x509.rsa_sha1", certificate=key().der), [WEAK]),
    "no certificate": (hand("rsa2048", "-nocerts"), [UNCHECKED]),
    "unknown digest": (lambda: by_hand(signers.of_unknown_digest(key())), [UNCHECKED]),
    "no container": (lambda: by_hand(lambda _content: b"0\x03foo"), [UNCHECKED]),
    "pyHanko": (hanko(), [UNCHANGED]),
    "pyHanko PAdES": (hanko(subfilter=SigSeedSubFilter.PADES), [UNCHANGED]),
    "pyHanko visible": (hanko(box=(150, 20, 290, 60)), [UNCHANGED]),
    "pyHanko certifies": (hanko(certify=True, docmdp_permissions=MDPPerm.NO_CHANGES), [UNCHANGED]),
    "pyHanko locks": (hanko(field_mdp_spec=ALL), [UNCHANGED]),
    "pyHanko P-384": (hanko(kind="p384"), [UNCHANGED]),
    "pyHanko on streams": (hanko(base=STREAMS), [UNCHANGED]),
    "pyHanko on linearised": (hanko(base={"linearize": True}), [UNCHANGED]),
    "pyHanko on AES-256": (hanko(base={"encryption": HARD}), [UNCHANGED]),
    "pyHanko on RC4": (hanko(base={"encryption": PLAIN}), [UNCHANGED]),
    "pyHanko twice": (again(hanko()), [UNCHANGED, UNCHANGED]),
    "pyHanko twice on streams": (again(hanko(base=STREAMS)), [UNCHANGED, UNCHANGED]),
    "pyHanko twice on AES-256": (again(hanko(base={"encryption": HARD})), [UNCHANGED, UNCHANGED]),
    "pyHanko, then a time stamp": (then(signers.stamped, hanko()), [UNCHANGED, UNCHANGED]),
    "OpenSSL, then pyHanko": (again(once), [UNCHANGED, UNCHANGED]),
    "LibreOffice, then pyHanko": (again(case("libreoffice")), [UNCHANGED, UNCHANGED]),
    "hybrid, then pyHanko": (again(case("hybrid_xref_signed")), [UNCHANGED, UNCHANGED]),
    "SM2, then pyHanko": (again(case("sm2_signed")), [UNCHECKED, UNCHANGED]),
    "SHA-1, then pyHanko": (again(hand("rsa2048", "-md", "sha1")), [WEAK, UNCHANGED]),
    "ours": (ours, [UNCHANGED]),
    "ours, both sides": (lambda: ours(2), [UNCHANGED, UNCHANGED]),
    "a line end at the end": (lambda: once() + b"\r\n", [UNCHANGED]),
    "zeros at the end": (lambda: once() + bytes(40), [UNCHANGED]),
    # changed within
    "a bit, OpenSSL": (then(signers.flipped), [CHANGED]),
    "a bit, pyHanko": (then(signers.flipped, hanko()), [CHANGED]),
    "a bit, LibreOffice": (then(signers.flipped, case("libreoffice")), [CHANGED]),
    "a bit, Poppler": (then(signers.flipped, case("poppler_twice")), [CHANGED, CHANGED]),
    "a bit, @signpdf": (then(signers.flipped, case("node_twice")), [CHANGED, CHANGED]),
    "a bit, endesive": (then(signers.flipped, case("endesive_twice")), [CHANGED, CHANGED]),
    "a bit, hybrid": (then(signers.flipped, case("hybrid_xref_signed")), [CHANGED]),
    "a bit, ours": (then(signers.flipped, ours), [CHANGED]),
    "a bit, SHA-1": (then(signers.flipped, hand("rsa2048", "-md", "sha1")), [CHANGED]),
    "a bit, adbe.pkcs7.sha1": (
        lambda: signers.flipped(by_hand(signers.of_digest(key()), "adbe.pkcs7.sha1")),
        [CHANGED],
    ),
    "a bit of the signature": (then(signers.forged), [CHANGED]),
    "a bit of the signature, P-256": (then(signers.forged, hand("p256")), [CHANGED]),
    "a container of other bytes": (lambda: by_hand(lambda _content: openssl(key())(b"other bytes")), [CHANGED]),
    "written anew by qpdf": (then(signers.rewritten), [CHANGED]),
    "linearised by qpdf": (lambda: signers.rewritten(once(), linearize=True), [CHANGED]),
    "written anew by pypdf": (then(signers.copied), [CHANGED]),
    # changed by what was appended
    "a note": (then(signers.noted), [CHANGED]),
    "another amount": (then(signers.filled), [CHANGED]),
    "another picture of the amount": (then(signers.shown_otherwise), [CHANGED]),
    "one more page": (then(signers.lengthened), [CHANGED]),
    "another price": (then(signers.redrawn), [CHANGED]),
    "another title": (then(signers.entitled), [CHANGED]),
    "another approval": (then(signers.re_approved), [CHANGED]),
    "a file inside": (then(signers.attached), [CHANGED]),
    "a script": (then(signers.scripted), [CHANGED]),
    "a note after pyHanko": (then(signers.noted, hanko()), [CHANGED]),
    "a note after LibreOffice": (then(signers.noted, case("libreoffice")), [CHANGED]),
    "a note after the first of two": (again(then(signers.noted)), [CHANGED, UNCHANGED]),
    "a note after SM2": (then(signers.noted, case("sm2_signed")), [CHANGED]),
    "signed on, not permitted": (
        again(hand(permits=1)),
        [CHANGED, UNCHANGED],
    ),
    "an uncovered end": (lambda: by_hand(openssl(key()), short=30), [CHANGED]),
}


@functools.cache
def made(name):
    return SAMPLES[name][0]()


# Why, of the first signature, where it is not that bytes or an algorithm are others.
REASONS = {
    "no certificate": "seal.no_certificate",
    "no container": "seal.structure",
    "a bit of the signature": "seal.forged",
    "a bit of the signature, P-256": "seal.forged",
    "written anew by qpdf": "seal.cut",
    "an uncovered end": "seal.partial",
    "signed on, not permitted": "seal.not_permitted",
    "a note": "seal.notes",
    "a note after pyHanko": "seal.notes",
    "a note after LibreOffice": "seal.notes",
    "a note after the first of two": "seal.notes",
    "a note after SM2": "seal.notes",
    "another amount": "seal.fields",
    "another picture of the amount": "seal.fields",
    "one more page": "seal.page_count",
    "another price": "seal.pages",
    "another title": "seal.metadata",
    "another approval": "seal.metadata",
    "a file inside": "seal.files",
    "a script": "seal.other",
}
OTHERWISE = {CHANGED: "seal.bytes", UNCHECKED: "seal.algorithm", WEAK: "seal.weak"}


@needs_openssl
@pytest.mark.parametrize("name", SAMPLES)
def test_each_signature_has_its_verdict_and_every_doubt_its_reason(name):
    found = seals(made(name))
    assert [seal.verdict for seal in found] == SAMPLES[name][1], found
    said = [reason.message for reason in found[0].reasons]
    wanted = REASONS.get(name) or OTHERWISE.get(found[0].verdict)
    assert said == ([wanted] if wanted else [])


@needs_openssl
def test_reasons_name_what_was_changed():
    def params(name):
        (reason,) = seals(made(name))[0].reasons
        return reason.params

    assert params("a note") == {"pages": "1"}
    assert params("one more page") == {"before": 2, "after": 3}
    assert params("another amount") == {"names": "amount"}
    assert [params(f"OpenSSL {name}")["algorithm"] for name in ("SHA-1", "MD5", "RSA-1024")] == [
        "SHA-1",
        "MD5",
        "RSA-1024",
    ]
    assert params("case SM2") == {"algorithm": "SM2/SM3"}


def asked(pdf, folder):
    """What pdfsig says of each signature: valid, invalid or nothing; and whether it covers the whole file."""
    path = folder / "asked.pdf"
    path.write_bytes(pdf)
    said = subprocess.run(
        ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False, errors="replace"
    ).stdout
    answers = {"Signature is Valid.": "valid", "Digest Mismatch.": "invalid", "Signature is Invalid.": "invalid"}
    parts = re.split(r"^Signature #\d+:$", said, flags=re.MULTILINE)[1:]
    return [
        (
            next((answers[text] for text in answers if f"Signature Validation: {text}" in part), "cannot tell"),
            "Total document signed" in part,
        )
        for part in parts
    ]


INSIDE = {"seal.bytes", "seal.forged", "seal.cut"}


@needs_openssl
@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig is not here: poppler-utils")
def test_poppler_says_nothing_else(tmp_path, record_property):
    table, compared, missed = Counter(), set(), []
    for name in SAMPLES:
        found, theirs = seals(made(name)), asked(made(name), tmp_path)
        if len(found) != len(theirs):
            missed.append(f"{name}: {len(theirs)} signatures, not {len(found)}")
        for seal, (answer, whole) in zip(found, theirs, strict=False):
            table[answer, str(seal.verdict)] += 1
            inside = bool(INSIDE.intersection(reason.message for reason in seal.reasons))
            if answer != "cannot tell" and seal.verdict is not UNCHECKED:
                compared.add(name)
            agrees = {
                "valid": seal.verdict in {UNCHANGED, WEAK} or (seal.verdict is CHANGED and not inside and not whole),
                # NSS takes no MD5 and calls what it made invalid
                "invalid": (seal.verdict is CHANGED and inside) or "MD5" in str(seal.reasons),
                "cannot tell": True,
            }[answer]
            if not agrees:
                missed.append(f"{name}: {answer}, not {seal.verdict} ({seal.reasons})")
    counts = ", ".join(f"{theirs} / {ours} {count}" for (theirs, ours), count in sorted(table.items()))
    record_property(
        "measured", f"signatures by pdfsig / by us, in {len(SAMPLES)} files: {counts}; contradictions: {len(missed)}"
    )
    assert not missed
    assert len(compared) >= 40


def test_the_approval_is_what_the_first_signer_saw():
    signed = by_pyhanko(signers.document(), key())
    assert version_of(signers.document()) == version_of(signed) == "approved-1"
    exchanged = signers.re_approved(signed)
    assert version_of(exchanged) == "approved-1"
    assert version_of(by_pyhanko(exchanged, key("p256"), "Second")) == "approved-1"
    assert version_of(signers.re_approved(signers.document())) == "approved-2"  # nobody had signed


def test_a_paper_of_ours_whose_approval_is_exchanged_counts_as_changed():
    paper = LetterMaker()()
    own = signing.own_certificate("李明", "", datetime.now(UTC))
    with_version = signers.re_approved(paper, b"<dc:format>", b"<dc:identifier>approved-1</dc:identifier><dc:format>")
    signed = signing.sign(with_version, places(with_version)[0], STROKES, "张三", AT, own)
    exchanged = signers.re_approved(signed)
    assert version_of(exchanged) == "approved-1"
    (seal,) = seals(exchanged)
    assert (seal.verdict, [reason.message for reason in seal.reasons]) == (CHANGED, ["seal.metadata"])


def test_fields_are_counted_wherever_they_are_named():
    signed = made("@signpdf twice")
    assert [seal.field for seal in seals(signed)] == ["Signature1", "Signature2"]
    formless = signed.replace(b"/AcroForm", b"/AcroFarm")
    assert [seal.field for seal in seals(formless)] == ["Signature1", "Signature2"]  # the pages name them
    assert [seal.field for seal in seals(formless.replace(b"/Annots", b"/Annotz"))] == ["", ""]


def test_a_field_below_another_has_both_names():
    found = signers.io.BytesIO()
    with pikepdf.open(signers.io.BytesIO(by_pyhanko(signers.document(), key()))) as document:
        below = document.Root.AcroForm.Fields[1]
        above = document.make_indirect(pikepdf.Dictionary(T="seller", FT=pikepdf.Name.Sig, Kids=pikepdf.Array([below])))
        del below.FT
        document.Root.AcroForm.Fields[1] = above
        document.save(found)
    assert [seal.field for seal in seals(found.getvalue())] == ["seller.Signature"]


def test_who_signed_is_taken_from_the_certificate_where_the_file_does_not_say():
    (seal,) = seals(made("LibreOffice"))
    assert seal.name == "Example Works · Chen Jing"
    assert seal.at == datetime(
        2026, 11, 30, 2, 18, 9, tzinfo=UTC
    )  # written with a mark at its end that pyHanko refuses


def test_a_certificate_is_known_whatever_it_is_used_for():
    signed = by_pyhanko(signers.document(), key("p256"))
    assert [seal.known for seal in seals(signed, [key("p256").der])] == [True]
    assert [seal.known for seal in seals(signed, [key().der])] == [False]


def test_a_password_and_a_ruin_are_told():
    with pytest.raises(UserError, match="paper.password"):
        seals(signers.document(encryption=pikepdf.Encryption(owner="o", user="u", R=6)))
    with pytest.raises(UserError, match="sign.unreadable"):
        seals(b"%PDF-1.7 /ByteRange and nothing else")
    assert seals(b"\r\n" + signers.document()) == []  # readers take a PDF that does not begin at once


def checked(path, capsys):
    status = main(["--check", str(path)])
    return status, json.loads(capsys.readouterr().out)


def test_the_command_line_prints_verdicts_as_json(tmp_path, capsys):
    status, said = checked(CASES / "hybrid_xref_signed.pdf", capsys)
    assert status == 0
    assert said["file"] == "hybrid_xref_signed.pdf"
    (seal,) = said["signatures"]
    assert (seal["field"], seal["verdict"], seal["reasons"]) == ("S1", "unchanged", [])
    assert seal["signed_at"] == "2026-11-29T23:19:56+00:00"
    _, said = checked(CASES / "sm2_signed.pdf", capsys)
    assert said["signatures"][0]["reasons"] == [{"id": "seal.algorithm", "algorithm": "SM2/SM3"}]
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(signers.document())
    assert checked(plain, capsys) == (0, {"file": "plain.pdf", "version": "approved-1", "signatures": []})
    plain.write_bytes(b"MZ")
    assert checked(plain, capsys) == (1, {"file": "plain.pdf", "error": "paper.not_a_pdf"})
    assert checked(tmp_path / "gone.pdf", capsys)[0] == 1


def test_the_command_line_needs_neither_window_nor_workspace(tmp_path):
    code = (
        "import sys; from ui.__main__ import main; main(['--check', sys.argv[1]]);"
        "sys.exit(any(name.startswith(('PySide6', 'sqlcipher3')) for name in sys.modules))"
    )
    found = str(CASES / "sm2_signed.pdf")
    home = {**os.environ, "HOME": str(tmp_path), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-c", code, found], capture_output=True, check=False, env=home)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode())["signatures"][0]["verdict"] == "unchecked"
    assert list(tmp_path.iterdir()) == []
