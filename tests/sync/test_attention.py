"""What did not arrive as it was typed stays on one list until somebody has dealt with it, whatever happens."""

import pytest
from sqlalchemy import select

from salesdesk.actions import attention as deal
from salesdesk.actions import deletion, forms
from salesdesk.actions.forms import RowValues
from salesdesk.errors import SalesDeskError
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.typed import LONGEST_TEXT
from salesdesk.records.work import Opportunity, Task
from salesdesk.server.tables import mark
from salesdesk.store import bin  # noqa: A004  # the recycle bin
from salesdesk.store.attention import Kind, Way
from tests.sync.crew import until_quiet
from tests.sync.laptops import Cable
from tests.sync.refusals import at_office, correct, detail, items, new_customer, refused_edit


def test_a_refused_new_record_is_named_and_stays_through_syncs_and_restarts(laptop, li):
    record_id, _ = new_customer(li)
    assert len(li.sync().attention) > 0
    for _ in range(2):
        assert li.sync().attention == []
        li = laptop()
        (item,) = items(li)
    assert (item.kind, item.entity, item.record_id, item.title) == (Kind.REJECTED, "customer", record_id, "华源科技")
    assert (item.action, item.by, item.new, item.reason) == ("save.customer", "李伟", True, "value.out_of_range")
    assert item.ways == {Way.CORRECT, Way.HAND, Way.DROP}
    typed = detail(li, item)
    assert (typed[0].record_id, typed[0].wrong, typed[0].fields["employees"]) == (record_id, ("employees",), (None, -1))
    assert {one.entity for one in typed} == {"customer", "contact", "opportunity"}


def test_a_corrected_new_record_arrives_with_all_that_hangs_on_it(served, laptop, li):
    record_id, contact_id = new_customer(li)
    li.change(Customer, record_id, city="苏州")  # refused with it: the office does not know what is changed
    li.sync()
    task_id = li.add(Task(subject="回电", customer_id=record_id))
    li.sync()
    (item,) = items(li)
    correct(li, item, employees=50)
    assert items(li) == []
    li.sync()
    assert at_office(served, record_id) | {"employees": 50, "city": "苏州"} == at_office(served, record_id)
    assert at_office(served, contact_id)["phone"] == "13800135678"
    other = laptop("wangfang")
    until_quiet(li, other)
    assert other.get(Customer, record_id).name == "华源科技"
    assert other.get(Task, task_id).customer_id == record_id
    with other.workspace.reading() as session:
        assert session.scalars(select(Opportunity.customer_id)).all() == [record_id]
    assert items(li) == items(other) == []


def test_saving_the_form_of_a_refused_new_record_is_enough(served, li):
    record_id, contact_id = new_customer(li)
    li.sync()
    li.change(Customer, record_id, employees=3)
    li.sync()
    assert at_office(served, record_id)["employees"] == 3
    assert at_office(served, contact_id) is not None
    li.change(Customer, record_id, employees=4)  # and from now on it is a record like any other
    li.sync()
    assert at_office(served, record_id)["employees"] == 4
    assert items(li) == []


def test_a_correction_that_is_refused_again_is_on_the_list_again_and_once(li):
    new_customer(li)
    li.sync()
    (item,) = items(li)
    correct(li, item, employees=-2)
    li.sync()
    (again,) = items(li)
    assert again.key != item.key
    assert again.new


def test_a_refused_edit_is_corrected_on_what_the_office_has(served, laptop, li):
    record_id = refused_edit(li, served)
    li = laptop()
    (item,) = items(li)
    assert (item.kind, item.title, item.new) == (Kind.REJECTED, "启航", False)
    assert li.get(Customer, record_id).employees == 20
    opened = deal.open_to_correct(li.workspace, item)
    assert (opened.sheet.record.id, opened.refused.wrong) == (record_id, ("employees",))
    assert opened.refused.fields == {"employees": (20, -7), "province": ("", ""), "city": ("", "苏州")}
    correct(li, item, employees=7, city="苏州")
    assert items(li) == []
    li.sync()
    assert (at_office(served, record_id)["employees"], at_office(served, record_id)["city"]) == (7, "苏州")


def test_a_refused_row_opens_in_the_form_it_belongs_to(served, li):
    customer_id = li.add(Customer(name="启航", need="平台"))
    li.sync()
    contact_id = li.add(Contact(customer_id=customer_id, name="陈", phone="1" * (LONGEST_TEXT + 1)))
    li.sync()
    (item,) = items(li)
    opened = deal.open_to_correct(li.workspace, item)
    assert (opened.sheet.record.id, opened.refused.record_id) == (customer_id, contact_id)
    assert opened.refused.wrong == ("phone",)
    sheet, rows = opened.sheet, {"contact": [RowValues(contact_id, {"phone": "1"})]}
    forms.save(li.workspace, sheet, {}, rows)
    deal.corrected(li.workspace, item)
    li.sync()
    assert (at_office(served, contact_id)["phone"], items(li)) == ("1", [])


def test_a_dropped_new_record_goes_into_the_bin_and_comes_back_by_undo(served, laptop, li):
    record_id, contact_id = new_customer(li)
    li.sync()
    (item,) = items(li)
    dropped = deal.drop(li.workspace, item)
    assert items(li) == []
    with li.workspace.reading() as session:
        assert [one.record_id for one in bin.deleted(session)] == [record_id]
    li.sync()
    li = laptop()
    assert (items(li), at_office(served, record_id)) == ([], None)
    deal.put_back(li.workspace, dropped)
    assert li.get(Customer, record_id).deleted_at is None
    assert li.get(Contact, contact_id).deleted_at is None
    li.sync()
    (again,) = items(li)
    assert again.record_id == record_id
    correct(li, again, employees=1)
    li.sync()
    assert at_office(served, record_id)["employees"] == 1
    assert at_office(served, contact_id)["name"] == "张伟"


def test_deleting_it_together_with_what_the_office_has_is_no_refusal(served, li):
    record_id, _ = new_customer(li)
    li.sync()
    task_id = li.add(Task(subject="回电", customer_id=record_id))
    li.sync()
    assert at_office(served, task_id) is not None
    deletion.delete(li.workspace, "customer", [record_id])
    report = li.sync()
    assert (report.attention, items(li), at_office(served, task_id)) == ([], [], None)


def test_what_was_deleted_before_the_refusal_came_is_missed_by_nobody(li):
    record_id, _ = new_customer(li)
    deletion.delete(li.workspace, "customer", [record_id])
    li.sync()
    assert items(li) == []


def test_a_dropped_edit_leaves_what_the_office_has_and_can_be_put_back(served, laptop, li):
    record_id = refused_edit(li, served)
    (item,) = items(li)
    dropped = deal.drop(li.workspace, item)
    li.sync()
    li = laptop()
    assert (items(li), li.get(Customer, record_id).employees) == ([], 20)
    deal.put_back(li.workspace, dropped)
    assert items(li) == [item]


def test_handed_on_it_is_a_task_of_a_leader_in_the_same_territory(served, laptop, li):
    served.administration.add_person("zhao", "赵敏", "manager", "east", "correct horse")
    li.sync()
    record_id = refused_edit(li, served)
    (item,) = items(li)
    sheet = deal.task_for_leader(li.workspace, item, "启航：员工 -7", "…")
    assert items(li) == [item]  # nothing is handed on before the task is kept
    kept = forms.save(li.workspace, sheet, {"remark": "请看"})
    deal.handed(li.workspace, item)
    li.sync()
    assert items(laptop()) == []
    assert at_office(served, kept.record.id) | {
        "subject": "启航：员工 -7",
        "remark": "请看",
        "assignee": "赵敏",
        "customer_id": record_id,
    } == at_office(served, kept.record.id)


def test_a_task_does_not_name_a_customer_whom_the_office_does_not_have(li):
    new_customer(li)
    li.sync()
    (item,) = items(li)
    assert deal.task_for_leader(li.workspace, item, "一", "二").record.customer_id == ""


def test_an_answer_that_was_cut_is_learnt_at_the_next_contact(served, laptop, li):
    """The office took the push and its answer never came; whatever came after, the refusal is told."""
    cable = Cable(int(served.url.rsplit(":", 1)[1]))
    try:
        record_id, _ = new_customer(li)
        li.go_through(cable.url)
        for allowed in range(300, 3_000, 40):
            cable.cut_after("down", allowed)
            with pytest.raises(SalesDeskError):
                li.sync()
            with served.engine.connect() as connection:
                if any(connection.scalars(select(mark.c.acked_seq))):
                    break
        assert li.waiting() > 0  # it is not known here yet
        assert items(li) == []
        li = laptop()
        li.go_through(served.url)
        li.add(Task(subject="之后"))
        assert len(li.sync().attention) > 0
    finally:
        cable.close()
    (item,) = items(laptop())
    assert (item.record_id, item.reason) == (record_id, "value.out_of_range")


def test_a_cut_directly_after_the_push_hides_nothing(laptop, li):
    record_id, _ = new_customer(li)

    def cut(step):
        if step.step == "push" and step.done:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        li.sync(progress=cut)
    (item,) = items(laptop())
    assert item.record_id == record_id
