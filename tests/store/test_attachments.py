"""Files on records: encrypted, checked, never half."""

import hashlib

import pytest

from salesdesk.errors import DamagedWorkspace, UserError
from salesdesk.records.prospecting import Customer
from salesdesk.store import attachments
from salesdesk.store.attachments import attachments_of, read_blob, write_blob

DATA = "客户的秘密文件".encode() * 1000


def test_a_file_comes_back_and_is_not_readable_on_the_disk(workspace):
    with workspace.changing("attach") as changes:
        customer = changes.add(Customer(name="华源"))
        attachments.attach(workspace, changes, customer, "../../逃 逸.pdf", "application/pdf", DATA)
    with workspace.reading() as session:
        kept = attachments_of(session, customer.id)[0]
    assert (kept.name, kept.size) == ("逃 逸.pdf", len(DATA))
    assert read_blob(workspace, kept.sha256) == DATA
    (file,) = workspace.blobs.iterdir()
    assert "秘密".encode() not in file.read_bytes()
    assert file.name != hashlib.sha256(DATA).hexdigest()


def test_a_broken_file_is_told_and_mended_by_attaching_again(workspace):
    digest = write_blob(workspace, DATA)
    (file,) = workspace.blobs.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(DamagedWorkspace):
        read_blob(workspace, digest)
    write_blob(workspace, DATA)
    assert read_blob(workspace, digest) == DATA


def test_a_file_that_has_not_arrived_is_told(workspace):
    with pytest.raises(UserError, match="not_here"):
        read_blob(workspace, "0" * 64)


def test_too_large_is_told_before_anything_is_written(workspace, monkeypatch):
    monkeypatch.setattr(attachments, "LARGEST", 10)
    with pytest.raises(UserError, match="too_large"), workspace.changing("attach") as changes:
        customer = changes.add(Customer(name="华源"))
        attachments.attach(workspace, changes, customer, "a.bin", "", DATA)
    assert not workspace.blobs.exists()
