"""What the journal calls an action; `save.customer` is looked up as `save` with the form's label."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

ACTIONS: dict[str, object] = {
    "save": QT_TRANSLATE_NOOP("messages", "Saved {form}"),
    "import": QT_TRANSLATE_NOOP("messages", "Imported {form}"),
    "file.add": QT_TRANSLATE_NOOP("messages", "Added a file"),
    "file.remove": QT_TRANSLATE_NOOP("messages", "Removed a file"),
    "paper.keep": QT_TRANSLATE_NOOP("messages", "Kept a paper"),
    "template.copy": QT_TRANSLATE_NOOP("messages", "Copied the standard text of contracts"),
    "paper.sign": QT_TRANSLATE_NOOP("messages", "Signed a paper"),
    "delete": QT_TRANSLATE_NOOP("messages", "Deleted {form}"),
    "stage.move": QT_TRANSLATE_NOOP("messages", "Moved to the next stage"),
    "outline.prepare": QT_TRANSLATE_NOOP("messages", "Prepared the interview outline"),
    "letter.issue": QT_TRANSLATE_NOOP("messages", "Issued the confirmation letter"),
    "letter.sent": QT_TRANSLATE_NOOP("messages", "Sent the confirmation letter"),
    "letter.confirmed": QT_TRANSLATE_NOOP("messages", "The customer confirmed"),
    "conflict.settle": QT_TRANSLATE_NOOP("messages", "Settled a conflict"),
    "undo": QT_TRANSLATE_NOOP("messages", "Took back a change"),
    "sample": QT_TRANSLATE_NOOP("messages", "Sample data"),
    "change": QT_TRANSLATE_NOOP("messages", "Changed"),
    "restore": QT_TRANSLATE_NOOP("messages", "Restored {form}"),
    "proposal.prepare": QT_TRANSLATE_NOOP("messages", "Prepared the proposal"),
    "objection.answer": QT_TRANSLATE_NOOP("messages", "Answered an objection"),
    "negotiation.open": QT_TRANSLATE_NOOP("messages", "Began a negotiation"),
    "result.draw_up": QT_TRANSLATE_NOOP("messages", "Drew up the negotiation result"),
    "contract.draft": QT_TRANSLATE_NOOP("messages", "Drafted the contract"),
    "approval.submit": QT_TRANSLATE_NOOP("messages", "Submitted for approval"),
    "approval.decide": QT_TRANSLATE_NOOP("messages", "Decided on the approval"),
    "approval.hand_on": QT_TRANSLATE_NOOP("messages", "Handed on the approval"),
    "round.close": QT_TRANSLATE_NOOP("messages", "Closed the round"),
    "round.next": QT_TRANSLATE_NOOP("messages", "Started the next round"),
    "customer.merge": QT_TRANSLATE_NOOP("messages", "Merged two customers"),
    "team.hand_over": QT_TRANSLATE_NOOP("messages", "Handed customers over"),
    "attention.correct": QT_TRANSLATE_NOOP("messages", "Sent again what the office had not taken"),
    "attention.drop": QT_TRANSLATE_NOOP("messages", "Dropped what the office had not taken"),
    "bulk.edit": QT_TRANSLATE_NOOP("messages", "Changed several at once"),
}
