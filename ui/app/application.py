"""Starting and ending: fonts, language, access, the window, and locking it when nobody is there."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

import salesdesk
from salesdesk.actions import access
from salesdesk.errors import DamagedWorkspace, EnvironmentFault, SalesDeskError, reason_of
from salesdesk.records.language import Language
from salesdesk.settings import Folders, Settings, folders, resources
from salesdesk.store.workspace import Workspace
from salesdesk.sync import shut_out
from ui.app import input_method
from ui.app.access_dialogs import KeyringDialog, OpeningDialog, UnlockDialog, WelcomeDialog
from ui.app.backup_clock import BackupClock
from ui.app.idle import Idle
from ui.app.one_start import AlreadyOpen, Place, come_to_front
from ui.app.reminders import Alarm
from ui.app.rereading import Rereading
from ui.core import notify, theme
from ui.core.background import Desk
from ui.core.composition import composition
from ui.core.garbage import Collector
from ui.core.on_demand import load
from ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from ui.app.lock import Lock
    from ui.app.sample_office import LocalOffice

# Sample rows are no secret: their workspace opens without asking.
_SAMPLE_PASSPHRASE = "sample workspace"  # noqa: S105  # see above
_MINUTE_S = 60


class Translators:
    """The installed translations: Qt's own buttons and ours."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []

    def use(self, language: Language) -> None:
        """Speak a language from now on; windows made before keep theirs."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []
        if language is Language.ZH:
            own = resources() / "i18n"
            qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            for folder, name in ((qt, "qtbase_zh_CN"), (own, "zh_CN")):
                translator = QTranslator()
                if translator.load(name, str(folder)):
                    self._app.installTranslator(translator)
                    self._installed.append(translator)


def make_application() -> QApplication:
    """The one application object, with our fonts loaded."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        input_method.choose()
        app = QApplication(sys.argv[:1])
    app.setApplicationName("SalesDesk")
    app.setApplicationVersion(salesdesk.__version__)
    theme.load_fonts()
    if app.findChild(Collector) is None:
        Collector(app)
    composition()
    return app


class Program(QObject):
    """Runs until the last window closes."""

    def __init__(self, *, sample: bool = False) -> None:
        """With `sample`, the workspace is a removable one of sample rows beside a local office server."""
        self.app = make_application()
        super().__init__()
        self.translators = Translators(self.app)
        self.folders: Folders = folders()
        self.settings = Settings.load(self.folders.settings_file)
        self._sample = sample
        self._office: LocalOffice | None = None
        self._guided = False
        self._place: Place | None = None
        self.window: MainWindow | None = None
        self.desk: Desk | None = None
        self._locked: Lock | None = None
        self.idle = Idle(self.app, lambda: self.settings.lock_after_minutes * _MINUTE_S, self.lock_if_it_asks)
        self._signs: QObject | None = None

    @property
    def language(self) -> Language:
        """The chosen language, or the system's."""
        return Language(self.settings.language) if self.settings.language else theme.system_language()

    def run(self) -> int:
        """Open the workspace, show the window, and stay until it closes."""
        self._apply_settings()
        if not self._enter():
            return 0
        QTimer.singleShot(0, self, self._listen)  # the window comes first
        try:
            return self.app.exec()
        finally:
            self.leave()
            self._give_up_place()
            if self._office is not None:
                self._office.stop()

    def leave(self) -> None:
        """Close the window and the workspace."""
        if self._locked is not None:
            self._locked.drop()
            self._locked = None
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
        if self.desk is not None:
            self.desk.close()
            self.desk = None

    def lock(self) -> bool:
        """Hide everything, close the workspace, and ask before anything is seen again; whether there was something."""
        if self.desk is None or self.window is None or self._locked is not None:
            return False
        self.app.setQuitOnLastWindowClosed(False)
        asks = not self._sample and access.asks_for_passphrase(self.desk.workspace.folder)
        page = load("ui.app.lock:LockPage")(self.desk, asks=asks, passphrase=_SAMPLE_PASSPHRASE if self._sample else "")
        page.finished.connect(self._answered)
        self._locked = load("ui.app.lock:Lock")(self.app, self.desk, self.window, page)
        return True

    def lock_if_it_asks(self) -> bool:
        """Lock where a passphrase opens it; with the key in the keyring the computer's own lock guards it."""
        folder = None if self.desk is None or self._sample else self.desk.workspace.folder
        return folder is not None and access.asks_for_passphrase(folder) and self.lock()

    def restore(self) -> None:
        """Close everything, let a person choose a backup, and go on with it, or with what was open."""
        assert self.desk is not None
        folder, key = self.desk.workspace.folder, self.desk.workspace.key

        def enter() -> bool:
            restored = self._restored(folder, lambda _stopped: key)
            return self._show_desk(restored) if restored is not None else self._enter()

        self._begin_anew(enter)

    def remove_sample(self) -> None:
        """Take the sample workspace away and begin one of one's own."""

        def enter() -> bool:
            if self._office is not None:
                self._office.stop()
                self._office = None
            self._give_up_place()
            shutil.rmtree(self.folders.data / "sample", ignore_errors=True)
            self._sample = False
            self.settings = Settings.load(self.folders.settings_file)
            return self._enter()

        self._begin_anew(enter)

    def use_settings(self, chosen: Settings) -> None:
        """Keep new settings and put them in force; another language opens the window anew.

        Where they cannot be written they hold until the program ends, and the window says so.
        """
        reopen = chosen.language != self.settings.language
        self.settings = chosen
        try:
            chosen.save(self.folders.settings_file)
            fault = None
        except OSError as error:
            fault = EnvironmentFault("settings.not_kept", reason=reason_of(error))
        self._apply_settings()
        if self.desk is None or self.window is None:
            return
        self.desk.settings = chosen
        if reopen:
            self.desk.language = self.language
            old, self.window = self.window, self._window(self.desk)
            old.deleteLater()
        if fault is not None:
            self.window.notice.show_error(fault)

    def _listen(self) -> None:
        """Sleep, the system's own lock and another person at the computer lock at once."""
        self._signs = load("ui.app.system_signs:listen")(self.lock_if_it_asks)

    def _answered(self, result: int) -> None:
        """The page of the lock was left: with the workspace open again, for a backup, or to end the program."""
        assert self._locked is not None
        locked, page = self._locked, self._locked.page
        if result == QDialog.DialogCode.Accepted and page.workspace is not None:
            self._locked = None
            locked.open()
            self.idle.touch()
            self.app.setQuitOnLastWindowClosed(True)
            return

        def enter() -> bool:
            if result != QDialog.DialogCode.Accepted:
                return False
            restored = self._restored(page.folder, page.key, page.damage)
            return restored is not None and self._show_desk(restored)

        self._begin_anew(enter)

    def _begin_anew(self, enter: Callable[[], bool]) -> None:
        """Close everything and open what `enter` opens; the program ends where that is nothing."""
        self.app.setQuitOnLastWindowClosed(False)
        self.leave()
        entered = enter()
        self.app.setQuitOnLastWindowClosed(True)
        if not entered:
            self.app.quit()

    def _enter(self) -> bool:
        try:
            workspace = self._sample_workspace() if self._sample else self._own_workspace()
        except AlreadyOpen as error:
            if not error.shown:
                QMessageBox.information(None, "SalesDesk", notify.sentence(error))
            return False
        except SalesDeskError as error:
            QMessageBox.critical(None, "SalesDesk", notify.sentence(error))
            return False
        return workspace is not None and self._show_desk(workspace)

    def _show_desk(self, workspace: Workspace) -> bool:
        self.desk = Desk(workspace, self.settings, self.language)
        self.desk.shut_out.connect(self._leave_shut_out, Qt.ConnectionType.QueuedConnection)
        if shut_out.is_locked(workspace):
            dialog: QDialog = load("ui.app.locked_dialog:LockedDialog")(self.desk)
            if dialog.exec() != QDialog.DialogCode.Accepted:
                self.leave()
                return False
        self.window = self._window(self.desk)
        return True

    def _window(self, desk: Desk) -> MainWindow:
        window = MainWindow(desk)
        window.settings_chosen.connect(self.use_settings)
        window.lock_asked.connect(self.lock)
        window.restore_asked.connect(self.restore)
        notify.install_excepthook(window)
        window.show()
        Alarm(desk, window)
        Rereading(desk, window)
        if not self._sample:
            BackupClock(desk, window.notice)
        if self._sample:
            window.bar.offer_sample_end(self.remove_sample)
            if not self._guided:
                self._guided = True
                load("ui.shell.guide_dialog:GuideDialog")(window).show()
        return window

    def _leave_shut_out(self, error: SalesDeskError) -> None:
        """The office has locked or wiped this computer: show nothing of it any more, and say so."""

        def enter() -> bool:
            QMessageBox.critical(None, "SalesDesk", notify.sentence(error))
            return self._enter()

        self._begin_anew(enter)

    def _own_workspace(self) -> Workspace | None:
        folder = self.folders.workspace
        self._take_place(folder)
        if not access.exists(folder):
            dialog: WelcomeDialog | OpeningDialog = WelcomeDialog(folder)
        elif access.asks_for_passphrase(folder):
            dialog = UnlockDialog(folder)
        else:
            dialog = KeyringDialog(folder)
        if not dialog.entered():
            return None
        if isinstance(dialog, OpeningDialog) and dialog.workspace is None:
            return self._restored(folder, dialog.key, dialog.damage)
        if isinstance(dialog, WelcomeDialog) and dialog.wants_sample:
            self._sample = True
            return self._sample_workspace()
        return dialog.workspace

    def _take_place(self, folder: Path) -> None:
        """Be the only process on a workspace; raises `AlreadyOpen`."""
        if self._place is not None and self._place.folder == folder:
            return
        self._give_up_place()
        self._place = Place(folder)
        self._place.wanted.connect(come_to_front)

    def _give_up_place(self) -> None:
        if self._place is not None:
            self._place.leave()
            self._place = None

    def _restored(
        self, folder: Path, key: Callable[[Callable[[], bool]], bytes], why: DamagedWorkspace | None = None
    ) -> Workspace | None:
        """The workspace that a person chose from its backups."""
        dialog = load("ui.app.restore_dialog:RestoreDialog")(folder, key, why)
        return dialog.workspace if dialog.entered() else None

    def _sample_workspace(self) -> Workspace:
        """The sample workspace, made at the first time, and an office server on this machine for it."""
        from salesdesk.actions import sample  # noqa: PLC0415  # brings every paper; only for a first look
        from ui.app.sample_office import LocalOffice  # noqa: PLC0415  # as above

        folder = self.folders.data / "sample"
        self._take_place(folder)
        self._office = LocalOffice(folder / "office")
        self.settings = replace(self.settings, office_url=self._office.url)
        if access.exists(folder):
            return access.unlock(folder, _SAMPLE_PASSPHRASE)
        workspace = access.set_up(folder, "李伟", passphrase=_SAMPLE_PASSPHRASE)
        sample.fill(workspace, "toolkit")
        sample.fill(workspace, "practice")
        return workspace

    def _apply_settings(self) -> None:
        self.translators.use(self.language)
        theme.apply(self.app, self.settings.theme)
