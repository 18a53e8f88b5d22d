"""Who may speak to the office: accounts with passwords, devices with keys, tokens of minutes.

Nothing rotates, so a lost answer locks nobody out. Nonces and tokens are signed with a key of the office's key file
and kept nowhere: any worker that has the file can check them.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
import uuid
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from itsdangerous import BadData, TimestampSigner
from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, insert, select, update

from salesdesk.errors import OfficeRefused, UserError
from salesdesk.records.base import COMPANY
from salesdesk.server.database import reading
from salesdesk.server.tables import account, act, code, device, membership, territory
from salesdesk.sync.protocol import Enrol, Enrolled, Membership, Nonce, Proof, Token, signed_text

TOKEN_SECONDS = 600
_NONCE_SECONDS = 120
_KEY_BYTES = 32
_DEVICE = re.compile(r"[A-Za-z0-9_-]{1,36}")
SHORTEST_PASSWORD = 8
_LONGEST_ACCOUNT, _LONGEST_PASSWORD = 80, 1_000
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another
_CODE_LENGTH = 16
_CODE_MS = 7 * 24 * 3600 * 1000

_hasher = PasswordHasher()


@dataclass(frozen=True)
class Caller:
    """The device and the person behind a request. `order` is what a device that is shut out is to do: lock | wipe."""

    device: str
    person: str
    name: str
    order: str = ""


def now_ms() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 10**6


@dataclass(frozen=True)
class Knock:
    """What the office knows of somebody who wants to enrol, before it looks at his password.

    `password` is the hash to try it against, nobody's for a name that is no account; `device` is the one that asks,
    when this account has it already; `has_code` says that what was typed is an open code of the account.
    """

    password: str
    device: str
    has_code: bool


def knock(engine: Engine, asked: Enrol) -> Knock:
    """Look at a request to enrol; asks the database the same for every name."""
    if not _DEVICE.fullmatch(asked.device) or len(asked.public_key) != _KEY_BYTES or "\0" in asked.device_name:
        raise OfficeRefused("sync.not_a_message")
    if len(asked.account) > _LONGEST_ACCOUNT or len(asked.password) > _LONGEST_PASSWORD:
        raise OfficeRefused("sync.not_a_message")
    if "\0" in asked.account:
        raise OfficeRefused("sync.wrong_password")
    with reading(engine) as connection:
        row = connection.execute(select(account).where(account.c.login == asked.account)).mappings().first()
        person = row["person_id"] if row else ""
        owner = connection.scalar(select(device.c.person_id).where(device.c.id == asked.device))
        has_code = connection.scalar(select(code.c.person_id).where(*_open_code(person, asked.password))) is not None
    return Knock(row["password"] if row else _NOBODY, asked.device if row and owner == person else "", has_code)


def fits(hashed: str, password: str) -> bool:
    """Whether this is the password; takes a while, and 64 MB."""
    try:
        return _hasher.verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False


def enrol(engine: Engine, asked: Enrol, *, password_fits: bool) -> Enrolled:
    """Make a device known, by a code, or by the password when it is the person's first one.

    The same refusal for a wrong account, a wrong password and a code that is used, too old or another's.
    """
    with engine.begin() as connection:
        wanted = select(account).where(account.c.login == asked.account).with_for_update()
        row = connection.execute(wanted).mappings().first()
        if row is None or not (password_fits or _use_code(connection, row["person_id"], asked.password)):
            raise OfficeRefused("sync.wrong_password")
        if row["disabled_ms"] is not None:
            raise OfficeRefused("sync.account_disabled")
        return _admitted(connection, row, asked, by_password=password_fits)


def new_code(connection: Connection, person: str) -> str:
    """A code that brings in one more device of this person within a week."""
    made = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
    row = {"sha256": _code_hash(made), "person_id": person, "until_ms": now_ms() + _CODE_MS}
    connection.execute(insert(code).values(row))
    return "-".join(made[at : at + 4] for at in range(0, _CODE_LENGTH, 4))


def hashed(password: str) -> str:
    """A password as it is kept; `UserError` when it is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise UserError("office.password_too_short", least=SHORTEST_PASSWORD)
    return _hasher.hash(password)


def note(connection: Connection, by: str, action: str, subject: str, detail: str = "") -> None:
    """Write down who did what, in the transaction that does it."""
    row = {"id": str(uuid.uuid4()), "at_ms": now_ms(), "by": by[:80], "action": action}
    connection.execute(insert(act).values(subject=subject[:120], detail=detail[:200], **row))


def _open_code(person: str, typed: str) -> tuple[ColumnElement[bool], ...]:
    this = code.c.sha256 == _code_hash(typed)
    return (this, code.c.person_id == person, code.c.used_ms.is_(None), code.c.until_ms >= now_ms())


def _use_code(connection: Connection, person: str, typed: str) -> bool:
    used = connection.execute(update(code).where(*_open_code(person, typed)).values(used_ms=now_ms()))
    return used.rowcount == 1


def _code_hash(typed: str) -> bytes:
    letters = "".join(one for one in typed.upper() if one.isalnum())
    return hashlib.sha256(letters.encode()).digest()  # 80 random bits need no slow hash


def _admitted(connection: Connection, row: RowMapping, asked: Enrol, *, by_password: bool) -> Enrolled:
    known = {"person_id": row["person_id"], "name": asked.device_name[:120], "public_key": asked.public_key}
    mine = connection.execute(select(device.c.id).where(device.c.person_id == row["person_id"]).limit(1)).first()
    owner = connection.execute(
        select(device.c.person_id, device.c.revoked_ms).where(device.c.id == asked.device)
    ).first()
    if owner is None:
        if by_password and mine is not None:  # whoever has the password only is not let in a second time
            raise OfficeRefused("sync.code_needed")
        connection.execute(insert(device).values(id=asked.device, enrolled_ms=now_ms(), **known))
        note(connection, row["login"], "device.enrol", asked.device, known["name"])
    elif owner.person_id != row["person_id"]:
        raise OfficeRefused("sync.device_of_another")
    elif owner.revoked_ms is not None:  # neither password nor code bring a stolen laptop back
        raise OfficeRefused("sync.device_revoked")
    else:  # the answer was lost, or the laptop lost its key
        connection.execute(update(device).where(device.c.id == asked.device).values(known))
        note(connection, row["login"], "device.new_key", asked.device, known["name"])
    return Enrolled(
        person=row["person_id"],
        name=row["name"],
        role=row["role"],
        home=row["home"],
        memberships=memberships_of(connection, row["person_id"]),
    )


def memberships_of(connection: Connection, person: str) -> list[Membership]:
    """The territories of a person; the company's own is everybody's to read."""
    found = connection.execute(
        select(territory.c.id, territory.c.name, membership.c.role)
        .join(membership, membership.c.territory_id == territory.c.id)
        .where(membership.c.person_id == person)
        .order_by(territory.c.id)
    ).all()
    result = [Membership(territory=row[0], name=row[1], role=row[2]) for row in found]
    if all(one.territory != COMPANY for one in result):
        role = select(account.c.role).where(account.c.person_id == person).scalar_subquery()
        company = connection.execute(select(territory.c.name, role).where(territory.c.id == COMPANY)).first()
        if company is not None:
            result.append(Membership(territory=COMPANY, name=company[0], role=company[1]))
    return result


class Gate:
    """Checks who is calling."""

    def __init__(self, engine: Engine, shared: bytes) -> None:
        """`shared` signs tokens; all workers have the same."""
        self._engine = engine
        self._nonces, self._tokens = (
            TimestampSigner(shared, salt=purpose, key_derivation="hmac", digest_method=hashlib.sha256)
            for purpose in ("nonce", "token")
        )

    def nonce(self) -> Nonce:
        """Something fresh to sign."""
        return Nonce(nonce=self._nonces.sign(secrets.token_hex(16)))

    def token(self, proof: Proof) -> Token:
        """A token against the device's signature over a nonce of ours; it says nothing of what the device may do."""
        _signed(self._nonces, proof.nonce, _NONCE_SECONDS)
        if not _DEVICE.fullmatch(proof.device):
            raise OfficeRefused("sync.unknown_device")
        with reading(self._engine) as connection:
            row = connection.execute(select(device).where(device.c.id == proof.device)).mappings().first()
        if row is None:
            raise OfficeRefused("sync.unknown_device")
        try:
            Ed25519PublicKey.from_public_bytes(row["public_key"]).verify(
                proof.signature, signed_text(proof.device, proof.nonce)
            )
        except InvalidSignature as error:
            raise OfficeRefused("sync.unknown_device") from error
        return Token(token=self._tokens.sign(proof.device).decode(), expires_in=TOKEN_SECONDS)

    def caller(self, token: str) -> Caller:
        """Who holds this token; whether he may still come in is looked up on every call."""
        found = self.known(token)
        if found.order:
            raise OfficeRefused("sync.device_revoked")
        return found

    def known(self, token: str) -> Caller:
        """Who holds this token, also when he is shut out and may only hand over what he holds."""
        device_id = _signed(self._tokens, token.encode(), TOKEN_SECONDS)
        with reading(self._engine) as connection:
            row = connection.execute(
                select(device.c.person_id, device.c.revoked_ms, device.c.wipe, account.c.name, account.c.disabled_ms)
                .join(account, account.c.person_id == device.c.person_id)
                .where(device.c.id == device_id)
            ).first()
        if row is None:
            raise OfficeRefused("sync.device_revoked")
        shut_out = row.revoked_ms is not None or row.disabled_ms is not None
        return Caller(device_id, row.person_id, row.name, ("wipe" if row.wipe else "lock") if shut_out else "")


def _signed(signer: TimestampSigner, sealed: bytes, seconds: int) -> str:
    """What we signed in the last so many seconds; `OfficeRefused` for anything else."""
    try:
        return signer.unsign(sealed, max_age=seconds).decode()
    except (BadData, ValueError) as error:
        raise OfficeRefused("sync.token_expired") from error


# The hash of no password: a wrong account takes as long as a wrong password.
_NOBODY = _hasher.hash(secrets.token_hex(16))
