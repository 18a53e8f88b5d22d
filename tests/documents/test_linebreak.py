"""Where lines may end, on the breaker alone and read back from a printed page."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdesk.documents.linebreak import NO_END, NO_START, break_lines
from salesdesk.documents.page import BODY, SIDE, Facts, Paper
from salesdesk.documents.pieces import text_pieces
from salesdesk.documents.quotes import as_typed, fitted
from salesdesk.records.language import Language
from tests.documents.conftest import ISSUED, glyphs


class Advances(dict):
    """Chinese characters are 1,000 wide, others 500."""

    def __missing__(self, character):
        return 1000 if character >= "\u2e80" or character in "“”‘’…—" else 500


ADVANCES = Advances()

MIXED = (
    "根据2024年3月5日的访谈（现场/线上），客户“华源科技”提出：需要统一的CRM平台，支持API对接、数据导出（Excel/CSV）；预算"
    "在¥200,000.00以内，效率提升30%以上！目前跟进依赖微信群与Excel表格，信息分散……负责人为王经理（电话：138-0000-5678，"
    "邮箱 wang.manager@huayuan-example.com）。是否可以“分期付款”？他说：“可以，但要先看《实施计划》。”——这一点我方已"
    "记录；"
    "后续由product team与IT部门（含运维、安全）共同评估，预计3.5周完成、误差不超过±2天。"
)

LONGEST_WORD = 215  # points; the e-mail address with the marks that cling to it, in the size of the body


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("客户信息，分散", 4000, ["客户信", "息，分散"]),
        ("客户（信息）分散", 3000, ["客户", "（信", "息）分", "散"]),
        ("跟进效率提升30%以上", 7000, ["跟进效率提升", "30%以上"]),
        ("编号HT-202403001已签", 7000, ["编号", "HT-202403001已", "签"]),
        ("two words here", 4500, ["two words", "here"]),
        ("他说“你好”了", 4000, ["他说“你", "好”了"]),
        ("abcdefghij", 2000, ["abcd", "efgh", "ij"]),
        ("一\n\n二", 9000, ["一", "", "二"]),
        ("那么……好", 3000, ["那", "么……", "好"]),
        (fitted("it don’t go"), 3000, ["it", fitted("don’t"), "go"]),
        ("", 1000, [""]),
    ],
)
def test_lines_end_where_they_may(text, room, lines):
    assert [line.text for line in break_lines(text, ADVANCES, room)] == lines


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("it’s", "’"),
        ("the team’s “best” offer", "’“”"),
        ("“Yes,” he said. ‘No.’", "“”‘’"),
        ("他说“OK”。", ""),
        ("“引用”", ""),
        ("采用“Excel”表格", ""),
        ("第一行\n“second” line", "“”"),
    ],
)
def test_marks_beside_latin_letters_are_narrow(text, narrow):
    assert as_typed(fitted(text)) == text
    assert as_typed("".join(c for c in fitted(text) if c > "\U0010ffef")) == narrow


def test_first_line_is_shorter_by_the_indent():
    lines = break_lines("客户信息分散效率", ADVANCES, 4000, 2000)
    assert [line.text for line in lines] == ["客户", "信息分散", "效率"]


@given(
    st.text(st.sampled_from("客户信息，。、“”（）《》！abc129.- %：…—×*\n"), max_size=120),
    st.integers(3000, 20000),
)
def test_nothing_is_lost_or_too_wide(text, room):
    lines = break_lines(text, ADVANCES, room)
    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    for line in lines:
        assert line.width == sum(ADVANCES[c] for c in line.text)
        assert line.width <= room
    assert sum(line.last for line in lines) == text.count("\n") + 1


def test_a_page_of_many_widths_keeps_the_rules():
    paper = Paper(Language.ZH, Facts("t", "a", "s", ISSUED))
    rooms = range(120, 461, 10)
    expected = []
    for room in rooms:
        pieces = text_pieces(MIXED, BODY, SIDE, room, "")
        expected += [(room, piece.line.text) for piece in pieces]
        paper.add(*pieces)
    lines = defaultdict(list)
    for page, x0, x1, base, character in glyphs(paper.pdf()):
        if 70 < base < 790:  # without the page's head and foot
            lines[page, -base].append((x0, x1, character))
    printed = [sorted(line) for _, line in sorted(lines.items())]
    assert len(printed) == len(expected) > 300

    bad_starts = bad_ends = cut_words = offset = 0
    for (room, text), line in zip(expected, printed, strict=True):
        assert "".join(character for *_, character in line).strip() == as_typed(text)
        bad_starts += text[0] in NO_START
        bad_ends += text[-1] in NO_END
        offset = MIXED.index(text, offset) + len(text)
        around = MIXED[offset - 1 : offset + 1]
        cut_words += room >= LONGEST_WORD and around.isascii() and around.isalnum() and len(around) == 2
        offset %= len(MIXED)
        assert max(x1 for _, x1, character in line if character != " ") <= SIDE + room + 0.05
        assert min(x0 for x0, *_ in line) >= SIDE - 0.05
    assert bad_starts / len(printed) <= 0.002
    assert bad_ends == 0
    assert cut_words == 0


def test_lines_are_filled_to_the_edge():
    paper = Paper(Language.ZH, Facts("t", "a", "s", ISSUED))
    paper.add(*text_pieces("客户信息分散，跟进效率低，需要统一的平台。" * 12, BODY, SIDE, 300, ""))
    lines = defaultdict(list)
    for _, _, x1, base, _ in glyphs(paper.pdf()):
        if base > 70:
            lines[base].append(x1)
    ends = [max(found) for _, found in sorted(lines.items(), reverse=True)]
    assert len(ends) > 5
    assert all(abs(end - SIDE - 300) < 0.3 for end in ends[:-1])


LINE = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (LINE + "辰。", "卯辰。"),
        (LINE + "辰", "卯辰"),
        (LINE[:-1] + "，辰。", "寅，辰。"),
        (LINE[:-2] + "AB辰。", "丑AB辰。"),  # no word is torn, so that more goes along
        (LINE + "辰巳", "辰巳"),
        (LINE + "A", "A"),
        (LINE[:8] + "\n" + LINE[:8] + "辰。", LINE[:8] + "辰。"),
    ],
)
def test_no_character_stands_alone_in_a_last_line(text, last):
    lines = break_lines(text, ADVANCES, 24_000)
    assert lines[-1].text == last
    assert "".join(line.text for line in lines) == text.replace("\n", "")
    for line in lines:
        assert line.width == sum(ADVANCES[c] for c in line.text) <= 24_000
