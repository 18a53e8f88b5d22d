#!/usr/bin/env bash
# python-stdnum: a Chinese credit code whose first sign is a letter is "invalid".
#
# Guess: stdnum.cn.uscc takes every 统一社会信用代码 of GB 32100-2015. The first sign says who registered the body, the second what it
# is; the standard's table of registering departments goes on behind the digits with letters (A: the army's, N: agriculture, Y: others),
# so that a rural economic collective has a code that begins with N.
# Version: python-stdnum 2.2
# Behaviour: the check digit of such a code is computed as the standard says (calc_check_digit), but validate() asks for eight digits in
# front and raises InvalidFormat. A program that trusts is_valid() tells every rural collective that its code is wrong.
# Seen:
#   91 310000 MA1FL0001: True, with its own check digit
#   N2 320581 MF1234567: False (InvalidFormat), though its last sign is the one that calc_check_digit gives
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet python-stdnum==2.2
"$place/venv/bin/python" - <<'PYTHON'
from stdnum.cn import uscc
from stdnum.exceptions import InvalidFormat


def whole(front):
    return front + uscc.calc_check_digit(front)


company, collective = whole("91310000MA1FL0001"), whole("N2320581MF1234567")
print(company, uscc.is_valid(company))
print(collective, uscc.is_valid(collective))
assert uscc.is_valid(company)
assert not uscc.is_valid(collective)
try:
    uscc.validate(collective)
except InvalidFormat as error:
    print("InvalidFormat:", error.message)
else:
    raise SystemExit("it is taken now")
PYTHON
