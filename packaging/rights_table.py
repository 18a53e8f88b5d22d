"""Write docs/rights.md: who may read and write every field, from the declarations on form and field.

    python packaging/rights_table.py

tests/server/test_rights.py compares the file with what is declared, and tries every cell against a real office.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from salesdesk.records.base import Record
from salesdesk.records.field import Field
from salesdesk.records.registry import fields_of, forms
from salesdesk.records.roles import Role

FILE = Path(__file__).resolve().parent.parent / "docs" / "rights.md"
_HEAD = """# Who may read and write what

Written by `packaging/rights_table.py` from the declarations in `salesdesk/records`; a test keeps it true and tries
every cell with a hand-made message. What is not here is refused: other forms and fields, other links, and in the
territory `company` every role but administration.

| sign | meaning |
| --- | --- |
| W | reads and writes |
| H | reads; writes while it is empty or the own name stands there |
| D | reads; asks for it in a decision, when the step is of this role and it is its turn ([approval.md](approval.md)) |
| r | reads |
| – | neither: the office does not send it, and refuses it, also when it is to be emptied |

*once*: stays as it was when it was first filled in. *sealed*: stays while the paper is submitted. *unique*: no two
records say the same.
The line *rows* says who may make records, and put them into and out of the bin.
"""


def sign(form: type[Record], field: Field, role: Role) -> str:
    """The cell of a field and a role."""
    if role not in field.readers:
        return "–"
    if role in (field.writers or ()):
        return "W" if form.__form__.edited else "D"
    return "H" if field.held and role in form.__form__.writers else "r"


def lines() -> Iterator[str]:
    """The file, line by line."""
    yield from _HEAD.splitlines()
    for form in sorted(forms(), key=lambda form: form.__tablename__):  # whatever was imported first
        yield ""
        yield f"## {form.__tablename__} · {form.__form__.en}"
        yield ""
        yield "| | " + " | ".join(role.value.replace("_", " ") for role in Role) + " | |"
        yield "| --- |" + " --- |" * (len(Role) + 1)
        yield "| *rows* | " + " | ".join("W" if role in form.__form__.writers else "r" for role in Role) + " | |"
        for name, field in fields_of(form).items():
            notes = {"once": field.fixed, "sealed": bool(field.sealed_by), "unique": field.unique}
            said = ", ".join(note for note, holds in notes.items() if holds)
            yield f"| {name} | " + " | ".join(sign(form, field, role) for role in Role) + f" | {said} |"


def main() -> None:
    """Write the file."""
    FILE.write_text("\n".join(lines()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
