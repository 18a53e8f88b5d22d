"""Every paper of a round is PDF/A-1b by an independent checker (Apache PDFBox Preflight), signed ones too."""

import io
import os
import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from salesdesk.actions import discovery, forms, papers, proposals
from salesdesk.documents import signing
from salesdesk.documents.ink import Point
from salesdesk.documents.places import places
from salesdesk.records.base import Stage
from salesdesk.records.language import Language
from salesdesk.settings import Settings
from salesdesk.store import queries

DAY = date(2026, 11, 24)
OURS = Settings(company="华东智造软件有限公司", phone="0512-1234", colour="#c8102e", footer="诚信为本")
JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io", "javax.activation", "jaxb-api")
FOUND = [Path("/usr/share/java") / f"{name}.jar" for name in JARS]

pytestmark = pytest.mark.skipif(
    not (shutil.which("java") and all(jar.exists() for jar in FOUND)),
    reason="Preflight is not here: default-jre-headless libpdfbox2-java libactivation-java libjaxb-api-java",
)


def verdicts(folder):
    """What Preflight says of each PDF in a folder, by its name: empty for a valid one."""
    command = ["java", "-cp", os.pathsep.join(map(str, FOUND)), "org.apache.pdfbox.preflight.Validator_A1b"]
    run = subprocess.run([*command, "group", str(folder)], capture_output=True, text=True, check=False)
    said = {}
    name = ""
    for line in run.stdout.splitlines():
        if found := re.match(r"The file (.+\.pdf) is (a|not a) valid PDF/A-1b file", line):
            name = found[1]
            said[name] = [] if found[2] == "a" else [line]
        elif name and said[name]:
            said[name].append(line)
    return said


@pytest.fixture
def customer(workspace, science, draft_contract):
    proposals.prepare(workspace, science.id, Language.ZH)
    discovery.prepare_outline(workspace, science.id, DAY, Language.ZH)
    for entity, values in (("delivery", {"delivered_on": DAY}), ("visit", {"visited_on": DAY, "new_needs": "𠮷𬭎"})):
        forms.save(workspace, forms.new(workspace, entity, customer_id=science.id), values)
    return science


def test_every_paper_in_every_language(workspace, customer, tmp_path):
    with workspace.reading() as session:
        card = queries.card(session, customer.id)
    offers = [offer for stage in Stage for offer in papers.offered(card, stage, card.customer)]
    key = signing.own_certificate("李", "华东智造", datetime.now(UTC))
    for offer in offers:
        for language in Language:
            pdf = papers.make(workspace, offer, OURS, DAY, language).pdf
            (tmp_path / f"{offer.kind}-{language}.pdf").write_bytes(pdf)
            if found := places(pdf):
                strokes = [[Point(x, x % 7) for x in range(30)]]
                signed = signing.sign(pdf, found[0], strokes, "张𬭎", datetime.now(UTC), key)
                (tmp_path / f"{offer.kind}-{language}-signed.pdf").write_bytes(signed)
    ids = [customer.id, customer.id]
    bundle = papers.make_sheets(workspace, "customer", ids, OURS, DAY, Language.ZH)
    (tmp_path / "bundle.pdf").write_bytes(bundle.pdf)
    said = verdicts(tmp_path)
    assert said.keys() == {path.name for path in tmp_path.glob("*.pdf")}
    assert len(said) > 3 * 8
    assert "acceptance-zh-signed.pdf" in said
    assert {name: errors for name, errors in said.items() if errors} == {}


def test_the_checker_refuses_what_is_no_archive_file(tmp_path):
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(100, 100, "not embedded")
    canvas.save()
    (tmp_path / "raw.pdf").write_bytes(out.getvalue())
    assert verdicts(tmp_path)["raw.pdf"]
