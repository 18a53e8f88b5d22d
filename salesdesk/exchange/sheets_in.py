"""Reading other programs' tables: workbooks of every age, web pages and text files, as rows of text.

Nothing of a file is run: macros are ignored, a formula is the value that was last computed. What a file is, its content
says and not its name. A file that cannot be read is refused with a sentence that says why, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from salesdesk.errors import UserError, reason_of
from salesdesk.exchange import mapping, markup_in, presets, text_in, workbooks_in
from salesdesk.exchange.sheet import LARGEST_FILE, Sheet, filled, too_large
from salesdesk.records.base import Record

_TEXT = {".csv", ".tsv", ".txt"}
_HEAD = 10  # rows that tell the program which wrote them


@dataclass(frozen=True)
class Grid:
    """A sheet as it stands: rows of text, without trailing empty ones. Row 0 is the file's first.

    `others` are the names of the sheets that have rows as well.
    """

    rows: list[list[str]]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def read(path: Path, sheet: str = "", password: str = "", form: type[Record] | None = None) -> Grid:
    """The rows of a file's sheet: the one named, else the first that is not hidden and looks like a table of `form`.

    Raises `UserError`: `import.no_file`, `import.too_large`, `import.empty`, `import.password` (also when the one
    given is wrong), `import.cipher`, `import.broken`, `import.not_a_table`, `import.no_table_inside`,
    `import.unclosed_quote`.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise too_large()
        data = path.read_bytes()
    except OSError as error:
        raise UserError("import.no_file", reason=reason_of(error)) from error
    if not data:
        raise UserError("import.empty")
    found = [*_sheets(data, path.suffix.lower(), password)]
    told = [one for one in found if one.rows]
    chosen = next((one for one in told if one.name == sheet), None) or (
        None if sheet in {one.name for one in found} else _best(told, form)
    )
    if chosen is None:
        raise UserError("import.empty")
    others = tuple(one.name for one in told if one is not chosen)
    return Grid(chosen.rows, chosen.name, tuple(one.name for one in found), others)


def _sheets(data: bytes, ending: str, password: str) -> Iterable[Sheet]:
    if data.startswith((workbooks_in.ZIP, workbooks_in.OLE)):
        return workbooks_in.sheets(data, password)
    if (marked := markup_in.sheets(data)) is not None:
        return marked
    if ending not in _TEXT and (data.startswith(b"%PDF") or not text_in.is_divided(text_in.decoded(data))):
        raise UserError("import.not_a_table")
    return [Sheet("", filled(text_in.rows_of(text_in.decoded(data), ending)))]


def _best(sheets: Sequence[Sheet], form: type[Record] | None) -> Sheet | None:
    """The first sheet that names half as many columns of the form as any: no sheet of explanations before a table."""
    seen = [one for one in sheets if not one.hidden] or sheets
    if not seen or form is None or len(seen) == 1:
        return next(iter(seen), None)
    known = [len(mapping.guess(form, one.rows, presets.recognised(one.rows[:_HEAD])).columns) for one in seen]
    return next(one for one, count in zip(seen, known, strict=True) if 2 * count > max(known) or not any(known))
