"""Names of files from elsewhere stay in their folder, are one line, and are run by nothing."""

import ntpath
import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdesk.exchange.file_names import proposed


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("报价单.pdf", "报价单.pdf"),
        ("会议纪要 2026.11.30.docx", "会议纪要 2026.11.30.docx"),
        ("../../.bashrc", "bashrc"),
        ("..\\..\\Startup\\run.bat", "run.bat.unsafe"),
        ("/etc/passwd", "passwd"),
        ("C:\\Windows\\win.ini", "win.ini"),
        ("C:win.ini", "C_win.ini"),
        ("..", "file"),
        ("", "file"),
        ("  ", "file"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("nul .tar.gz", "_nul .tar.gz"),
        ("LPT1.pdf", "_LPT1.pdf"),
        ("COM¹.pdf", "_COM¹.pdf"),
        ("CONTRACT.pdf", "CONTRACT.pdf"),
        ("setup.exe", "setup.exe.unsafe"),
        ("offer.pdf.EXE", "offer.pdf.EXE.unsafe"),
        ("offer.exe. .", "offer.exe.unsafe"),
        ("offer.pdf.lnk", "offer.pdf.lnk.unsafe"),
        ("offer.desktop", "offer.desktop.unsafe"),
        ("a\r\nb.pdf", "a  b.pdf"),
        ("a\u2028b.pdf", "a b.pdf"),
        ("cod\u202etxt.exe", "codtxt.exe.unsafe"),
        ("offer.pdf:hidden.exe", "offer.pdf_hidden.exe.unsafe"),
        ("what?.pdf", "what_.pdf"),
        ("offer.pdf/", "offer.pdf"),
        ("offer.e\u200bxe", "offer.exe.unsafe"),
    ],
)
def test_a_name_is_made_harmless(name, right):
    assert proposed(name) == right


def test_a_long_name_keeps_its_ending():
    for ending in (".pdf", ".exe"):
        short = proposed("报" * 300 + ending)
        assert len(short.encode()) <= 200
        assert short.endswith(".exe.unsafe" if ending == ".exe" else ".pdf")


@given(st.text(max_size=300))
def test_whatever_it_is_called_it_is_a_name_in_one_folder(name):
    safe = proposed(name)
    assert safe
    assert safe not in {".", ".."}
    assert safe == posixpath.basename(safe) == ntpath.basename(safe)
    assert safe == safe.strip(" .")
    assert safe.isprintable() or all(one == " " or one.isprintable() for one in safe)
    assert len(safe.encode()) <= 201
    assert not ntpath.isreserved(safe) if hasattr(ntpath, "isreserved") else True
    assert proposed(safe) == safe
