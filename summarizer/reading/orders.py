"""Find words in a text that look like orders to a machine.

A flag for the reader and no defence: what holds is that quotes are located and
compared by code. An attacker can always word an order in another way.
"""

import re
import unicodedata

_THEM = r"(?:all|any|every|each|the|these|those|your|of|previous|prior|above|earlier|preceding|foregoing|other|system|safety|given|original|my|its|and)"
_ORDERS = r"(?:instructions?|prompts?|rules|directives?|guidelines|commands|context|constraints)"
_MACHINE = r"(?:AI|A\.I\.|assistants?|language models?|LLMs?|chatbots?|models?|bots?|GPT|(?:automated|AI|machine) (?:reviewers?|systems?|checkers?|readers?|summari[sz]ers?|graders?|judges?|tools?))"
_VERDICT = r"(?:supported|true|correct|verified|accurate|faithful|valid|passed|confirmed)"

PATTERNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Forget what you were told.
        rf"\b(?:ignore|disregard|forget|override|bypass|discard|set aside|drop)\s(?:{_THEM}\s){{1,5}}{_ORDERS}\b(?!\s(?:from|of|in|for)\s)",
        r"\b(?:ignore|disregard|forget)\s(?:everything|anything|all)\s(?:you|above|before|that\scame|written|said|stated)\b",
        # Who you are now.
        r"\byou\sare\s(?:now|no\slonger)\s(?:a|an|the|in|my|operating|acting|free|bound|required)\b(?!\s(?:entering|leaving|city|town))",
        r"\[(?:system|developer)\]|^\s{0,8}(?:\[|<|#{1,4}\s{0,2})?(?:system|developer|assistant)(?:\s(?:message|note|prompt|override|notice|instruction|update))?(?:\]|>)?\s{0,2}:",
        r"\b(?:new|updated|revised|real|actual|hidden)\s(?:system|developer)\s(?:instructions?|prompts?|messages?)\b\s{0,2}:",
        # To whoever judges.
        rf"\b(?:mark|label|rate|classify|treat|judge|flag|score|return|report|count|grade|consider|declare|set)\s(?:\w{{1,20}}\s){{0,6}}(?:claims?|statements?|verdicts?|labels?|summary|sentences?|assertions?|answers?)\s(?:\w{{1,20}}\s){{0,6}}(?:as|to|=|is|are)?\s?[\"'“‘]?{_VERDICT}\b",
        r"\b(?:every|all|each|any)\s(?:\w{1,20}\s){0,3}(?:claims?|statements?|verdicts?)\s(?:\w{1,20}\s){0,4}(?:must|should|shall|is to|are to|has to|have to)\sbe\s(?:labell?ed|marked|rated|treated|judged|counted|supported|confirmed)\b",
        rf"\b(?:answer|respond|reply|output|write|return|print|say)\s(?:only\s|just\s|always\s|simply\s|exactly\s|with\s|that\s|\"){{1,4}}[\"'“‘]?{_VERDICT}\b",
        rf"\b(?:note|notice|message|attention|memo|instructions?|request|hint|reminder|hello|dear|hey)\s{{0,2}}(?:to|for|,)?\s{{0,2}}(?:the\s|any\s|all\s|every\s|our\s){{0,2}}{_MACHINE}\b[^.]{{0,40}}[:,—-]",
        rf"\b(?:if|as|when|since)\s(?:you|you're|you\sare)\s(?:are\s)?(?:an?\s|the\s)?(?:\w{{1,20}}\s){{0,2}}{_MACHINE}\b",
        rf"\b{_MACHINE}\s(?:reading|processing|reviewing|checking|summari[sz]ing|evaluating|analy[sz]ing|parsing)\sthis\b",
        # What you were told, please.
        r"\b(?:reveal|print|repeat|show|output|disclose|leak|display|recite|tell\sme|quote|paste|copy)\s(?:\w{1,20}\s){0,4}(?:your\s(?:\w{1,20}\s){0,3}(?:prompt|instructions|message)|(?:the|its)\s(?:\w{1,20}\s){0,2}(?:system|hidden|secret|initial)\s(?:prompt|message|instructions)|(?:the\s)instructions\s(?:that\s)?you\swere)\b",
        # Something else instead.
        r"\b(?:instead\sof|rather\sthan)\s(?:a|the|checking|judging|summari[sz]ing|your)(?:\s\w{1,20}){0,3},?\s(?:write|compose|translate|produce|tell|output|reply|respond|print)\b",
        r"\b(?:stop|cease|abandon|pause)\s(?:\w{1,20}\s){0,2}(?:checking|judging|summari[sz]ing|evaluating|fact-checking|this\stask|the\stask|your\stask|the\scurrent\stask)\b",
        # The marks of chats, of prompts and of replies.
        r"<\|[a-z_]{2,30}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|<｜[^｜<>]{1,30}｜>",
        r"</?(?:source|article|document|claims?|context|user|system|assistant|input|data|untrusted)(?:[-_][0-9a-z]{1,40})?\s{0,2}>",
        r"(?:-{2,8}|={2,8}|\*{2,8}|#{2,8})\s{0,2}(?:end|begin|start)\s(?:of\s)?(?:\w{1,20}\s){0,3}(?:source|article|document|context|data|text|input|claims|instructions|prompt)\b",
        r"[\"'](?:label|verdicts?|supported)[\"']\s{0,3}:\s{0,3}[\[\"'{t]",
        # The same in other languages.
        r"\bignorier\w{0,3}\s(?:\w{1,20}\s){0,4}anweisungen\b|\bignorez\s(?:\w{1,20}\s){0,4}(?:instructions|consignes)\b|\bignora\w{0,3}\s(?:\w{1,20}\s){0,4}istruzioni\b",
        r"\bignor[ae]\w{0,3}\s(?:\w{1,20}\s){0,4}instruc(?:ciones|ções)\b|игнорируй\w{0,4}\s|忽略.{0,12}(?:指令|指示|说明)|無視し",
        r"\bi\s{1,3}g\s{1,3}n\s{1,3}o\s{1,3}r\s{1,3}e\b",
    )
)
LINES = re.compile(r"[^\n]{1,4000}")


def instructions(text: str) -> tuple[str, ...]:
    """The passages that look like orders to a machine, in order; empty for ordinary prose."""
    plain = unicodedata.normalize("NFKC", text).replace("\u200b", "") if not text.isascii() else text
    found = {
        (line.start() + match.start(), match[0])
        for line in LINES.finditer(plain)
        for pattern in PATTERNS
        for match in pattern.finditer(line[0])
    }
    return tuple(words for _, words in sorted(found))
