"""A contract is made of the company's own text for its kind."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from salesdesk.actions import contracts, papers
from salesdesk.actions.paper_declarations import Offer
from salesdesk.process import templates
from salesdesk.records.contract import Contract, ContractTemplate
from salesdesk.records.language import Language
from salesdesk.settings import Settings

DAY = date(2026, 11, 24)


@pytest.fixture
def office(workspace, draft_contract):
    """The laptop of the administration, with a contract that sales drafted."""
    workspace.identity = replace(workspace.identity, role="office")
    return workspace


@pytest.fixture
def contract(office, draft_contract):
    return draft_contract


def text(workspace, contract, language=Language.ZH):
    made = papers.make(workspace, Offer("contract", "contract", contract.id), Settings(), DAY, language)
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(made.pdf)).pages).split())


def named(workspace, contract, kind):
    with workspace.changing("test") as changes:
        changes.get(Contract, contract.id).kind = kind


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_the_copied_standard_text_makes_the_same_contract_and_has_no_findings(office, contract, language):
    before = text(office, contract, language)
    copied = contracts.copy_standard_text(office, language)
    assert templates.check(copied) == []
    named(office, contract, copied.name)
    assert text(office, contract, language) == before


def test_the_companys_text_is_used_for_its_kind_alone(office, contract):
    copied = contracts.copy_standard_text(office, Language.ZH)
    with office.changing("test") as changes:
        kept = changes.get(type(copied), copied.id)
        kept.name, kept.title = "定制开发合同", "定制开发协议"
        kept.articles = "# 特别约定\n乙方为{party_a}定制，总价{amount_yuan}元。\n" + kept.articles
    named(office, contract, "软件服务合同")
    assert "特别约定" not in text(office, contract)
    named(office, contract, "定制开发合同")
    said = text(office, contract)
    assert "定制开发协议" in said
    assert "第一条特别约定" in said
    assert "1.1乙方为××科技有限公司定制" in said
    assert "特別約定" in text(office, contract, Language.TRADITIONAL)
    assert "特别约定" not in text(office, contract, Language.EN)  # no English text of this kind: the standard one


def test_the_whole_text_is_held_against_the_rules(office, contract):
    def found(language=Language.ZH):
        with office.reading() as session:
            paper = session.get(Contract, contract.id)
            return {(one.message, one.field) for one in contracts.findings(session, paper, language)}

    standard = found()
    assert not {message for message, _ in standard if message.startswith("template.")}
    copied = contracts.copy_standard_text(office, Language.ZH)
    named(office, contract, copied.name)
    assert found() == standard
    with office.changing("test") as changes:
        text = changes.get(type(copied), copied.id)
        text.articles = "# 交付\n{delivery}。乙方应尽快交付，维护见{support}。\n# 验收\n{acceptance}"
        changes.get(Contract, contract.id).support = ""
    assert found() >= {
        ("template.no_disputes", ""),
        ("contract.blank", "support"),
        ("contract.vague_clause", ""),
    }
    made = papers.make(office, Offer("contract", "contract", contract.id), Settings(), DAY, Language.ZH)
    assert "contract.vague_clause" in {one.message for one in made.findings}


def test_a_company_with_texts_of_its_own_is_told_where_none_fits(office, draft_contract):
    workspace = office

    def remarks(language):
        with workspace.reading() as session:
            found = contracts.findings(session, session.get(Contract, draft_contract.id), language)
        return {finding.message for finding in found}

    assert "contract.standard_text" not in remarks(Language.ZH)
    with workspace.changing("test") as changes:
        changes.get(Contract, draft_contract.id).kind = "软件服务合同"
        changes.add(ContractTemplate(name="软件服务合同", language="zh", title="合同", articles="# 付款\n{payment}"))
    assert "contract.standard_text" not in remarks(Language.ZH)
    assert "contract.standard_text" not in remarks(Language.TRADITIONAL)
    assert "contract.standard_text" in remarks(Language.EN)
    with workspace.changing("test") as changes:
        changes.get(Contract, draft_contract.id).kind = "特別合同"
    assert "contract.standard_text" in remarks(Language.ZH)


def test_a_traditional_paper_has_no_other_remarks_than_a_simplified_one(workspace, draft_contract):
    with workspace.reading() as session:
        contract = session.get(Contract, draft_contract.id)
        found = [contracts.findings(session, contract, each) for each in (Language.ZH, Language.TRADITIONAL)]
    assert found[0] == found[1]
    assert "template.no_acceptance" not in {finding.message for finding in found[1]}
