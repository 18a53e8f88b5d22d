"""The draft of a mail, as a mail program reads it."""

from email import message_from_bytes
from email.policy import default

import pytest

from salesdesk.actions import mails
from salesdesk.actions.papers import Made, Offer
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact
from salesdesk.settings import Settings

OURS = Settings(company="华东智造软件有限公司", phone="0512-1234")


@pytest.fixture
def read(workspace, science):
    def draft(kind, email="ouyang@example.com", language=Language.ZH):
        with workspace.changing("test") as changes:
            changes.add(Contact(customer_id=science.id, name="没有邮箱"))
            changes.add(Contact(customer_id=science.id, name="欧阳𬭎", email=email))
        offer = Offer(kind, "customer", science.id)
        raw = mails.draft(workspace, offer, OURS, Made("方案书-v1.pdf", b"%PDF-1.4"), language)
        return message_from_bytes(raw, policy=default)

    return draft


@pytest.mark.parametrize("language", list(Language))
def test_a_paper_for_the_customer_goes_to_the_person_with_an_address(read, language):
    said = read("proposal", language=language)
    assert said["To"].addresses[0].addr_spec == "ouyang@example.com"
    assert said["X-Unsent"] == "1"
    text = said.get_body().get_content()
    assert "欧阳𬭎" in text
    assert "方案书-v1" in text
    assert text.rstrip().endswith("0512-1234")
    (file,) = said.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("方案书-v1.pdf", b"%PDF-1.4")


def test_a_paper_of_the_house_is_addressed_to_nobody(read):
    said = read("approval_sheet")
    assert said["To"] is None
    assert "欧阳" not in said.get_body().get_content()


@pytest.mark.parametrize("email", ["欧阳 at example", "a@b\r\nBcc: x@y.z", "<script>"])
def test_an_address_that_no_program_takes_is_left_to_the_person(read, email):
    said = read("proposal", email)
    assert said["To"] is None
    assert said["Bcc"] is None
    assert "欧阳𬭎" in said.get_body().get_content()
