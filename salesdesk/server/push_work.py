"""What a push does until it is written: each batch on a copy, which is kept or dropped as a whole."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import MutableMapping
from dataclasses import dataclass, field

from salesdesk.records.entry import Entry
from salesdesk.server import keys, ledger
from salesdesk.sync import merge
from salesdesk.sync.protocol import Answer


@dataclass
class Work:
    """Records as they will be, what is said of the entries, and the conflicts of this push by record and unit."""

    records: MutableMapping[str, tuple[str, merge.Record]]
    touched: MutableMapping[str, ledger.Touched]
    conflicts: MutableMapping[str, dict[str, tuple[str, merge.Loss]]]
    claims: keys.Claims = field(default_factory=keys.Claims)
    answers: list[Answer] = field(default_factory=list)
    log: list[Entry] = field(default_factory=list)
    beyond_asked: bool = False  # a record became more than its entry said: the laptop has to fetch it

    def trial(self) -> Work:
        """A copy for one batch; the original does not see its changes."""
        maps = (ChainMap({}, self.records), ChainMap({}, self.touched), ChainMap({}, self.conflicts))
        return Work(*maps, self.claims.trial())

    def keep(self, trial: Work) -> None:
        """Take over what a batch did."""
        for mine, its in (
            (self.records, trial.records),
            (self.touched, trial.touched),
            (self.conflicts, trial.conflicts),
        ):
            assert isinstance(its, ChainMap)
            mine.update(its.maps[0])
        self.claims.keep(trial.claims)
        self.answers += trial.answers
        self.log += trial.log
        self.beyond_asked = self.beyond_asked or trial.beyond_asked
