"""Running a sync: the cycle's requests carried out over HTTP."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, TypeVar, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from salesdesk.errors import DamagedWorkspace, OfficeRefused, UserError
from salesdesk.store import attachments, feed, outbox
from salesdesk.store.clock import stamp
from salesdesk.store.workspace import Workspace, new_id
from salesdesk.sync import shut_out
from salesdesk.sync.address import cleaned
from salesdesk.sync.client import Client, Stopped
from salesdesk.sync.cycle import Call, FetchFile, Forked, Progress, Report, Request, SendFile, cycle, leave
from salesdesk.sync.protocol import Enrol, Enrolled

__all__ = ["Office", "Progress", "Report", "enrol", "office_of", "synchronise"]

_OFFICE = "office"
_REPORT = "last_report"

T = TypeVar("T")


@dataclass(frozen=True)
class Office:
    """The office that this laptop is enrolled at. `key` is the device's private key; it never leaves the workspace."""

    url: str
    account: str
    home: str
    key: str


def office_of(workspace: Workspace) -> Office | None:
    """The office, once signed in."""
    kept = workspace.recall(_OFFICE)
    return Office(**kept) if isinstance(kept, dict) else None


def enrol(
    workspace: Workspace,
    office_url: str,
    account: str,
    password: str,
    device_name: str,
    cancelled: Callable[[], bool] = lambda: False,
) -> Enrolled:
    """Make this laptop known to an office. What was written before moves to the person's home territory.

    Raises `OfficeUnreachable` or `OfficeRefused`, and `UserError` beside `url` or `account`, also when it was
    cancelled; then nothing is changed.
    """
    url = cleaned(office_url)
    if not account.strip():
        raise UserError("sync.address_needed", field="account")
    key = Ed25519PrivateKey.generate()
    identity = workspace.identity
    asked = Enrol(
        account=account.strip(),
        password=password,
        device=identity.device,
        device_name=device_name,
        public_key=key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw),
    )
    with Client(url, stopped=cancelled) as client:
        try:
            enrolled = client.call("/v1/enrol", asked, Enrolled, signed=False)
        except Stopped as error:
            raise UserError("sync.stopped") from error
    if not isinstance(enrolled, Enrolled):
        raise OfficeRefused("sync.not_a_message")
    with workspace.writing() as session:
        feed.take_memberships(session, enrolled.memberships)
        outbox.move_home(session, enrolled.home, enrolled.person, identity.person_id)
    workspace.identity = replace(identity, person_id=enrolled.person, role=enrolled.role, territory=enrolled.home)
    kept = base64.b64encode(key.private_bytes_raw()).decode()
    workspace.remember(_OFFICE, asdict(Office(url, account.strip(), enrolled.home, kept)))
    return enrolled


def synchronise(
    workspace: Workspace,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Bring what waits to the office and what is new back. Cut anywhere, it goes on next time.

    `cancelled` is also asked while a request waits for its answer; what is being written is written to its end.

    Raises `OfficeUnreachable` or `OfficeRefused`; what was answered until then is kept. A laptop that was shut out
    hands over what it holds, and is locked, or wiped with its workspace closed.
    """
    office = office_of(workspace)
    if office is None:
        raise OfficeRefused("sync.not_signed_in")
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(office.key))
    began = time.monotonic()
    report = Report()
    with Client(office.url, workspace.identity.device, key, cancelled) as client:
        try:
            _carry_out(workspace, client, cycle(workspace, stamp, report), report, progress, cancelled)
        except Forked:
            _become_another(workspace)
            raise
        except OfficeRefused as refused:
            if refused.message != "sync.device_revoked":
                raise
            order = _carry_out(workspace, client, leave(workspace, stamp, report), report, progress, cancelled)
            _obey(workspace, order, report)
            raise
        finally:
            report.bytes_up, report.bytes_down = client.bytes_up, client.bytes_down
            report.seconds = round(time.monotonic() - began, 3)
    shut_out.let_in(workspace)
    _learn_role(workspace, office.home)
    workspace.remember(_REPORT, asdict(report))
    return report


def _obey(workspace: Workspace, order: str | None, report: Report) -> None:
    """Raises what is to be said, unless the order was taken back just now."""
    if order == "wipe":
        workspace.wipe()
        raise OfficeRefused(shut_out.WIPED, entries=report.sent)
    if order == "lock":
        shut_out.lock(workspace, report.sent)
        raise OfficeRefused(shut_out.LOCKED, entries=report.sent)


def _learn_role(workspace: Workspace, home: str) -> None:
    """The role of this person may have become another at the office."""
    with workspace.reading() as session:
        role = feed.roles(session).get(home, "")
    if role and role != workspace.identity.role:
        workspace.identity = replace(workspace.identity, role=role)


def _carry_out(
    workspace: Workspace,
    client: Client,
    steps: Generator[Request, Any, T],
    report: Report,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> T | None:
    """What the steps return; `None` when cancelled."""
    go_on: Callable[[], Request] = partial(steps.send, None)
    while True:
        try:
            request = go_on()
        except StopIteration as end:
            return cast("T", end.value)
        if cancelled():
            steps.close()
            report.cancelled = True
            return None
        try:
            go_on = partial(steps.send, _answer(workspace, client, request, progress))
        except Stopped:
            steps.close()
            report.cancelled = True
            return None
        except (OfficeRefused, UserError, DamagedWorkspace) as error:
            go_on = partial(steps.throw, error)  # the cycle knows what one refusal stops, and what not


def _answer(workspace: Workspace, client: Client, request: Request, progress: Callable[[Progress], None]) -> object:
    match request:
        case Call():
            return client.call(request.path, request.message, request.answer)
        case SendFile(file):
            client.send_file(file.territory, file.sha256, attachments.read_blob(workspace, file.sha256))
            return True
        case FetchFile(file):
            data = client.fetch_file(file.territory, file.sha256)
            if data is None:
                return False
            attachments.write_blob(workspace, data)
            return True
        case Progress():
            progress(request)
            return None


def _become_another(workspace: Workspace) -> None:
    """A copied laptop gets an identity of its own, and must sign in again."""
    workspace.identity = replace(workspace.identity, device=new_id())
    workspace.remember(_OFFICE, None)
