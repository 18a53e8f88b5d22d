"""Who may speak to the office: accounts with passwords, devices with keys, tokens of minutes.

Nothing rotates, so a lost answer locks nobody out. Nonces and tokens are signed with the office's
secret and kept nowhere: any worker can check them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import threading
import time
import uuid
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from salesdesk.errors import OfficeRefused, UserError
from salesdesk.records.base import COMPANY
from salesdesk.server.tables import account, device, membership, secret, territory
from salesdesk.sync.protocol import Enrol, Enrolled, Membership, Nonce, Proof, Token, signed_text

TOKEN_SECONDS = 600
_NONCE_SECONDS = 120
_FREE_FAILURES = 5
_FAILURE_WAIT_MS = 60_000
_KEY_BYTES = 32
_DEVICE = re.compile(r"[A-Za-z0-9_-]{1,36}")
SHORTEST_PASSWORD = 8

_hasher = PasswordHasher()
_hashing = threading.Semaphore(2)  # a hash takes 64 MB; a rush of sign-ins may not take all memory


@dataclass(frozen=True)
class Caller:
    """The device and the person behind a request."""

    device: str
    person: str
    name: str


def now_ms() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 10**6


def add_territory(engine: Engine, territory_id: str, name: str) -> None:
    """A new, empty territory; `UserError` when the id is taken."""
    row = {"id": territory_id, "name": name, "epoch": str(uuid.uuid4()), "head_rev": 0, "count": 0, "digest": bytes(8)}
    try:
        with engine.begin() as connection:
            connection.execute(insert(territory).values(row))
    except IntegrityError as error:
        raise UserError("office.territory_exists", territory=territory_id) from error


def add_account(engine: Engine, login: str, name: str, role: str, home: str, password: str) -> str:
    """A new account with access to its home territory; returns the person's id."""
    person = str(uuid.uuid4())
    row = {"login": login, "person_id": person, "name": name, "role": role, "home": home}
    try:
        with engine.begin() as connection:
            if connection.scalar(select(territory.c.id).where(territory.c.id == home)) is None:
                raise UserError("office.no_such_territory", territory=home)
            connection.execute(insert(account).values(row | {"password": _hasher.hash(password)}))
            connection.execute(insert(membership).values(person_id=person, territory_id=home, role=role))
    except IntegrityError as error:
        raise UserError("office.account_exists", login=login) from error
    return person


def revoke(engine: Engine, device_id: str) -> bool:
    """Shut a device out; returns whether there is such a device."""
    with engine.begin() as connection:
        done = connection.execute(update(device).where(device.c.id == device_id).values(revoked_ms=now_ms()))
    return done.rowcount > 0


def enrol(engine: Engine, asked: Enrol) -> Enrolled:
    """Make a device known by a password. The same refusal for a wrong account and a wrong password."""
    if not _DEVICE.fullmatch(asked.device) or len(asked.public_key) != _KEY_BYTES or "\0" in asked.device_name:
        raise OfficeRefused("sync.not_a_message")
    if "\0" in asked.account:
        raise OfficeRefused("sync.wrong_password")
    with engine.connect() as connection:
        row = connection.execute(select(account).where(account.c.login == asked.account)).mappings().first()
    if row is not None and row["failures"] >= _FREE_FAILURES and now_ms() - row["failed_ms"] < _FAILURE_WAIT_MS:
        raise OfficeRefused("sync.too_many_tries", seconds=_FAILURE_WAIT_MS // 1000)
    if not _password_fits(row["password"] if row else _NOBODY, asked.password) or row is None:
        if row is not None:
            with engine.begin() as connection:
                changed = {"failures": account.c.failures + 1, "failed_ms": now_ms()}
                connection.execute(update(account).where(account.c.login == asked.account).values(changed))
        raise OfficeRefused("sync.wrong_password")
    known = {"person_id": row["person_id"], "name": asked.device_name[:120], "public_key": asked.public_key}
    with engine.begin() as connection:
        owner = connection.execute(
            select(device.c.person_id, device.c.revoked_ms).where(device.c.id == asked.device)
        ).first()
        if owner is None:
            connection.execute(insert(device).values(id=asked.device, **known))
        elif owner.person_id != row["person_id"]:
            raise OfficeRefused("sync.device_of_another")
        elif owner.revoked_ms is not None:  # a password alone does not bring a stolen laptop back
            raise OfficeRefused("sync.device_revoked")
        else:  # the answer was lost, or the laptop lost its key
            connection.execute(update(device).where(device.c.id == asked.device).values(known))
        connection.execute(update(account).where(account.c.login == asked.account).values(failures=0))
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

    def __init__(self, engine: Engine) -> None:
        """Reads, or makes at the very first start, the secret that all workers share."""
        self._engine = engine
        try:
            with engine.begin() as connection:
                connection.execute(insert(secret).values(id=1, value=secrets.token_bytes(32)))
        except IntegrityError:
            pass  # another start was first
        with engine.connect() as connection:
            self._secret: bytes = connection.scalars(select(secret.c.value)).one()

    def nonce(self) -> Nonce:
        """Something fresh to sign."""
        return Nonce(nonce=self._sealed(b"nonce", secrets.token_bytes(16), _NONCE_SECONDS))

    def token(self, proof: Proof) -> Token:
        """A token against the device's signature over a nonce of ours."""
        self._unsealed(b"nonce", proof.nonce)
        if not _DEVICE.fullmatch(proof.device):
            raise OfficeRefused("sync.unknown_device")
        with self._engine.connect() as connection:
            row = connection.execute(select(device).where(device.c.id == proof.device)).mappings().first()
        if row is None:
            raise OfficeRefused("sync.unknown_device")
        if row["revoked_ms"] is not None:
            raise OfficeRefused("sync.device_revoked")
        try:
            Ed25519PublicKey.from_public_bytes(row["public_key"]).verify(
                proof.signature, signed_text(proof.device, proof.nonce)
            )
        except InvalidSignature as error:
            raise OfficeRefused("sync.unknown_device") from error
        sealed = self._sealed(b"token", proof.device.encode(), TOKEN_SECONDS)
        return Token(token=base64.urlsafe_b64encode(sealed).decode(), expires_in=TOKEN_SECONDS)

    def caller(self, token: str) -> Caller:
        """Who holds this token; revocation is looked up on every call."""
        try:
            device_id = self._unsealed(b"token", base64.urlsafe_b64decode(token.encode())).decode()
        except ValueError as error:
            raise OfficeRefused("sync.token_expired") from error
        with self._engine.connect() as connection:
            row = connection.execute(
                select(device.c.person_id, device.c.revoked_ms, account.c.name)
                .join(account, account.c.person_id == device.c.person_id)
                .where(device.c.id == device_id)
            ).first()
        if row is None or row.revoked_ms is not None:
            raise OfficeRefused("sync.device_revoked")
        return Caller(device_id, row.person_id, row.name)

    def _sealed(self, purpose: bytes, content: bytes, seconds: int) -> bytes:
        body = (int(time.time()) + seconds).to_bytes(8, "big") + content
        return body + self._mac(purpose, body)

    def _unsealed(self, purpose: bytes, sealed: bytes) -> bytes:
        body, mac = sealed[:-32], sealed[-32:]
        if not hmac.compare_digest(mac, self._mac(purpose, body)) or int.from_bytes(body[:8], "big") < time.time():
            raise OfficeRefused("sync.token_expired")
        return body[8:]

    def _mac(self, purpose: bytes, body: bytes) -> bytes:
        return hmac.new(self._secret, purpose + b"\0" + body, hashlib.sha256).digest()


# The hash of no password: a wrong account takes as long as a wrong password.
_NOBODY = _hasher.hash(secrets.token_hex(16))


def _password_fits(hashed: str, password: str) -> bool:
    try:
        with _hashing:
            return _hasher.verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False
