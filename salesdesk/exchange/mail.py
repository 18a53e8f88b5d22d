"""A letter's way into a mail program: a draft with its file, as `.eml`."""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from salesdesk.errors import UserError


def draft(to: str, name: str, subject: str, text: str, files: list[tuple[str, bytes]]) -> bytes:
    """An unsent message that mail programs open for editing; `files` are names and PDF bytes.

    `to` may be empty; the person then fills it in. A Chinese domain is written as servers know it (IDNA).
    Raises `UserError` `mail.bad_address`.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = _one_line(subject)
    if to.strip():
        try:
            message["To"] = Address(_one_line(name), addr_spec=_dialled(to.strip()))
        except (ValueError, IndexError, MessageError) as error:
            raise UserError("mail.bad_address", address=to) from error
    message.set_content(text)
    for file_name, data in files:
        message.add_attachment(data, maintype="application", subtype="pdf", filename=_one_line(file_name))
    return message.as_bytes()


def _dialled(address: str) -> str:
    """An address with its domain in ASCII: 例子.中国 → xn--fsqu00a.xn--fiqs8s. Raises `ValueError`."""
    person, at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    import idna  # noqa: PLC0415  # only for such addresses

    return person + at + idna.encode(domain, uts46=True).decode()


def _one_line(text: str) -> str:
    """A header never gets a second line: that would be another header."""
    return " ".join(text.split())
