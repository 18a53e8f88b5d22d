"""What each stage's tab holds: its forms in their order, how one is begun, and the words where there is none yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from salesdesk.actions import contracts, discovery, negotiations, proposals
from salesdesk.records.base import Record, Stage
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.contract import Contract
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis, Outline
from salesdesk.records.language import Language
from salesdesk.records.negotiation import Negotiation, NegotiationPlan, NegotiationResult
from salesdesk.records.proposal import Objection, Proposal
from salesdesk.records.prospecting import Customer
from salesdesk.records.work import Opportunity
from salesdesk.store.workspace import Workspace
from ui.core.background import Desk


@dataclass(frozen=True)
class EmptyWords:
    """What stands where a customer has no record of a form: English sources in the context `StageWords`.

    Without a `button` nobody is asked to begin one.
    """

    title: object
    advice: object
    button: object


@dataclass(frozen=True)
class StageForm:
    """One form in the tab of a stage.

    A form begins blank, with the day in the field `begun_on` if it names one; or `prepare(workspace, customer_id,
    desk)` makes the record of what is already known. The `first` form of a stage is the one a customer opens with.
    """

    form: type[Record]
    first: bool = False
    prepare: Callable[[Workspace, str, Desk], Record] | None = None
    begun_on: str = ""
    empty: EmptyWords | None = None

    @property
    def entity(self) -> str:
        """The form's name."""
        return str(self.form.__tablename__)

    def empty_words(self, language: Language) -> tuple[str, str, str]:
        """Title, advice and button where a customer has no record of the form yet."""
        if self.empty is not None:
            return _said(self.empty.title), _said(self.empty.advice), _said(self.empty.button)
        label = self.form.__form__.label(language)
        return _said(_NOTHING.title).format(form=label), "", _said(_NOTHING.button).format(form=label)


@dataclass(frozen=True)
class StageForms:
    """The forms of one stage's tab."""

    forms: tuple[StageForm, ...]

    @property
    def first(self) -> str:
        """The name of the form that a customer opens with."""
        return next(form.entity for form in self.forms if form.first)

    def of(self, entity: str) -> StageForm:
        """The declaration of a form in this tab; `KeyError` when it is in another."""
        return {form.entity: form for form in self.forms}[entity]


def _said(source: object) -> str:
    return QCoreApplication.translate("StageWords", str(source))


_NOTHING = EmptyWords(
    QT_TRANSLATE_NOOP("StageWords", "No {form} yet"), "", QT_TRANSLATE_NOOP("StageWords", "New {form}")
)

TABS: dict[Stage, StageForms] = {
    Stage.PROSPECTING: StageForms(
        (
            StageForm(Customer, first=True),
            StageForm(Opportunity, empty=EmptyWords("", "", "")),  # begins with its customer, or with the next round
        )
    ),
    Stage.DISCOVERY: StageForms(
        (
            StageForm(
                Outline,
                prepare=lambda w, customer, desk: discovery.prepare_outline(w, customer, desk.today(), desk.language),
                empty=EmptyWords(
                    QT_TRANSLATE_NOOP("StageWords", "No interview outline yet"),
                    QT_TRANSLATE_NOOP(
                        "StageWords",
                        "The questions are prepared from industry and size of the customer; change them as you like.",
                    ),
                    QT_TRANSLATE_NOOP("StageWords", "Prepare an outline"),
                ),
            ),
            StageForm(
                NeedsAnalysis,
                first=True,
                begun_on="interviewed_on",
                empty=EmptyWords(
                    QT_TRANSLATE_NOOP("StageWords", "No interview recorded yet"),
                    QT_TRANSLATE_NOOP(
                        "StageWords",
                        "Record it within 24 hours: pain points, stated and implicit needs, and who decides.",
                    ),
                    QT_TRANSLATE_NOOP("StageWords", "Record an interview"),
                ),
            ),
            StageForm(  # made by `DocumentActions.create_letter` of an interview that is saved first
                ConfirmationLetter,
                empty=EmptyWords(
                    QT_TRANSLATE_NOOP("StageWords", "No confirmation letter yet"),
                    QT_TRANSLATE_NOOP(
                        "StageWords",
                        "It is made from the needs analysis record and goes out within 24 hours of the interview.",
                    ),
                    QT_TRANSLATE_NOOP("StageWords", "Create confirmation letter"),
                ),
            ),
        )
    ),
    Stage.PROPOSAL: StageForms(
        (
            StageForm(
                Proposal,
                first=True,
                prepare=lambda w, customer, desk: proposals.prepare(w, customer, desk.language),
                empty=EmptyWords(
                    QT_TRANSLATE_NOOP("StageWords", "No proposal yet"),
                    QT_TRANSLATE_NOOP(
                        "StageWords",
                        "Its six modules are prepared from the interview and the texts of the industry; complete them "
                        "and tick them off.",
                    ),
                    QT_TRANSLATE_NOOP("StageWords", "Prepare a proposal"),
                ),
            ),
            StageForm(
                Objection,
                begun_on="raised_on",
                empty=EmptyWords(
                    QT_TRANSLATE_NOOP("StageWords", "No objections yet"),
                    QT_TRANSLATE_NOOP("StageWords", "Note each one with the answer given, who settles it and by when."),
                    QT_TRANSLATE_NOOP("StageWords", "Note an objection"),
                ),
            ),
        )
    ),
    Stage.NEGOTIATION: StageForms(
        (
            StageForm(
                NegotiationPlan,
                empty=EmptyWords(
                    QT_TRANSLATE_NOOP("StageWords", "No limits set yet"),
                    QT_TRANSLATE_NOOP(
                        "StageWords",
                        "Lowest price, longest payment term and what may be conceded. Never shown in customer view or "
                        "on a customer's paper.",
                    ),
                    QT_TRANSLATE_NOOP("StageWords", "Set limits and strategy"),
                ),
            ),
            StageForm(
                Negotiation,
                first=True,
                prepare=lambda w, customer, desk: negotiations.open_meeting(w, customer, desk.today()),
                empty=EmptyWords(
                    QT_TRANSLATE_NOOP("StageWords", "No negotiation recorded yet"),
                    QT_TRANSLATE_NOOP(
                        "StageWords",
                        "Both positions, what was agreed, and what stays open for the next meeting.",
                    ),
                    QT_TRANSLATE_NOOP("StageWords", "Record a negotiation"),
                ),
            ),
            StageForm(
                NegotiationResult,
                prepare=lambda w, customer, desk: negotiations.draw_up_result(w, customer, desk.today()),
                empty=EmptyWords(
                    QT_TRANSLATE_NOOP("StageWords", "No result yet"),
                    QT_TRANSLATE_NOOP(
                        "StageWords",
                        "It is drawn up from what the meetings agreed, then reviewed by manager and legal.",
                    ),
                    QT_TRANSLATE_NOOP("StageWords", "Draw up the result"),
                ),
            ),
        )
    ),
    Stage.CONTRACT: StageForms(
        (
            StageForm(
                Contract,
                first=True,
                prepare=lambda w, customer, desk: contracts.draft(
                    w, customer, desk.settings.company, desk.now(), desk.zone
                ),
                empty=EmptyWords(
                    QT_TRANSLATE_NOOP("StageWords", "No contract yet"),
                    QT_TRANSLATE_NOOP(
                        "StageWords",
                        "It is drafted with the terms of the negotiation result; what differs later is pointed out.",
                    ),
                    QT_TRANSLATE_NOOP("StageWords", "Draft the contract"),
                ),
            ),
        )
    ),
    Stage.CARE: StageForms(
        (
            StageForm(
                Delivery,
                begun_on="delivered_on",
                empty=EmptyWords(
                    QT_TRANSLATE_NOOP("StageWords", "Nothing delivered yet"),
                    QT_TRANSLATE_NOOP(
                        "StageWords",
                        "From the day of delivery on, the customer is to be called within 3 working days.",
                    ),
                    QT_TRANSLATE_NOOP("StageWords", "Record a delivery"),
                ),
            ),
            StageForm(
                Visit,
                first=True,
                begun_on="visited_on",
                empty=EmptyWords(
                    QT_TRANSLATE_NOOP("StageWords", "No visit yet"),
                    QT_TRANSLATE_NOOP("StageWords", "A customers every month, B every quarter, C every half year."),
                    QT_TRANSLATE_NOOP("StageWords", "Record a visit"),
                ),
            ),
        )
    ),
}


# A contact is edited within its customer.
STAGE_OF = {form.entity: stage for stage, tab in TABS.items() for form in tab.forms} | {"contact": Stage.PROSPECTING}
