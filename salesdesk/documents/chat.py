"""A record as a short text for a chat such as WeChat: what the customer may read, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from salesdesk.documents.audience import printed, printed_fields, printed_label
from salesdesk.documents.blocks import Mark, Sender
from salesdesk.documents.fonts import printable
from salesdesk.records.base import Record
from salesdesk.records.field import Audience
from salesdesk.records.kinds import LinkKind
from salesdesk.records.language import Language

# What a customer calls it, where a form has a name of our own house: in Chinese and English.
_HEADINGS = {
    "customer": ("企业信息", "Your company"),
    "needs_analysis": ("需求确认", "Your needs"),
    "proposal": ("方案", "Proposal"),
    "negotiation": ("会谈记录", "Our meeting"),
    "negotiation_result": ("商谈结果", "What we agreed"),
    "contract": ("合同要点", "Contract"),
}


def chat_text(
    record: Record,
    customer: str,
    sender: Sender,
    language: Language,
    fields: Sequence[str] | None = None,
    *,
    mark: Mark | None = None,
) -> str:
    """What it is about and the customer, a line for each field that says something, and who writes.

    A "no" says nothing: nobody may have touched it.

    Args:
        record: what it is about.
        customer: the customer's name.
        sender: our side.
        language: of the labels and values.
        fields: their names, in order; without, all that are meant for the customer. Any other is a `Bug`.
        mark: what a draft or an unapproved record says of itself, here in the first line.
    """
    form = type(record)
    if fields is None:
        every = printed_fields(form, Audience.CUSTOMER)
        fields = [declared.name for declared in every if not isinstance(declared.kind, LinkKind)]
    colon = language.pick("：", ": ")
    marked = language.pick(f"【{mark.word(language)}】", f"[{mark.word(language)}] ") if mark else ""
    heading = language.pick(*_HEADINGS.get(form.__tablename__, (form.__form__.zh, form.__form__.en)))
    said = [marked + " · ".join(filter(None, [heading, customer]))]
    for name in (name for name in fields if getattr(record, name) is not False):
        shown = printable(printed(record, name, Audience.CUSTOMER, language)).strip()
        if shown:
            between = "\n" if "\n" in shown else ""
            said.append(f"{printed_label(form, name, language)}{colon}{between}{shown}")
    if len(said) == 1:
        return ""
    said.append("—— " + " · ".join(filter(None, [sender.company, sender.person, sender.phone])))
    return printable("\n".join(said))
