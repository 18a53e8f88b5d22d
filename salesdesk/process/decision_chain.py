"""决策链图谱: weights, coverage, and the warning when one person is all we know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from salesdesk.process.findings import Finding, Level
from salesdesk.records.discovery import ALL_WEIGHTS, DecisionRole


class Weighed(Protocol):
    """A role of the chain, as it is kept or as it is drawn."""

    @property
    def weight(self) -> int | None:
        """Its share of the decision in percent."""

    @property
    def met(self) -> bool:
        """Whether we have met the person."""


def total_weight(roles: Sequence[Weighed]) -> int:
    """The sum of the weights that are filled in."""
    return sum(role.weight or 0 for role in roles)


def coverage(roles: Sequence[Weighed]) -> int:
    """The weight of the people we have already met."""
    return sum(role.weight or 0 for role in roles if role.met)


def check(roles: Sequence[DecisionRole]) -> list[Finding]:
    """The sum must be 100 to finish; a chain that hangs on one contact is a warning."""
    findings = []
    total = total_weight(roles)
    if roles and total != ALL_WEIGHTS:
        findings.append(Finding(Level.BLOCKS, "chain.weights", "weight", "decision_role", params={"total": total}))
    if not roles:
        findings.append(Finding(Level.BLOCKS, "chain.empty", "", "decision_role"))
    if len(roles) > 1 and sum(role.met for role in roles) == 1:
        findings.append(Finding(Level.WARNS, "chain.single_thread", "met", "decision_role"))
    return findings
