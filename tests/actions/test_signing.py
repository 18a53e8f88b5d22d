"""What may be signed, and what the record says afterwards."""

import base64
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose
from cryptography.x509.oid import NameOID

from salesdesk.actions import history, papers, signing
from salesdesk.actions.paper_declarations import Offer
from salesdesk.documents import signing as documents
from salesdesk.documents.ink import Point
from salesdesk.documents.places import places
from salesdesk.documents.seals import Verdict
from salesdesk.documents.signed_fields import version_of
from salesdesk.errors import UserError
from salesdesk.records.care import Delivery
from salesdesk.records.contract import Contract
from salesdesk.records.language import Language
from salesdesk.settings import Settings
from tests.actions.conftest import DAY, approve
from tests.documents import signers

STROKES = [[Point(x, x % 9) for x in range(30)]]


@pytest.fixture
def offer(draft_contract):
    return Offer("contract", "contract", draft_contract.id)


def made(workspace, offer):
    return papers.make(workspace, offer, Settings(), DAY, Language.ZH)


def sign(workspace, offer, paper):
    place = places(paper.pdf)[0]
    return signing.sign(workspace, offer, paper, place, STROKES, "张三", workspace.now(), "我方")


def test_a_contract_that_both_signed_has_its_day(workspace, draft_contract, offer):
    approve(workspace, draft_contract, workspace.now())
    once = sign(workspace, offer, made(workspace, offer))
    with workspace.reading() as session:
        assert session.get(Contract, draft_contract.id).signed_on is None
    sign(workspace, offer, once)
    with workspace.reading() as session:
        kept = session.get(Contract, draft_contract.id)
        assert (kept.signed_on, kept.signed_by) == (workspace.now().date(), "electronic")


def test_an_approval_that_was_lost_while_the_paper_lay_on_the_screen_stops_the_pen(workspace, draft_contract, offer):
    approve(workspace, draft_contract, workspace.now())
    paper = made(workspace, offer)
    with workspace.changing("test") as changes:
        changes.get(Contract, draft_contract.id).liability = "每日0.2%"
    with pytest.raises(UserError, match="sign.not_approved"):
        sign(workspace, offer, paper)
    with workspace.reading() as session:
        assert signing.signed_papers(session, [draft_contract.id]) == []


def test_the_second_side_cannot_sign_what_was_approved_anew_since_the_first(workspace, draft_contract, offer):
    approve(workspace, draft_contract, workspace.now())
    once = sign(workspace, offer, made(workspace, offer))
    approve(workspace, draft_contract, workspace.now(), liability="每日0.2%")
    with pytest.raises(UserError, match="sign.changed_since"):
        sign(workspace, offer, once)
    sign(workspace, offer, made(workspace, offer))  # the new paper can be


def test_the_first_side_cannot_sign_what_was_approved_anew_since_it_was_made(workspace, draft_contract, offer):
    approve(workspace, draft_contract, workspace.now())
    paper = made(workspace, offer)
    approve(workspace, draft_contract, workspace.now() - timedelta(days=1), liability="每日0.2%")
    with pytest.raises(UserError, match="sign.changed_since"):
        sign(workspace, offer, paper)


def test_the_clock_of_who_approved_does_not_matter(workspace, draft_contract, offer):
    approve(workspace, draft_contract, workspace.now() + timedelta(days=1))
    once = sign(workspace, offer, made(workspace, offer))
    assert places(sign(workspace, offer, once).pdf) == []


def test_what_an_earlier_certificate_sealed_stays_known(workspace, draft_contract, offer, tmp_path):
    approve(workspace, draft_contract, workspace.now())
    paper = made(workspace, offer)
    signed = [sign(workspace, offer, paper).pdf]
    for year in ("2024", "2025"):
        store = tmp_path / f"{year}.p12"
        store.write_bytes(documents.own_certificate(f"我方 {year}", "", datetime.now(UTC)))
        signing.use_certificate(workspace, store, "")
        signed.append(sign(workspace, offer, paper).pdf)
    signing.use_own(workspace)
    assert signing.companys_certificate(workspace) is None
    signed.append(sign(workspace, offer, paper).pdf)
    found = [signing.check(workspace, pdf)[0] for pdf in signed]
    assert all(seal.known and seal.verdict is Verdict.UNCHANGED for seal in found)
    assert len({seal.issuer for seal in found}) == 3


def test_a_certificate_of_this_laptop_that_is_over_is_made_anew(workspace, draft_contract, offer):
    approve(workspace, draft_contract, workspace.now())
    old = documents.own_certificate("李明", "", datetime(2000, 1, 1, tzinfo=UTC))
    workspace.remember("signing.own", base64.b64encode(old).decode())
    (seal,) = signing.check(workspace, sign(workspace, offer, made(workspace, offer)).pdf)
    assert seal.known


def test_a_text_for_a_chat_says_that_it_is_not_approved(workspace, draft_contract):
    def first_line():
        said = papers.chat_text(workspace, "contract", draft_contract.id, Settings(), Language.ZH)
        return said.splitlines()[0]

    assert first_line().startswith("【未经内部审批】")
    approve(workspace, draft_contract, workspace.now())
    assert "未经" not in first_line()


def test_what_was_signed_or_kept_is_not_taken_back(workspace, draft_contract, offer):
    approve(workspace, draft_contract, workspace.now())
    paper = made(workspace, offer)
    papers.keep(workspace, offer, paper)
    sign(workspace, offer, sign(workspace, offer, paper))
    done = history.actions(workspace, 3)
    assert [one.action for one in done] == ["paper.sign", "paper.sign", "paper.keep"]
    for one in done:
        assert not one.undoable
        with pytest.raises(UserError, match="file.issued"):
            history.undo(workspace, one.territory, one.batch_first)
    with workspace.reading() as session:
        assert len(signing.signed_papers(session, [draft_contract.id])) == 2


def test_a_record_does_not_leave_with_its_signed_paper(workspace, science):
    with workspace.changing("save.delivery") as changes:
        values = {"subject": "平台", "result": "accepted", "signatory": "张三"}
        delivery = changes.add(Delivery(customer_id=science.id, **values))
    offer = Offer("acceptance", "delivery", delivery.id)
    sign(workspace, offer, made(workspace, offer))
    began = history.actions(workspace, 2)[1]
    assert (began.action, began.undoable) == ("save.delivery", False)
    with pytest.raises(UserError, match="history.used_since"):
        history.undo(workspace, began.territory, began.batch_first)


def test_who_looks_at_a_signed_contract_is_told_that_another_wording_is_approved(workspace, draft_contract, offer):
    def told(paper):
        with workspace.reading() as session:
            return [found.message for found in signing.remarks(workspace, session, offer, paper)]

    approve(workspace, draft_contract, workspace.now())
    paper = made(workspace, offer)
    once = sign(workspace, offer, paper)
    both = sign(workspace, offer, once)
    assert told(both) == []
    assert told(once) == told(paper) == ["sign.both_sides"]
    with workspace.changing("test") as changes:
        changes.get(Contract, draft_contract.id).liability = "每日0.2%"
    assert told(both) == ["sign.outdated"]
    with workspace.reading() as session, pytest.raises(UserError, match="sign.not_approved"):
        signing.look_at_approval(session, offer, once)


def test_an_acceptance_that_was_changed_after_it_was_signed_says_so(workspace, science):
    with workspace.changing("test") as changes:
        delivery = changes.add(Delivery(customer_id=science.id, subject="平台", in_use=True, result="accepted"))
    offer = Offer("acceptance", "delivery", delivery.id)
    signed = sign(workspace, offer, made(workspace, offer))

    def told():
        with workspace.reading() as session:
            return [found.message for found in signing.remarks(workspace, session, offer, signed)]

    assert told() == []
    with workspace.changing("test") as changes:
        changes.get(Delivery, delivery.id).result = "refused"
    assert told() == ["sign.outdated"]


def test_an_acceptance_of_nothing_is_remarked_before_it_is_signed(workspace, science):
    with workspace.changing("test") as changes:
        delivery = changes.add(Delivery(customer_id=science.id, in_use=True))
    offer = Offer("acceptance", "delivery", delivery.id)
    paper = made(workspace, offer)
    with workspace.reading() as session:
        found = signing.remarks(workspace, session, offer, paper)
    assert [(one.message, one.field) for one in found] == [("sign.empty", "subject"), ("sign.empty", "result")]
    signed = sign(workspace, offer, paper)  # it stays the customer's and the rep's decision
    assert len(places(signed.pdf)) == 1


def certificate_of(key, path, begins):
    """A company's certificate with this key, valid for a year, as a file."""
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "示范公司")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(begins).not_valid_after(begins + timedelta(days=365))
    digest = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    plain = serialization.NoEncryption()
    path.write_bytes(pkcs12.serialize_key_and_certificates(None, key, made.sign(key, digest), None, plain))
    return path


def test_a_certificate_that_cannot_seal_is_refused_when_it_is_chosen(workspace, tmp_path):
    now = datetime.now(UTC)
    other = certificate_of(ed25519.Ed25519PrivateKey.generate(), tmp_path / "ed.p12", now - timedelta(days=1))
    later = certificate_of(ec.generate_private_key(ec.SECP256R1()), tmp_path / "a.p12", now + timedelta(days=9))
    for path, message in ((other, "sign.other_key"), (later, "sign.not_yet")):
        with pytest.raises(UserError, match=message):
            signing.use_certificate(workspace, path, "")
    assert signing.companys_certificate(workspace) is None
    kinds = (rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1()))
    for number, key in enumerate(kinds):
        begins = now - timedelta(days=1)
        signing.use_certificate(workspace, certificate_of(key, tmp_path / f"{number}.p12", begins), "")
        assert signing.companys_certificate(workspace) == ("示范公司", (begins + timedelta(days=365)).date())


def test_what_an_acceptance_does_not_say_is_no_change_of_it(workspace, science):
    with workspace.changing("test") as changes:
        delivery = changes.add(Delivery(customer_id=science.id, subject="平台", in_use=True, result="accepted"))
    offer = Offer("acceptance", "delivery", delivery.id)
    paper = made(workspace, offer)
    ours = places(paper.pdf)[1]
    once = signing.sign(workspace, offer, paper, ours, STROKES, "李明", workspace.now(), "我方")
    sign(workspace, offer, once)  # the customer's signature notes who he is
    with workspace.changing("test") as changes:
        changes.get(Delivery, delivery.id).contacted_by = "周敏"
    with workspace.reading() as session:
        assert [found.message for found in signing.remarks(workspace, session, offer, once)] == ["sign.both_sides"]


def test_a_name_that_cannot_be_printed_is_said_in_words_for_a_name(workspace, draft_contract, offer):
    approve(workspace, draft_contract, workspace.now())
    paper = made(workspace, offer)
    place = places(paper.pdf)[0]
    with pytest.raises(UserError, match="sign.unprintable_name"):
        signing.sign(workspace, offer, paper, place, STROKES, "张😀", workspace.now(), "我方")


@pytest.mark.parametrize(
    ("kind", "usage", "purposes", "message"),
    [
        ("rsa1024", {"digital_signature": True}, (), "sign.weak_key"),
        ("rsa2048", {"key_encipherment": True}, (), "sign.not_for_signing"),
        ("rsa2048", {"key_encipherment": True, "data_encipherment": True}, (), "sign.not_for_signing"),
        ("p256", {"key_agreement": True}, (), "sign.not_for_signing"),
        ("p256", {"key_cert_sign": True, "crl_sign": True}, (), "sign.not_for_signing"),
        ("p256", {"digital_signature": True}, (Purpose.SERVER_AUTH,), "sign.not_for_signing"),
        ("p256", {"digital_signature": True}, (Purpose.TIME_STAMPING, Purpose.OCSP_SIGNING), "sign.not_for_signing"),
    ],
)
def test_a_certificate_for_other_purposes_or_with_a_weak_key_is_refused(
    workspace, draft_contract, offer, tmp_path, kind, usage, purposes, message
):
    private = signers.key(kind).private
    chosen = signers.Key(private, signers.certified(private, usage, *purposes))
    (tmp_path / "company.p12").write_bytes(chosen.store)
    with pytest.raises(UserError, match=message):
        signing.use_certificate(workspace, tmp_path / "company.p12", "")
    assert signing.companys_certificate(workspace) is None
    workspace.remember("signing.company", base64.b64encode(chosen.store).decode())  # as an older program kept it
    approve(workspace, draft_contract, workspace.now())
    with pytest.raises(UserError, match=message):
        sign(workspace, offer, made(workspace, offer))


@pytest.mark.skipif(not shutil.which("openssl"), reason="the library that we use issues nothing by SHA-1 any more")
def test_a_certificate_that_was_issued_by_sha1_is_refused(workspace, tmp_path):
    (tmp_path / "ca.pem").write_bytes(signers.key().pem)
    for command in (
        "req -new -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=Rep -out asked.pem",
        "x509 -req -in asked.pem -CA ca.pem -CAkey ca.pem -set_serial 7 -sha1 -out given.pem",
        "pkcs12 -export -inkey key.pem -in given.pem -passout pass: -out old.p12",
    ):
        subprocess.run(["openssl", *command.split()], cwd=tmp_path, check=True, capture_output=True)
    with pytest.raises(UserError, match="sign.weak_key") as caught:
        signing.use_certificate(workspace, tmp_path / "old.p12", "")
    assert caught.value.params == {"algorithm": "SHA-1"}


def test_certificates_of_persons_and_for_documents_are_taken(workspace, tmp_path):
    private, documents_only = signers.key("p256").private, x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
    for purposes in ((Purpose.EMAIL_PROTECTION,), (Purpose.CLIENT_AUTH, Purpose.SERVER_AUTH), (documents_only,)):
        chosen = signers.Key(private, signers.certified(private, {"digital_signature": True}, *purposes))
        (tmp_path / "good.p12").write_bytes(chosen.store)
        signing.use_certificate(workspace, tmp_path / "good.p12", "")
        assert signing.companys_certificate(workspace)


def test_nobody_signs_on_below_a_signature_that_does_not_hold(workspace, draft_contract, offer):
    approve(workspace, draft_contract, workspace.now())
    once = sign(workspace, offer, made(workspace, offer))
    for broken in (signers.noted(once.pdf), signers.flipped(once.pdf, b"/Producer", 3)):
        shown = papers.Made(once.name, broken)
        with workspace.reading() as session, pytest.raises(UserError, match="sign.broken"):
            signing.look_at_approval(session, offer, shown)
        with pytest.raises(UserError, match="sign.broken"):
            sign(workspace, offer, shown)
    sign(workspace, offer, once)


def test_an_approval_that_is_exchanged_after_the_first_signature_moves_nothing(workspace, draft_contract, offer):
    approve(workspace, draft_contract, workspace.now())
    once = sign(workspace, offer, made(workspace, offer))
    first = version_of(once.pdf)
    approve(workspace, draft_contract, workspace.now(), liability="每日0.2%")
    second = version_of(made(workspace, offer).pdf)
    assert first
    assert second not in {"", first}
    forged = signers.re_approved(once.pdf, first.encode(), second.encode())
    assert version_of(forged) == first
    with pytest.raises(UserError, match="sign.broken"):
        sign(workspace, offer, papers.Made(once.name, forged))
