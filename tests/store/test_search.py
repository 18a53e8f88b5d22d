"""Search by characters, pinyin, initials and digits; nothing typed can break it."""

import pytest

from salesdesk.records.prospecting import Contact, Customer
from salesdesk.store import search
from salesdesk.store.search import find


@pytest.fixture
def found(workspace):
    with workspace.changing("save.customer") as changes:
        customer = changes.add(
            Customer(name="东莞华源科技有限公司", need="需要客户管理系统", credit_code="91320000ABC")
        )
        changes.add(Contact(customer_id=customer.id, name="林𬭎", phone="138 0013-5678", email="lin@hy.example"))
        changes.add(Contact(customer_id=customer.id, name="𠮷野家 <b>&amp;", phone="１３９"))

    def titles(query):
        with workspace.reading() as session:
            return [hit.title for hit in find(session, query)]

    return titles


@pytest.mark.parametrize(
    "query",
    [
        "华源",
        "源科",
        "科技有限",
        "dghy",
        "hykj",
        "HYKJ",
        "ｈｙｋｊ",
        "huayuan",
        "keji",
        "91320000abc",
        "东莞 科技",
        "hy dg",
        "华源kj",
        "华源keji",
        "dongguanhuayuankeji",
    ],
)
def test_finds_the_company(found, query):
    assert found(query) == ["东莞华源科技有限公司"]


@pytest.mark.parametrize(
    "query", ["林", "林𬭎", "𬭎", "13800135678", "138 0013 5678", "138-0013-5678", "5678", "1380013", "lin@hy", "lh"]
)
def test_finds_the_person(found, query):
    assert "林𬭎" in found(query)


def test_finds_a_name_beyond_the_basic_plane(found):
    assert found("𠮷野") == ["𠮷野家 <b>&amp;"]


@pytest.mark.parametrize(
    "query", ["", "  ", '"', "*", "' OR 1=1 --", "NEAR(", "chars:x", "^", "\0", "(" * 50, "\ud800"]
)
def test_nothing_typed_breaks_it(found, query):
    found(query)


def test_a_very_long_query_is_answered(found):
    assert found("华" * 50_000) == []
    assert len(search.match_expression("华" * 50_000)) < 200


def test_a_renamed_record_is_found_by_its_new_name_only(workspace):
    with workspace.changing("save.customer") as changes:
        customer = changes.add(Customer(name="华源"))
    with workspace.changing("save.customer") as changes:
        changes.get(Customer, customer.id).name = "立新"
    with workspace.reading() as session:
        assert find(session, "华源") == []
        assert [h.record_id for h in find(session, "立新")] == [customer.id]


def test_a_deleted_record_is_not_found(workspace):
    with workspace.changing("save.customer") as changes:
        customer = changes.add(Customer(name="华源"))
    with workspace.changing("delete.customer") as changes:
        changes.delete(changes.get(Customer, customer.id))
    with workspace.reading() as session:
        assert find(session, "华源") == []


def test_only_the_wanted_forms(workspace):
    with workspace.changing("save.customer") as changes:
        customer = changes.add(Customer(name="华源"))
        changes.add(Contact(customer_id=customer.id, name="华源来"))
    with workspace.reading() as session:
        assert [h.entity for h in find(session, "华源", entities=("contact",))] == ["contact"]


@pytest.mark.parametrize("query", ["cq", "chongqing", "zq", "重庆", "hq"])
def test_characters_with_several_readings(workspace, query):
    with workspace.changing("save.customer") as changes:
        changes.add(Customer(name="重庆长安银行"))
    with workspace.reading() as session:
        assert (len(find(session, query)) == 1) is (query != "hq")


def test_the_last_written_comes_first(workspace):
    for name in ("华源一", "华源二"):
        with workspace.changing("save.customer") as changes:
            changes.add(Customer(name=name))
    with workspace.reading() as session:
        assert [hit.title for hit in find(session, "华源")] == ["华源二", "华源一"]


def test_sounds_start_at_each_character():
    assert search.sounds("华源科技").split() == ["hykj", "huayuankeji", "ykj", "yuankeji", "kj", "keji", "j", "ji"]
