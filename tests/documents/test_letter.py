"""The 需求确认函, read back from the file that a customer receives."""

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from salesdesk.actions.paper_declarations import paper_named
from salesdesk.documents.audience import printed
from salesdesk.documents.letter import POINTS, confirmation_letter
from salesdesk.errors import Bug, UserError
from salesdesk.records.discovery import ConfirmationLetter, NeedsAnalysis
from salesdesk.records.field import Audience
from salesdesk.records.kinds import TextKind
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import fields_of
from tests.documents.conftest import glyphs, read_back, squeezed

UGLY = '<b>&<img src="file:///etc/passwd"> &amp; {0} %s </para> \\'


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_every_point_comes_out_again(make_letter, language):
    make_letter.contact.name = make_letter.letter.recipient = "欧阳𬭎"
    pdf = make_letter(language, name="𠮷祥（上海）贸易有限公司", participants="客户𬭎、䶮、㛃、𨋢")
    wanted = [
        "𠮷祥（上海）贸易有限公司",
        "欧阳𬭎",
        "总经理",
        "XQ-20240305-01AB",
        "2024-03-05",
        "客户𬭎、䶮、㛃、𨋢",
        "客户信息分散，跟进效率低",
        "需要统一的客户管理平台",
        "三年，2024年4月起",
        "北京示例软件有限公司",
        "李*",
        "010-8888 6666",
        "第1页/共1页" if language is Language.ZH else "Page 1 of 1",
        "第 2 版" if language is Language.ZH else "Version:2",
        *(fields_of(NeedsAnalysis)[name].label(language) for name in POINTS),
    ]
    for reader, text in read_back(pdf).items():
        assert [w for w in wanted if squeezed(w) not in text] == [], reader


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_nothing_confidential_reaches_the_customer(make_letter, language):
    """Every text field of every record carries a mark; only marks of fields for the customer may come out."""
    secret, open_marks = set(), set()
    for record in (make_letter.letter, make_letter.customer, make_letter.contact, make_letter.analysis):
        for number, declared in enumerate(fields_of(type(record)).values()):
            if isinstance(declared.kind, TextKind):
                mark = f"{record.__tablename__.replace('_', '')[:6]}{number:02}x"
                setattr(record, declared.name, mark)
                (open_marks if declared.audience is Audience.CUSTOMER else secret).add(mark)
    text = read_back(make_letter(language))["pypdf"]
    assert len(secret) > 8
    assert [mark for mark in secret if mark in text] == []
    named = {make_letter.contact.name}  # the recipient of the letter stands in its place
    named.add(make_letter.customer.credit_code)  # for the contract
    assert [mark for mark in open_marks - named if mark not in text] == []


def test_a_layout_that_names_a_confidential_field_is_a_bug(make_letter):
    for name in ("implicit_needs", "budget"):
        with pytest.raises(Bug, match="paper.field_not_for_audience"):
            printed(make_letter.analysis, name, Audience.CUSTOMER, Language.ZH)
        assert printed(make_letter.analysis, name, Audience.COMPANY, Language.ZH)


def test_typed_text_is_data(make_letter):
    pdf = make_letter(name=UGLY, pains=UGLY, explicit_needs=UGLY)
    for reader, text in read_back(pdf).items():
        assert text.count(squeezed(UGLY)) >= 3, reader
    with pikepdf.open(io.BytesIO(pdf)) as document:
        images = [o for o in document.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        assert images == []
        assert str(document.docinfo.Subject) == UGLY
        assert b"&lt;b&gt;&amp;&lt;img" in document.Root.Metadata.read_bytes()


def test_latin_quotation_marks_are_narrow_and_come_out_as_typed(make_letter):
    pdf = make_letter(Language.EN, pains="It’s the team’s “best” offer", explicit_needs="他说“可以”，‘好’")
    for reader, text in read_back(pdf).items():
        assert "It’stheteam’s“best”offer" in text, reader
        assert "他说“可以”，‘好’" in text, reader
    apostrophes = [x1 - x0 for _, x0, x1, _, mark in glyphs(pdf) if mark == "’"]
    assert min(apostrophes) < 4  # points
    assert max(apostrophes) > 9  # the one that closes Chinese text


def test_invisible_characters_do_no_harm(make_letter):
    pdf = make_letter(
        pains="价格\u202e001\u202c元\u200b\ufeff\x00\x07\x1b[31m和\u2028下一行\t制表", name="甲\u2066乙\ufe0f公司\r\n"
    )
    for reader, text in read_back(pdf).items():
        assert "价格001元[31m和下一行制表" in text, reader
        assert "甲乙公司" in text, reader
        assert not set(text) & set("\u202e\u202c\u200b\ufeff\x00\x07\x1b\u2066\ufe0f"), reader


@pytest.mark.parametrize(
    ("record", "field", "place"),
    [
        ("customer", "name", "name"),
        ("letter", "recipient", "recipient"),
        ("contact", "position", "recipient"),
        *(("analysis", name, name) for name in POINTS if name != "interviewed_on"),
    ],
)
def test_a_character_that_no_font_has_is_named_with_its_place(make_letter, record, field, place):
    setattr(getattr(make_letter, record), field, "满意😀的")
    with pytest.raises(UserError) as caught:
        make_letter()
    assert caught.value.message == "paper.missing_character"
    assert caught.value.field == place
    assert caught.value.params["character"] == "😀"
    assert caught.value.params["code"] == "U+1F600 GRINNING FACE"


def test_a_sender_with_an_unprintable_name_is_told_so(make_letter):
    make_letter.sender = replace(make_letter.sender, company="示例😀")
    with pytest.raises(UserError, match="paper.missing_character") as caught:
        make_letter()
    assert caught.value.field == "company"


@pytest.mark.parametrize("language", [Language.ZH, Language.EN])
def test_an_empty_record_still_makes_a_letter(make_letter, language):
    pdf = confirmation_letter(
        ConfirmationLetter(id="l"),
        Customer(id="c"),
        None,
        NeedsAnalysis(id="a"),
        replace(make_letter.sender, company="", person="", phone="", email="", address=""),
        date(2024, 3, 5),
        language,
        title=paper_named("letter").title(language),
    )
    text = read_back(pdf)["pypdf"]
    assert text.count(squeezed("（未提及）" if language is Language.ZH else "(not mentioned)")) == len(POINTS)
    assert "None" not in text


def test_a_long_note_runs_over_many_pages(make_letter):
    sentences = [f"第{n}点：客户信息分散，跟进效率低（见附件{n}）。" for n in range(2200)]
    note = "".join(sentences)
    assert len(note) > 50_000
    pdf = make_letter(pains=note, explicit_needs="W" * 3000)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = len(document.pages)
    assert 30 < pages < 80
    text = read_back(pdf)["pypdf"]
    assert text.count("项目需求要点") >= pages - 3  # the table's head on each of its pages
    assert f"第{pages}页/共{pages}页" in text
    assert [s for s in sentences[::100] if s not in text] != sentences[::100]
    assert text.count("W") == 3000
    numbers = [n for n in range(2200) if f"见附件{n}）" in text]
    # a sentence that a page break divides has the page's foot inside
    assert len(numbers) >= 2200 - pages


def test_the_same_letter_has_the_same_bytes(make_letter):
    first = make_letter()
    make_letter(Language.EN)
    assert make_letter() == first
    assert make_letter(issued_on=date(2024, 3, 6)) != first
    script = (
        "import hashlib, sys; from tests.documents.conftest import LetterMaker;"
        "print(hashlib.sha256(LetterMaker()()).hexdigest())"
    )
    for seed in ("1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == hashlib.sha256(first).hexdigest()


def test_a_contact_without_recipient_is_addressed(make_letter):
    make_letter.letter.recipient = ""
    make_letter.contact = Contact(id="p", name="王小明", position="采购总监")
    assert "尊敬的王小明：" in read_back(make_letter())["pdfminer"]
