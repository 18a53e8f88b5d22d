"""The second half of the tour: one round from the proposal to 复购, by the rep and those who approve."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesdesk.actions import approvals, slides
from salesdesk.process.approval import Standing
from salesdesk.records.base import Record, Stage
from salesdesk.records.care import Delivery, Visit
from salesdesk.records.contract import ApprovalStep, Contract
from salesdesk.records.negotiation import Negotiation, NegotiationPlan, NegotiationResult, NegotiationTerm
from salesdesk.records.proposal import Objection, Proposal, ProposalModule, ValueLine
from salesdesk.records.work import Opportunity
from ui.app.sample_office import APPROVERS
from ui.approvals.approvals_page import ApprovalsPage
from ui.approvals.decision_dialog import DecisionDialog
from ui.documents.document_sources import OfferPage
from ui.forms.form_panel import FormPanel
from ui.stage.customer_view_dialog import CustomerViewPage
from ui.stage.move_on_dialog import MoveOnDialog
from ui.stage.stage_page import StagePage
from ui.tour import gui_driver
from ui.tour.laptop import Laptop, as_typed, dialog
from ui.tour.report import Step

if TYPE_CHECKING:
    from ui.tour.first_day import Tour

_LEAST_SLIDES = 20_000  # bytes; the bare master has more


class RoundTour:
    """Plays on the first laptop of a tour, and on one laptop for each approver."""

    def __init__(self, tour: Tour, rows: dict[str, Any]) -> None:
        """`rows` are the texts to type, by form."""
        self.tour = tour
        self.rows = rows

    @property
    def laptop(self) -> Laptop:
        """The rep's."""
        return self.tour.laptops[0]

    def write_the_proposal(self, step: Step) -> None:
        """表3: six modules prepared and ticked off, the value in figures; 表4: an objection and its answer."""
        self._move_on(Stage.DISCOVERY)
        panel = self._begin(Stage.PROPOSAL, "proposal")
        self.laptop.type_in(panel, self.rows["proposal"])
        self.laptop.type_rows(panel, "proposal_module", self.rows["modules"])
        self.laptop.type_rows(panel, "value_line", self.rows["values"])
        self._save(panel)
        card = self.laptop.card(self.tour.customer_id)
        step.checks["表3: every row comes back as typed"] = self._all_typed(
            card.rows_of(ProposalModule), self.rows["modules"]
        )
        step.checks["the proposal comes back as typed"] = as_typed(card.newest(Proposal), self.rows["proposal"])
        step.checks["the value comes back as typed"] = self._all_typed(card.rows_of(ValueLine), self.rows["values"])
        said = self._page(Stage.PROPOSAL).work.head.insight.text()
        step.checks["three years of savings are worked out"] = "51万" in said
        self.tour.picture("09-proposal", self.laptop.window)
        panel = self._begin(Stage.PROPOSAL, "objection")
        self.laptop.type_in(panel, self.rows["objection"])
        self._save(panel)
        objection = self.laptop.card(self.tour.customer_id).newest(Objection)
        step.checks["表4: every field comes back as typed"] = as_typed(objection, self.rows["objection"])
        self._gate_passes(step, Stage.PROPOSAL)

    def negotiate(self, step: Step) -> None:
        """Limits first, then 表5 with both terms; the result drawn up from it."""
        self._move_on(Stage.PROPOSAL)
        panel = self._begin(Stage.NEGOTIATION, "negotiation_plan")
        self.laptop.type_in(panel, self.rows["plan"])
        self._save(panel)
        panel = self._begin(Stage.NEGOTIATION, "negotiation")
        self.laptop.type_in(panel, self.rows["meeting"])
        self.laptop.type_rows(panel, "negotiation_term", self.rows["terms"])
        self._save(panel)
        card = self.laptop.card(self.tour.customer_id)
        step.checks["the limits come back as typed"] = as_typed(card.newest(NegotiationPlan), self.rows["plan"])
        step.checks["表5: the meeting comes back as typed"] = as_typed(card.newest(Negotiation), self.rows["meeting"])
        step.checks["表5: every term comes back as typed"] = self._all_typed(
            card.rows_of(NegotiationTerm), self.rows["terms"]
        )
        self.tour.picture("10-negotiation", self.laptop.window)
        self._look_with_the_customer(step)
        panel = self._begin(Stage.NEGOTIATION, "negotiation_result")
        self.laptop.type_in(panel, self.rows["result"])
        self._save(panel)
        result = self.laptop.card(self.tour.customer_id).newest(NegotiationResult)
        step.checks["the result has the agreed price and payment"] = result is not None and (
            (result.amount, result.payment) == (220_000_00, "同意3期分期")
        )

    def draft_the_contract(self, step: Step) -> None:
        """表6: the contract takes the terms of the result; what is missing is typed; it goes into approval."""
        self._move_on(Stage.NEGOTIATION)
        panel = self._begin(Stage.CONTRACT, "contract")
        self.laptop.type_in(panel, self.rows["contract"])
        self._save(panel)
        contract = self._contract()
        step.checks["表6: every field comes back as typed"] = as_typed(contract, self.rows["contract"])
        step.checks["the agreed payment stands in it"] = contract.payment == "同意3期分期"
        page = self._page(Stage.CONTRACT)
        gui_driver.click(page.work.head.approval.submit_button)
        gui_driver.wait_for("the submission", lambda: self._standing() is Standing.PENDING)
        step.checks["it is in approval"] = self._standing() is Standing.PENDING
        self.laptop.synchronise(self.tour.office_of_tour())

    def approve_it(self, step: Step) -> None:
        """Manager, legal and general manager decide on their own laptops, without network; the office confirms."""
        for number, ((account, name), texts) in enumerate(zip(APPROVERS, self.rows["steps"], strict=True), start=3):
            laptop = self.tour.new_laptop(f"laptop-{number}", name)
            laptop.synchronise(self.tour.office_of_tour(), account)
            laptop.window.show_page("approvals")
            page = laptop.window.open_page()
            assert isinstance(page, ApprovalsPage)
            page.reload()
            gui_driver.wait_for("a paper to decide", page.cards)
            page.desk_of_decisions.ask(self._turn(laptop), "approved", name)
            asked = dialog(DecisionDialog)
            gui_driver.write(asked.opinion_edit, texts["opinion"])
            gui_driver.write(asked.day_edit, texts["decided_on"])
            if number == 3:  # noqa: PLR2004  # the first of them is enough
                self.tour.picture("11-approvals", laptop.window)
            gui_driver.click(asked.confirm_button)
            gui_driver.wait_for("the decision", partial(self._has_decided, laptop))
            laptop.synchronise(self.tour.office_of_tour())
        self.laptop.synchronise(self.tour.office_of_tour())
        card = self.laptop.card(self.tour.customer_id)
        step.checks["表6: every step comes back as typed"] = self._all_typed(
            card.rows_of(ApprovalStep), self.rows["steps"]
        )
        step.checks["it is approved on the rep's laptop"] = self._standing() is Standing.APPROVED
        self._show(Stage.CONTRACT, "contract")
        self.tour.picture("12-contract", self.laptop.window)

    def sign_and_deliver(self, step: Step) -> None:
        """Signed, filed, delivered, accepted."""
        panel = self._show(Stage.CONTRACT, "contract")
        self.laptop.type_in(panel, self.rows["signing"])
        self._save(panel)
        step.checks["signing does not void the approval"] = self._standing() is Standing.APPROVED
        step.checks["signing comes back as typed"] = as_typed(self._contract(), self.rows["signing"])
        self._gate_passes(step, Stage.CONTRACT)
        self._move_on(Stage.CONTRACT)
        panel = self._begin(Stage.CARE, "delivery")
        self.laptop.type_in(panel, self.rows["delivery"])
        self._save(panel)
        delivery = self.laptop.card(self.tour.customer_id).newest(Delivery)
        step.checks["the delivery comes back as typed"] = as_typed(delivery, self.rows["delivery"])

    def visit_and_begin_again(self, step: Step) -> None:
        """表7 for both customers: dates that differ from the rule are kept and shown; then the next round."""
        second = self.laptop.customer(self.tour.rows[1]["customer"]["name"])
        assert second is not None
        first_id = self.tour.customer_id
        for customer_id, texts in zip((second.id, first_id), reversed(self.rows["visits"]), strict=True):
            self.tour.customer_id = customer_id
            panel = self._begin(Stage.CARE, "visit")
            self.laptop.type_in(panel, texts)
            self._save(panel)
            visit = self.laptop.card(customer_id).newest(Visit)
            name = self.laptop.card(customer_id).customer.name
            step.checks[f"表7, {name}: every field comes back as typed"] = as_typed(visit, texts)
            proposed = "2024-04-25" if customer_id == second.id else "2024-06-20"
            step.checks[f"{name}: the rule's {proposed} is shown, the entered day stands"] = (
                proposed in panel.advice.text()
            )
        self.tour.picture("13-visit", self.laptop.window)
        self._print_every_paper(step)
        self._gate_passes(step, Stage.CARE)
        gui_driver.click(self._page(Stage.CARE).next_button)
        gui_driver.wait_for("the next round", lambda: self._round().round == 2)  # noqa: PLR2004  # the second
        card = self.laptop.card(first_id)
        analysis = card.analysis
        step.checks["the new round begins in 需求分析 with the chain and the new need"] = (
            self._round().stage == Stage.DISCOVERY.value
            and analysis is not None
            and analysis.explicit_needs == "数据导出功能"
            and [role.weight for role in card.roles] == [60, 30, 10]
        )

    def _look_with_the_customer(self, step: Step) -> None:
        self.laptop.window.open_customer_view()
        view = dialog(CustomerViewPage)
        gui_driver.wait_for("the customer's view", lambda: len(view.texts()) > 3)  # noqa: PLR2004  # more than its frame
        words = " ".join(view.texts())
        self.tour.picture("14-customer-view", view)
        step.checks["customer view shows what is agreed"] = "暂定22万" in words
        hidden = [self.rows["plan"]["fixed_terms"], self.rows["terms"][0]["our_position"], "底线"]
        step.checks["and neither limits nor our own position"] = not any(word in words for word in hidden)
        view.close()

    def _page(self, stage: Stage) -> StagePage:
        return self.laptop.page(stage)

    def _show(self, stage: Stage, entity: str) -> FormPanel:
        self.laptop.window.show_stage(stage)
        page = self._page(stage)
        page.select_customer(self.tour.customer_id, entity)
        gui_driver.wait_for(
            f"{entity} on show", lambda: page.view is not None and page.work.entity == entity and not page.is_fetching()
        )
        gui_driver.settle(0.3)
        panel = page.panel
        assert panel is not None
        return panel

    def _begin(self, stage: Stage, entity: str) -> FormPanel:
        """The form's empty state and its button, as a person finds it."""
        self.laptop.window.show_stage(stage)
        page = self._page(stage)
        page.select_customer(self.tour.customer_id, entity)
        gui_driver.wait_for(
            f"no {entity} yet", lambda: page.work.entity == entity and page.panel is None and not page.is_fetching()
        )
        gui_driver.click(page.work.empty.button)
        gui_driver.wait_for(f"a blank {entity}", lambda: page.panel is not None and page.work.entity == entity)
        gui_driver.settle(0.3)
        assert page.panel is not None
        return page.panel

    def _save(self, panel: FormPanel) -> None:
        gui_driver.save_key(panel)
        gui_driver.wait_for("saved", lambda: not panel.has_unsaved() and panel.status_text() != "")
        gui_driver.settle(0.4)

    def _move_on(self, stage: Stage) -> None:
        """Through the gate, with a reason where something is open."""
        self.laptop.window.show_stage(stage)
        page = self._page(stage)
        page.select_customer(self.tour.customer_id)
        gui_driver.wait_for("the customer", lambda: page.view is not None and not page.is_fetching())
        gui_driver.settle(0.3)
        waiting = [check for check in page.checklist.checks if not check.done]
        gui_driver.click(page.next_button)
        if waiting:
            asked = dialog(MoveOnDialog)
            gui_driver.write(asked.reason_edit, "样例数据：纸质表未列出该项")
            gui_driver.click(asked.confirm_button)
        gui_driver.wait_for("the next stage", lambda: self._round().stage != stage.value)
        gui_driver.settle(0.3)

    def _print_every_paper(self, step: Step) -> None:
        """The papers of the round, previewed one by one and saved."""
        folder = self.tour.folder / "papers"
        folder.mkdir(exist_ok=True)
        for stage in list(Stage)[1:]:
            page = self._page(stage)
            page.select_customer(self.tour.customer_id)
            gui_driver.wait_for("the customer is shown", partial(self._shows_customer, page))
            page.document_actions.offer()
            made_now = {kind for kind in page.document_actions.actions if "." not in kind}
            for kind in made_now - {"letter", "sheet", "chat"}:
                page.document_actions.actions[kind].trigger()
                preview = dialog(OfferPage)
                gui_driver.wait_for(f"the pages of {kind}", preview.pages_shown)
                preview.save_to(folder / f"{kind}.pdf")
                gui_driver.wait_for(f"the saved PDF of {kind}", (folder / f"{kind}.pdf").exists)
                step.checks[f"{kind}: previewed and saved"] = (folder / f"{kind}.pdf").read_bytes() == preview.pdf
                if kind == "proposal":
                    self.tour.picture("14-proposal", preview)
                    self._write_slides(preview, folder / "proposal.pptx", step)
                preview.close()

    def _write_slides(self, preview: OfferPage, path: Path, step: Step) -> None:
        desk = preview.desk
        assert preview.offer is not None
        slides.write(desk.workspace, preview.offer, desk.settings, desk.today(), desk.language, path)
        step.checks["the proposal is written as slides too"] = path.stat().st_size > _LEAST_SLIDES

    def _shows_customer(self, page: StagePage) -> bool:
        return page.view is not None and page.view.card.customer.id == self.tour.customer_id

    def _gate_passes(self, step: Step, stage: Stage) -> None:
        def waiting() -> list[str]:
            return [check.text for check in self._page(stage).checklist.checks if not check.done]

        is_open = gui_driver.soon(lambda: self._page(stage).checklist.checks and not waiting())
        step.checks[f"{stage.label(self.laptop.desk.language)}: the gate is open {waiting() or ''}".strip()] = is_open

    def _all_typed(self, records: list[Any], texts: list[dict[str, str]]) -> bool:
        pairs: list[tuple[Record, dict[str, str]]] = list(zip(records, texts, strict=False))
        return len(records) == len(texts) and all(as_typed(record, typed) for record, typed in pairs)

    def _contract(self) -> Contract:
        contract = self.laptop.card(self.tour.customer_id).newest(Contract)
        assert contract is not None
        return contract

    def _standing(self) -> Standing:
        with self.laptop.workspace.reading() as session:
            return approvals.procedure(session, self._contract()).standing

    def _waiting(self, laptop: Laptop) -> list[approvals.Waiting]:
        identity = laptop.workspace.identity
        with laptop.workspace.reading() as session:
            return approvals.waiting_for(session, identity.person_id, identity.role)

    def _has_decided(self, laptop: Laptop) -> bool:
        return not self._waiting(laptop)

    def _turn(self, laptop: Laptop) -> Any:
        return self._waiting(laptop)[0].step

    def _round(self) -> Opportunity:
        found = self.laptop.card(self.tour.customer_id).opportunity
        assert found is not None
        return found
