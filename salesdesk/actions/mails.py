"""A mail to the customer with a paper in it, as a draft that the person's own mail program opens."""

from __future__ import annotations

from salesdesk.actions.paper_declarations import Offer
from salesdesk.actions.papers import Made
from salesdesk.errors import UserError
from salesdesk.exchange import mail
from salesdesk.exchange.file_names import proposed
from salesdesk.records.discovery import ConfirmationLetter
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Contact, Customer
from salesdesk.records.registry import form_named
from salesdesk.settings import Settings
from salesdesk.store import queries
from salesdesk.store.workspace import Session, Workspace


def draft(workspace: Workspace, offer: Offer | None, settings: Settings, made: Made, language: Language) -> bytes:
    """The message as `.eml`, in the paper's language.

    A paper for the customer is addressed to the person it is for, if an address is known; one that a mail program
    would not take is left out, for the rep to put right.
    """
    title = made.name.removesuffix(".pdf")
    with workspace.reading() as session:
        person = _recipient(session, offer) if offer and offer.paper.for_customer else None
    ours = "\n".join(filter(None, (settings.company, workspace.identity.name, settings.phone)))
    name, address = (person.name, person.email) if person else ("", "")
    # names and titles are put in afterwards: what people typed is never converted
    dear = (language.pick("{}：", "Dear {},") if name else language.pick("您好：", "Hello,")).format(name)
    said = language.pick(
        "附件是《{}》，请查收。如有疑问，欢迎随时联系。",
        "please find “{}” attached. I am glad to answer any question.",
    ).format(title)
    text, files = f"{dear}\n\n{said}\n\n{ours}\n", [(proposed(made.name), made.pdf)]
    try:
        return mail.draft(address, name, title, text, files)
    except UserError:
        return mail.draft("", "", title, text, files)


def _recipient(session: Session, offer: Offer) -> Contact | None:
    """The person a letter names, else the customer's first contact; one with an address before one without."""
    record = session.get(form_named(offer.entity), offer.record_id)
    customer_id = record.id if isinstance(record, Customer) else getattr(record, "customer_id", "")
    named = record.recipient.strip() if isinstance(record, ConfirmationLetter) else ""
    people = queries.linked(session, Contact, "customer_id", customer_id)
    return min(people, key=lambda one: (one.name.strip() != named, not one.email), default=None)
