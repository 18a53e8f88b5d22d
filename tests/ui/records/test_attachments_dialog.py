"""Photos and papers on a record: added, shown, taken out, removed and brought back."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from salesdesk.actions import files, history
from salesdesk.records.base import Stage
from salesdesk.store import attachments
from tests.ui.hands import activate
from tests.ui.sample_desk import customer_named, read, sample_desk
from ui.records.attachments_dialog import FilesPage
from ui.stage.stage_page import StagePage


@pytest.fixture
def desk(qapp, tmp_path):
    with sample_desk(tmp_path / "desk") as made:
        yield made


@pytest.fixture
def customer(desk):
    return customer_named(desk, "华源")


@pytest.fixture
def page(desk, customer, qtbot):
    made = FilesPage(desk, "customer", customer.id, customer.name)
    qtbot.addWidget(made)
    made.show()
    return made


def kept(desk, customer):
    return read(desk, lambda session: attachments.attachments_of(session, customer.id))


def photo(path):
    picture = QImage(200, 100, QImage.Format.Format_RGB32)
    picture.fill(0x1B6AE0)
    picture.save(str(path))
    return path


def test_a_photo_is_kept_encrypted_shown_and_taken_out_again(page, desk, customer, qtbot, tmp_path):
    original = photo(tmp_path / "门头𬭎.png")
    page.add([original])
    qtbot.waitUntil(lambda: page.list.count() == 1)
    item = page.list.item(0)
    assert item.text().startswith("门头𬭎.png")
    assert not item.icon().isNull()
    assert not page.nothing.isVisible()
    page.list.setCurrentRow(0)
    page.save_to(tmp_path / "out.png")
    qtbot.waitUntil((tmp_path / "out.png").exists)
    assert (tmp_path / "out.png").read_bytes() == original.read_bytes()
    for sealed in desk.workspace.blobs.iterdir():
        assert original.read_bytes()[:8] not in sealed.read_bytes()
    QTest.mouseClick(page.remove_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.list.count() == 0)
    history.undo(desk.workspace, *history.last_action(desk.workspace))
    assert [one.name for one in kept(desk, customer)] == ["门头𬭎.png"]


def test_what_cannot_be_kept_is_told(page, desk, customer, qtbot, tmp_path, monkeypatch):
    page.add([tmp_path / "none.png"])
    qtbot.waitUntil(lambda: "none.png" in page.notice.label.text())
    monkeypatch.setattr(attachments, "LARGEST", 10)
    page.add([photo(tmp_path / "large.png")])
    qtbot.waitUntil(lambda: "large.png" in page.notice.label.text())
    assert kept(desk, customer) == []


def test_one_that_is_refused_leaves_the_others(page, desk, customer, qtbot, tmp_path):
    page.add([photo(tmp_path / "a.png"), tmp_path / "none.png", photo(tmp_path / "b.png")])
    qtbot.waitUntil(lambda: page.list.count() == 2)
    assert "none.png" in page.notice.label.text()
    assert {one.name for one in kept(desk, customer)} == {"a.png", "b.png"}


def test_a_damaged_picture_hides_no_other_file(page, desk, customer, qtbot, tmp_path):
    page.add([photo(tmp_path / "a.png")])
    qtbot.waitUntil(lambda: page.list.count() == 1)
    (blob,) = desk.workspace.blobs.iterdir()
    blob.write_bytes(blob.read_bytes()[:-1] + b"x")
    (tmp_path / "b.txt").write_text("x")
    page.add([tmp_path / "b.txt"])
    qtbot.waitUntil(lambda: page.list.count() == 2)
    assert not page.notice.isVisible()


def test_files_are_dropped_on_the_list(page, desk, customer, qtbot, tmp_path):
    data = QMimeData()
    (tmp_path / "a.txt").write_text("x")
    data.setUrls([QUrl.fromLocalFile(str(photo(tmp_path / "a.png"))), QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
    copy = Qt.DropAction.CopyAction
    page.dropEvent(QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: page.list.count() == 2)
    assert {one.name for one in kept(desk, customer)} == {"a.png", "a.txt"}


def test_a_paper_that_was_handed_out_is_not_removed(page, desk, customer, qtbot, tmp_path):
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.4")
    files.add(desk.workspace, "customer", customer.id, tmp_path / "letter.pdf", "issued")
    page.reload()
    qtbot.waitUntil(lambda: page.list.count() == 1)
    page.list.setCurrentRow(0)
    assert page.save_button.isEnabled()
    assert not page.remove_button.isEnabled()


def test_the_files_of_the_form_on_show_open_from_its_tab(desk, qtbot):
    made = StagePage(desk, Stage.DISCOVERY)
    qtbot.addWidget(made)
    activate(qtbot, made, (1280, 700))
    qtbot.waitUntil(lambda: made.panel is not None)
    made.files_action.trigger()
    assert isinstance(made.dialog, FilesPage)
    made.dialog.close()


def test_sizes_have_units_and_a_name_reads_in_one_direction(page, desk, customer, qtbot, tmp_path, monkeypatch):
    for name, size in (("empty.txt", 0), ("a.txt", 1), ("b.txt", 1536), ("c.bin", 3 * 1024**2), ("x\u202etxt.exe", 7)):
        (tmp_path / name).write_bytes(b"\0" * size)
        page.add([tmp_path / name])
    qtbot.waitUntil(lambda: page.list.count() == 5)
    texts = [page.list.item(row).text() for row in range(5)]
    assert [text.split(" · ")[0] for text in texts] == ["empty.txt", "a.txt", "b.txt", "c.bin", "xtxt.exe"]
    assert [text.split(" · ")[-1] for text in texts] == ["0 B", "1 B", "1.5 KB", "3.0 MB", "7 B"]
    proposed = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *told: (proposed.append(told[2]), ("", ""))[1])
    page.list.itemDoubleClicked.emit(page.list.item(4))
    page.list.setCurrentRow(4)
    page.list.itemDoubleClicked.emit(page.list.item(4))
    assert [name.rpartition("/")[2] for name in proposed] == ["xtxt.exe.unsafe"]
