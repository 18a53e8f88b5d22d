"""The rules of the house that no linter knows."""

import ast
import itertools
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import salesdesk

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 420
SOURCES = sorted(
    path
    for folder in ("salesdesk", "ui", "packaging", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts  # a migration is as long as the tables it makes
)
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
LOCKED = re.compile(r"^([a-z0-9-]+)==([0-9][0-9a-z.+]*)( ; [a-z_]+ [<>=!]+ '[A-Za-z0-9.]+')?( and .*)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def name(path):
    return str(path.relative_to(ROOT))


def test_the_rules_look_at_something():
    assert len(SOURCES) > 30
    assert LOCKS


def test_no_file_is_longer_than_a_person_reads():
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_every_module_is_named_for_what_it_holds():
    empty_names = {"utils", "util", "helpers", "helper", "misc", "common"}
    assert [name(path) for path in SOURCES if empty_names & {*path.parent.parts, path.stem}] == []


def test_nothing_is_left_for_later():
    later = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
    assert [name(path) for path in SOURCES if later.search(path.read_text(encoding="utf-8"))] == []


def sessions_named(source):
    """Lines where code names a database session, or reaches into one that a function of the library handed it."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id="Session") | ast.alias(name="Session") | ast.Attribute(attr="Session" | "session"):
                yield node.lineno
            case ast.Attribute(value=ast.Name(id="session" | "_session")):
                yield node.lineno


def test_no_widget_names_a_database_session():
    """What the window shows is read by functions of the library; only the worker knows what they are given."""
    allowed = {"ui/core/background.py"}
    widgets = [path for path in SOURCES if path.relative_to(ROOT).parts[0] == "ui" and name(path) not in allowed]
    assert len(widgets) > 50
    found = {name(path): list(sessions_named(path.read_text(encoding="utf-8"))) for path in widgets}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from salesdesk.store.workspace import Session",
        "from salesdesk.store.workspace import Session as Reader",
        "def read(session: Session): ...",
        "desk.query(self, lambda session: session.get(Customer, 'a'), show)",
        "changes.session.scalars(wanted)",
        "workspace.Session",
    ],
)
def test_a_session_in_a_widget_is_found(source):
    assert list(sessions_named(source))


def test_handing_a_session_on_is_no_naming_of_it():
    assert not list(sessions_named("desk.query(self, lambda session: queries.card(session, customer_id), show)"))


def test_the_library_packaging_is_not_hidden():
    assert not (ROOT / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_a_lock_holds_versions_and_hashes_and_nothing_else(lock):
    lines = lock.read_text().splitlines()
    assert [line for line in lines if not LOCKED.match(line) and not HASH.match(line)] == []
    for line, following in itertools.pairwise(lines):
        if LOCKED.match(line):
            assert HASH.match(following), line


def locked_versions(lock):
    matches = (LOCKED.match(line) for line in lock.read_text().splitlines())
    return {match[1]: match[2] for match in matches if match}


def test_no_lock_names_an_address_or_a_folder():
    texts = [path.read_text() for path in [*LOCKS, *(ROOT / "resources").rglob("*.lock.json")]]
    assert len(texts) > len(LOCKS)
    assert not [text for text in texts if "/" in text]


def test_the_lock_holds_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    versions = locked_versions(ROOT / "requirements" / "all.lock")
    for wish in (Requirement(text) for group in groups for text in group):
        assert wish.specifier.contains(versions[canonicalize_name(wish.name)]), wish


def test_the_office_runs_what_was_tested():
    tested = locked_versions(ROOT / "requirements" / "all.lock")
    office = locked_versions(ROOT / "requirements" / "server.lock")
    assert office.items() <= tested.items()
    assert not [package for package in office if package.startswith(("pyside6", "shiboken6"))]


OFFICE_IMPORTS = """
import importlib.metadata, pkgutil, sys
at_start = set(sys.modules)  # an installer's own hooks
sys.path.insert(0, sys.argv[1])
import salesdesk.server
for module in pkgutil.walk_packages(salesdesk.server.__path__, "salesdesk.server."):
    if not module.name.endswith("__main__"):
        __import__(module.name)
of = importlib.metadata.packages_distributions()
print(*{name for module in {*sys.modules} - at_start for name in of.get(module.partition(".")[0], ())})
"""


def test_the_office_needs_nothing_that_its_lock_lacks():
    command = [sys.executable, "-c", OFFICE_IMPORTS, str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    imported = {canonicalize_name(name) for name in done.stdout.split()} - {"salesdesk"}
    assert imported <= locked_versions(ROOT / "requirements" / "server.lock").keys()


def test_the_changelog_knows_this_version():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{salesdesk.__version__}]" in text or "## [Unreleased]" in text


# Every module in a process of its own that has imported nothing of ours yet: a hidden circle shows itself.
# Forking from a process that holds the libraries keeps this at milliseconds a module.
IMPORT_EACH = """
import os, sys
root, preload, forbidden, *modules = sys.argv[1:]
sys.path.insert(0, root)
for library in preload.split():
    __import__(library)
for module in modules:
    if not (child := os.fork()):
        try:
            __import__(module)
            if forbidden and forbidden in sys.modules:
                raise ImportError(forbidden + " came along")
        except BaseException as error:
            print(module, type(error).__name__, error, flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork; the order of imports is the same there")
@pytest.mark.parametrize(
    ("package", "preload", "forbidden"),
    [
        ("salesdesk", "sqlalchemy.orm msgspec httpx cryptography reportlab", "PySide6"),
        ("ui", "sqlalchemy.orm msgspec PySide6.QtWidgets", ""),
    ],
)
def test_every_module_can_be_imported_first(package, preload, forbidden):
    files = [path.relative_to(ROOT) for path in SOURCES if path.relative_to(ROOT).parts[0] == package]
    scripts = {"__main__.py", "env.py"}  # they run when imported
    modules = [
        ".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in files if path.name not in scripts
    ]
    command = [sys.executable, "-c", IMPORT_EACH, str(ROOT), preload, forbidden, *modules]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == ""
