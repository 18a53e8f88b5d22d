"""Traditional Chinese, made of our own Simplified words."""

from salesdesk.records.language import traditional


def test_one_character_has_one_form():
    said = traditional("本合同总金额为人民币，以本合同及其附件为准，因甲方原因造成延误的")
    assert said == "本合同總金額為人民幣，以本合同及其附件為準，因甲方原因造成延誤的"
