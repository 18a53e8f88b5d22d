"""One line of what a form amounts to: what a proposal saves, what a negotiation has conceded."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from salesdesk.actions.forms import Sheet
from salesdesk.process import negotiating, offering
from salesdesk.records.language import Language
from salesdesk.records.negotiation import Negotiation, NegotiationTerm
from salesdesk.records.proposal import MODULES, Proposal, ProposalModule, ValueLine
from salesdesk.records.registry import fields_of

translate = QCoreApplication.translate


def insight(sheet: Sheet, language: Language) -> str:
    """The line for a form; empty for forms that speak for themselves."""
    if isinstance(sheet.record, Proposal):
        return _of_proposal(sheet, sheet.record, language)
    if isinstance(sheet.record, Negotiation):
        return _of_negotiation(sheet, language)
    return ""


def _of_proposal(sheet: Sheet, proposal: Proposal, language: Language) -> str:
    lines = [row for row in sheet.rows.get("value_line", []) if isinstance(row, ValueLine)]
    modules = [row for row in sheet.rows.get("proposal_module", []) if isinstance(row, ProposalModule)]
    found = offering.worth(lines, proposal.price)
    price = fields_of(Proposal)["price"]
    said = [
        translate("Insight", "Modules done: {done} of {all}").format(
            done=len(MODULES) - len(offering.missing_modules(modules)), all=len(MODULES)
        )
    ]
    if found.a_year > 0:
        said.append(translate("Insight", "saves {amount} a year").format(amount=price.show(found.a_year, language)))
        three = price.show(found.three_years, language)
        said.append(translate("Insight", "{amount} in three years").format(amount=three))
    if found.payback_months is not None:
        said.append(translate("Insight", "pays for itself in {months} months").format(months=found.payback_months))
    if found.efficiency is not None:
        said.append(translate("Insight", "efficiency up to +{percent} %").format(percent=found.efficiency))
    return " · ".join(said)


def _of_negotiation(sheet: Sheet, language: Language) -> str:
    terms = [row for row in sheet.rows.get("negotiation_term", []) if isinstance(row, NegotiationTerm)]
    price = fields_of(Proposal)["price"]
    said = []
    if waiting := negotiating.open_points(terms):
        points = "、".join(term.open_point for term in waiting)
        said.append(translate("Insight", "Open for the next meeting: {points}").format(points=points))
    given = [
        f"{price.show(c.before, language)} → {price.show(c.after, language)} (−{c.percent} %)"
        for c in negotiating.concessions(terms)
    ]
    if given:
        words = translate("Insight", "Concessions: {count}").format(count=len(given))
        said.append(f"{words} · {'、'.join(given)}")
    return " · ".join(said)
