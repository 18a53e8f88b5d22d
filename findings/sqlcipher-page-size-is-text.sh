#!/bin/sh
# Under SQLCipher, `PRAGMA page_size` answers a text.
#
# Guess: SQLCipher is SQLite with encrypted pages; a pragma that stock SQLite answers with a number is answered with the
#   same number, so that `page_count * page_size` is the size of the file on every connection.
# Version: sqlcipher3 0.6.4 (SQLCipher 4.19.0 community, SQLite 3.53.4), Linux, Python 3.11.
# Behaviour: without a key the same build answers 4096 (integer). As soon as a key is set, it answers '4096' (text), also
#   by the table-valued `pragma_page_size`; `page_count` stays an integer. In Python `page_count * page_size` then is not
#   an error but a string that repeats '4096' as many times as there are pages.
# Matters to: whoever computes sizes or offsets from pragmas (backup tools, integrity checks, browsers of database files).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install --disable-pip-version-check sqlcipher3==0.6.4
cd "$work"
"$work/venv/bin/python" - <<'PY'
from sqlcipher3 import dbapi2


def answers(path, key):
    connection = dbapi2.connect(path)
    if key:
        connection.execute(f"PRAGMA key = \"x'{'6b' * 32}'\"")
    connection.execute("CREATE TABLE note (words TEXT)")
    names = ("page_size", "page_count")
    return [connection.execute(f"SELECT * FROM pragma_{name}").fetchone()[0] for name in names]


plain, keyed = answers("plain.db", key=False), answers("keyed.db", key=True)
print("without a key:", plain, "with a key:", keyed, "size:", repr(keyed[1] * keyed[0]))
assert plain == [4096, 2], plain
assert keyed == ["4096", 2], keyed
assert keyed[1] * keyed[0] == "40964096"
PY
echo "as seen: a size computed from pragmas is a text"
