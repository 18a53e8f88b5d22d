"""Every form and field as plain data, for the documentation and for checks (`salesdesk --describe`)."""

from __future__ import annotations

from typing import Any

from salesdesk.records.base import Stage
from salesdesk.records.field import Field
from salesdesk.records.kinds import ChoiceKind, LinkKind
from salesdesk.records.language import Language
from salesdesk.records.registry import children_of, fields_of, forms


def describe() -> dict[str, Any]:
    """Stages, and forms with their labels in each language, paper number, stage, fields and rows."""
    return {
        "stages": [{"name": s.value, "number": s.number, "labels": _labels(s)} for s in Stage],
        "forms": [
            {
                "name": form.__tablename__,
                "labels": _labels(form.__form__),
                "paper": form.__form__.paper,
                "stage": form.__form__.stage.value if form.__form__.stage else None,
                "parent": form.__form__.parent,
                "rows": [child.__tablename__ for child in children_of(form.__tablename__)],
                "fields": [_field(f) for f in fields_of(form).values()],
            }
            for form in sorted(forms(), key=lambda form: form.__tablename__)  # whatever was imported first
        ],
    }


def _labels(labelled: Any) -> dict[str, str]:
    return {language.value: labelled.label(language) for language in (Language.ZH, Language.EN)}


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "labels": _labels(field),
        "kind": type(field.kind).__name__.removesuffix("Kind").lower(),
        "required": field.required,
        "listed": field.listed,
        "searched": field.searched,
        "audience": field.audience.value,
        "merge": field.merge.value,
        "merge_unit": field.merge_unit,
        "writers": sorted(field.writers or ()),
    }
    if isinstance(field.kind, ChoiceKind):
        described["options"] = [{"value": o.value, "labels": _labels(o)} for o in field.kind.options]
    if isinstance(field.kind, LinkKind):
        described["to"] = field.kind.to
    return described
