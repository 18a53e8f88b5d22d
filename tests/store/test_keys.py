"""The key: in the keyring, or under a passphrase; never lost to a typo."""

import json

import keyring
import pytest
from keyring.backends.fail import Keyring as NoBackend

from salesdesk.errors import DamagedWorkspace, NoKeyring, UserError, WrongKey
from salesdesk.store import keys, vault

PASSPHRASE = "一把好记的长口令"


class MemoryKeyring(keyring.backend.KeyringBackend):
    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def get_password(self, service, username):
        return self.kept.get((service, username))


@pytest.fixture
def backend():
    before = keyring.get_keyring()
    memory = MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def test_the_keyring_keeps_it(tmp_path, backend):
    key = keys.new_key()
    keys.keep_in_keyring(tmp_path, key)
    assert keys.key_from_keyring(tmp_path) == key
    assert not keys.needs_passphrase(tmp_path)
    assert key.hex() not in (tmp_path / "key.json").read_text()
    assert keys.belongs_to(tmp_path, key)
    assert not keys.belongs_to(tmp_path, keys.new_key())


def test_an_emptied_keyring_is_told(tmp_path, backend):
    keys.keep_in_keyring(tmp_path, keys.new_key())
    backend.kept.clear()
    with pytest.raises(NoKeyring, match="not_in_keyring"):
        keys.key_from_keyring(tmp_path)


def test_no_keyring_is_a_normal_state(tmp_path):
    before = keyring.get_keyring()
    keyring.set_keyring(NoBackend())
    try:
        assert not vault.usable()
        with pytest.raises(NoKeyring):
            keys.keep_in_keyring(tmp_path, keys.new_key())
    finally:
        keyring.set_keyring(before)


def test_the_passphrase_opens_it_also_typed_in_full_width(tmp_path):
    key = keys.new_key()
    keys.keep_under_passphrase(tmp_path, key, "abcd1234")
    assert keys.needs_passphrase(tmp_path)
    assert keys.key_from_passphrase(tmp_path, "ａｂｃｄ１２３４") == key


def test_a_wrong_passphrase_counts_and_the_right_one_still_opens(tmp_path):
    key = keys.new_key()
    keys.keep_under_passphrase(tmp_path, key, PASSPHRASE)
    before = (tmp_path / "key.json").read_bytes()
    for tries in (1, 2):
        with pytest.raises(WrongKey) as told:
            keys.key_from_passphrase(tmp_path, PASSPHRASE + "?")
        assert told.value.params["tries"] == tries
    assert keys.key_from_passphrase(tmp_path, PASSPHRASE) == key
    assert (tmp_path / "key.json").read_bytes() == before
    with pytest.raises(WrongKey) as told:
        keys.key_from_passphrase(tmp_path, "wrong")
    assert told.value.params["tries"] == 1


def test_after_five_wrong_tries_each_one_waits(tmp_path, monkeypatch):
    waits = []
    monkeypatch.setattr("salesdesk.store.keys.time.sleep", waits.append)
    keys.keep_under_passphrase(tmp_path, keys.new_key(), PASSPHRASE)
    (tmp_path / "tries.json").write_text("1000000000")
    keys.key_from_passphrase(tmp_path, PASSPHRASE)
    assert waits == [60]


def test_a_short_passphrase_is_refused_beside_its_field(tmp_path):
    with pytest.raises(UserError) as told:
        keys.keep_under_passphrase(tmp_path, keys.new_key(), "kurz")
    assert told.value.field == "passphrase"
    assert not (tmp_path / "key.json").exists()


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"kept": "passphrase"}', '{"kept": "passphrase", "salt": 1, "nonce": "", "wrapped": ""}',
     '{"kept": "passphrase", "salt": "AA==", "nonce": "AAAAAAAAAAAAAAAA", "wrapped": "AAAA"}'],
)  # fmt: skip
def test_a_broken_key_file_is_told(tmp_path, content):
    (tmp_path / "key.json").write_text(content)
    with pytest.raises((DamagedWorkspace, WrongKey)):
        keys.key_from_passphrase(tmp_path, PASSPHRASE)


def test_the_file_holds_no_key(tmp_path):
    key = keys.new_key()
    keys.keep_under_passphrase(tmp_path, key, PASSPHRASE)
    kept = json.loads((tmp_path / "key.json").read_text())
    assert set(kept) == {"kept", "salt", "nonce", "wrapped", "fingerprint"}
    assert key.hex() not in json.dumps(kept)
