"""What each stage's tab holds: its forms, the one shown first, and the words where there is none yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from salesdesk.actions import contracts, discovery, negotiations, proposals
from salesdesk.records.base import Record, Stage
from salesdesk.store.workspace import Workspace
from ui.core.background import Desk

translate = QCoreApplication.translate

FORMS = {
    Stage.PROSPECTING: ("customer", "opportunity"),
    Stage.DISCOVERY: ("outline", "needs_analysis", "confirmation_letter"),
    Stage.PROPOSAL: ("proposal", "objection"),
    Stage.NEGOTIATION: ("negotiation_plan", "negotiation", "negotiation_result"),
    Stage.CONTRACT: ("contract",),
    Stage.CARE: ("delivery", "visit"),
}
FIRST_SHOWN = {
    Stage.PROSPECTING: "customer",
    Stage.DISCOVERY: "needs_analysis",
    Stage.PROPOSAL: "proposal",
    Stage.NEGOTIATION: "negotiation",
    Stage.CONTRACT: "contract",
    Stage.CARE: "visit",
}
STAGE_OF = {entity: stage for stage, entities in FORMS.items() for entity in entities} | {"contact": Stage.PROSPECTING}

# Forms that the program fills in from what is known; all others begin blank.
PREPARED: dict[str, Callable[[Workspace, str, Desk], Record]] = {
    "outline": lambda w, customer, desk: discovery.prepare_outline(w, customer, desk.today(), desk.language),
    "proposal": lambda w, customer, desk: proposals.prepare(w, customer, desk.language),
    "negotiation": lambda w, customer, desk: negotiations.open_meeting(w, customer, desk.today()),
    "negotiation_result": lambda w, customer, desk: negotiations.draw_up_result(w, customer, desk.today()),
    "contract": lambda w, customer, desk: contracts.draft(w, customer, desk.settings.company, desk.now(), desk.zone),
}
# The day that a blank form begins with
BEGUN_ON = {
    "needs_analysis": "interviewed_on",
    "objection": "raised_on",
    "delivery": "delivered_on",
    "visit": "visited_on",
}


def empty_words(entity: str) -> tuple[str, str, str]:
    """Title, advice and button where a customer has no record of a form yet."""
    return {
        "outline": (
            translate("StageWords", "No interview outline yet"),
            translate(
                "StageWords",
                "The questions are prepared from industry and size of the customer; change them as you like.",
            ),
            translate("StageWords", "Prepare an outline"),
        ),
        "needs_analysis": (
            translate("StageWords", "No interview recorded yet"),
            translate(
                "StageWords", "Record it within 24 hours: pain points, stated and implicit needs, and who decides."
            ),
            translate("StageWords", "Record an interview"),
        ),
        "confirmation_letter": (
            translate("StageWords", "No confirmation letter yet"),
            translate(
                "StageWords", "It is made from the needs analysis record and goes out within 24 hours of the interview."
            ),
            translate("StageWords", "Create confirmation letter"),
        ),
        "proposal": (
            translate("StageWords", "No proposal yet"),
            translate(
                "StageWords",
                "Its six modules are prepared from the interview and the texts of the industry; complete them and tick "
                "them off.",
            ),
            translate("StageWords", "Prepare a proposal"),
        ),
        "objection": (
            translate("StageWords", "No objections yet"),
            translate("StageWords", "Note each one with the answer given, who settles it and by when."),
            translate("StageWords", "Note an objection"),
        ),
        "negotiation_plan": (
            translate("StageWords", "No limits set yet"),
            translate(
                "StageWords",
                "Lowest price, longest payment term and what may be conceded. Never shown in customer view or on a "
                "customer's paper.",
            ),
            translate("StageWords", "Set limits and strategy"),
        ),
        "negotiation": (
            translate("StageWords", "No negotiation recorded yet"),
            translate("StageWords", "Both positions, what was agreed, and what stays open for the next meeting."),
            translate("StageWords", "Record a negotiation"),
        ),
        "negotiation_result": (
            translate("StageWords", "No result yet"),
            translate(
                "StageWords", "It is drawn up from what the meetings agreed, then reviewed by manager and legal."
            ),
            translate("StageWords", "Draw up the result"),
        ),
        "contract": (
            translate("StageWords", "No contract yet"),
            translate(
                "StageWords",
                "It is drafted with the terms of the negotiation result; what differs later is pointed out.",
            ),
            translate("StageWords", "Draft the contract"),
        ),
        "delivery": (
            translate("StageWords", "Nothing delivered yet"),
            translate("StageWords", "From the day of delivery on, the customer is to be called within 3 working days."),
            translate("StageWords", "Record a delivery"),
        ),
        "visit": (
            translate("StageWords", "No visit yet"),
            translate("StageWords", "A customers every month, B every quarter, C every half year."),
            translate("StageWords", "Record a visit"),
        ),
    }.get(entity, ("", "", ""))
