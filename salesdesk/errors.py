"""The exception tree. Every error that reaches a person is one of these.

SalesDeskError
├── UserError            something typed cannot be taken as it is; shown beside the field or in a bar
│   └── BadValue         one value of one field
├── EnvironmentFault     the machine or the network is at fault; the message says what to do
│   ├── WrongKey         the workspace does not open with this key or passphrase
│   ├── NoKeyring        this machine has no keyring; a passphrase is needed
│   ├── NewerWorkspace   the file was written by a newer program
│   ├── DamagedWorkspace the file is not a workspace, or is broken
│   ├── StorageFull      the disk is full; nothing was changed
│   ├── StorageBusy      another program holds the file
│   ├── OfficeUnreachable  no answer from the office server
│   └── OfficeRefused    the office answered with a refusal (account, device, version)
└── Bug                  our own mistake; shown as a report to copy

An error carries a *message id* and named parameters, never a finished sentence: the window
translates ids (`ui/messages/lookup.py`), a command line prints them with `str()`.
"""

from __future__ import annotations

import errno
import traceback

# What the system says of a file in English, as message ids of our own words.
_REASONS = {
    errno.ENOENT: "os.not_there",
    errno.ENOTDIR: "os.not_there",
    errno.EISDIR: "os.folder",
    errno.EACCES: "os.denied",
    errno.EPERM: "os.denied",
    errno.EBUSY: "os.denied",
    errno.ENOSPC: "os.full",
    errno.EDQUOT: "os.full",
    errno.EROFS: "os.read_only",
    errno.ENAMETOOLONG: "os.long_name",
    errno.EIO: "os.disk",
}


class SalesDeskError(Exception):
    """Base of all errors that are shown to a person."""

    def __init__(self, message: str, **params: object) -> None:
        """Keep the message id (`area.what`) and the values that its sentence names."""
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        detail = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.message} ({detail})" if detail else self.message


class UserError(SalesDeskError):
    """Something a person entered; `field` names the field it stands beside, if there is one."""

    def __init__(self, message: str, *, field: str | None = None, **params: object) -> None:
        """Name the field where the message is shown."""
        super().__init__(message, **params)
        self.field = field


class BadValue(UserError):
    """A text that is no value of its field's kind, or a value out of the field's bounds."""


class EnvironmentFault(SalesDeskError):
    """The machine, the disk or the network; the person can mend it and try again."""


class WrongKey(EnvironmentFault):
    """The workspace does not open with this key."""


class NoKeyring(EnvironmentFault):
    """No usable keyring; ask for a passphrase."""


class NewerWorkspace(EnvironmentFault):
    """The workspace was written by a newer program; it is left untouched."""


class DamagedWorkspace(EnvironmentFault):
    """The file is not a workspace or cannot be read to its end."""


class StorageFull(EnvironmentFault):
    """No room on the disk; the change was rolled back."""


class StorageBusy(EnvironmentFault):
    """Another program holds the file."""


class OfficeUnreachable(EnvironmentFault):
    """No answer, or a cut connection; everything stays in the queue."""


class OfficeRefused(EnvironmentFault):
    """The office answered, and said no: sign-in, revoked device, unknown version."""


class Bug(SalesDeskError):
    """A state the program should never be in."""


def trace_of(error: BaseException) -> str:
    """Where an error arose and from which others: files, lines and class names.

    Not what it says: that may quote what a person typed. Only our own errors are known not to.
    """
    parts: list[str] = []
    seen: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in seen:
        seen.append(at)
        said = f": {at.message}" if isinstance(at, SalesDeskError) else ""
        parts.insert(0, "".join(traceback.format_tb(at.__traceback__)) + type(at).__qualname__ + said)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return "\n\n".join(parts)


def reason_of(error: OSError) -> str:
    """Why a file was refused, as a message id; the system's own words for what is rare."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
