"""A real office on a real socket, and a laptop that speaks the bare protocol."""

import threading
import time
import uuid

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from salesdesk.records.entry import SCHEMA, Entry, chained
from salesdesk.server.administration import Administration
from salesdesk.server.app import make_app
from salesdesk.server.database import open_database
from salesdesk.server.listening import Server, listen, settings
from salesdesk.sync.protocol import (
    Challenge,
    Cursor,
    Enrol,
    Enrolled,
    Mismatch,
    Nonce,
    Proof,
    Pull,
    Pulled,
    Push,
    Pushed,
    Refusal,
    SentEntry,
    Token,
    pack,
    signed_text,
    unpack,
)

PASSWORD = "correct horse"
EVERYTHING_SEEN = 2**60  # stands for the office's last revision: a lie that nothing is a conflict
OPEN = {}  # the administrations of the offices that are served, by address
PEOPLE = {"liwei": "李伟", "wangfang": "王芳", "zhaolei": "赵磊"}


class Office:
    """An office with two territories and three people of the first, served by uvicorn in a thread."""

    def __init__(self, database, folder, **options):
        self.options = options  # of its listening
        self.engine = open_database(database)
        self.administration = Administration(self.engine, "test")
        self.administration.add_territory("east", "华东一区")
        self.administration.add_territory("west", "西部")
        for login, name in PEOPLE.items():
            self.administration.add_person(login, name, "rep", "east", PASSWORD)
        self.folder = folder
        self.url = ""
        self.serve()

    def serve(self, port=0):
        """Serve, on a free port or on the one that laptops know."""
        self.listener = listen("127.0.0.1", port)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.server = Server(settings(make_app(self.engine, self.folder), **self.options))
        self.thread = threading.Thread(target=self.server.run, args=([self.listener],), daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.005)
        OPEN[self.url] = self.administration

    def replaced(self, work):
        """Stop, let something be done to the data, and serve again at the same address."""
        address = self.engine.url
        self.close()
        work()
        self.engine = open_database(address)
        self.administration = Administration(self.engine, "test")
        self.serve(int(self.url.rsplit(":", 1)[1]))

    def close(self):
        self.server.should_exit = True
        self.thread.join(5)
        self.listener.close()
        self.engine.dispose()


def secret_for(url, login):
    """What lets a person's next device in: his password, or a code once he has one."""
    administration = OPEN.get(url)
    known = administration and administration.devices(login)
    return administration.code(login) if known else PASSWORD


def sent(entity, record_id, kind="create", /, *, base=0, batch=0, wall=1_000, mono=0, **fields):
    """An entry as it travels; a field is its new value, or (old, new)."""
    pairs = {name: list(value) if isinstance(value, tuple) else [None, value] for name, value in fields.items()}
    return SentEntry(batch, "test", entity, record_id, kind, pairs, base, wall, "boot", mono, "me")


class Bare:
    """One device that speaks the protocol by hand and keeps its chain."""

    def __init__(self, url, login="liwei", device=None, secret=""):
        self.http = httpx.Client(base_url=url, trust_env=False)
        self.device = device or str(uuid.uuid4())
        self.key = Ed25519PrivateKey.generate()
        self.seq, self.hash, self.epoch = 0, b"", ""
        self.token = ""
        self.enrolled = self.call(
            "/v1/enrol",
            Enrol(
                account=login,
                password=secret or secret_for(url, login),
                device=self.device,
                device_name="test",
                public_key=self.key.public_key().public_bytes_raw(),
            ),
            Enrolled,
        )
        self.sign_in()

    def sign_in(self):
        nonce = self.call("/v1/challenge", Challenge(device=self.device), Nonce).nonce
        signature = self.key.sign(signed_text(self.device, nonce))
        self.token = self.call("/v1/token", Proof(device=self.device, nonce=nonce, signature=signature), Token).token

    def close(self):
        self.http.close()

    def post(self, path, body):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.http.post(path, content=body, headers=headers, timeout=60)

    def call(self, path, message, kind):
        """The answer, or the refusal or mismatch that came in its place."""
        response = self.post(path, pack(message))
        kinds = {200: kind, 409: Mismatch}
        return unpack(response.content, kinds.get(response.status_code, Refusal))

    def message(self, entries, territory="east", mono=10_000_000):
        numbered = []
        head = self.head(territory) if any(one.base_rev == EVERYTHING_SEEN for one in entries) else 0
        for number, entry in enumerate(entries, start=self.seq + 1):
            values = {name: getattr(entry, name) for name in entry.__struct_fields__}
            values["batch_first"] = entry.batch_first or number
            if entry.base_rev == EVERYTHING_SEEN:
                values["base_rev"] = head
            numbered.append(SentEntry(**values))
        return Push(
            territory=territory,
            epoch=self.epoch,
            first_seq=self.seq + 1,
            prev_hash=self.hash,
            entries=numbered,
            wall_ms=2_000,
            boot_id="boot",
            mono_ms=mono,
        )

    def took(self, message):
        """Move on as if the office had kept the message."""
        for number, entry in enumerate(message.entries):
            values = {name: getattr(entry, name) for name in entry.__struct_fields__}
            whole = Entry(territory=message.territory, seq=message.first_seq + number, schema=SCHEMA, **values)
            self.hash = chained(self.hash, whole)
        self.seq += len(message.entries)

    def push(self, *entries, **options):
        message = self.message(entries, **options)
        answer = self.call("/v1/push", message, Pushed)
        if isinstance(answer, Pushed):
            self.took(message)
            assert (answer.acked_seq, answer.acked_hash) == (self.seq, self.hash)
        return answer

    def head(self, territory="east"):
        """The last revision of a territory; nothing where this person has no say."""
        answer = self.call("/v1/pull", Pull(cursors={}, limit_bytes=0), Pulled)
        return next((feed.head for feed in answer.feeds if feed.territory == territory), 0)

    def pull(self, rev=0, territory="east", **options):
        """One page of a territory after `rev`."""
        if not self.epoch:
            self.epoch = self.call("/v1/pull", Pull(cursors={}), Pulled).feeds[0].epoch
        asked = Pull(cursors={territory: Cursor(epoch=self.epoch, rev=rev)}, **options)
        answer = self.call("/v1/pull", asked, Pulled)
        return next(feed for feed in answer.feeds if feed.territory == territory)

    def records(self, territory="east"):
        """Everything of the territory as it now is, by id."""
        found, page = {}, None
        while page is None or not page.complete:
            page = self.pull(page.cursor if page else 0, territory)
            found |= {state.id: state for state in page.records}
        return found
