"""The code that a company has by law, and what a spreadsheet program makes of it."""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum.cn import uscc

from salesdesk.records.typed import narrow

# GB 32100-2015: who registered it (a letter, too: N are rural collectives, which the library's own test refuses),
# what it is, where, and an organisation code. The letters that are missing look like digits.
_SIGNS = "0-9A-HJ-NPQRTUWXY"
_CODE = re.compile(rf"[1-9A-Y][{_SIGNS}]\d{{6}}[{_SIGNS}]{{10}}")
_OLD_NUMBER = re.compile(r"[1-9]\d{14}")  # of a registration before 2015
_FEWEST_CHARACTERS = 4  # different ones: 111111111111111 is no number
_DIGITS_KEPT = 15  # by a spreadsheet program, of a number
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def credit_code(text: str) -> str:
    """A unified social credit code, or an old registration number, for comparison; nothing for what is none.

    暂无, a masked code and one with a wrong check character tell no company from another.
    """
    code = narrow(text).upper()
    if len(set(code)) < _FEWEST_CHARACTERS:
        return ""
    return (
        code
        if _OLD_NUMBER.fullmatch(code) or (_CODE.fullmatch(code) and uscc.calc_check_digit(code[:-1]) == code[-1])
        else ""
    )


def is_damaged(text: str) -> bool:
    """Whether digits were taken for a number: 9.13205E+17, or more of them than a number keeps."""
    shown = narrow(text)
    return bool(_EXPONENT.fullmatch(shown)) or (
        shown.isdecimal() and len(shown) > _DIGITS_KEPT and not credit_code(shown)
    )
