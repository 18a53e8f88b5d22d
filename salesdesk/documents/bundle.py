"""Several papers in one file, to be printed in one go."""

from __future__ import annotations

import io
from collections.abc import Sequence

from salesdesk.documents.pdfa import Facts, archived


def bundled(papers: Sequence[tuple[str, bytes]], facts: Facts, lang: str) -> bytes:
    """Papers (title and PDF) one after the other as one PDF/A-1b, with an entry in the outline for each.

    Every paper keeps its own page numbers; `lang` is the file's language, as a tag of BCP 47.
    """
    import pikepdf  # noqa: PLC0415  # on demand, as in pdfa

    out = io.BytesIO()
    with pikepdf.new() as whole:
        starts = []
        for title, pdf in papers:
            with pikepdf.open(io.BytesIO(pdf)) as paper:
                starts.append((title, len(whole.pages)))
                whole.pages.extend(paper.pages)
        with whole.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(title, start) for title, start in starts)
        whole.Root.Lang = pikepdf.String(lang)
        whole.save(out)
    return archived(out.getvalue(), facts)
