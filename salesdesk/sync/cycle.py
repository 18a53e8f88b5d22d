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
from salesdesk.store.workspace import Session, Workspace
from salesdesk.sync.protocol import (
    LARGEST_PUSH,
    Cursor,
    FeedPage,
    Leaving,
    Mark,
    Message,
    Mismatch,
    Order,
    Pull,
    Pulled,
    Push,
    Pushed,
    Quarantined,
    SentEntry,
)

_PUSH_BYTES = 700_000
_MISMATCHES = 4
_NOBODY_IS_LET_IN = {"sync.token_expired", "sync.device_revoked", "sync.account_disabled", "sync.unknown_device"}
_ROUNDS = 3


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
_NOWHERE = Cursor(epoch="", rev=0)


class Forked(OfficeRefused):
    """This laptop is a copy of another, or was restored: it has a new identity and must sign in again."""


def cycle(workspace: Workspace, stamp: Callable[[], Stamp], report: Report) -> Generator[Request, Any, None]:
    """A whole sync; `report` is filled in as it goes."""
    for _ in range(_ROUNDS):
        yield from _push(workspace, stamp, report)
        if not (yield from _pull(workspace, stamp, report)):
            break  # the office has everything that was sent
    yield from _files(workspace, report)


def leave(workspace: Workspace, stamp: Callable[[], Stamp], report: Report) -> Generator[Request, Any, str]:
    """A laptop that was shut out hands over what it holds; returns what it is to do then: lock | wipe, or nothing.

    What is handed over stays waiting here: a laptop that is let in again delivers it itself. One that could not
    hand over everything is not to wipe it.
    """
    order: Order = yield Call("/v1/leaving", Leaving(), Order)
    if not order.order:
        return ""
    whole = True
    with workspace.reading() as session:
        waiting = journal.waiting_count(session)
        territories = outbox.waiting_territories(session)
    for territory in territories:
        mark = order.marks.get(territory)
        with workspace.reading() as session:
            if mark is None or outbox.hash_at(session, territory, mark.seq) != mark.hash:
                whole = False  # a copy of another laptop, or the territory was taken away
                continue
        while True:
            with workspace.reading() as session:
                after = (mark.seq, mark.hash)
                outgoing = outbox.next_push(session, territory, LARGEST_PUSH, _PUSH_BYTES, after)
            if outgoing is None:
                break
            answer = yield Call("/v1/quarantine", _message(outgoing, stamp()), Quarantined)
            if isinstance(answer, Mismatch):
                raise OfficeRefused("sync.marks_differ")
            mark = answer.mark
            report.sent += len(outgoing.entries)
            yield Progress("push", report.sent, waiting)
    with workspace.reading() as session:
        files = feed.files_to_send(session)
    for file in files:
        try:
            yield SendFile(file)
        except (OfficeRefused, UserError, DamagedWorkspace):
            report.files_failed += 1
    return order.order if whole and not report.files_failed else "lock"


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
                _settle_mismatch(workspace, territory, answer, report)
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


def _settle_mismatch(workspace: Workspace, territory: str, theirs: Mismatch, report: Report) -> None:
    """A lost answer, a restored office, or a copied laptop: the hash at the office's mark tells which."""
    with workspace.writing() as session:
        ours = feed.positions(session).get(territory)
        here = outbox.hash_at(session, territory, theirs.acked_seq)
        if here is not None and here == theirs.acked_hash:
            if ours is not None and ours.epoch not in {"", theirs.epoch}:
                outbox.new_epoch(session, territory, theirs.epoch)
                feed.offer_files_again(session, territory)
            if theirs.acked_seq >= outbox.acked(session, territory):
                report.attention += outbox.take_answers(
                    session, territory, theirs.acked_seq, theirs.acked_hash, theirs.answers, None
                )
            else:
                _go_back(session, territory, Mark(seq=theirs.acked_seq, hash=theirs.acked_hash))
            return
        outbox.fork(session)
    raise Forked("sync.copied_laptop")


def _go_back(session: Session, territory: str, mark: Mark) -> None:
    """The office was put back to an older state: what came after goes again, files too."""
    outbox.go_back(session, territory, mark.seq, mark.hash)
    feed.offer_files_again(session, territory)


def _went_back(session: Session, answer: Pulled) -> bool:
    """Whether the office lacks what this laptop had sent; then it waits here once more."""
    found = False
    mine = {one.territory for one in answer.memberships}  # of one that was taken away the office tells nothing
    for territory in mine & feed.positions(session).keys():
        mark = answer.marks.get(territory, Mark(seq=0, hash=b""))
        if mark.seq < outbox.acked(session, territory):
            found = True
            if outbox.hash_at(session, territory, mark.seq) == mark.hash:
                _go_back(session, territory, mark)  # else the push finds that this laptop is a copy
    return found


def _pull(workspace: Workspace, stamp: Callable[[], Stamp], report: Report) -> Generator[Request, Any, bool]:
    """Returns whether the office turned out to have gone back in time, so that there is something to push again."""
    reconciled: set[str] = set()
    pulled = 0
    while True:
        with workspace.reading() as session:
            here = feed.positions(session)
        cursors = {t: Cursor(epoch=p.epoch, rev=p.rev, head=p.head) for t, p in here.items()}
        answer: Pulled = yield Call("/v1/pull", Pull(cursors=cursors), Pulled)
        with workspace.writing() as session:
            feed.note_clock(session, answer.server_ms - stamp().wall_ms)
            if _went_back(session, answer):
                return True
            roles = feed.roles(session)
            report.lost_territories += _learn(session, answer, roles)
            anew = {one.territory for one in answer.memberships if roles.get(one.territory, one.role) != one.role}
            for page in answer.feeds:
                if page.territory in anew:  # another role sees other fields
                    outbox.restart_pull(session, page.territory, 0)
                    continue
                if page.begin < cursors.get(page.territory, _NOWHERE).rev:
                    outbox.restart_pull(session, page.territory, 0)
                    feed.offer_files_again(session, page.territory)
                feed.stage(session, page.territory, page.epoch, page.head, page.cursor, page.records)
        if anew:
            continue
        pulled += sum(len(page.records) for page in answer.feeds)
        yield Progress("pull", pulled, 0)
        if not all(page.complete for page in answer.feeds):
            continue
        differing = _apply(workspace, answer.feeds, stamp().wall_ms, report) - reconciled
        if not differing:
            return False
        with workspace.writing() as session:  # once: fetch the territory anew, the journal is not touched
            for territory in differing:
                outbox.restart_pull(session, territory, 0)
        reconciled |= differing


def _learn(session: Session, answer: Pulled, roles: dict[str, str]) -> list[str]:
    """What the office says besides records; `roles` are those before. Returns territories that were taken away."""
    lost = feed.take_memberships(session, answer.memberships)
    for territory in feed.roles(session).keys() - roles.keys():
        mark = answer.marks.get(territory, Mark(seq=0, hash=b""))
        outbox.leave_out_dropped(session, territory, mark.seq, mark.hash)
    if answer.parked is not None:
        outbox.take_parked(session, answer.parked)
    return lost


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
        except (OfficeRefused, UserError, DamagedWorkspace) as error:
            if error.message in _NOBODY_IS_LET_IN:
                raise  # it is no fault of the file, and the others would fare the same
            arrived = False
            report.files_failed += 1  # one bad file does not keep the others waiting
            if isinstance(transfer, SendFile):
                with workspace.writing() as session:
                    feed.file_failed(session, transfer.file, error.message)
        if arrived:
            with workspace.writing() as session:
                feed.file_is_shared(session, transfer.file)
            report.files += 1
