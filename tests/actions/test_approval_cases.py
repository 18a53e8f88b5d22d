"""What an approver has to look at comes with what waits."""

from dataclasses import replace

from salesdesk.actions import approvals
from salesdesk.actions.approval_cases import waiting_cases
from salesdesk.records.contract import Contract
from salesdesk.records.language import Language
from salesdesk.records.negotiation import NegotiationPlan, NegotiationResult
from tests.actions.conftest import DAY, TERMS


def test_a_contract_comes_with_what_differs_and_what_it_goes_below(workspace, draft_contract):
    with workspace.changing("test") as changes:
        contract = changes.get(Contract, draft_contract.id)
        for name, value in TERMS.items():
            setattr(contract, name, value)
        result = changes.get(NegotiationResult, contract.result_id)
        result.amount = TERMS["amount"] + 1_000_000
        links = {"customer_id": contract.customer_id, "opportunity_id": contract.opportunity_id}
        changes.add(NegotiationPlan(floor_price=TERMS["amount"] + 1, **links))
    approvals.submit(workspace, "contract", draft_contract.id, DAY)

    def cases(**identity):
        with workspace.reading() as session:
            return waiting_cases(session, replace(workspace.identity, **identity), Language.ZH)

    (case,) = cases(person_id="boss", role="manager")
    assert case.waiting.paper.id == draft_contract.id
    assert "amount" in {difference.field for difference in case.differences}
    assert "limit.price" in {finding.message for finding in case.findings}
    assert cases() == []
