"""A decision that was made after the backup stands again, whoever comes first."""

import shutil

import pytest

from salesdesk.process.approval import Standing
from tests.sync.laptops import everything
from tests.sync.test_approval import approve_all, contract, people, procedure, sync

__all__ = ["contract", "people"]  # fixtures


@pytest.mark.parametrize(
    "order", [("liu", "sun", "zhao", "li"), ("li", "zhao", "sun", "liu"), ("liu", "li", "zhao", "sun")]
)
def test_what_was_decided_after_the_backup_is_decided_again(people, contract, office, tmp_path, order):
    office.stop()
    shutil.copytree(office.folder, tmp_path / "last night")
    office.start()
    approve_all(people, contract)
    deciders = [people[login] for login in order]
    sync(*deciders)
    before = procedure(people["li"], contract)
    assert before.standing is Standing.APPROVED
    office.stop()
    shutil.rmtree(office.folder)
    shutil.copytree(tmp_path / "last night", office.folder)
    office.start()
    sync(*deciders * 3)
    after = procedure(people["li"], contract)
    assert after.standing is Standing.APPROVED
    assert [(step.decision, step.approver) for step in after.steps] == [
        (step.decision, step.approver) for step in before.steps
    ]
    first, *others = (everything(one) for one in deciders if one.identity.role != "legal")
    assert all(other == first for other in others)
