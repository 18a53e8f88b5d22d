"""What is declared once turns up everywhere: one of each is added to a copy of the program, by the edits that
CONTRIBUTING.md names and no others, and then looked for."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FIELD = """    channel: Mapped[str] = text("沟通渠道", "Channel", max_length=40, listed=True)
    visited_on:"""
FORM = """

class Complaint(Record):
    \"\"\"客户投诉单: what a customer is not content with.\"\"\"

    __tablename__ = "complaint"
    __form__ = Form(zh="客户投诉单", en="Complaint", title="subject", writers=TEAM, stage=Stage.CARE)

    customer_id: Mapped[str] = link("客户名称", "Customer", to="customer", required=True, listed=True)
    opportunity_id: Mapped[str] = link("销售机会", "Opportunity", to="opportunity", shown=False)
    subject: Mapped[str] = text("投诉内容", "Subject", max_length=80, required=True, listed=True, searched=True)
"""
MIGRATION = """import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.add_column("visit", sa.Column("channel", sa.String(length=40), nullable=False, server_default=""))
    op.create_table(
        "complaint",
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("opportunity_id", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    op.create_index(op.f("ix_complaint_updated_at_id"), "complaint", ["updated_at", "id"], unique=False)
"""
PAGE = """from PySide6.QtWidgets import QLabel, QVBoxLayout

from ui.core.page import Page


class HelpPage(Page):
    def __init__(self, desk, parent=None):
        super().__init__(parent)
        QVBoxLayout(self).addWidget(QLabel("help"))
"""
COMMANDS = """COMMANDS = (
    Command("help", QT_TRANSLATE_NOOP("Commands", "Help"), "Ctrl+H", page="ui.pages.help_page:HelpPage"),
    Command("refresh", "Read anew", "Ctrl+R", run=lambda shell: shell.reload(), menu=Menu.WORK),
"""

LOOK = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop
from salesdesk.actions import forms
from salesdesk.exchange.mapping import targets
from salesdesk.records.base import Stage
from salesdesk.records.care import Complaint, Visit
from salesdesk.records.describe import describe
from salesdesk.records.language import Language
from salesdesk.records.registry import listed_forms
from salesdesk.settings import Settings
from salesdesk.store.workspace import Identity, Workspace
from ui.app.application import make_application
from ui.core.background import Desk
from ui.shell.main_window import MainWindow
from ui.shell.shortcuts_dialog import shortcuts

workspace = Workspace.create(Path(sys.argv[1]), b"k" * 32, Identity("p", "李伟", "rep", "d"))
customer = forms.save(workspace, forms.new(workspace, "customer"), {"name": "华源科技"}).record
visit = forms.new(workspace, "visit", customer_id=customer.id)
kept = forms.save(workspace, visit, {"channel": "电话"}).record
complaint = forms.new(workspace, "complaint", customer_id=customer.id)
complaint = forms.save(workspace, complaint, {"subject": "太慢"}).record
app = make_application()
desk = Desk(workspace, Settings(), Language.ZH)
window = MainWindow(desk)
page = window.show_stage(Stage.CARE)
loop = QEventLoop()
page.model.form_opened.connect(lambda opened: loop.quit() if opened.entity == "complaint" else None)
page.select_customer(customer.id, "complaint", complaint.id)
loop.exec()
said = {
    "field kept": forms.load(workspace, "visit", kept.id).record.channel,
    "field in Excel": any(t.label == "沟通渠道" for t in targets(Visit, Language.ZH)),
    "form described": "complaint" in json.dumps(describe()),
    "form in the tab": "complaint" in page.work.form_buttons,
    "form on show": page.panel.editor("subject").text(),
    "form begun from the menu": "complaint" in page.new_actions,
    "form in the lists": Complaint in listed_forms(),
    "tab of the page": "help" in window.tabs.buttons,
    "keys": sorted(a.shortcut().toString() for a in window.actions() if a.text() in {"Help", "Read anew"}),
    "F1": {"Help", "Read anew"} <= {words for _, words in shortcuts(Language.ZH)},
    "menu": "Read anew" in [a.text() for a in window.bar.user_button.menu().actions()],
    "palette": {"Help", "Read anew"} <= {name for name, _ in window.search._offered},
}
window.carry_out("help")
said["page"] = window.pages_shown()[-1]
window.close()
desk.close()
print(json.dumps(said))
"""

LAYOUT = """from salesdesk.documents.audience import printed
from salesdesk.documents.blocks import Side, addressed, prose, signatures
from salesdesk.records.field import Audience


def receipt(job):
    company = printed(job.card.customer, "name", Audience.CUSTOMER, job.language)
    words = {"to": job.language.pick("致", "To")}
    paper = addressed(
        job.title, words, "", company, None, [], job.sender, job.today, job.language, mark=job.mark, version=job.version
    )
    prose(paper, printed(job.record, "subject", Audience.CUSTOMER, job.language), job.language, "subject")
    paper.add(signatures((Side(company, company), Side(job.sender.company, job.sender.company)), job.language))
    return paper.pdf()
"""
PAPER = """PAPERS = (
    Paper(
        "receipt",
        Proposal,
        "方案签收单",
        "Receipt of the Proposal",
        "salesdesk.documents.receipt:receipt",
        for_customer=True,
        signed_by=(Signer.CUSTOMER,),
        agrees=True,
        says=("price",),
        versioned_by=("subject",),
    ),
"""
LOOK_AT_PAPERS = """
import email, email.policy, io, json, re, sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import QEventLoop
from pypdf import PdfReader
from salesdesk.actions import forms, mails, papers, signing
from salesdesk.documents.ink import Point
from salesdesk.records.base import Stage
from salesdesk.records.language import Language
from salesdesk.settings import Settings
from salesdesk.store.workspace import Identity, Workspace
from ui.app.application import make_application
from ui.core.background import Desk
from ui.documents.document_sources import OfferPage
from ui.shell.main_window import MainWindow

DAY = date(2026, 11, 30)
workspace = Workspace.create(Path(sys.argv[1]), b"k" * 32, Identity("p", "李伟", "rep", "d"))
customer = forms.save(workspace, forms.new(workspace, "customer"), {"name": "华源科技"}).record
contact = {"name": "王芳", "email": "wang@example.com"}
forms.save(workspace, forms.new(workspace, "contact", customer_id=customer.id), contact)
proposal = forms.new(workspace, "proposal", customer_id=customer.id)
proposal = forms.save(workspace, proposal, {"subject": "客户管理平台", "state": "presented"}).record
app = make_application()
settings = Settings(company="华东智造")
desk = Desk(workspace, settings, Language.ZH)
window = MainWindow(desk)
page = window.show_stage(Stage.PROPOSAL)
loop = QEventLoop()
page.model.form_opened.connect(lambda opened: loop.quit() if opened.entity == "proposal" else None)
page.select_customer(customer.id, "proposal", proposal.id)
loop.exec()
page.document_actions.offer()
before = "salesdesk.documents.receipt" in sys.modules
action = page.document_actions.actions["receipt"]
action.trigger()
preview = window.dialog
assert isinstance(preview, OfferPage)
while not preview.pdf and preview.notice.isHidden():  # shown, or refused in words
    app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
offer = preview.offer
with workspace.reading() as session:
    made = papers.make(workspace, offer, settings, DAY, Language.ZH)
    state = signing.state(session, workspace, offer, made)
draft = mails.draft(workspace, offer, settings, made, Language.ZH)
draft = email.message_from_bytes(draft, policy=email.policy.default)
(place,) = state.places
strokes = [[Point(x, 20 + 15 * (x // 10 % 2), 0.5) for x in range(0, 100, 5)]]
signed = signing.sign(workspace, offer, made, place, strokes, "王芳", workspace.now(), "华东智造")

def said(language):
    reader = PdfReader(io.BytesIO(papers.make(workspace, offer, settings, DAY, language).pdf))
    return re.sub(r"\\s+", "", reader.pages[0].extract_text())[:200], reader.metadata.title

print(json.dumps({
    "in the menu": action.text(),
    "layout imported before it is wanted": before,
    "previewed": [preview.file_name, preview.pages_shown()],
    "can be signed here": not preview.sign_button.isHidden(),
    "titles": {language: said(language) for language in Language},
    "who signs": [one.side for one in state.places],
    "warned of": [(one.message, one.field) for one in state.findings],
    "signed by all who sign": signed.name,
    "confirms": signing.agrees_by_signing(offer, place),
    "mail to": str(draft["To"]),
}))
preview.close()
window.close()
desk.close()
"""


@pytest.fixture
def copy(tmp_path):
    made = tmp_path / "copy"
    for name in ("salesdesk", "ui", "resources"):
        shutil.copytree(ROOT / name, made / name, ignore=shutil.ignore_patterns("__pycache__"))
    return made


def looked(script, copy, tmp_path):
    """What a script of its own process says of a copy of the program."""
    environment = os.environ | {"PYTHONPATH": str(copy), "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "workspace")],
        cwd=copy, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def edit(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text, path.name
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_field_a_form_a_command_and_a_page_touch_their_declaration_and_a_migration(copy, tmp_path):
    care = copy / "salesdesk/records/care.py"
    edit(care, "    visited_on:", FIELD)
    care.write_text(care.read_text(encoding="utf-8") + FORM, encoding="utf-8")
    migrations = copy / "salesdesk/store/migrations/versions"
    head = max(path.name for path in migrations.glob("0*.py"))[:4]
    (migrations / "9999_channel_and_complaints.py").write_text(MIGRATION.format(head=head), encoding="utf-8")
    edit(copy / "salesdesk/store/migrate.py", f'HEAD = "{head}"', 'HEAD = "9999"')
    stage_forms = copy / "ui/stage/stage_forms.py"
    edit(stage_forms, "from salesdesk.records.care import ", "from salesdesk.records.care import Complaint, ")
    visits = "            StageForm(\n                Visit,"
    edit(stage_forms, visits, f"            StageForm(Complaint),\n{visits}")
    (copy / "ui/pages/help_page.py").write_text(PAGE, encoding="utf-8")
    edit(copy / "ui/shell/commands.py", "COMMANDS = (", COMMANDS)
    assert looked(LOOK, copy, tmp_path) == {
        "field kept": "电话",
        "field in Excel": True,
        "form described": True,
        "form in the tab": True,
        "form on show": "太慢",
        "form begun from the menu": True,
        "form in the lists": True,
        "tab of the page": True,
        "keys": ["Ctrl+H", "Ctrl+R"],
        "F1": True,
        "menu": True,
        "palette": True,
        "page": "help",
    }


def test_a_paper_touches_its_layout_and_its_declaration(copy, tmp_path):
    (copy / "salesdesk/documents/receipt.py").write_text(LAYOUT, encoding="utf-8")
    edit(copy / "salesdesk/actions/paper_declarations.py", "PAPERS = (", PAPER)
    found = looked(LOOK_AT_PAPERS, copy, tmp_path)
    titles = {language: said for language, (said, _) in found.pop("titles").items()}
    assert "方案签收单" in titles["zh"]
    assert "方案簽收單" in titles["zh-hant"]
    assert "ReceiptoftheProposal" in titles["en"]
    assert found == {
        "in the menu": "方案签收单",
        "layout imported before it is wanted": False,
        "previewed": ["华源科技-方案签收单-v1.pdf", 1],
        "can be signed here": True,
        "who signs": [0],
        "warned of": [["sign.empty", "price"]],
        "signed by all who sign": "华源科技-方案签收单-v1-signed-by-both.pdf",
        "confirms": True,
        "mail to": "王芳 <wang@example.com>",
    }
