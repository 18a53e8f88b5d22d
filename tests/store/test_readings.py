"""Names are read as the library reads them, only without its slow way of cutting a text into words."""

import random

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from salesdesk.store import readings


def test_words_are_cut_where_the_library_cuts_them():
    dice = random.Random(5)
    phrases = sorted(PHRASES_DICT)
    for _ in range(2_000):
        pieces = dice.choices(phrases, k=dice.randint(1, 4)) + dice.choices("科技路ABC é7-（）·行长", k=2)
        dice.shuffle(pieces)
        text = "".join(pieces)
        theirs = lazy_pinyin(text, style=Style.NORMAL, errors=list, v_to_u=False)
        assert readings._within(text) == [one for one in theirs if one.isalnum()], text


def test_a_word_at_the_end_is_read_as_a_word():
    assert readings._within("从细节抠着手")[-2:] == ["zhuo", "shou"]  # the library, at an end of a text: zhe
