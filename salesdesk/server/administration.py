"""What an administrator does with people, devices and territories. Each deed is one transaction and notes itself."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import Connection, Engine, RowMapping, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from salesdesk.errors import UserError
from salesdesk.server import accounts, people
from salesdesk.server.accounts import note, now_ms
from salesdesk.server.tables import account, act, device, mark, membership, territory


class Administration:
    """The office's people, devices and territories, administered by somebody."""

    def __init__(self, engine: Engine, by: str) -> None:
        """`by` is written down with every deed."""
        self._engine = engine
        self._by = by

    # territories

    def add_territory(self, territory_id: str, name: str) -> None:
        """A new, empty territory; `UserError` when the id is taken."""
        row = {"id": territory_id, "name": name, "epoch": str(uuid.uuid4()), "head_rev": 0, "count": 0}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(territory).values(digest=bytes(8), **row))
                note(connection, self._by, "territory.add", territory_id, name)
        except IntegrityError as error:
            raise UserError("office.territory_exists", territory=territory_id) from error

    def territories(self) -> Sequence[RowMapping]:
        """Id, name, number of records and of members of each."""
        members = (
            select(func.count())
            .where(membership.c.territory_id == territory.c.id)
            .correlate(territory)
            .scalar_subquery()
            .label("members")
        )
        wanted = select(territory.c.id, territory.c.name, territory.c.count.label("records"), members)
        with self._engine.begin() as connection:
            return connection.execute(wanted.order_by(territory.c.id)).mappings().all()

    def join(self, login: str, territory_id: str, role: str = "") -> None:
        """Let a person into a territory, in a role of his own there or in his usual one."""
        with self._engine.begin() as connection:
            person = _person(connection, login)
            _territory(connection, territory_id)
            here = (membership.c.person_id == person["person_id"], membership.c.territory_id == territory_id)
            connection.execute(delete(membership).where(*here))
            role = role or person["role"]
            key = {"person_id": person["person_id"], "territory_id": territory_id}
            connection.execute(insert(membership).values(role=role, **key))
            people.announce(connection, territory_id, person["person_id"], person["name"], role)
            note(connection, self._by, "territory.join", login, f"{territory_id} {role}")

    def leave(self, login: str, territory_id: str) -> None:
        """Take a territory away from a person: its records leave his laptops at their next sync."""
        with self._engine.begin() as connection:
            person = _person(connection, login)
            here = (membership.c.person_id == person["person_id"], membership.c.territory_id == territory_id)
            if not connection.execute(delete(membership).where(*here)).rowcount:
                raise UserError("office.not_in_territory", login=login, territory=territory_id)
            note(connection, self._by, "territory.leave", login, territory_id)

    # people

    def add_person(self, login: str, name: str, role: str, home: str, password: str) -> str:
        """A new account with access to its home territory; returns the person's id."""
        person = str(uuid.uuid4())
        row = {"login": login, "person_id": person, "name": name, "role": role, "home": home}
        kept = accounts.hashed(password)
        try:
            with self._engine.begin() as connection:
                _territory(connection, home)
                connection.execute(insert(account).values(password=kept, **row))
                connection.execute(insert(membership).values(person_id=person, territory_id=home, role=role))
                people.announce(connection, home, person, name, role)
                note(connection, self._by, "people.add", login, f"{name} {role} {home}")
        except IntegrityError as error:
            raise UserError("office.account_exists", login=login) from error
        return person

    def people(self) -> Sequence[RowMapping]:
        """Account, name, role, home, territories, number of devices, and when disabled."""
        devices = (
            select(func.count())
            .where(device.c.person_id == account.c.person_id, device.c.revoked_ms.is_(None))
            .correlate(account)
            .scalar_subquery()
            .label("devices")
        )
        names = ("login", "name", "role", "home", "disabled_ms")
        wanted = select(*(account.c[name] for name in names), devices).order_by(account.c.login)
        with self._engine.begin() as connection:
            return connection.execute(wanted).mappings().all()

    def set_password(self, login: str, password: str) -> None:
        """Another password. Devices that are enrolled stay so: they have keys of their own."""
        kept = accounts.hashed(password)
        with self._engine.begin() as connection:
            _person(connection, login)
            values = {"password": kept, "failures": 0}
            connection.execute(update(account).where(account.c.login == login).values(values))
            note(connection, self._by, "people.password", login)

    def set_role(self, login: str, role: str) -> None:
        """Another role, in all of the person's territories."""
        with self._engine.begin() as connection:
            person = _person(connection, login)
            mine = membership.c.person_id == person["person_id"]
            connection.execute(update(account).where(account.c.login == login).values(role=role))
            connection.execute(update(membership).where(mine).values(role=role))
            for territory_id in connection.scalars(select(membership.c.territory_id).where(mine)).all():
                people.announce(connection, territory_id, person["person_id"], person["name"], role)
            note(connection, self._by, "people.role", login, f"{person['role']} -> {role}")

    def disable(self, login: str, *, wipe: bool = False) -> None:
        """Shut a person out with all of his devices; what they hold comes into quarantine, then they lock or wipe."""
        with self._engine.begin() as connection:
            person = _person(connection, login)
            at = person["disabled_ms"] or now_ms()
            connection.execute(update(account).where(account.c.login == login).values(disabled_ms=at))
            his = device.c.person_id == person["person_id"]
            connection.execute(update(device).where(his, device.c.revoked_ms.is_(None)).values(revoked_ms=at))
            connection.execute(update(device).where(his).values(wipe=wipe))
            note(connection, self._by, "people.disable", login, "wipe" if wipe else "lock")

    def enable(self, login: str) -> None:
        """Let a person in again, with the devices that were shut out together with him."""
        with self._engine.begin() as connection:
            person = _person(connection, login)
            together = (device.c.person_id == person["person_id"], device.c.revoked_ms == person["disabled_ms"])
            connection.execute(update(device).where(*together).values(revoked_ms=None, wipe=False))
            connection.execute(update(account).where(account.c.login == login).values(disabled_ms=None))
            note(connection, self._by, "people.enable", login)

    # devices

    def devices(self, login: str = "") -> Sequence[RowMapping]:
        """Id, name, account, when enrolled, when it last brought something, when shut out and with which order."""
        last = select(func.max(mark.c.contact_ms)).where(mark.c.device_id == device.c.id).correlate(device)
        names = ("id", "name", "enrolled_ms", "revoked_ms", "wipe")
        wanted = (
            select(account.c.login, *(device.c[name] for name in names), last.scalar_subquery().label("pushed_ms"))
            .join(account, account.c.person_id == device.c.person_id)
            .order_by(account.c.login, device.c.enrolled_ms)
        )
        with self._engine.begin() as connection:
            if login:
                wanted = wanted.where(account.c.login == _person(connection, login)["login"])
            return connection.execute(wanted).mappings().all()

    def code(self, login: str) -> str:
        """A one-time code for one more device of a person."""
        with self._engine.begin() as connection:
            person = _person(connection, login)
            if person["disabled_ms"] is not None:
                raise UserError("office.account_disabled", login=login)
            note(connection, self._by, "devices.code", login)
            return accounts.new_code(connection, person["person_id"])

    def revoke(self, device_id: str, *, wipe: bool = False) -> None:
        """Shut a device out; what it holds comes into quarantine, then it locks or wipes itself."""
        with self._engine.begin() as connection:
            shut = {"revoked_ms": func.coalesce(device.c.revoked_ms, now_ms()), "wipe": wipe}
            self._change_device(connection, device_id, shut)
            note(connection, self._by, "devices.revoke", device_id, "wipe" if wipe else "lock")

    def unrevoke(self, device_id: str) -> None:
        """Let a device in again; it then delivers what it holds as if nothing had been."""
        with self._engine.begin() as connection:
            self._change_device(connection, device_id, {"revoked_ms": None, "wipe": False})
            note(connection, self._by, "devices.unrevoke", device_id)

    def _change_device(self, connection: Connection, device_id: str, values: dict[str, object]) -> None:
        if not connection.execute(update(device).where(device.c.id == device_id).values(values)).rowcount:
            raise UserError("office.no_such_device", device=device_id)

    # what was done

    def acts(self, limit: int) -> Sequence[RowMapping]:
        """The last deeds, newest first."""
        with self._engine.begin() as connection:
            return connection.execute(select(act).order_by(act.c.at_ms.desc()).limit(limit)).mappings().all()


def _person(connection: Connection, login: str) -> RowMapping:
    found = connection.execute(select(account).where(account.c.login == login)).mappings().first()
    if found is None:
        raise UserError("office.no_such_account", login=login)
    return found


def _territory(connection: Connection, territory_id: str) -> None:
    if connection.scalar(select(territory.c.id).where(territory.c.id == territory_id)) is None:
        raise UserError("office.no_such_territory", territory=territory_id)
