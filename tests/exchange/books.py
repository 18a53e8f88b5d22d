"""Workbooks for tests, as other programs and as nobody but a rogue would write them."""

import io
import struct
import zipfile

import xlsxwriter


def book(path, rows):
    """A workbook of one sheet; returns its path."""
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def with_sheet(path, sheet_xml, rows=(("客户名称",), ("华源",)), *, compression=zipfile.ZIP_DEFLATED):
    """A workbook whose sheet says something else; returns its path."""
    book(path, rows)
    with zipfile.ZipFile(path) as read:
        parts = {one.filename: read.read(one) for one in read.infolist()}
    with zipfile.ZipFile(path, "w", compression) as packed:
        for name, data in parts.items():
            packed.writestr(name, sheet_xml if name.endswith("sheet1.xml") else data)
    return path


def cells(inner):
    """A sheet's XML around these rows."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return f"<worksheet {space}><sheetData>{inner}</sheetData></worksheet>".encode()


def lying(path, megabytes):
    """A workbook that unpacks to more than its archive says; returns its path."""
    blank = cells('<row r="1"><c r="A1"><v>1</v></c></row>') + b" " * (megabytes * 1024**2)
    with_sheet(path, blank)
    raw = path.read_bytes()
    path.write_bytes(raw.replace(struct.pack("<I", len(blank)), struct.pack("<I", 1000)))
    return path


def ods(path, table):
    """An OpenDocument table; returns its path."""
    names = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
    path.write_bytes(out.getvalue())
    return path
