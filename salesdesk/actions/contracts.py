"""What a rep does in 合同签订: drafting the contract from what was agreed, and what is remarked on it."""

from __future__ import annotations

from datetime import datetime, tzinfo

from salesdesk.actions import layouts
from salesdesk.documents.job import Job
from salesdesk.errors import UserError
from salesdesk.process import approval, contracting, templates
from salesdesk.process.contracting import COMPARED, provisional_number
from salesdesk.process.findings import Finding, Level
from salesdesk.records.contract import ApprovalStep, Contract, ContractTemplate
from salesdesk.records.language import Language
from salesdesk.records.negotiation import NegotiationPlan, NegotiationResult
from salesdesk.store import queries
from salesdesk.store.workspace import Session, Workspace, new_id


def draft(workspace: Workspace, customer_id: str, company: str, now: datetime, zone: tzinfo) -> Contract:
    """A contract with the terms of the newest 谈判结果确认单; its number is provisional until the office gives one.

    Raises `UserError`: `contract.no_result` when nothing was agreed yet, `contract.there_already` when the newest
    contract is from the same result and was not rejected.
    """
    with workspace.changing("contract.draft") as changes:
        card = queries.card(changes.session, customer_id)
        result = card.newest(NegotiationResult) if card else None
        if card is None or result is None:
            raise UserError("contract.no_result")
        contract = card.newest(Contract)
        if contract is not None and contract.result_id == result.id:
            rejected = approval.standing(contract, card.rows_of(ApprovalStep)) is approval.Standing.REJECTED
            if not rejected:
                raise UserError("contract.there_already")
        plan = card.newest(NegotiationPlan)
        contract_id = new_id()
        return changes.add(
            Contract(
                id=contract_id,
                number=provisional_number(f"{now.astimezone(zone):%Y%m}", contract_id),
                customer_id=customer_id,
                opportunity_id=result.opportunity_id,
                result_id=result.id,
                list_price=plan.list_price if plan else None,
                party_a=card.customer.name,
                party_b=company,
                territory=card.customer.territory,
                **{name: getattr(result, name) for name in COMPARED},
            )
        )


def findings(session: Session, contract: Contract, language: Language) -> list[Finding]:
    """What the rules remark on a contract's fields and on the whole text that they and the clauses make."""
    from salesdesk.documents.clauses import standard_clauses  # noqa: PLC0415  # on demand
    from salesdesk.documents.contract import joined, said_values  # noqa: PLC0415  # on demand

    language = Language.ZH if language.chinese else language  # a Traditional paper says the same; the rules do not
    own = layouts.clauses_of_kind(session, contract, language)
    clauses = own or standard_clauses(language)
    text, values = joined(clauses), said_values(contract, language)
    found = contracting.compliance(contract)
    told = {finding.field for finding in found}
    found += [one for one in templates.check_filled(contract, text, values) if one.field not in told]
    if own is None and queries.listed(session, ContractTemplate, limit=1):  # where nobody has any, ours is meant
        found.append(Finding(Level.WARNS, "contract.standard_text", "kind", "contract", contract.id))
    return found


def remarks(job: Job) -> list[Finding]:
    """As `findings`, of the contract that is being printed."""
    assert isinstance(job.record, Contract)
    return findings(job.session, job.record, job.language)


def copy_standard_text(workspace: Workspace, language: Language) -> ContractTemplate:
    """A template with the program's standard text, for the company to edit; only the office's role may keep it."""
    from salesdesk.documents.clauses import as_text, standard_clauses  # noqa: PLC0415  # with the page kit, on demand

    text = standard_clauses(language)
    with workspace.changing("template.copy") as changes:
        return changes.add(
            ContractTemplate(
                name=text.title,
                language=language.pick("zh", "en"),
                title=text.title,
                preamble=text.preamble,
                articles=as_text(text.articles),
            )
        )
