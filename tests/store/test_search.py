"""Search by characters, pinyin, initials and digits; nothing typed can break it."""

import re

import pytest

from salesdesk.records.prospecting import Contact, Customer
from salesdesk.store import search
from salesdesk.store.search import find
from tests.factories import make_workspace


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


SURNAMES = (
    "曾zeng 翟zhai 单shan 解xie 仇qiu 查zha 区ou 盖ge 缪miao 乐yue 朴piao 覃qin 覃tan 卜bu 任ren 华hua "
    "宁ning 纪ji 薄bo 种chong 都du 逄pang 句gou 黑he 阚kan 员yun 乜nie 牟mu 繁po 召shao 折she 莘shen 莘xin "
    "洗xian 隗wei 隗kui 么yao 应ying 祭zhai 秘bi 费fei 费bi 能nai 隽juan 郄qie 郇xun 六lu 炅gui 乘sheng "
    "角jue 车che 尉迟yuchi 万俟moqi 单于chanyu 澹台tantai 长孙zhangsun 乐正yuezheng 令狐linghu 皇甫huangfu "
    "鲜于xianyu 單shan 區ou 蓋ge 繆miao 樂yue 員yun 種chong 長孫zhangsun 尉遲yuchi 單于chanyu"
)
PLACES = (
    "重庆chongqing 厦门xiamen 六安luan 蚌埠bengbu 长沙changsha 长治changzhi 长葛changge 台州taizhou 亳州bozhou "
    "朝阳chaoyang 单县shanxian 什邡shifang 浚县xunxian 六合luhe 都匀duyun 会稽kuaiji 珲春huichun 珲春hunchun "
    "漯河luohe 新都xindu"
)


def pairs(said):
    """`单shan` as name and reading."""
    return [re.fullmatch(r"(\W*\w*?)([a-z]+)", pair).groups() for pair in said.split()]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """What a query finds among people of every surname, companies of every place, and some in both scripts."""
    opened = make_workspace(tmp_path_factory.mktemp("names"))
    companies = {f"{place}恒信建材有限公司" for place, _ in pairs(PLACES)}
    companies |= {
        "华源科技",
        "華源電子",
        "于氏木业",
        "於氏木業",
        "臺灣電子",
        "東莞廠",
        "裡程",
        "Müller 机械",
        "单县解放机械",
    }
    with opened.changing("save") as changes:
        customer = changes.add(Customer(name="新名有限公司", aliases="老字号、北方旧名实业；XM"))
        for name in sorted({f"{surname}国强" for surname, _ in pairs(SURNAMES)} | {"吕布", "王解放"}):
            changes.add(Contact(customer_id=customer.id, name=name))
        for name in sorted(companies):
            changes.add(Customer(name=name))

    def found(query):
        with opened.reading() as session:
            return {hit.title for hit in find(session, query, limit=1000)}

    yield found
    opened.close()


@pytest.mark.parametrize(("surname", "reading"), pairs(SURNAMES))
def test_surnames_are_read_as_surnames(names, surname, reading):
    initials = f"{reading[0]}gq" if len(surname) == 1 else reading
    for typed in (reading + "guoqiang", reading + "guo", initials):
        assert f"{surname}国强" in names(typed), typed


def test_a_surname_is_read_so_only_where_a_persons_name_begins_with_it(names):
    assert "王解放" in names("wangjiefang")
    assert "王解放" not in names("wangxiefang")
    assert "单县解放机械" not in names("shanxianxie")


@pytest.mark.parametrize("query", ["lv", "lu", "lü", "LÜ", "lǚ", "lyu", "lvb", "lubu", "lvbu", "lyubu", "吕", "呂"])
def test_the_ways_to_type_a_u_with_two_dots(names, query):
    assert "吕布" in names(query)


@pytest.mark.parametrize(("place", "reading"), pairs(PLACES))
def test_places_are_read_as_they_are_there(names, place, reading):
    for typed in (reading, reading + "hengxin"):
        assert f"{place}恒信建材有限公司" in names(typed)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        *(("华源科技", "華源"), ("華源電子", "华源"), ("華源電子", "華源"), ("于氏木业", "於氏"), ("於氏木業", "于氏")),
        *(("臺灣電子", "台湾"), ("東莞廠", "东莞厂"), ("裡程", "里程"), ("華源電子", "hydz"), ("華源電子", "huayuan")),
    ],
)
def test_both_scripts_find_each_other(names, written, typed):
    assert written in names(typed)


@pytest.mark.parametrize("query", ["老字号", "lzh", "laozihao", "旧名", "jm", "北方舊名", "xm"])
def test_a_customer_is_found_by_its_other_names(names, query):
    assert "新名有限公司" in names(query)


@pytest.mark.parametrize("query", ["müller", "Mül", "muller"])
def test_letters_with_marks_are_one_word(names, query):
    assert "Müller 机械" in names(query)
