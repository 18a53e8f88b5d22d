"""Prepare a machine to run, test or package SalesDesk from this checkout.

    python3 packaging/setup_machine.py run|test|package

Needs nothing but Python 3.11 to 3.13 and its standard library. Says what it installs before it does, and is quick when
there is nothing to do. System packages are installed by root only, with apt; anybody else is told what to ask for.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "all.lock"
STAMPS = VENV / "salesdesk-stamps.json"
LONGEST_WAIT_S = 120  # for another apt
PYTHONS = ("3.11", "3.12", "3.13")

# What Qt's wheels expect of the system: file name of the library, Debian package that has it.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libstdc++.so.6": "libstdc++6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
# Apache PDFBox Preflight, which says whether a paper is PDF/A: a test asks it.
ARCHIVE_CHECKER = Path("/usr/share/java/preflight.jar")
ARCHIVE_CHECKER_PACKAGES = ("libpdfbox2-java", "libactivation-java", "libjaxb-api-java", "libcommons-io-java")

# Input methods and what a test needs to type with them into a real window.
INPUT_METHODS = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus",
    "ibus-daemon": "ibus",
    "fcitx5": "fcitx5",
}
PINYIN = {
    Path("/usr/share/ibus/component/libpinyin.xml"): "ibus-libpinyin",
    Path("/usr/share/fcitx5/inputmethod/pinyin.conf"): "fcitx5-pinyin",
}

# The same for its X11 platform, which a real window needs and a frozen program carries along.
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def main() -> int:
    """Prepare what the purpose on the command line needs; returns the exit status."""
    if len(sys.argv) != 2 or sys.argv[1] not in {"run", "test", "package"}:  # noqa: PLR2004  # program and purpose
        print(__doc__, file=sys.stderr)
        return 2
    purpose = sys.argv[1]
    try:
        python = suitable_python()
        if sys.platform == "linux":
            install_system_packages(purpose, python)
        stamps = Stamps()
        install_packages(python, stamps)
        compile_translations(stamps)
        build_fonts()
    except SetUpError as error:
        print(f"set-up: {error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"set-up: this command failed with status {error.returncode}: {' '.join(error.cmd)}", file=sys.stderr)
        return 1
    return 0


class SetUpError(Exception):
    """Something a person has to do first; the text says what."""


def say(text: str) -> None:
    """One line of progress, shown at once."""
    print(f"set-up: {text}", flush=True)


def suitable_python() -> str:
    """This interpreter if its version will do, else one of that name on the path."""
    if version_of(sys.executable) in PYTHONS:
        return sys.executable
    for version in reversed(PYTHONS):
        found = shutil.which(f"python{version}")
        if found and version_of(found) == version:
            return found
    mine = ".".join(str(part) for part in sys.version_info[:2])
    raise SetUpError(f"SalesDesk needs Python {', '.join(PYTHONS[:-1])} or {PYTHONS[-1]}; this is Python {mine}")


def version_of(python: str | Path) -> str:
    """`3.11` for an interpreter that starts, an empty text for one that does not."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        asked = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return asked.stdout.strip()


def update_lists(apt: list[str], env: dict[str, str]) -> None:
    """Read what packages there are; another apt that is reading them is waited for (its lock knows no time-out)."""
    until = time.monotonic() + LONGEST_WAIT_S
    while True:
        done = subprocess.run([*apt, "update"], check=False, env=env, stderr=subprocess.PIPE, text=True)
        if done.returncode == 0:
            return
        if "/lock" not in done.stderr or time.monotonic() >= until:
            raise SetUpError(f"the list of packages cannot be read:\n{done.stderr.strip()}")
        time.sleep(3)


def install_system_packages(purpose: str, python: str) -> None:
    """Install (root) or name (anybody else) the Debian packages that are missing for this purpose."""
    needed, wished = wanted_packages(purpose, python)
    if not needed and not wished:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"installing with apt: {' '.join(sorted({*needed, *wished}))}")
        apt = ["apt-get", "-qq", "-o", f"DPkg::Lock::Timeout={LONGEST_WAIT_S}"]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        update_lists(apt, quiet)
        install = [*apt, "install", "-y", "--no-install-recommends"]
        if needed:
            subprocess.run([*install, *sorted(set(needed))], check=True, env=quiet, stdout=subprocess.DEVNULL)
        # another release of the system may call one of them otherwise; the others are wished for all the same
        together = [*install, *sorted(set(wished))]
        if wished and subprocess.run(together, check=False, env=quiet, stdout=subprocess.DEVNULL).returncode:
            for package in sorted(set(wished)):
                subprocess.run([*install, package], check=False, env=quiet, stdout=subprocess.DEVNULL)
    elif needed:
        raise SetUpError(
            f"some system packages are missing; please have an administrator install them (names as in Debian "
            f"and Ubuntu) and start again: {' '.join(sorted(set(needed)))}"
        )
    else:
        say(f"not installed, and not needed: {' '.join(sorted(set(wished)))}")


def wanted_packages(purpose: str, python: str) -> tuple[list[str], list[str]]:
    """What is missing for this purpose: what it needs, and what is nice to have."""
    needed = missing(QT_LIBRARIES)
    # nice to have: a virtual display is the better stage, but the offscreen platform will do; without the checkers of
    # archive files and signatures, and without input methods, their tests are left out
    wished: list[str] = []
    display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if purpose == "run" and display:
        needed += missing(X11_LIBRARIES)
    elif purpose == "run" and not shutil.which("Xvfb"):
        wished += ["xvfb", *missing(X11_LIBRARIES)]
    elif purpose == "run":
        wished += missing(X11_LIBRARIES)
    elif purpose == "package":
        needed += missing(X11_LIBRARIES)
        needed += [] if shutil.which("objdump") else ["binutils"]
        needed += [] if has_shared_library(python) else [f"libpython{version_of(python)}"]
        wished += [] if shutil.which("Xvfb") else ["xvfb"]
    elif purpose == "test":
        wished += [] if shutil.which("java") else ["default-jre-headless"]
        wished += [] if ARCHIVE_CHECKER.exists() else list(ARCHIVE_CHECKER_PACKAGES)
        # they make and check signatures beside us
        wished += [] if shutil.which("openssl") else ["openssl"]
        wished += [] if shutil.which("pdfsig") else ["poppler-utils"]
        wished += [package for program, package in INPUT_METHODS.items() if not shutil.which(program)]
        wished += [package for file, package in PINYIN.items() if not file.exists()]
        wished += missing(X11_LIBRARIES)
    # Debian cuts venv out of Python's standard library
    if subprocess.run([python, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode:
        needed.append(f"python{version_of(python)}-venv")
    return needed, wished


def missing(libraries: dict[str, str]) -> list[str]:
    """The packages of those libraries that the dynamic linker does not find."""
    return [package for library, package in libraries.items() if not loads(library)]


def loads(library: str) -> bool:
    """Whether the dynamic linker finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_shared_library(python: str) -> bool:
    """Whether there is a libpython beside this interpreter, which a frozen program carries along."""
    code = (
        "import ctypes, os, sysconfig; get = sysconfig.get_config_var; name = get('INSTSONAME') or '';"
        "name = name if '.so' in name else 'libpython%s.so.1.0' % get('LDVERSION');"
        "path = os.path.join(get('LIBDIR') or '', name); ctypes.CDLL(path if os.path.exists(path) else name)"
    )
    return subprocess.run([python, "-c", code], capture_output=True, check=False).returncode == 0


class Stamps:
    """What was done from which input: one digest a step, beside the installed packages."""

    def __init__(self) -> None:
        """Read the digests of the last set-up, if there was one."""
        try:
            self.done: dict[str, str] = json.loads(STAMPS.read_text())
        except (OSError, ValueError):
            self.done = {}

    def stands(self, step: str, inputs: list[str | Path]) -> bool:
        """Whether this step was finished with the same inputs (texts, or the contents of files)."""
        return self.done.get(step) == digest(inputs)

    def keep(self, step: str, inputs: list[str | Path]) -> None:
        """Remember that this step is finished."""
        self.done[step] = digest(inputs)
        STAMPS.write_text(json.dumps(self.done, indent=2, sort_keys=True))


def digest(inputs: list[str | Path]) -> str:
    """SHA-256 over texts and the contents of files, in order."""
    total = hashlib.sha256()
    for part in inputs:
        content = part.read_bytes() if isinstance(part, Path) else part.encode()
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def tool(name: str) -> Path:
    """A program of the virtual environment."""
    return VENV / "Scripts" / f"{name}.exe" if sys.platform == "win32" else VENV / "bin" / name


def install_packages(python: str, stamps: Stamps) -> None:
    """Fill `.venv` with exactly what the lock file says, and put this checkout into it."""
    version = version_of(python)
    locked: list[str | Path] = [LOCK, version, str(VENV)]
    pip = [str(tool("python")), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    quiet = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    if not stamps.stands("packages", locked) or version_of(tool("python")) != version:
        count = sum(1 for line in LOCK.read_text().splitlines() if "==" in line)
        say(f"installing {count} Python packages (requirements/{LOCK.name}) with Python {version} into .venv")
        stamps.done.clear()
        subprocess.run([python, "-m", "venv", "--clear", str(VENV)], check=True)
        # wheels only: a source distribution would need a compiler, and runs code before anybody has seen it
        exact = ["--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK)]
        subprocess.run([*pip, *exact], check=True, env=quiet)
        stamps.keep("packages", locked)
    program: list[str | Path] = [ROOT / "pyproject.toml"]
    if not stamps.stands("program", program):
        say("linking this checkout into .venv")
        link = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
        subprocess.run([*pip, *link], check=True, env=quiet)
        stamps.keep("program", program)


def compile_translations(stamps: Stamps) -> None:
    """Compile every `resources/i18n/*.ts` to the `.qm` beside it."""
    sources = sorted((ROOT / "resources" / "i18n").glob("*.ts"))
    inputs: list[str | Path] = [*sources]
    compiled = all(source.with_suffix(".qm").exists() for source in sources)
    if compiled and stamps.stands("translations", inputs):
        return
    if sources:
        say(f"compiling translations: {', '.join(source.stem for source in sources)}")
        subprocess.run([str(tool("pyside6-lrelease")), "-silent", *map(str, sources)], check=True)
    stamps.keep("translations", inputs)


def build_fonts() -> None:
    """Build the fonts that are missing; the script knows them by their checksums and is quick when they are right."""
    subprocess.run([str(tool("python")), str(ROOT / "packaging" / "fonts.py")], check=True)


if __name__ == "__main__":
    sys.exit(main())
