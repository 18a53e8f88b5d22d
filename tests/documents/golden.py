"""The pages that must not change by chance, and how they are made anew.

`python -m tests.documents.golden` writes the pictures and texts again, after the new ones were looked at.
"""

from functools import partial
from pathlib import Path

from PIL import Image

from salesdesk.documents import raster
from salesdesk.records.language import Language
from tests.documents.conftest import LetterMaker
from tests.documents.test_acceptance import AcceptanceMaker
from tests.documents.test_contract_paper import ContractMaker
from tests.documents.test_proposal import ProposalMaker
from tests.documents.test_result import ResultMaker

FOLDER = Path(__file__).parent / "golden"
DPI = 72
_SHADES = 16

PAPERS = {
    "letter-zh": LetterMaker(),
    "letter-zh-Hant": partial(LetterMaker(), Language.TRADITIONAL),
    "letter-en": partial(LetterMaker(), Language.EN),
    "proposal-zh": ProposalMaker(),
    "result-zh": ResultMaker(),
    "contract-zh": ContractMaker(),
    "contract-en": partial(ContractMaker(), Language.EN),
    "acceptance-zh": AcceptanceMaker(),
}


def pages(pdf: bytes) -> Image.Image:
    """All pages of a paper side by side, in a few shades of grey: small to keep, and enough to see a change."""
    found = [
        Image.frombytes("RGBA", (one.width, one.height), bytes(one.pixels)).convert("L")
        for one in raster.page_images(pdf, DPI)
    ]
    sheet = Image.new("L", (sum(one.width for one in found), found[0].height), 255)
    left = 0
    for one in found:
        sheet.paste(one, (left, 0))
        left += one.width
    return sheet.point(lambda shade: shade * _SHADES // 256 * 255 // (_SHADES - 1))


def main() -> None:
    """See the module."""
    FOLDER.mkdir(exist_ok=True)
    for name, make in PAPERS.items():
        pages(make()).quantize(_SHADES).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
