"""One person of each role, and what of their work is tried against an office."""

import uuid

from salesdesk.process import approval
from salesdesk.records.contract import Contract
from salesdesk.records.registry import fields_of
from salesdesk.records.roles import Role
from tests.server.office import EVERYTHING_SEEN, PASSWORD, Bare, sent

NAMES = {
    "liwei": ("李伟", Role.REP),
    "wangfang": ("王芳", Role.REP),
    "zhao": ("赵敏", Role.MANAGER),
    "qian": ("钱进", Role.MANAGER),
    "sun": ("孙立", Role.LEGAL),
    "liu": ("刘总", Role.GENERAL_MANAGER),
    "he": ("何悦", Role.CARE),
    "zhou": ("周洁", Role.OFFICE),
}
TERMS = {"kind": "软件服务合同", "party_a": "甲", "party_b": "乙", "subject": "服务", "payment": "3期"}


def new_id():
    return str(uuid.uuid4())


class Crew:
    """Devices of people by login, made when they are needed; all of the territory `east`."""

    def __init__(self, office):
        self.office = office
        self._devices = {}
        for login, (name, role) in NAMES.items():
            if login not in {"liwei", "wangfang"}:
                office.administration.add_person(login, name, role.value, "east", PASSWORD)

    def __getitem__(self, login):
        if login not in self._devices:
            self._devices[login] = Bare(self.office.url, login)
        return self._devices[login]

    def of(self, role):
        """The device of somebody of a role."""
        return self[next(login for login, (_, its) in NAMES.items() if its is role)]

    def close(self):
        for one in self._devices.values():
            one.close()

    def now(self, *ids):
        """Records as the office has them: whoever may see everything looks."""
        found = self["liu"].records()
        return [found.get(one) for one in ids]

    def contract(self, login="liwei", **values):
        """A contract that somebody drafted; returns its id."""
        record_id = new_id()
        assert self[login].push(sent("contract", record_id, **(TERMS | {"amount": 100} | values))).answers == []
        return record_id

    def chain(self, paper_id, *names, gone=(), **paper_says):
        """What a laptop sends to submit a contract, and the ids of the steps it asks for."""
        (state,) = self.now(paper_id)
        paper = typed(state.data)
        names = names or approval.chain_of(Contract)
        content = approval.fingerprint(paper, names)
        steps = [new_id() for _ in names]
        entries = [sent("approval_step", one, "delete", base=EVERYTHING_SEEN) for one in gone]
        if paper_says:
            entries.append(sent("contract", paper_id, "update", base=EVERYTHING_SEEN, **paper_says))
        for number, (step_id, name) in enumerate(zip(steps, names, strict=True), start=1):
            asked = {"contract_id": paper_id, "row_no": number, "step": name, "fingerprint": content}
            entries.append(sent("approval_step", step_id, **asked))
        return entries, steps

    def submitted(self, login="liwei", **values):
        """A contract in approval; returns its id and those of its steps."""
        paper_id = self.contract(login, **values)
        entries, steps = self.chain(paper_id)
        assert self[login].push(*one_action(self[login], entries)).answers == []
        return paper_id, steps

    def decide(self, login, step_id, decision="approved", **says):
        """A decision as the program sends it, or with what a modified one says besides."""
        me = self[login].enrolled
        said = {"decision": decision, "opinion": "同意", "decided_on": "2026-11-30", "approver": me.name}
        return self[login].push(
            sent("approval_step", step_id, "update", base=EVERYTHING_SEEN, **(said | {"person_id": me.person} | says))
        )


def one_action(bare, entries):
    """The entries as one batch of this device."""
    first = bare.seq + 1
    return [sent_with(one, first) for one in entries]


def sent_with(entry, batch):
    values = [getattr(entry, name) for name in entry.__struct_fields__]
    return type(entry)(batch, *values[1:])


def asked(entity, record_id, kind, fields):
    """An entry about fields of any name, {name: (old, new)}, by somebody who says that he has seen everything."""
    entry = sent(entity, record_id, kind, base=EVERYTHING_SEEN)
    entry.fields.update({name: list(pair) for name, pair in fields.items()})
    return entry


def typed(data):
    """The contract that wire values say."""
    fields = fields_of(Contract)
    return Contract(**{name: fields[name].kind.from_wire(value) for name, value in data.items() if name in fields})


def reasons(pushed):
    """What was said of entries that did not pass."""
    return [(said.kind, said.reason) for said in pushed.answers]
