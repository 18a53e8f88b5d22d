"""The messages between a laptop and the office, and how they are packed (rules in docs/sync.md).

A body is msgpack, compressed with zstd. Both ends unpack through `unpack`, which reads a bounded
stream: a small frame cannot grow without limit.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec
import zstandard

from salesdesk.errors import OfficeRefused
from salesdesk.records.entry import SCHEMA
from salesdesk.records.kinds import Wire

LARGEST_PACKED = 1024 * 1024
LARGEST_UNPACKED = 16 * 1024 * 1024
LARGEST_PUSH = 2_000

# Patience, each within the next one's: a laptop never trusts a connection that the office has closed, and
# hears "busy" before it gives up.
LAPTOP_KEEPS_S = 20  # an idle connection
OFFICE_KEEPS_S = 60
OFFICE_WAITS_S = 15  # for a writer's turn; to this comes the work itself
LAPTOP_WAITS_S = 45  # without a byte; a long transfer that moves is not cut
_LEVEL = 3

M = TypeVar("M")


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all messages. Unknown fields of a newer program are ignored."""


class Membership(Message, frozen=True, kw_only=True):
    """A territory that a person may work in. `role` is a value of records.work.ROLES."""

    territory: str
    name: str
    role: str


class Enrol(Message, frozen=True, kw_only=True):
    """POST /v1/enrol: makes a device known. `public_key` is a raw Ed25519 key of 32 bytes.

    `password` brings in a person's first device; for any other it is a one-time code that the office gave.
    """

    account: str
    password: str
    device: str
    device_name: str
    public_key: bytes
    schema: int = SCHEMA


class Enrolled(Message, frozen=True, kw_only=True):
    """The person that the account belongs to; `home` is the territory of his new records."""

    person: str
    name: str
    role: str
    home: str
    memberships: list[Membership]


class Challenge(Message, frozen=True, kw_only=True):
    """POST /v1/challenge: ask for a nonce to sign."""

    device: str


class Nonce(Message, frozen=True, kw_only=True):
    """What the device signs, as `signed_text(device, nonce)`."""

    nonce: bytes


class Proof(Message, frozen=True, kw_only=True):
    """POST /v1/token: the device's Ed25519 signature."""

    device: str
    nonce: bytes
    signature: bytes


class Token(Message, frozen=True, kw_only=True):
    """Bearer token of the calls below; `expires_in` in seconds by the monotonic clock."""

    token: str
    expires_in: int


class SentEntry(msgspec.Struct, frozen=True, array_like=True):
    """A journal entry as it travels; territory and schema are the push's, seq counts from its `first_seq`."""

    batch_first: int
    action: str
    entity: str
    record_id: str
    kind: str
    fields: dict[str, list[Wire]]
    base_rev: int
    wall_ms: int
    boot_id: str
    mono_ms: int
    by: str


class Mark(Message, frozen=True, kw_only=True):
    """How far a device's journal of a territory has been taken in, and the hash there."""

    seq: int
    hash: bytes


class Push(Message, frozen=True, kw_only=True):
    """POST /v1/push: whole batches of one territory, at most `LARGEST_PUSH` entries.

    `prev_hash` is the hash of entry `first_seq - 1`; the clocks are the laptop's at the time of sending.
    """

    territory: str
    epoch: str
    first_seq: int
    prev_hash: bytes
    entries: list[SentEntry]
    wall_ms: int
    boot_id: str
    mono_ms: int
    schema: int = SCHEMA


class Quarantined(Message, frozen=True, kw_only=True):
    """200 to POST /v1/quarantine, whose body is a `Push`: kept for a person at the office up to here, not applied."""

    mark: Mark


class Answer(Message, frozen=True, kw_only=True):
    """What the office says of an entry that did not simply pass. `kind`: conflict | rejected | held."""

    seq: int
    kind: str
    reason: str = ""
    fields: list[str] = []
    conflict_id: str = ""


class Pushed(Message, frozen=True, kw_only=True):
    """200: everything up to `acked_seq` is kept. Entries without an `Answer` were accepted as they are.

    `head_before` and `head_after` are the territory's revisions; when nobody else wrote in between and every
    touched record ended as this laptop has it, `plain` is true and the laptop may take `revs` (record id → rev)
    without pulling its own echo.
    """

    acked_seq: int
    acked_hash: bytes
    head_before: int
    head_after: int
    plain: bool
    revs: dict[str, int]
    answers: list[Answer]


class Mismatch(Message, frozen=True, kw_only=True):
    """409: nothing was changed. The office's mark for this device, and the answers after the laptop's own mark."""

    epoch: str
    acked_seq: int
    acked_hash: bytes
    answers: list[Answer]


class Leaving(Message, frozen=True, kw_only=True):
    """POST /v1/leaving: a device that was shut out asks what to do."""


class Order(Message, frozen=True, kw_only=True):
    """What a device is to do once it has handed over: `lock`, `wipe`, or nothing, because it is not shut out.

    `marks` tell by territory from where on its journal is wanted.
    """

    order: str
    marks: dict[str, Mark] = {}


class Cursor(Message, frozen=True, kw_only=True):
    """How far a laptop has applied a territory; an epoch of "" is a first sync.

    `head` is the last head that it was told: a database that never had it is not the one that told so.
    """

    epoch: str
    rev: int
    head: int = 0


class Pull(Message, frozen=True, kw_only=True):
    """POST /v1/pull: all territories in one call; one that is not named starts at 0."""

    cursors: dict[str, Cursor]
    limit_bytes: int = 4 * 1024 * 1024
    schema: int = SCHEMA


class RecordState(msgspec.Struct, frozen=True, array_like=True):
    """A record as the office has it; `data` holds the declared fields in wire form, unknown ones included."""

    entity: str
    id: str
    rev: int
    deleted: bool
    data: dict[str, Wire]
    created_ms: int
    created_by: str
    updated_ms: int
    updated_by: str


class FeedPage(Message, frozen=True, kw_only=True):
    """Records of one territory after `begin`, by rev. `cursor` is where the next page begins.

    `begin` is the cursor that was asked for, or 0 where that is of another life of the office.
    With `complete`, `count` and `digest` (XOR of the first 8 bytes of SHA-256 of "id:rev" over all records)
    describe the whole territory at `head`.
    """

    territory: str
    epoch: str
    head: int
    begin: int
    cursor: int
    complete: bool
    records: list[RecordState]
    count: int = 0
    digest: int = 0


class Pulled(Message, frozen=True, kw_only=True):
    """One snapshot of everything this person may see. `safe_before_ms`: the oldest backup the office might restore.

    `marks` are this device's, by territory, where the office has one: a laptop that sent more than that learns at
    every contact that the office went back in time. `parked` are the entries of this device, by territory, that still
    wait for their record; an older office does not tell.
    """

    memberships: list[Membership]
    feeds: list[FeedPage]
    marks: dict[str, Mark]
    parked: dict[str, list[int]] | None = None
    safe_before_ms: int
    server_ms: int


class Refusal(Message, frozen=True, kw_only=True):
    """Any 4xx but 409: a message id of `errors.OfficeRefused` and its parameters."""

    message: str
    params: dict[str, str | int] = {}


def signed_text(device: str, nonce: bytes) -> bytes:
    """What a device signs to prove itself."""
    return b"salesdesk-device\0" + device.encode() + b"\0" + nonce


def pack(message: Message) -> bytes:
    """The body of a message."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(msgspec.msgpack.encode(message))


def unpack(body: bytes, kind: type[M]) -> M:
    """The message in a body; raises `OfficeRefused` for what is no such message or grows too large.

    The window is bounded as well as the output: a frame that asks for a large window is refused
    before it gets the memory.
    """
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=LARGEST_UNPACKED).stream_reader(body)
        raw = reader.read(LARGEST_UNPACKED + 1)
        if len(raw) > LARGEST_UNPACKED:
            raise OfficeRefused("sync.message_too_large")
        return msgspec.msgpack.decode(raw, type=kind)
    except (zstandard.ZstdError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise OfficeRefused("sync.not_a_message") from error
