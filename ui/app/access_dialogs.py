"""Before the window: setting up a workspace, and unlocking it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QEventLoop, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from salesdesk.actions import access
from salesdesk.errors import Bug, DamagedWorkspace, NoKeyring, SalesDeskError, UserError
from salesdesk.store import backups
from salesdesk.store.workspace import Workspace
from ui.core import notify

_MOMENT_MS = 700


class _Answer(QObject):
    arrived = Signal(object)


class Job(QRunnable):
    """Deriving a key takes a while, wrong tries are made to wait, a keyring asks; none of it may freeze the window.

    `answer` brings what the function returned, or its error. It lives until then, also when nobody waits any more.
    """

    _under_way: ClassVar[set[Job]] = set()

    def __init__(self, fn: Callable[[], object]) -> None:
        super().__init__()
        self._fn = fn
        self.answer = _Answer()
        self.setAutoDelete(False)

    def start(self) -> None:
        """Run it in Qt's pool of threads."""
        self._under_way.add(self)
        self.answer.arrived.connect(lambda _: self._under_way.discard(self), Qt.ConnectionType.QueuedConnection)
        QThreadPool.globalInstance().start(self)

    def run(self) -> None:
        try:
            result = self._fn()
        except SalesDeskError as error:
            result = error
        except Exception as error:  # noqa: BLE001  # whatever it was, the person sees it and can report it
            result = Bug("program.unexpected", detail=repr(error))
        self.answer.arrived.emit(result)


class AccessDialog(QDialog):
    """Asks what is needed, opens the workspace off the GUI thread, and shows refusals beside the field.

    `answered` tells that the last try has ended, well or not.
    """

    answered = Signal()

    def __init__(self, folder: Path, title: str, introduction: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.workspace: Workspace | None = None
        self.setWindowTitle("SalesDesk")
        self.setMinimumWidth(460)
        self._job: Job | None = None
        self._left = threading.Event()
        self.finished.connect(lambda _: self._left.set())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 24)
        layout.setSpacing(12)
        heading = QLabel(title)
        heading.setProperty("look", "title")
        text = QLabel(introduction)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        self.form = QFormLayout()
        self.form.setSpacing(10)
        self.problem = QLabel()
        self.problem.setProperty("look", "danger")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.hide()
        self.button = QPushButton(action)
        self.button.setProperty("look", "primary")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.submit)
        for widget in (heading, text):
            layout.addWidget(widget)
        layout.addLayout(self.form)
        layout.addWidget(self.problem)
        layout.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignRight)

    def add_line(self, label: str, name: str, *, secret: bool = False) -> QLineEdit:
        """A labelled line; a secret one keeps the input method off."""
        line = QLineEdit()
        line.setObjectName(name)
        line.setAccessibleName(label)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        line.returnPressed.connect(self._move_on)
        self.form.addRow(label, line)
        return line

    def job(self) -> Callable[[], Workspace]:
        """What opens the workspace, from what was typed; raises `UserError` for what is wrong at once."""
        raise NotImplementedError

    def entered(self) -> bool:
        """Show it; whether the person came to an end with it instead of closing it."""
        return self.exec() == QDialog.DialogCode.Accepted

    def left(self) -> bool:
        """Whether nobody waits for an answer any more; asked by the job."""
        return self._left.is_set()

    def submit(self) -> None:
        """Try with what was typed."""
        try:
            fn = self.job()
        except UserError as error:
            self._refused(error)
            return
        self.button.setEnabled(False)
        self.problem.hide()
        self._job = Job(fn)
        self._job.answer.arrived.connect(self._answered, Qt.ConnectionType.QueuedConnection)
        self._job.start()

    def _move_on(self) -> None:
        """Enter goes to the next empty line, and from the last one on to the button."""
        lines = [line for line in self.findChildren(QLineEdit) if line.isVisible() and line.isEnabled()]
        empty = next((line for line in lines if not line.text()), None)
        if empty is not None and empty is not self.focusWidget():
            empty.setFocus()
        else:
            self.submit()

    def _answered(self, answer: object) -> None:
        self.button.setEnabled(True)
        if isinstance(answer, Workspace):
            self.workspace = answer
            self.accept()
        elif isinstance(answer, SalesDeskError):
            self._refused(answer)
        self.answered.emit()

    def _refused(self, error: SalesDeskError) -> None:
        self.problem.setText(notify.sentence(error))
        self.problem.show()
        self.resize(self.width(), max(self.height(), self.heightForWidth(self.width())))
        line = self.findChild(QLineEdit, error.field or "passphrase") if isinstance(error, UserError) else None
        line = line or self.findChild(QLineEdit, "passphrase")
        if line is not None:
            line.setFocus()
            line.selectAll()


class WelcomeDialog(AccessDialog):
    """The first start: a name, and a passphrase where there is no keyring or by choice."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(
            folder,
            self.tr("Welcome to SalesDesk"),
            self.tr("Your customers are kept on this computer only, encrypted, and work without network."),
            self.tr("Start"),
            parent,
        )
        self.name = self.add_line(self.tr("Your name"), "name")
        self.wants_passphrase = QCheckBox(self.tr("Ask for a passphrase at each start"))
        self.form.addRow("", self.wants_passphrase)
        self.passphrase = self.add_line(self.tr("Passphrase"), "passphrase", secret=True)
        self.again = self.add_line(self.tr("Passphrase again"), "again", secret=True)
        self.hint = QLabel()
        self.hint.setProperty("look", "muted")
        self.hint.setWordWrap(True)
        self.form.addRow("", self.hint)
        self.wants_passphrase.toggled.connect(self._choose)
        self.wants_sample = False
        self.sample_button = QPushButton(self.tr("Look around with sample data first"))
        self.sample_button.setProperty("look", "flat")
        self.sample_button.setAutoDefault(False)
        self.sample_button.clicked.connect(self._choose_sample)
        self.form.addRow("", self.sample_button)
        self._choose(False)
        self.hint.setText(self.tr("Looking for this computer's keyring…"))
        self.wants_passphrase.setEnabled(False)
        self.button.setEnabled(False)
        self._look = Job(lambda: access.keyring_usable(self.left))
        self._look.answer.arrived.connect(self._found, Qt.ConnectionType.QueuedConnection)
        self._look.start()

    def job(self) -> Callable[[], Workspace]:
        name, passphrase = self.name.text(), ""
        if self.wants_passphrase.isChecked():
            passphrase = self.passphrase.text()
            if passphrase != self.again.text():
                raise UserError("access.passphrases_differ", field="again")
            if not passphrase:
                raise UserError("access.passphrase_needed", field="passphrase")
        if not passphrase:
            self.hint.setText(self.tr("If the computer asks for the password of its keyring, please answer it."))
        return lambda: access.set_up(self.folder, name, passphrase=passphrase, stopped=self.left)

    def _found(self, usable: object) -> None:
        """What the look for a keyring brought: yes, no, or an error."""
        self.button.setEnabled(True)
        if usable is True:
            self.wants_passphrase.setEnabled(True)
            self._choose(self.wants_passphrase.isChecked())
            return
        self._need_passphrase()
        self.hint.setText(
            self.tr(
                "This computer has no keyring, so a passphrase protects your data. "
                "Nobody can recover it: write it down and keep it in a safe place."
            )
            if usable is False
            else self.tr(
                "This computer's keyring does not answer, so a passphrase protects your data. "
                "Nobody can recover it: write it down and keep it in a safe place."
            )
        )

    def _need_passphrase(self) -> None:
        self.wants_passphrase.setChecked(True)
        self.wants_passphrase.setEnabled(False)

    def _refused(self, error: SalesDeskError) -> None:
        if isinstance(error, NoKeyring):
            self._need_passphrase()
        super()._refused(error)

    def _choose_sample(self) -> None:
        """Nothing of one's own is set up; the sample workspace can be removed at any time."""
        self.wants_sample = True
        self.accept()

    def _choose(self, wanted: bool) -> None:  # noqa: FBT001  # a slot takes what the signal brings
        for line in (self.passphrase, self.again):
            self.form.setRowVisible(line, wanted)
        self.hint.setText(
            self.tr("Nobody can recover a forgotten passphrase: write it down and keep it in a safe place.")
            if wanted
            else self.tr("The key is kept in this computer's keyring; signing in to the computer opens it.")
        )


class OpeningDialog(AccessDialog):
    """Opens what is there; when it is damaged, the way to its backups is offered (`damage`, and then `key`)."""

    def __init__(self, folder: Path, title: str, introduction: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(folder, title, introduction, action, parent)
        self.damage: DamagedWorkspace | None = None
        self.restore_button = QPushButton(self.tr("Restore from a backup…"))
        self.restore_button.setProperty("look", "flat")
        self.restore_button.setAutoDefault(False)
        self.restore_button.clicked.connect(self.accept)
        self.restore_button.hide()

    def key(self, stopped: Callable[[], bool]) -> bytes:
        """The key for the backups; takes a while, and ends early when nobody waits for it any more."""
        return backups.key_of(self.folder, stopped=stopped)

    def _refused(self, error: SalesDeskError) -> None:
        super()._refused(error)
        self.damage = error if isinstance(error, DamagedWorkspace) else None
        self.restore_button.setVisible(self.damage is not None)


class UnlockDialog(OpeningDialog):
    """Asks for the passphrase."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(
            folder,
            self.tr("SalesDesk is locked"),
            self.tr("Enter your passphrase. Everything is where you left it."),
            self.tr("Unlock"),
            parent,
        )
        self.passphrase = self.add_line(self.tr("Passphrase"), "passphrase", secret=True)
        self.form.addRow("", self.restore_button)

    def job(self) -> Callable[[], Workspace]:
        passphrase = self.passphrase.text()
        if not passphrase:
            raise UserError("access.passphrase_needed", field="passphrase")
        return lambda: access.unlock(self.folder, passphrase)

    def key(self, stopped: Callable[[], bool]) -> bytes:
        return backups.key_of(self.folder, self.passphrase.text(), stopped)


class KeyringDialog(OpeningDialog):
    """Waits for the computer's keyring; seen only when that takes longer than a moment, or fails."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(
            folder,
            self.tr("Waiting for this computer's keyring"),
            self.tr(
                "It keeps the key to your data. If the computer asks for the keyring's password, please answer it; "
                "its window may be behind this one."
            ),
            self.tr("Try again"),
            parent,
        )
        self.form.addRow(self.restore_button)

    def job(self) -> Callable[[], Workspace]:
        return lambda: access.unlock(self.folder, stopped=self.left)

    def entered(self) -> bool:
        """Open without a word where the keyring answers at once."""
        moment = QEventLoop()
        QTimer.singleShot(_MOMENT_MS, moment, moment.quit)
        self.answered.connect(moment.quit)
        self.submit()
        moment.exec()
        return self.workspace is not None or super().entered()
