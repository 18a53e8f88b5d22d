"""The commands that administer an office: people, devices, territories, what was put into quarantine."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

from sqlalchemy import Engine

from salesdesk.records.work import ROLES
from salesdesk.server import quarantine
from salesdesk.server.administration import Administration

if TYPE_CHECKING:
    _Groups = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # argparse names it nowhere else

_Chosen = argparse.Namespace
_ROLES = [role.value for role in ROLES]


def add_to(groups: _Groups, place: argparse.ArgumentParser) -> None:
    """Add the commands; each takes what `place` takes."""

    def group(
        name: str, about: str
    ) -> Callable[[str, str, Callable[[Engine, _Chosen], None]], argparse.ArgumentParser]:
        inner = groups.add_parser(name, help=about).add_subparsers(required=True, metavar="what")

        def command(verb: str, about: str, run: Callable[[Engine, _Chosen], None]) -> argparse.ArgumentParser:
            made = inner.add_parser(verb, parents=[place], help=about)
            made.set_defaults(run=run)
            return made

        return command

    people = group("people", "accounts and roles")
    people("list", "who has an account", _list_people)
    add = people("add", "a new account; asks for its password", _add_person)
    add.add_argument("login")
    add.add_argument("name")
    add.add_argument("--role", default="rep", choices=_ROLES)
    add.add_argument("--territory", required=True, help="where the person's records belong")
    password = people("password", "another password; enrolled devices stay enrolled", _set_password)
    password.add_argument("login")
    for asking in (add, password):
        asking.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    role = people("role", "another role", lambda engine, chosen: _by(engine).set_role(chosen.login, chosen.role))
    role.add_argument("login")
    role.add_argument("role", choices=_ROLES)
    disable = people("disable", "shut a person out, with all devices", _disable)
    disable.add_argument("login")
    people("enable", "let a person in again", lambda engine, chosen: _by(engine).enable(chosen.login)).add_argument(
        "login"
    )

    devices = group("devices", "laptops")
    devices("list", "which laptops are enrolled", _list_devices).add_argument("login", nargs="?", default="")
    devices("code", "a one-time code for one more laptop", _make_code).add_argument("login")
    revoke = devices("revoke", "shut a laptop out", _revoke)
    revoke.add_argument("device")
    for shutting in (disable, revoke):
        shutting.add_argument("--wipe", action="store_true", help="destroy its data once it has handed over its work")
    unrevoke = devices("unrevoke", "let a laptop in again", lambda e, chosen: _by(e).unrevoke(chosen.device))
    unrevoke.add_argument("device")

    territories = group("territories", "what teams share")
    territories("list", "all territories", _list_territories)
    new = territories("add", "a new territory", lambda e, chosen: _by(e).add_territory(chosen.id, chosen.name))
    new.add_argument("id")
    new.add_argument("name")
    join = territories("join", "let a person in", lambda e, c: _by(e).join(c.login, c.territory, c.role))
    leave = territories("leave", "take it away from a person", lambda e, c: _by(e).leave(c.login, c.territory))
    for moving in (join, leave):
        moving.add_argument("login")
        moving.add_argument("territory")
    join.add_argument("--role", default="", choices=_ROLES, help="in this territory; else the person's own")

    aside = group("quarantine", "what shut out laptops handed over")
    aside("list", "what waits for a decision", _list_quarantine)
    for verb, about, run in (
        ("show", "every entry", _show_quarantine),
        ("release", "take it in as its author's work", _release),
        ("drop", "throw it away", _drop),
    ):
        aside(verb, about, run).add_argument("device")

    journal = groups.add_parser("log", parents=[place], help="who administered what, newest first")
    journal.add_argument("--last", type=int, default=100, help="how many lines")
    journal.set_defaults(run=_show_log)


def say(text: str, stream: TextIO | None = None) -> None:
    """A command line speaks."""
    print(text, file=stream or sys.stdout, flush=True)


def _by(engine: Engine) -> Administration:
    return Administration(engine, user())


def user() -> str:
    """Who gives the command, as it is written down."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may have a number and no name
        return "administrator"


def _password(chosen: _Chosen) -> str:
    return sys.stdin.readline().rstrip("\r\n") if chosen.password_stdin else getpass.getpass()


def _add_person(engine: Engine, chosen: _Chosen) -> None:
    home = chosen.territory
    person = _by(engine).add_person(chosen.login, chosen.name, chosen.role, home, _password(chosen))
    say(f"{chosen.login}: {person}")


def _set_password(engine: Engine, chosen: _Chosen) -> None:
    _by(engine).set_password(chosen.login, _password(chosen))


def _disable(engine: Engine, chosen: _Chosen) -> None:
    _by(engine).disable(chosen.login, wipe=chosen.wipe)


def _revoke(engine: Engine, chosen: _Chosen) -> None:
    _by(engine).revoke(chosen.device, wipe=chosen.wipe)


def _make_code(engine: Engine, chosen: _Chosen) -> None:
    say(_by(engine).code(chosen.login))


def _list_people(engine: Engine, _: _Chosen) -> None:
    _table(
        ("account", "name", "role", "home", "laptops", "disabled"),
        (
            (one.login, one.name, one.role, one.home, one.devices, _time(one.disabled_ms))
            for one in _by(engine).people()
        ),
    )


def _list_devices(engine: Engine, chosen: _Chosen) -> None:
    _table(
        ("account", "device", "laptop", "enrolled", "last brought work", "shut out"),
        (
            (
                one.login,
                one.id,
                one.name,
                _time(one.enrolled_ms),
                _time(one.pushed_ms),
                _time(one.revoked_ms) + (" wipe" if one.wipe else ""),
            )
            for one in _by(engine).devices(chosen.login)
        ),
    )


def _list_territories(engine: Engine, _: _Chosen) -> None:
    rows = _by(engine).territories()
    _table(("territory", "name", "records", "people"), ((one.id, one.name, one.records, one.members) for one in rows))


def _list_quarantine(engine: Engine, _: _Chosen) -> None:
    _table(
        ("territory", "device", "account", "name", "came", "entries"),
        (
            (one.territory, one.device, one.login, one.name, _time(one.received_ms), one.entries)
            for one in quarantine.kept(engine)
        ),
    )


def _show_quarantine(engine: Engine, chosen: _Chosen) -> None:
    for entry in quarantine.entries(engine, chosen.device):
        values = " ".join(f"{name}={new!r}" for name, (_, new) in entry.fields.items())
        say(f"{_time(entry.wall_ms)}  {entry.kind} {entry.entity} {entry.record_id}  {values}")


def _release(engine: Engine, chosen: _Chosen) -> None:
    say(f"{quarantine.release(engine, chosen.device, user())} entries taken in")


def _drop(engine: Engine, chosen: _Chosen) -> None:
    quarantine.drop(engine, chosen.device, user())


def _show_log(engine: Engine, chosen: _Chosen) -> None:
    acts = _by(engine).acts(chosen.last)
    _table(
        ("when", "who", "what", "whom", "how"),
        ((_time(one.at_ms), one.by, one.action, one.subject, one.detail) for one in acts),
    )


def _time(ms: int | None) -> str:
    return "" if not ms else datetime.fromtimestamp(ms / 1000).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    for row in (head, *rows):
        say("\t".join(str(cell) for cell in row).rstrip())
