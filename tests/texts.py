"""Nasty text for property tests: everything that news text holds and offsets trip over."""

from hypothesis import strategies as st

PIECES = (
    "U.S. officials", "No. 5", "p.m. ET.", "“curly”", "‘single’", '"straight"', "Macron’s", "e\u0301t\u00e9", "é",
    "\u00a0", "\u00ad", "\u200b", "\u202e", "\ufeff", "\r\n", "\n\n", "\n", "\t", " ", "  ", "…", "...", ". . .", "—", "–", "-",
    "exam-\nple", "exam-\r\n  ple", "ﬁnal", "ＡＢＣ１", "👩‍👩‍👧", "東京。", "「終わり。」", "¿Qué?", "$4.2 million", "5,000", "10²", "½",
    "the", "The", "minister", "said", "not", ".", "!", "?", ",", "(", ")", "[1]", "a.m.", "\u0130stanbul", "ß", "각", "\u1112\u1161\u11ab",
    "\x1b[31m", "<|endoftext|>", "\ud7ff", "\U000e0041",
)  # fmt: skip

nasty_text = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=6, alphabet=st.characters(exclude_categories=["Cs"]))),
    max_size=30,
).map("".join)
