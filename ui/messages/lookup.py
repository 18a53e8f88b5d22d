"""The sentences of message ids, for errors, findings, checklists and the journal's actions.

The library speaks in ids; the other files of this room hold their English sentences, and the translation files
those of other languages (context `messages`). A sentence names its values in braces.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from salesdesk.records.language import Language
from salesdesk.records.registry import form_named, known
from salesdesk.store.engine import Parts
from ui.messages.errors import ERRORS
from ui.messages.health import HEALTH
from ui.messages.import_export import TABLES
from ui.messages.journal_actions import ACTIONS
from ui.messages.rules import RULES

_CONTEXT = "messages"
_LONGEST_UNKNOWN = 200

# The languages of papers, by their own names.
LANGUAGES = {Language.ZH: "简体中文", Language.TRADITIONAL: "繁體中文", Language.EN: "English"}

SENTENCES = ERRORS | RULES | TABLES | HEALTH


def sentence(message: str, **params: object) -> str:
    """The sentence of a message id in the window's language; an unknown id, perhaps an office's, stands for itself."""
    return _filled(SENTENCES[message], params) if message in SENTENCES else message[:_LONGEST_UNKNOWN]


def action(name: str, language: Language) -> str:
    """What a journal entry's action is called."""
    verb, _, entity = name.partition(".")
    if name not in ACTIONS and known(entity):
        return _filled(ACTIONS.get(verb, ACTIONS["change"]), {"form": form_named(entity).__form__.label(language)})
    return _filled(ACTIONS.get(name, ACTIONS["change"]), {})


def _filled(source: object, params: dict[str, object]) -> str:
    translated = QCoreApplication.translate(_CONTEXT, str(source))
    said = {name: _reason(value) for name, value in params.items()}
    try:
        return translated.format(**said)
    except (KeyError, IndexError, ValueError, TypeError):  # not the values that it names: better raw than nothing
        return translated


def language() -> Language:
    """The window's language, which its translation says of itself."""
    #: The two letters of the language that this is a translation to: zh
    return Language(QCoreApplication.translate("messages", "en"))


def _part(table: str) -> str:
    """What a person calls the content of a table."""
    if known(table):
        return form_named(table).__form__.label(language())
    if table == "draft":
        return QCoreApplication.translate("messages", "drafts")
    if "search" in table:
        return QCoreApplication.translate("messages", "the search")
    if table == "journal":
        return QCoreApplication.translate("messages", "the history and what waits for the office")
    return QCoreApplication.translate("messages", "the program's own notes")


def _reason(value: object) -> object:
    """Why the system refused a file comes as an id of its own (`salesdesk.errors.reason_of`), tables by their names."""
    if isinstance(value, Parts):
        return QCoreApplication.translate("messages", ", ").join(dict.fromkeys(map(_part, value)))
    return sentence(value) if isinstance(value, str) and value.startswith("os.") else value
