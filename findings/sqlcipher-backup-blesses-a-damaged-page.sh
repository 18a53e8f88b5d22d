#!/bin/sh
# SQLite's online backup over SQLCipher reports success when the source has a page that fails its HMAC, and the copy
# passes SQLCipher's own integrity check.
#
# Guess: every page of a SQLCipher database carries an HMAC, and reading a page that fails it is an error
#   (SQLITE_CORRUPT for a SELECT). `Connection.backup` reads every page through the same code, so a backup of a file with
#   one flipped byte fails too; or, if pages are copied raw, `PRAGMA cipher_integrity_check` on the copy finds that page.
# Version: sqlcipher3 0.6.4 (SQLCipher 4.19.0 community, SQLite 3.53.4), Linux, Python 3.11.
# Behaviour: `backup` returns without an error. The damaged page and every page copied after it arrive as zeros, each
#   encrypted anew with a good HMAC: `cipher_integrity_check` on the copy finds nothing at all, and half of the rows are
#   gone. VACUUM INTO of the same file fails as one would expect.
# Matters to: whoever makes backups of an encrypted database by the documented way and checks them by the documented way.
#   `PRAGMA quick_check` on the copy does notice; VACUUM INTO never makes such a copy.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install --disable-pip-version-check sqlcipher3==0.6.4
cd "$work"
"$work/venv/bin/python" - <<'PY'
from sqlcipher3 import dbapi2

PAGE = 4096


def opened(path):
    connection = dbapi2.connect(path, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{'6b' * 32}'\"")
    return connection


source = opened("source.db")
source.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT)")
source.executemany("INSERT INTO note (words) VALUES (?)", [("w" * 1000,)] * 2000)
source.close()
with open("source.db", "r+b") as file:  # one bit of one page in the middle, as a bad sector would do it
    size = file.seek(0, 2)
    file.seek(size // PAGE // 2 * PAGE + 100)
    byte = file.read(1)[0]
    file.seek(-1, 1)
    file.write(bytes([byte ^ 1]))


def outcome(sql, path):
    connection = opened(path)
    try:
        return connection.execute(sql).fetchall()
    except (dbapi2.DatabaseError, MemoryError) as error:
        return f"{type(error).__name__}: {error}"
    finally:
        connection.close()


def backup():
    one, other = opened("source.db"), opened("copy.db")
    try:
        one.backup(other)
        return "no error"
    except (dbapi2.DatabaseError, MemoryError) as error:
        return f"{type(error).__name__}: {error}"
    finally:
        one.close()
        other.close()


reading = outcome("SELECT count(words || '') FROM note", "source.db")
vacuum = outcome("VACUUM INTO 'vacuumed.db'", "source.db")
copied = backup()
integrity = outcome("PRAGMA cipher_integrity_check", "copy.db")
quick = outcome("PRAGMA quick_check(1)", "copy.db")
print("SELECT on the damaged source:          ", reading)
print("VACUUM INTO of the damaged source:     ", vacuum)
print("backup() of the damaged source:        ", copied)
print("cipher_integrity_check of that backup: ", integrity or "nothing found")
print("quick_check of that backup:            ", str(quick)[:60])
# Seen:
#   SELECT on the damaged source:           DatabaseError: database disk image is malformed
#   VACUUM INTO of the damaged source:      DatabaseError: database disk image is malformed
#   backup() of the damaged source:         no error
#   cipher_integrity_check of that backup:  nothing found
#   quick_check of that backup:             [('*** in database main ***\nTree 2 page ...
same = (
    "malformed" in str(reading)
    and "malformed" in str(vacuum)
    and copied == "no error"
    and integrity == []
    and quick != [("ok",)]
)
raise SystemExit(0 if same else 1)
PY
