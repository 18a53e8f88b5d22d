"""What a rep does in 需求分析: the outline, and the letter."""

from __future__ import annotations

import json
from datetime import date, datetime, tzinfo
from typing import Any

from salesdesk.actions import layouts, papers
from salesdesk.actions.paper_declarations import paper_named
from salesdesk.errors import Bug, UserError
from salesdesk.process import clocks
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis, Outline, OutlineQuestion
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.settings import Settings, resources
from salesdesk.store import attachments, queries
from salesdesk.store.workspace import Workspace

NOBODY = Settings()  # no company is known yet


def prepare_outline(workspace: Workspace, customer_id: str, planned_on: date | None, language: Language) -> Outline:
    """A 沟通提纲 with the questions for the customer's industry, ready to be edited."""
    with workspace.changing("outline.prepare") as changes:
        customer = changes.get(Customer, customer_id)
        card = queries.card(changes.session, customer_id)
        outline = changes.add(
            Outline(
                customer_id=customer_id,
                opportunity_id=card.opportunity.id if card and card.opportunity else "",
                subject={Language.ZH: "需求访谈：", Language.EN: "Interview: "}[language] + customer.name,
                planned_on=planned_on,
                territory=customer.territory,
            )
        )
        for number, question in enumerate(questions_for(customer, language), start=1):
            changes.add(
                OutlineQuestion(outline_id=outline.id, row_no=number, question=question, territory=customer.territory)
            )
    return outline


def questions_for(customer: Customer, language: Language) -> list[str]:
    """The toolkit's five questions, then those of the industry (resources/outlines/questions.json)."""
    catalogue: dict[str, Any] = json.loads((resources() / "outlines" / "questions.json").read_text(encoding="utf-8"))
    return [*catalogue["every"][language], *catalogue.get(customer.industry, {}).get(language, [])]


def issue_letter(
    workspace: Workspace, analysis_id: str, zone: tzinfo, language: Language, settings: Settings = NOBODY
) -> ConfirmationLetter:
    """The next version of the 需求确认函, with its PDF as an attachment.

    Raises `UserError` when the interview has no stated needs, or a character cannot be printed; then
    nothing is kept.
    """
    from salesdesk.documents.letter import confirmation_letter  # noqa: PLC0415  # on demand

    with workspace.reading() as session:
        analysis = session.get(NeedsAnalysis, analysis_id)
        if analysis is None:
            raise Bug("store.no_such_record", entity="needs_analysis", record_id=analysis_id)
        customer = session.get_one(Customer, analysis.customer_id)
        contacts = queries.rows(session, Contact, customer.id)
        before = queries.letters_ever(session, analysis_id)
    if not analysis.explicit_needs.strip():
        raise UserError("letter.no_needs", field="explicit_needs")
    issued_on = workspace.now().astimezone(zone).date()
    letter = ConfirmationLetter(
        customer_id=customer.id,
        opportunity_id=analysis.opportunity_id,
        analysis_id=analysis_id,
        reference=f"XQ-{issued_on:%Y%m%d}-{analysis_id[-4:].upper()}",
        version=max((x.version or 0 for x in before), default=0) + 1,
        recipient=contacts[0].name if contacts else "",
        due_at=clocks.letter_due(analysis, zone),
        state="draft",
        territory=customer.territory,
    )
    # the paper is made before the transaction: a character that cannot be printed must stop it all, and
    # nobody should wait for the writer meanwhile
    with papers.naming_places(ConfirmationLetter, language):
        pdf = confirmation_letter(
            letter,
            customer,
            contacts[0] if contacts else None,
            analysis,
            layouts.sender_of(settings, workspace.identity.name),
            issued_on,
            language,
            title=paper_named("letter").title(language),
        )
    with workspace.changing("letter.issue") as changes:
        changes.add(letter)
        name = f"{letter.reference}-v{letter.version}.pdf"
        attachments.attach(workspace, changes, letter, name, "application/pdf", pdf, purpose="issued")
    return letter


def letter_pdf(workspace: Workspace, letter_id: str) -> tuple[str, bytes]:
    """File name and bytes of a letter exactly as it was issued."""
    with workspace.reading() as session:
        files = [f for f in attachments.attachments_of(session, letter_id) if f.purpose == "issued"]
    if not files:
        raise UserError("attachment.not_here")
    return files[0].name, attachments.read_blob(workspace, files[0].sha256)


def was_sent(workspace: Workspace, letter_id: str) -> bool:
    """Whether the letter has gone out."""
    with workspace.reading() as session:
        return session.get_one(ConfirmationLetter, letter_id).sent_at is not None


def mark_sent(workspace: Workspace, letter_id: str, how: str, at: datetime | None = None) -> None:
    """Note that the letter has gone out; this stops its clock. Noting it again leaves the first time as it is."""
    with workspace.changing("letter.sent") as changes:
        letter = changes.get(ConfirmationLetter, letter_id)
        if letter.sent_at is None:
            letter.sent_at, letter.sent_by = at or changes.now, how
        if letter.state in {"", "draft"}:  # a letter may be confirmed before anybody notes that it went out
            letter.state = "sent"


def mark_confirmed(workspace: Workspace, letter_id: str, on: date, reply: str = "") -> None:
    """Note the customer's confirmation."""
    with workspace.changing("letter.confirmed") as changes:
        letter = changes.get(ConfirmationLetter, letter_id)
        letter.confirmed_on = on
        letter.reply = reply or letter.reply
        letter.state = "confirmed"
