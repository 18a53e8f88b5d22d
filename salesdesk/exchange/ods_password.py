"""OpenDocument tables with a password, which the workbooks' parser calls damaged.

After ODF 1.2 part 3 (PBKDF2 and AES-CBC for each file), and as LibreOffice writes from 24.2 on (argon2id and AES-GCM
for the whole package, within another).
"""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from salesdesk.errors import UserError
from salesdesk.exchange.packed import LARGEST_UNPACKED, too_much

_MANIFEST = "META-INF/manifest.xml"
_INNER = "encrypted-package"
_CHECKED = 1024  # bytes that the checksum is of
_MOST_ROUNDS, _MOST_KIB = 10_000_000, 1 << 20  # beyond what any program writes: it would hold up the machine
_NONCE = 12


def opened(data: bytes, password: str) -> bytes:
    """The file without its encryption, with nothing but its table; the file itself when it has none.

    Raises `UserError`: `import.password` (also when the one given is wrong), `import.cipher` (one we cannot open),
    `import.too_large`, `import.broken`.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = set(packed.namelist())
        lock = _lock(packed.read(_MANIFEST), names) if _MANIFEST in names else None
        if lock is None:
            return data
        if not password:
            raise UserError("import.password")
        plain = lock.open(packed.read(lock.name), password)
    if lock.name == _INNER:
        return plain
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as repacked:
        repacked.writestr("content.xml", plain)
    return out.getvalue()


@dataclass(frozen=True)
class _Lock:
    """How a file of the archive is encrypted, by the manifest's own words."""

    name: str
    algorithm: str
    nonce: bytes
    start: str
    derivation: dict[str, str]
    checksum: bytes
    checked_by: str

    def open(self, data: bytes, password: str) -> bytes:
        """The file as it was before. Raises `UserError`."""
        key = self._key(password)
        if self.algorithm.endswith("aes256-gcm"):
            return self._gcm(data, key)
        if not self.algorithm.endswith("aes256-cbc"):
            raise UserError("import.cipher")
        return self._cbc(data, key)

    def _key(self, password: str) -> bytes:
        start = hashlib.sha256 if self.start.endswith("sha256") else hashlib.sha1
        begun = start(password.encode()).digest()
        how = self.derivation
        salt, size = base64.b64decode(how.get("salt", "")), int(how.get("key-size", "16"))
        if "argon2id" in how.get("key-derivation-name", ""):
            from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415  # only for such files

            rounds, memory, lanes = (int(how.get(f"argon2-{one}", "0")) for one in ("iterations", "memory", "lanes"))
            if rounds > _MOST_ROUNDS // 10**5 or memory > _MOST_KIB:
                raise UserError("import.cipher")
            return hash_secret_raw(begun, salt, rounds, memory, lanes, size, Type.ID)
        rounds = int(how.get("iteration-count", "1024"))
        if not how.get("key-derivation-name", "").endswith("PBKDF2") or not 0 < rounds <= _MOST_ROUNDS:
            raise UserError("import.cipher")
        return hashlib.pbkdf2_hmac("sha1", begun, salt, rounds, size)

    def _gcm(self, data: bytes, key: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # only for such files
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # as above

        body = data[_NONCE:] if data.startswith(self.nonce[:_NONCE]) else data
        try:
            plain = AESGCM(key).decrypt(self.nonce, body, None)
        except InvalidTag as error:
            raise UserError("import.password") from error
        return plain if self.name == _INNER else _inflated(plain)

    def _cbc(self, data: bytes, key: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # noqa: PLC0415  # as above

        cipher = Cipher(algorithms.AES(key), modes.CBC(self.nonce)).decryptor()
        padded = cipher.update(data) + cipher.finalize()
        plain = padded[: -padded[-1]] if padded else b""
        by = hashlib.sha256 if "sha256" in self.checked_by.lower() else hashlib.sha1
        if self.checksum and by(plain[:_CHECKED]).digest() != self.checksum:
            raise UserError("import.password")
        return _inflated(plain)


def _inflated(data: bytes) -> bytes:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    plain = stream.decompress(data, LARGEST_UNPACKED)
    if stream.unconsumed_tail:
        raise too_much()
    return plain


def _lock(manifest: bytes, names: set[str]) -> _Lock | None:
    """How the table is locked; `None` when it is not. Raises `UserError` for a manifest that is none."""
    from lxml import etree  # noqa: PLC0415  # only for such files

    try:
        root = etree.fromstring(manifest, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.LxmlError as error:
        raise UserError("import.broken") from error
    wanted = _INNER if _INNER in names else "content.xml"
    for entry in root.iter("{*}file-entry"):
        told = _traits(entry)
        if told.get("full-path") != wanted or (data := entry.find("{*}encryption-data")) is None:
            continue
        parts = {str(part.tag).rpartition("}")[2]: _traits(part) for part in data}
        algorithm, checked = parts.get("algorithm", {}), _traits(data)
        return _Lock(
            wanted,
            algorithm.get("algorithm-name", ""),
            base64.b64decode(algorithm.get("initialisation-vector", "")),
            parts.get("start-key-generation", {}).get("start-key-generation-name", "SHA1").lower(),
            parts.get("key-derivation", {}),
            base64.b64decode(checked.get("checksum", "")),
            checked.get("checksum-type", ""),
        )
    return None


def _traits(element: Any) -> dict[str, str]:
    return {str(key).rpartition("}")[2]: str(value) for key, value in element.items()}
