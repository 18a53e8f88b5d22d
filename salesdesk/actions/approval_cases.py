"""What waits for a person's decision, each paper with what an approver has to look at."""

from __future__ import annotations

from dataclasses import dataclass

from salesdesk.actions import approvals, contracts, rounds
from salesdesk.actions.approvals import Waiting
from salesdesk.process import contracting, negotiating
from salesdesk.process.findings import Finding
from salesdesk.records.contract import Contract
from salesdesk.records.language import Language
from salesdesk.store import queries
from salesdesk.store.workspace import Identity, Session


@dataclass(frozen=True)
class Case:
    """A step to decide, what the rules say of its paper, and what differs from the negotiation."""

    waiting: Waiting
    findings: list[Finding]
    differences: list[contracting.Difference]


def waiting_cases(session: Session, identity: Identity, language: Language) -> list[Case]:
    """The steps that a person may decide now, the longest waiting first; remarks on texts are those in `language`."""
    waiting = approvals.waiting_for(session, identity.person_id, identity.role)
    return [_case(session, step, language) for step in waiting]


def _case(session: Session, waiting: Waiting, language: Language) -> Case:
    card = queries.card(session, waiting.customer.id)
    facts = rounds.facts_of(card) if card else None
    paper = waiting.paper
    limits = negotiating.check_result(paper, facts.plan if facts else None, queries.working_calendar(session))
    if not isinstance(paper, Contract):
        return Case(waiting, limits, [])
    remarks = contracts.findings(session, paper, language)
    return Case(waiting, [*remarks, *limits], contracting.differences(facts.result if facts else None, paper))
