"""Signs that carry meaning although they are no words: minus, comparison, currencies, degrees, parts of a hundred.

A sign of one kind has many characters: U+2212, a hyphen and an en dash before a digit are all a minus.
"""

import re
import unicodedata

MINUSES = "\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d\u207b-"
HYPHENS = "-\u2010\u2011\u2013"
"""Between two words without a space: "Tarn–Orm" is "Tarn-Orm"."""
DASHES = "\u2012\u2014\u2015"
"""The same between figures alone: in "he left—she stayed" they part."""
PLAIN_HYPHENS = str.maketrans(dict.fromkeys(HYPHENS + DASHES, "-"))
COMPARING = {
    "<": "<", "＜": "<", "﹤": "<", "&lt;": "<", ">": ">", "＞": ">", "﹥": ">", "&gt;": ">",
    "<=": "≤", "=<": "≤", "≤": "≤", "≦": "≤", "⩽": "≤", ">=": "≥", "≥": "≥", "≧": "≥", "⩾": "≥",
    "≪": "≪", "≫": "≫", "≠": "≠", "!=": "≠", "≈": "≈", "±": "±", "+/-": "±", "∓": "∓", "=": "=", "~": "≈",
}  # fmt: skip
# All that Unicode calls a currency.
CURRENCY_SIGNS = "$¢£¤¥֏؋߾߿৲৳৻૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀꠸﷼﹩＄￠￡￥￦"
COMPARISON = re.compile("|".join(sorted(map(re.escape, COMPARING), key=len, reverse=True)))
NUMERALS = "Ⅰ-ↈ①-⓿❶-➓㈠-㈩㊀-㊉"
"""Numbers that are one sign: Roman, circled, in brackets."""
SIGN = re.compile(
    rf"(?<![\w.,])(?<!\d\s)[{MINUSES}](?=[^\S\n]?[{CURRENCY_SIGNS}]?\d)"
    rf"|{COMPARISON.pattern}|[{CURRENCY_SIGNS}%‰‱°′″×÷√∞∅∈∉∀∃¬☐☑☒✓✗✔✘←→↑↓]|[{NUMERALS}]"
)


def plain_sign(sign: str) -> str:
    """One character for all signs that mean the same, and for a minus in words.

    >>> plain_sign("−"), plain_sign("minus"), plain_sign(">="), plain_sign("₩"), plain_sign("Ⅳ")
    ('-', '-', '≥', '₩', 'iv')
    """
    if sign in MINUSES or sign.lower() == "minus":
        return "-"
    return COMPARING.get(sign) or (unicodedata.normalize("NFKC", sign).lower() if sign.isalnum() else sign)


def asks(sentence: str) -> bool:
    """Whether a sentence is a question, which states nothing."""
    return sentence.rstrip().rstrip("\"'”’»)]*_ ").endswith(("?", "？", "؟"))
