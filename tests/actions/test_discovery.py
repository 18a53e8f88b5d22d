"""The outline and the letter: made from what is recorded, refused in words, noted as sent."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from salesdesk.actions import deletion, discovery, forms, sample
from salesdesk.actions.rounds import move_on
from salesdesk.errors import UserError
from salesdesk.records.base import Stage
from salesdesk.records.discovery import OutlineQuestion
from salesdesk.records.language import Language
from salesdesk.settings import Settings
from salesdesk.store import attachments, queries, stage_list

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def card(workspace):
    sample.fill(workspace, "toolkit")
    with workspace.reading() as session:
        (line,) = stage_list.in_stage(session, Stage.DISCOVERY)
        return queries.card(session, line.customer_id)


def issue(workspace, card):
    return discovery.issue_letter(
        workspace, card.analysis.id, SHANGHAI, Language.ZH, Settings(company="示范软件有限公司")
    )


def letters(workspace, card):
    with workspace.reading() as session:
        return queries.card(session, card.customer.id).letters


def test_each_letter_is_a_version_of_its_own_with_its_file(workspace, card):
    first, second = issue(workspace, card), issue(workspace, card)
    assert [x.version for x in letters(workspace, card)] == [2, 1]
    assert first.reference == second.reference
    name, pdf = discovery.letter_pdf(workspace, first.id)
    assert name.endswith("-v1.pdf")
    assert pdf.startswith(b"%PDF")


def test_a_number_is_not_used_again_after_a_delete(workspace, card):
    deletion.delete(workspace, "confirmation_letter", [issue(workspace, card).id])
    assert issue(workspace, card).version == 2


def test_a_scan_does_not_take_the_place_of_what_was_issued(workspace, card):
    letter = issue(workspace, card)
    with workspace.changing("attach") as changes:
        attachments.attach(workspace, changes, changes.get(type(letter), letter.id), "scan.jpg", "image/jpeg", b"x")
    assert discovery.letter_pdf(workspace, letter.id)[0].endswith("-v1.pdf")


def test_a_character_that_cannot_be_printed_is_named_by_the_forms_label(workspace, card):
    sheet = forms.load(workspace, "needs_analysis", card.analysis.id)
    forms.save(workspace, sheet, {"explicit_needs": "需要 😀 平台"})
    with pytest.raises(UserError) as told:
        issue(workspace, card)
    assert told.value.params["place"] == "明确需求（客户提出）"
    assert told.value.params["character"] == "😀"
    assert letters(workspace, card) == []


def test_a_letter_without_needs_is_refused(workspace, card):
    forms.save(workspace, forms.load(workspace, "needs_analysis", card.analysis.id), {"explicit_needs": " "})
    with pytest.raises(UserError, match="no_needs"):
        issue(workspace, card)


def test_sending_and_confirming_are_noted(workspace, card):
    letter = issue(workspace, card)
    discovery.mark_sent(workspace, letter.id, "mail")
    discovery.mark_confirmed(workspace, letter.id, date(2024, 3, 7), "同意")
    (kept,) = letters(workspace, card)
    assert (kept.state, kept.sent_by, kept.reply, kept.confirmed_on) == ("confirmed", "mail", "同意", date(2024, 3, 7))
    discovery.mark_sent(workspace, letter.id, "print")
    (again,) = letters(workspace, card)
    assert (again.state, again.sent_by, again.sent_at) == ("confirmed", "mail", kept.sent_at)


def test_a_letter_confirmed_before_it_was_noted_as_sent_stays_confirmed(workspace, card):
    letter = issue(workspace, card)
    discovery.mark_confirmed(workspace, letter.id, date(2024, 3, 7))
    discovery.mark_sent(workspace, letter.id, "print")
    (kept,) = letters(workspace, card)
    assert (kept.state, kept.sent_by) == ("confirmed", "print")
    assert kept.sent_at is not None


def test_an_outline_has_the_toolkits_questions_and_the_industrys(workspace, card):
    outline = discovery.prepare_outline(workspace, card.customer.id, date(2024, 3, 4), Language.ZH)
    with workspace.reading() as session:
        asked = [row.question for row in queries.rows(session, OutlineQuestion, outline.id)]
    assert asked[0] == "现有业务流程中存在的主要痛点是什么？"
    assert asked[4] == "预算范围及期望合作周期？"
    assert len(asked) == 7
    assert outline.opportunity_id == card.opportunity.id


def test_moving_on_with_open_items_asks_for_a_reason_and_keeps_it(workspace, card):
    with pytest.raises(UserError, match="reason_needed"):
        move_on(workspace, card.opportunity.id, Stage.DISCOVERY)
    assert move_on(workspace, card.opportunity.id, Stage.DISCOVERY, "客户要求先看方案") is Stage.PROPOSAL
    with pytest.raises(UserError, match="stage.elsewhere"):  # the second click, or what a sync brought meanwhile
        move_on(workspace, card.opportunity.id, Stage.DISCOVERY, "客户要求先看方案")
    with workspace.reading() as session:
        opportunity = queries.card(session, card.customer.id).opportunity
    assert (opportunity.stage, opportunity.stage_reason) == ("proposal", "discovery: 客户要求先看方案")
