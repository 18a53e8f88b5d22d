"""One sync as a generator: it yields what is to be asked, and takes the answers. No socket, clock or chance of its own.

Push → pull → files. It may be left at any yield: everything taken so far is on the disk, and the next
cycle goes on from there. A refusal may be thrown in at a yield.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

from salesdesk.errors import DamagedWorkspace, OfficeRefused, UserError
from salesdesk.store import feed, journal, outbox
from salesdesk.store.clock import Stamp
from salesdesk.store.outbox import Outgoing, Trouble
from salesdesk.store.workspace import Workspace
from salesdesk.sync.protocol import (
    LARGEST_PUSH,
    Cursor,
    FeedPage,
    Message,
    Mismatch,
    Pull,
    Pulled,
    Push,
    Pushed,
    SentEntry,
)

_PUSH_BYTES = 700_000
_MISMATCHES = 4


@dataclass(frozen=True)
class Call:
    """A message to send; the answer is an `answer`, or a `Mismatch` for a push."""

    path: str
    message: Message
    answer: type[Message]


@dataclass(frozen=True)
class SendFile:
    """Bring a file to the office."""

    file: feed.Wanted


@dataclass(frozen=True)
class FetchFile:
    """Bring a file from the office."""

    file: feed.Wanted


@dataclass(frozen=True)
class Progress:
    """`step` is push, pull or files; `total` is 0 while it is not known."""

    step: str
    done: int
    total: int


Request = Call | SendFile | FetchFile | Progress


@dataclass
class Report:
    """What a sync did. `received` names at most 500 records; `attention` needs a person."""

    sent: int = 0
    received_count: dict[str, int] = field(default_factory=dict)
    received: list[tuple[str, str]] = field(default_factory=list)
    conflicts: int = 0
    attention: list[Trouble] = field(default_factory=list)
    lost_territories: list[str] = field(default_factory=list)
    files: int = 0
    files_failed: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    seconds: float = 0.0
    cancelled: bool = False


_MOST_NAMED = 500


class Forked(OfficeRefused):
    """This laptop is a copy of another, or was restored: it has a new identity and must sign in again."""


def cycle(workspace: Workspace, stamp: Callable[[], Stamp], report: Report) -> Generator[Request, Any, None]:
    """A whole sync; `report` is filled in as it goes."""
    yield from _push(workspace, stamp, report)
    yield from _pull(workspace, stamp, report)
    yield from _files(workspace, report)


def _push(workspace: Workspace, stamp: Callable[[], Stamp], report: Report) -> Generator[Request, Any, None]:
    with workspace.reading() as session:
        waiting = journal.waiting_count(session)
        territories = outbox.waiting_territories(session)
    mismatches = 0
    yield Progress("push", 0, waiting)
    for territory in territories:
        while True:
            with workspace.reading() as session:
                outgoing = outbox.next_push(session, territory, LARGEST_PUSH, _PUSH_BYTES)
            if outgoing is None:
                break
            try:
                answer = yield Call("/v1/push", _message(outgoing, stamp()), Pushed)
            except OfficeRefused as refused:
                if refused.message != "sync.not_a_member":
                    raise
                break  # the pull will tell that the territory was taken away; others go on
            if isinstance(answer, Mismatch):
                mismatches += 1
                if mismatches > _MISMATCHES:
                    raise OfficeRefused("sync.marks_differ")
                _settle_mismatch(workspace, territory, answer)
                continue
            _take(workspace, outgoing, answer, report)
            yield Progress("push", report.sent, waiting)


def _message(outgoing: Outgoing, now: Stamp) -> Push:
    names = SentEntry.__struct_fields__
    return Push(
        territory=outgoing.territory,
        epoch=outgoing.epoch,
        first_seq=outgoing.first_seq,
        prev_hash=outgoing.prev_hash,
        entries=[SentEntry(*(getattr(entry, name) for name in names)) for entry in outgoing.entries],
        wall_ms=now.wall_ms,
        boot_id=now.boot_id,
        mono_ms=now.mono_ms,
        schema=outgoing.schema,
    )


def _take(workspace: Workspace, outgoing: Outgoing, answer: Pushed, report: Report) -> None:
    territory = outgoing.territory
    with workspace.writing() as session:
        head = answer.head_after
        report.attention += outbox.take_answers(
            session, territory, answer.acked_seq, answer.acked_hash, answer.answers, head
        )
        if answer.plain:
            outbox.take_revs(session, territory, outgoing.first_seq, answer.head_before, head, answer.revs)
    report.sent += len(outgoing.entries)
    report.conflicts += sum(said.kind == "conflict" for said in answer.answers)


def _settle_mismatch(workspace: Workspace, territory: str, theirs: Mismatch) -> None:
    """A lost answer, a restored office, or a copied laptop: the hash at the office's mark tells which."""
    with workspace.writing() as session:
        ours = feed.positions(session).get(territory)
        here = outbox.hash_at(session, territory, theirs.acked_seq)
        if here is not None and here == theirs.acked_hash:
            if ours is not None and ours.epoch not in {"", theirs.epoch}:
                outbox.new_epoch(session, territory, theirs.epoch)
            if theirs.acked_seq >= outbox.acked(session, territory):
                outbox.take_answers(session, territory, theirs.acked_seq, theirs.acked_hash, theirs.answers, None)
            else:
                outbox.go_back(session, territory, theirs.acked_seq, theirs.acked_hash)
            return
        outbox.fork(session)
    raise Forked("sync.copied_laptop")


def _pull(workspace: Workspace, stamp: Callable[[], Stamp], report: Report) -> Generator[Request, Any, None]:
    reconciled: set[str] = set()
    pulled = 0
    while True:
        with workspace.reading() as session:
            cursors = {t: Cursor(epoch=p.epoch, rev=p.rev) for t, p in feed.positions(session).items()}
        answer: Pulled = yield Call("/v1/pull", Pull(cursors=cursors), Pulled)
        with workspace.writing() as session:
            report.lost_territories += feed.take_memberships(session, answer.memberships)
            for page in answer.feeds:
                feed.stage(session, page.territory, page.epoch, page.head, page.cursor, page.records)
        pulled += sum(len(page.records) for page in answer.feeds)
        yield Progress("pull", pulled, 0)
        if not all(page.complete for page in answer.feeds):
            continue
        differing = _apply(workspace, answer.feeds, stamp().wall_ms, report) - reconciled
        if not differing:
            return
        with workspace.writing() as session:  # once: fetch the territory anew, the journal is not touched
            for territory in differing:
                outbox.restart_pull(session, territory, 0)
        reconciled |= differing


def _apply(workspace: Workspace, pages: list[FeedPage], now_ms: int, report: Report) -> set[str]:
    """Make the complete pages visible; returns the territories that then differ from the office."""
    differing = set()
    for page in pages:
        with workspace.writing() as session:
            applied = feed.apply_staged(session, page.territory, now_ms)
            if applied and feed.differs(session, page.territory, page.count, page.digest, now_ms):
                differing.add(page.territory)
        for entity, ids in applied.items():
            report.received_count[entity] = report.received_count.get(entity, 0) + len(ids)
            room = _MOST_NAMED - len(report.received)
            report.received += [(entity, record_id) for record_id in ids[:room]]
    return differing


def _files(workspace: Workspace, report: Report) -> Generator[Request, Any, None]:
    with workspace.reading() as session:
        away, here = feed.files_to_send(session), feed.files_to_fetch(session)
    total = len(away) + len(here)
    transfers: list[SendFile | FetchFile] = [*(SendFile(f) for f in away), *(FetchFile(f) for f in here)]
    for done, transfer in enumerate(transfers):
        yield Progress("files", done, total)
        try:
            arrived = yield transfer
        except (OfficeRefused, UserError, DamagedWorkspace):
            arrived = False
            report.files_failed += 1  # one bad file does not keep the others waiting
        if arrived:
            with workspace.writing() as session:
                feed.file_is_shared(session, transfer.file)
            report.files += 1
