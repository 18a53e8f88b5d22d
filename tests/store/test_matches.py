"""Customers held against profiles: a list is ordered as `grading` counts, page by page, each customer once."""

from itertools import product

import pytest

from salesdesk.process import grading
from salesdesk.records.base import Stage
from salesdesk.records.prospecting import Customer, IdealCustomer
from salesdesk.records.work import Opportunity
from salesdesk.store import matches, stage_list
from salesdesk.store.filters import Filter
from salesdesk.store.queries import PAGE

PROFILES = {
    "maker": {
        "industries": "制造业、信息",
        "employees_from": 100,
        "employees_to": 1000,
        "regions": "江苏 苏州工业园区",
    },
    "rich": {"revenue_from": 50_000_000_00, "pains": "客户管理，数据"},
    "nothing": {"regions": " 、"},
}


def fill(workspace, profiles):
    """Every combination of what a customer may say of himself, in the first stage."""
    asked = (
        ("", "manufacturing", "it", "education", "from a later version"),
        (None, 0, 99, 100, 1000, 1001),
        (None, 50_000_000_00),
        ("", "江苏", "江", "北京"),
        ("", "要客户管理", "别的"),
    )
    with workspace.changing("test") as changes:
        for name in profiles:
            changes.add(IdealCustomer(name=name, **PROFILES[name]))
        for number, (industry, employees, revenue, province, need) in enumerate(product(*asked)):
            customer = changes.add(
                Customer(
                    name=f"公司{number}", industry=industry, employees=employees, revenue=revenue, province=province,
                    city="苏州" if number % 2 else "", need=need, grade="A" if number % 3 else "B",
                )
            )  # fmt: skip
            changes.add(Opportunity(customer_id=customer.id, stage="prospecting", outcome="open"))
    return number + 1


@pytest.mark.parametrize("profiles", [["maker"], ["rich"], ["nothing"], ["maker", "rich", "nothing"], []])
def test_the_statement_counts_as_grading_does(workspace, profiles):
    fill(workspace, profiles)
    with workspace.reading() as session:
        asked = matches.profiles(session)
        found = session.query(Customer, matches.ranking(asked)).all()
        best = {customer.name: grading.best_match(customer, asked) for customer, _ in found}
    said = {customer.name: rank for customer, rank in found}
    assert said == {name: match.rank if match else grading.NO_RANK for name, match in best.items()}
    assert len(set(said.values())) > 3 or profiles in ([], ["nothing"])


def test_the_best_match_stands_first_and_each_customer_once(workspace):
    count = fill(workspace, list(PROFILES))
    read, last = [], None
    with workspace.reading() as session:
        while page := matches.customers(session, last, best_first=True):
            read, last = read + page, page[-1]
    assert [one.key for one in read] == sorted((one.key for one in read), reverse=True)
    assert len({one.customer.id for one in read}) == len(read) == count > 5 * PAGE
    assert read[0].match.share == 100
    with workspace.reading() as session:
        narrowed = matches.customers(session, filters=[Filter("grade", "B")], best_first=True)
    assert {one.customer.grade for one in narrowed} == {"B"}


def test_the_first_stage_lists_the_best_match_first(workspace):
    count = fill(workspace, list(PROFILES))
    read, after = [], None
    with workspace.reading() as session:
        while page := stage_list.in_stage(session, Stage.PROSPECTING, after, best_first=True):
            read, last = read + page, page[-1]
            after = (last.rank, last.touched_at, last.opportunity_id)
        (newest, *_) = stage_list.in_stage(session, Stage.PROSPECTING)
    keys = [(line.rank, line.touched_at, line.opportunity_id) for line in read]
    assert keys == sorted(keys, reverse=True)
    assert len({line.customer_id for line in read}) == len(read) == count
    assert newest.name == f"公司{count - 1}"
    assert newest.match is not None  # whatever the order, each line says how it fits


def test_a_match_names_its_profile_and_what_is_missed():
    profiles = [IdealCustomer(name=name, **said) for name, said in PROFILES.items()]
    customer = Customer(industry="manufacturing", employees=99, province="江苏", need="要客户管理")
    found = grading.best_match(customer, profiles)
    assert (found.profile, found.share, found.missed, found.unknown) == (
        "rich",
        100,
        [],
        ["industry", "employees", "revenue", "region"],
    )
    found = grading.best_match(customer, profiles[:1])
    assert (found.profile, found.share, found.missed, found.unknown) == (
        "maker",
        66,
        ["employees"],
        ["revenue", "pains"],
    )
    assert grading.best_match(Customer(), profiles) is None
