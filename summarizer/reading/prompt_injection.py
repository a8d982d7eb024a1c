"""Find words in a text that look like instructions to a model.

A flag for the reader and no defence: what holds is that quotes are located and
compared by code. An attacker can always word an instruction in another way.
"""

import re
import unicodedata
from typing import NamedTuple

from summarizer.language.patterns import in_small_letters

_THEM = r"(?:all|any|every|each|the|these|those|your|of|previous|prior|above|earlier|preceding|foregoing|other|system|safety|given|original|my|its|and)"
_ORDERS = r"(?:instructions?|prompts?|rules|directives?|guidelines|commands|context|constraints)"
_MACHINE = r"(?:AI|A\.I\.|assistants?|language models?|LLMs?|chatbots?|models?|bots?|GPT|(?:automated|AI|machine) (?:reviewers?|systems?|checkers?|readers?|summari[sz]ers?|graders?|judges?|tools?))"
_VERDICT = r"(?:supported|true|correct|verified|accurate|faithful|valid|passed|confirmed)"

# Plain words for the cheap look before a search; parts of words will do.
_GIVEN = "instruction prompt rules directive guideline command context constraint"
_READER = "ai a.i. assistant model llm bot gpt automated machine"
_PRAISE = "supported true correct verified accurate faithful valid passed confirmed"


class Instruction(NamedTuple):
    """A way to word an instruction."""

    pattern: re.Pattern[str]
    needs: tuple[tuple[str, ...], ...]
    """Every match has one of each of these, in small letters: most lines need not be searched."""


def _wording(pattern: str, *needs: str) -> Instruction:
    return Instruction(re.compile(pattern, re.IGNORECASE), tuple(tuple(words.split()) for words in needs))


INSTRUCTIONS: tuple[Instruction, ...] = (
    # Forget your instructions.
    _wording(
        rf"\b(?:ignore|disregard|forget|override|bypass|discard|set aside|drop)\s(?:{_THEM}\s){{1,5}}{_ORDERS}\b(?!\s(?:from|of|in|for)\s)",
        _GIVEN,
    ),
    _wording(
        r"\b(?:ignore|disregard|forget)\s(?:everything|anything|all)\s(?:you|above|before|that\scame|written|said|stated)\b",
        "ignore disregard forget",
    ),
    # Who you are now.
    _wording(
        r"\byou\sare\s(?:now|no\slonger)\s(?:a|an|the|in|my|operating|acting|free|bound|required)\b(?!\s(?:entering|leaving|city|town))",
        "you",
        "now longer",
    ),
    _wording(
        r"\[(?:system|developer)\]|^\s{0,8}(?:\[|<|#{1,4}\s{0,2})?(?:system|developer|assistant)(?:\s(?:message|note|prompt|override|notice|instruction|update))?(?:\]|>)?\s{0,2}:",
        "system developer assistant",
    ),
    _wording(
        r"\b(?:new|updated|revised|real|actual|hidden)\s(?:system|developer)\s(?:instructions?|prompts?|messages?)\b\s{0,2}:",
        "system developer",
    ),
    # To whoever judges.
    _wording(
        rf"\b(?:mark|label|rate|classify|treat|judge|flag|score|return|report|count|grade|consider|declare|set)\s(?:\w{{1,20}}\s){{0,6}}(?:claims?|statements?|verdicts?|labels?|summary|sentences?|assertions?|answers?)\s(?:\w{{1,20}}\s){{0,6}}(?:as|to|=|is|are)?\s?[\"'“‘]?{_VERDICT}\b",
        _PRAISE,
        "claim statement verdict label summary sentence assertion answer",
    ),
    _wording(
        r"\b(?:every|all|each|any)\s(?:\w{1,20}\s){0,3}(?:claims?|statements?|verdicts?)\s(?:\w{1,20}\s){0,4}(?:must|should|shall|is to|are to|has to|have to)\sbe\s(?:labell?ed|marked|rated|treated|judged|counted|supported|confirmed)\b",
        "claim statement verdict",
        "be",
    ),
    _wording(
        rf"\b(?:answer|respond|reply|output|write|return|print|say)\s(?:only\s|just\s|always\s|simply\s|exactly\s|with\s|that\s|\"){{1,4}}[\"'“‘]?{_VERDICT}\b",
        _PRAISE,
        "answer respond reply output write return print say",
    ),
    _wording(
        rf"\b(?:note|notice|message|attention|memo|instructions?|request|hint|reminder|hello|dear|hey)\s{{0,2}}(?:to|for|,)?\s{{0,2}}(?:the\s|any\s|all\s|every\s|our\s){{0,2}}{_MACHINE}\b[^.]{{0,40}}[:,—-]",
        _READER,
        "note notice message attention memo instruction request hint reminder hello dear hey",
    ),
    _wording(
        rf"\b(?:if|as|when|since)\s(?:you|you're|you\sare)\s(?:are\s)?(?:an?\s|the\s)?(?:\w{{1,20}}\s){{0,2}}{_MACHINE}\b",
        _READER,
        "you",
    ),
    _wording(
        rf"\b{_MACHINE}\s(?:reading|processing|reviewing|checking|summari[sz]ing|evaluating|analy[sz]ing|parsing)\sthis\b",
        _READER,
        "this",
        "reading processing reviewing checking summari evaluating analy parsing",
    ),
    # What are your instructions?
    _wording(
        r"\b(?:reveal|print|repeat|show|output|disclose|leak|display|recite|tell\sme|quote|paste|copy)\s(?:\w{1,20}\s){0,4}(?:your\s(?:\w{1,20}\s){0,3}(?:prompt|instructions|message)|(?:the|its)\s(?:\w{1,20}\s){0,2}(?:system|hidden|secret|initial)\s(?:prompt|message|instructions)|(?:the\s)instructions\s(?:that\s)?you\swere)\b",
        "prompt instruction message",
    ),
    # Something else instead.
    _wording(
        r"\b(?:instead\sof|rather\sthan)\s(?:a|the|checking|judging|summari[sz]ing|your)(?:\s\w{1,20}){0,3},?\s(?:write|compose|translate|produce|tell|output|reply|respond|print)\b",
        "instead rather",
        "write compose translate produce tell output reply respond print",
    ),
    _wording(
        r"\b(?:stop|cease|abandon|pause)\s(?:\w{1,20}\s){0,2}(?:checking|judging|summari[sz]ing|evaluating|fact-checking|this\stask|the\stask|your\stask|the\scurrent\stask)\b",
        "stop cease abandon pause",
        "check judg summari evaluating task",
    ),
    # The marks of chats, of prompts and of replies.
    _wording(
        r"<\|[a-z_]{2,30}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|<｜[^｜<>]{1,30}｜>",
        "<| inst] sys>> _of_turn> <｜",
    ),
    _wording(
        r"</?(?:source|article|document|claims?|context|user|system|assistant|input|data|untrusted)(?:[-_][0-9a-z]{1,40})?\s{0,2}>",
        "<",
    ),
    _wording(
        r"(?:-{2,8}|={2,8}|\*{2,8}|#{2,8})\s{0,2}(?:end|begin|start)\s(?:of\s)?(?:\w{1,20}\s){0,3}(?:source|article|document|context|data|text|input|claims|instructions|prompt)\b",
        "-- == ** ##",
        "end begin start",
    ),
    _wording(r"[\"'](?:label|verdicts?|supported)[\"']\s{0,3}:\s{0,3}[\[\"'{t]", "label verdict supported"),
    # The same in other languages.
    _wording(
        r"\bignorier\w{0,3}\s(?:\w{1,20}\s){0,4}anweisungen\b|\bignorez\s(?:\w{1,20}\s){0,4}(?:instructions|consignes)\b|\bignora\w{0,3}\s(?:\w{1,20}\s){0,4}istruzioni\b",
        "ignor",
    ),
    _wording(
        r"\bignor[ae]\w{0,3}\s(?:\w{1,20}\s){0,4}instruc(?:ciones|ções)\b|игнорируй\w{0,4}\s|忽略.{0,12}(?:指令|指示|说明)|無視し",
        "ignor игнорируй 忽略 無視",
    ),
    _wording(r"\bi\s{1,3}g\s{1,3}n\s{1,3}o\s{1,3}r\s{1,3}e\b"),
)
LINES = re.compile(r"[^\n]{1,4000}")


def instructions(text: str) -> tuple[str, ...]:
    """The passages that look like instructions to a model, in order; empty for ordinary prose."""
    plain = unicodedata.normalize("NFKC", text).replace("\u200b", "") if not text.isascii() else text
    found = {
        (line.start() + match.start(), match[0])
        for line in LINES.finditer(plain)
        for instruction in _likely(line[0])
        for match in instruction.pattern.finditer(line[0])
    }
    return tuple(words for _, words in sorted(found))


def _likely(line: str) -> list[Instruction]:
    """The wordings whose words the line has."""
    small = in_small_letters(line)
    return [
        instruction
        for instruction in INSTRUCTIONS
        if all(any(word in small for word in words) for words in instruction.needs)
    ]
