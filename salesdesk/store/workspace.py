"""The laptop's workspace: opening it, reading it, and the unit of work that writes it.

One folder holds everything: `workspace.db` (SQLCipher), `key.json`, `blobs/`, `backups/`.
A session lives inside one `with`; records that leave it are detached and fully loaded.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Container, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import uuid_utils
from sqlalchemy import Engine, event, func, inspect, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from salesdesk.errors import Bug, DamagedWorkspace, UserError, WrongKey
from salesdesk.process import approval, rights
from salesdesk.process.contracting import is_provisional
from salesdesk.records.base import COMPANY
from salesdesk.records.kinds import Wire
from salesdesk.records.registry import Record, fields_of
from salesdesk.records.typed import narrow
from salesdesk.store import again, journal, keys, migrate, search
from salesdesk.store.changed import all_fields, changed_fields
from salesdesk.store.engine import connected, engine_of
from salesdesk.store.faults import told_plainly
from salesdesk.store.tables import feed, local

__all__ = ["DATABASE", "Changes", "Identity", "Session", "Workspace", "new_id"]

R = TypeVar("R", bound=Record)

DATABASE = "workspace.db"
_STEPS = 1000  # of SQLite's machine, some hundred rows: how often a copy looks whether it is to stop


@dataclass(frozen=True)
class Identity:
    """Who works here, on which device, and where new records belong ("" before enrolment)."""

    person_id: str
    name: str
    role: str
    device: str
    territory: str = ""


def new_id() -> str:
    """A UUIDv7: unique everywhere, and in order of making on one laptop."""
    return str(uuid_utils.uuid7())


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Workspace:
    """An open workspace. Safe to use from several threads; writers wait for each other."""

    def __init__(self, folder: Path, key: bytes, now: Callable[[], datetime] = _utc_now) -> None:
        """Use `create` or `open`; `now` gives aware datetimes and is replaced in tests."""
        self.folder = folder
        self.now = now
        self._key: bytes | None = key
        self._readers = engine_of(folder / DATABASE, key, writes=False)
        self._writer = engine_of(folder / DATABASE, key, writes=True)
        self._writing = threading.Lock()
        self._writing_thread: int | None = None
        self._identity: Identity | None = None

    @classmethod
    def create(cls, folder: Path, key: bytes, identity: Identity, now: Callable[[], datetime] = _utc_now) -> Workspace:
        """A new, empty workspace. The file gets its name only when it is whole, with its identity in it."""
        path = folder / DATABASE
        if path.exists():
            raise Bug("store.exists")
        with told_plainly():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = folder / (DATABASE + ".new")
            for leftover in (unfinished, *(Path(f"{unfinished}{tail}") for tail in ("-wal", "-shm"))):
                leftover.unlink(missing_ok=True)
            engine = engine_of(unfinished, key, writes=True)
            try:
                with engine.begin() as connection:
                    migrate.upgrade(connection)
                    connection.execute(insert(local).values(name="identity", value=asdict(identity)))
                raw = engine.raw_connection()
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                raw.close()
            finally:
                engine.dispose()
            unfinished.rename(path)
        return cls(folder, key, now)

    @classmethod
    def open(cls, folder: Path, key: bytes, now: Callable[[], datetime] = _utc_now) -> Workspace:
        """Open an existing workspace, bringing an older file up to date after copying it.

        Raises `WrongKey`, `NewerWorkspace`, `DamagedWorkspace`, `StorageFull` or `StorageBusy`; the
        file is as it was then.
        """
        path = folder / DATABASE
        if not path.exists():
            raise DamagedWorkspace("store.missing")
        if (
            path.stat().st_size == 0
        ):  # SQLite would take it for a new file and drop a write-ahead log that still holds everything
            raise DamagedWorkspace("store.damaged")
        workspace = cls(folder, key, now)
        try:
            with workspace.reading() as session:
                revision = migrate.revision_of(session.connection())
            if migrate.is_older(revision):
                workspace._migrate()
        except BaseException:
            workspace.close()
            raise
        return workspace

    def close(self) -> None:
        """Give back all connections and forget the key; closing twice is fine."""
        self._key = None
        self._readers.dispose()
        self._writer.dispose()

    def wipe(self) -> None:
        """Destroy the workspace: its key first, so that whatever a disk keeps of the rest can no longer be read."""
        self.close()
        keys.forget(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def key(self) -> bytes:
        """The workspace's key; `Bug` once it is closed."""
        if self._key is None:
            raise Bug("store.closed")
        return self._key

    @property
    def blobs(self) -> Path:
        """The folder of encrypted attachment files."""
        return self.folder / "blobs"

    @property
    def identity(self) -> Identity:
        """Who works here."""
        if self._identity is None:
            kept = self.recall("identity")
            if not isinstance(kept, dict):
                raise DamagedWorkspace("store.no_identity")
            self._identity = Identity(**kept)
        return self._identity

    @identity.setter
    def identity(self, identity: Identity) -> None:
        self.remember("identity", asdict(identity))
        self._identity = identity

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on one consistent state; it cannot write."""
        with self._told(), self._session(self._readers) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one immediate transaction, without journal: for the office's values and bookkeeping.

        `Bug` when this thread is already writing: the inner part would wait for the outer one for ever.
        """
        if self._writing_thread == threading.get_ident():
            raise Bug("store.nested_writing")
        with self._writing:
            self._writing_thread = threading.get_ident()
            try:
                with self._told(), self._session(self._writer) as session:
                    session.connection()  # BEGIN IMMEDIATE now: who reads first and writes later cannot wait for a lock
                    yield session
                    session.commit()
            finally:
                self._writing_thread = None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Faults in words; a file that the very key of this folder does not open is broken."""
        try:
            with told_plainly():
                yield
        except WrongKey as error:
            if self._key is not None and keys.belongs_to(self.folder, self._key):
                raise DamagedWorkspace("store.damaged") from error
            raise

    def copy_to(self, path: Path, stopped: Callable[[], bool] = lambda: False) -> None:
        """Write the file as it stands at this moment, under the same key, into one new file without a log.

        Others write on meanwhile. Raises `UserError` ("store.stopped") soon after `stopped` says so, and
        `DamagedWorkspace` for a page that cannot be read. SQLite's online backup would do neither here: under
        SQLCipher it takes a damaged page, and every one behind it, for zeros, and reports success.
        """
        try:
            with self._told(), closing(connected(self.folder / DATABASE, self.key, writes=True)) as connection:
                connection.set_progress_handler(stopped, _STEPS)
                connection.execute("VACUUM INTO ?", [str(path)])
        except dbapi2.OperationalError as error:
            if stopped():
                raise UserError("store.stopped") from error
            raise

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        if self._key is None:
            raise Bug("store.closed")
        with Session(engine, expire_on_commit=False, autoflush=False) as session:
            yield session
            session.expunge_all()

    @contextmanager
    def changing(self, action: str) -> Iterator[Changes]:
        """One user action: its records, their journal entries and search entries, all or nothing."""
        identity = self.identity
        with self.writing() as session:
            changes = Changes(session, identity, self.now(), action)
            yield changes
            changes.finish()

    def remember(self, name: str, value: Any) -> None:
        """Keep a JSON value of this laptop, not synchronised."""
        with self.writing() as session:
            statement = insert(local).values(name=name, value=value)
            session.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))

    def recall(self, name: str) -> Any:
        """A value kept with `remember`, or `None`."""
        with self.reading() as session:
            return session.scalar(select(local.c.value).where(local.c.name == name))

    def _migrate(self) -> None:
        with told_plainly(), self._writing, self._writer.connect() as connection:
            migrate.copy_before(self.folder, DATABASE, connection)
            migrate.upgrade(connection)
            connection.commit()


class Changes:
    """What one user action adds, changes and deletes."""

    def __init__(self, session: Session, identity: Identity, now: datetime, action: str) -> None:
        """Made by `Workspace.changing`."""
        self.session = session
        self.now = now
        self.identity = identity
        self._action = action
        self._kinds: dict[Record, str] = {}
        self._seen: dict[Record, tuple[int, dict[str, Wire]]] = {}
        self._finishing = False
        event.listen(session, "before_flush", self._refuse_early_flush)

    def add(self, record: R) -> R:
        """A new record; its id and territory are filled in unless they are set."""
        record.id = record.id or new_id()
        record.territory = record.territory or self._home(type(record))
        record.created_at = self.now
        record.created_by = self.identity.person_id
        self.session.add(record)
        self._kinds[record] = "create"
        return record

    def _home(self, form: type[Record]) -> str:
        """Where a new record of a form belongs."""
        if form.__form__.company_wide:
            member = select(feed.c.territory).where(feed.c.territory == COMPANY, feed.c.role == "office")
            return self.session.scalar(member) or self.identity.territory
        return self.identity.territory

    def get(self, form: type[R], record_id: str) -> R:
        """The record to be changed; `Bug` when it is not there."""
        record = self.session.get(form, record_id)
        if record is None:
            raise Bug("store.no_such_record", entity=form.__tablename__, record_id=record_id)
        return record

    def edited_from(self, record: Record, rev: int, values: dict[str, Wire]) -> None:
        """Say which revision and values the editor looked at, when a sync may have moved the record since."""
        self._seen[record] = (rev, values)

    def delete(self, record: Record) -> None:
        """Put the record into the bin; it stays in the file and can be restored."""
        if self._kinds.get(record) == "create":  # the office never had it
            self.session.expunge(record)
            del self._kinds[record]
            return
        record.deleted_at = self.now
        self._kinds[record] = "delete"

    def send_again(self, record: Record) -> None:
        """Send a new record that the office refused once more, as it stands."""
        self._kinds.setdefault(record, "update")

    def restore(self, record: Record) -> None:
        """Take the record out of the bin."""
        record.deleted_at = None
        self._kinds[record] = "restore"

    def finish(self) -> None:
        """Write records, journal and search entries. Called once, by `Workspace.changing`."""
        touched = list(self._kinds)
        touched += [r for r in self.session.dirty if isinstance(r, Record) and r not in self._kinds]
        anew = self._sent_again(touched)
        pending: list[journal.Change] = []
        changed: dict[Record, set[str] | None] = {}
        said: dict[tuple[str, str, str], Record] = {}
        asked = {getattr(one, one.__form__.parent or "") for one in touched if not one.__form__.edited}
        for record in dict.fromkeys(touched) | anew:
            kind = "create" if record in anew else self._kinds.get(record, "update")
            base_rev, seen = self._seen.get(record, (record.rev, {}))
            fields = all_fields(record) if record in anew else changed_fields(record, seen)
            if kind == "update" and not fields:
                continue
            self._check_rights(record, kind, fields, asked)
            self._check_keys(record, fields, said)
            changed[record] = set(fields) if kind == "update" else None
            record.updated_at = self.now
            record.updated_by = self.identity.person_id
            record.device = self.identity.device
            pending.append(journal.Change(record.territory, record.__tablename__, record.id, kind, fields, base_rev))
        self._finishing = True
        self.session.flush()
        journal.append(self.session, self._action, self.identity.person_id, pending)
        search.index(self.session, changed.items())

    def _sent_again(self, touched: list[Record]) -> dict[Record, None]:
        """New records that the office refused, and that are written once more: it never had them, so they go as new.

        What hangs together with them goes, too. One that goes into the bin has nobody left to look at the refusal.
        """
        with self.session.no_autoflush:
            refused = again.not_taken(self.session, [r for r in touched if inspect(r).persistent])
            written = [r for r in refused if not r.deleted_at and (r in self._kinds or changed_fields(r, {}))]
            found = again.with_family(self.session, written)
        gone = [record.id for record in refused if self._kinds.get(record) == "delete"]
        journal.deal(self.session, gone, journal.Dealt.DROPPED)
        journal.deal(self.session, [record.id for record in found], journal.Dealt.CORRECTED)
        return dict.fromkeys(found)

    def _check_rights(
        self, record: Record, kind: str, fields: dict[str, tuple[Wire, Wire]], asked: Container[str]
    ) -> None:
        """What the office would refuse is not kept.

        The steps of an approval are asked for, not written, and so is what a submission says of its paper; `asked`
        are the papers.
        """
        form = type(record)
        if not form.__form__.edited:
            return
        if record.id in asked:
            fields = {name: pair for name, pair in fields.items() if name not in approval.submission_fields(form)}
        new = {name: value for name, (_, value) in fields.items()}
        before = None if kind == "create" else record.wire() | {name: old for name, (old, _) in fields.items()}
        writer = rights.Writer(self.identity.name, self.identity.role)
        edit = rights.Edit(kind, before, fields, (before or {}) | new)
        if reason := rights.refusal(form, edit, writer):
            raise UserError(reason)

    def _check_keys(
        self, record: Record, fields: dict[str, tuple[Wire, Wire]], said: dict[tuple[str, str, str], Record]
    ) -> None:
        """No two records have one business key; `said` are those of this action. The office looks everywhere."""
        form = type(record)
        for name, (_, new) in fields.items():
            text = narrow(str(new or ""))
            if not fields_of(form)[name].unique or not text or is_provisional(text):
                continue
            written = func.lower(form.__table__.columns[name]).in_({text.lower(), str(new).lower()})
            with self.session.no_autoflush:
                there = self.session.scalars(select(form.id).where(written, form.id != record.id)).first()
            if there or said.setdefault((form.__tablename__, name, text.casefold()), record) is not record:
                raise UserError("value.taken", field=name)

    def _refuse_early_flush(self, *_: object) -> None:
        """What is flushed before the journal has seen it would be saved and never sent."""
        if not self._finishing:
            raise Bug("store.flush_before_journal")
