"""What a rep does in 方案制定: preparing the proposal, and answering objections."""

from __future__ import annotations

import json
import uuid
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import select

from salesdesk.errors import UserError
from salesdesk.process.offering import Offered, ranked
from salesdesk.records.discovery import NeedsAnalysis
from salesdesk.records.language import Language
from salesdesk.records.proposal import (
    MODULES,
    Objection,
    ObjectionAnswer,
    Proposal,
    ProposalModule,
    TextBlock,
)
from salesdesk.records.prospecting import Customer
from salesdesk.settings import resources
from salesdesk.store import queries
from salesdesk.store.workspace import Changes, Session, Workspace

# Answers that come with the program have the same id on every laptop, so that using one twice makes one record.
_ANSWERS = uuid.UUID("5d8f9d0e-3a3f-5c57-8a34-6f0d4a9b7c21")
_HISTORY = 2_000


def prepare(workspace: Workspace, customer_id: str, language: Language) -> Proposal:
    """The next version of the customer's proposal: six modules with what they must hold, and first texts.

    Pain points come from the newest interview, the others from the texts of the industry. Stories are records of their
    own, which papers and slides add by themselves.
    """
    with workspace.changing("proposal.prepare") as changes:
        card = queries.card(changes.session, customer_id)
        if card is None:
            raise UserError("stage.no_opportunity")
        before = [proposal.version or 0 for proposal in card.of(Proposal)]
        proposal = changes.add(
            Proposal(
                customer_id=customer_id,
                opportunity_id=card.opportunity.id if card.opportunity else "",
                subject={Language.ZH: "解决方案：", Language.EN: "Proposal: "}[language] + card.customer.name,
                version=max(before, default=0) + 1,
                state="draft",
                price=card.opportunity.amount if card.opportunity else None,
                territory=card.customer.territory,
            )
        )
        owner = workspace.identity.name
        for number, option in enumerate(MODULES, start=1):
            changes.add(
                ProposalModule(
                    proposal_id=proposal.id,
                    row_no=number,
                    module=option.value,
                    requirement=_catalogue()["requirements"][option.value][language],
                    content=_first_text(changes.session, option.value, card.customer, card.analysis, language),
                    owner=owner,
                    territory=proposal.territory,
                )
            )
    return proposal


def _first_text(
    session: Session, module: str, customer: Customer, analysis: NeedsAnalysis | None, language: Language
) -> str:
    if module == "pains" and analysis is not None:
        return analysis.pains
    own = session.scalar(
        select(TextBlock)
        .where(TextBlock.module == module, TextBlock.industry == customer.industry, TextBlock.deleted_at.is_(None))
        .order_by(TextBlock.updated_at.desc())
        .limit(1)
    )
    if own is not None:
        return own.content
    found: str = _catalogue()["texts"].get(customer.industry, {}).get(module, {}).get(language, "")
    return found


def answers(session: Session, customer_id: str, words: str = "", kind: str = "") -> list[Offered]:
    """The answers to an objection, those that worked for customers like this one (of any, without an id) first.

    `words` are parts of the objection or the answer; all must occur. Answers that come with the program are
    offered as long as nobody has made them his own.
    """
    known = list(session.scalars(select(ObjectionAnswer)))
    there = {answer.id for answer in known}  # one in the bin is not offered anew
    every = [answer for answer in known if answer.deleted_at is None]
    every += [answer for answer in _supplied() if answer.id not in there]
    wanted = words.casefold().split()
    fitting = [
        answer
        for answer in every
        if (not kind or answer.kind == kind)
        and all(word in f"{answer.objection} {answer.answer}".casefold() for word in wanted)
    ]
    history = session.execute(
        select(Objection, Customer)
        .join(Customer, Customer.id == Objection.customer_id)
        .where(Objection.answer_id != "", Objection.deleted_at.is_(None))
        .order_by(Objection.updated_at.desc())
        .limit(_HISTORY)
    )
    customer = session.get(Customer, customer_id) if customer_id else None
    return ranked(fitting, [(objection, whose) for objection, whose in history], customer)


def give_answer(workspace: Workspace, customer_id: str, objection_id: str, answer: ObjectionAnswer, today: date) -> str:
    """Give an answer to an objection, a new one when there is none yet; returns the objection's id.

    The answer is noted there, and counted by how the customer takes it.
    """
    with workspace.changing("objection.answer") as changes:
        if objection_id:
            objection = changes.get(Objection, objection_id)
        else:
            card = queries.card(changes.session, customer_id)
            objection = changes.add(
                Objection(
                    customer_id=customer_id,
                    opportunity_id=card.opportunity.id if card and card.opportunity else "",
                    raised_on=today,
                    objection=answer.objection,
                    owner=workspace.identity.name,
                    outcome="open",
                    territory=card.customer.territory if card else "",
                )
            )
        objection.strategy = "\n".join(filter(None, [objection.strategy, answer.answer]))
        objection.kind = objection.kind or answer.kind
        objection.answer_id = answer.id
        _keep(changes, answer)
    return objection.id


def _keep(changes: Changes, answer: ObjectionAnswer) -> None:
    """An answer that came with the program becomes a record when it is first given."""
    if changes.session.get(ObjectionAnswer, answer.id) is None:
        changes.add(
            ObjectionAnswer(
                id=answer.id,
                kind=answer.kind,
                industry=answer.industry,
                objection=answer.objection,
                answer=answer.answer,
            )
        )


def _supplied() -> list[ObjectionAnswer]:
    """The answers in resources/outlines/answers.json."""
    return [ObjectionAnswer(id=str(uuid.uuid5(_ANSWERS, row["objection"])), **row) for row in _supplied_rows()]


@cache
def _supplied_rows() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads((resources() / "outlines" / "answers.json").read_text(encoding="utf-8"))
    return rows


@cache
def _catalogue() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources() / "outlines" / "modules.json").read_text(encoding="utf-8"))
    return found
