"""The roles in a team, and the groups of them that forms and fields name as their writers."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in a territory. A role that is none of these may do nothing."""

    REP = "rep"
    MANAGER = "manager"
    LEGAL = "legal"
    GENERAL_MANAGER = "general_manager"
    CARE = "care"
    OFFICE = "office"


TEAM = frozenset(Role)
SALES = frozenset({Role.REP, Role.MANAGER, Role.GENERAL_MANAGER})
DECIDERS = frozenset({Role.MANAGER, Role.LEGAL, Role.GENERAL_MANAGER})
LEADERS = frozenset({Role.MANAGER, Role.GENERAL_MANAGER})
OFFICE = frozenset({Role.OFFICE})
NOBODY: frozenset[Role] = frozenset()  # the office itself, and no person

READS_CONFIDENTIAL = SALES
