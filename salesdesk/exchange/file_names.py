"""The name under which a file from elsewhere is proposed to be saved: it may have been chosen to do harm."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 190  # bytes in UTF-8; file systems take 255, and something may come before and behind it
_LONGEST_ENDING = 24  # characters
_NOT_TAKEN = re.compile(r'[<>:"|?*]')
# Windows opens the device, in any folder and whatever follows the first full stop
_DEVICES = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])", re.IGNORECASE)
# what a double click runs, or leads elsewhere, on one of the systems that we are installed on
_RUN = re.compile(
    r"app|appimage|application|appref-ms|bat|chm|cmd|com|command|cpl|desktop|diagcab|dll|exe|gadget|hta|inf|iso|img|jar"
    r"|jse?|library-ms|lnk|mht|mhtml|ms[cipt]|msix|pif|ps[cd]?1|ps1xml|pyw?|reg|scf|scr|sct|searchconnector-ms"
    r"|settingcontent-ms|sh[bs]?|svg|theme|url|vb[es]?|vhdx?|webloc|website|ws[cfh]?|xbap|xll",
    re.IGNORECASE,
)
UNSAFE = ".unsafe"  # no program opens it; who wants the file takes the ending off


def proposed(name: str) -> str:
    """A name that stays in its folder, is one line, and is run by nothing; as like the old one as that allows."""
    plain = "".join(
        " " if one.isspace() else one
        for one in unicodedata.normalize("NFC", name)
        if one.isspace() or not unicodedata.category(one).startswith(("C", "Zl", "Zp"))
    )
    last = re.split(r"[/\\]", plain.rstrip("/\\ "))[-1]
    safe = _shortened(_NOT_TAKEN.sub("_", last).strip(" .") or "file")  # Windows takes these off at the end
    stem, _, ending = safe.rpartition(".")
    if stem and _RUN.fullmatch(ending.strip()):
        safe += UNSAFE
    if _DEVICES.fullmatch(safe.partition(".")[0].strip()):
        safe = f"_{safe}"
    return safe


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if len(name.encode()) <= _LONGEST:
        return name
    if len(ending) > _LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    room = _LONGEST - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore").strip(" .") + dot + ending
