"""Reports of known content, for the tests of their forms."""

import random

from summarizer.report import (
    to_csv,
    to_github,
    to_html,
    to_json,
    to_jsonl,
    to_junit,
    to_markdown,
    to_sarif,
    to_text,
)
from summarizer.schema import (
    Check,
    Claim,
    Conflict,
    Coverage,
    Document,
    Evidence,
    FindingKind,
    KeySentence,
    Kind,
    Label,
    Modality,
    PromptDigest,
    Reason,
    Report,
    Run,
    Setting,
    Span,
    StageUsage,
    Unchecked,
    Usage,
    Verdict,
)

FORMS = [to_text, to_json, to_markdown, to_html, to_csv, to_jsonl, to_junit, to_sarif, to_github]
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
WORDS = "the mayor said council voted road snow fell budget plan river bridge school open close money people".split()


def small_report(said: str = "") -> Report:
    """A claim for each outcome, with `said` wherever text comes from outside."""
    claims = [
        f"Snow fell {said}🌨️ on two roads.",
        f"The mayor {said}👩‍💼 resigned on Tuesday.",
        f"Volcanoes erupted {said} in Iceland.",
        f"Rain is {said} likely.",
    ]
    summary = f"\t{claims[0]}\r\n{claims[1]} {claims[2]}\r\n{claims[3]}"
    quotes = [f"Snow {said} fell on two roads.", f"The mayor {said} resigned on Monday.", f"Hail {said} may fall."]
    article = f"{quotes[1]}\r\n\r\n{quotes[0]} {quotes[2]}\r\nA school {said} stays shut."
    document = Document.of(article, id="d1", name=f"{said}article.txt")

    def found(words: str) -> Evidence:
        start = article.index(words)
        return Evidence(document="d1", span=Span(start=start, end=start + len(words)), quote=words)

    def claim(number: int, kind: Kind) -> Claim:
        text = claims[number - 1]
        start = summary.index(text)
        origin = Span(start=start, end=start + len(text))
        return Claim(
            id=f"c{number}", text=text, origin=origin, kind=kind, speaker=f"{said}Ann", modality=Modality.REPORTED
        )

    day = claims[1].index("Tuesday")
    pair = Conflict(kind=FindingKind.DATE, claim=Span(start=day, end=day + 7), evidence=found("Monday"))
    outcomes: list[Verdict | Unchecked] = [
        Verdict(label=Label.SUPPORTED, evidence=(found(quotes[0]),), judges=("embedded",), confidence=0.75),
        Verdict(
            label=Label.CONTRADICTED, evidence=(found(quotes[1]),), conflicts=(pair,), rationale=f"{said}another day"
        ),
        Verdict(label=Label.NOT_IN_SOURCE, evidence=(found(quotes[2]),), rationale=f"{said}nothing says so"),
        Unchecked(reason=Reason.BAD_REPLY, detail=f"{said}the server said 502", nearest=(found(quotes[2]),)),
    ]
    kinds = [Kind.EVENT, Kind.POSITION, Kind.EVENT, Kind.BACKGROUND]
    checks = [
        Check(claim=claim(number, kind), outcome=outcome)
        for number, (kind, outcome) in enumerate(zip(kinds, outcomes, strict=True), start=1)
    ]
    return Report(
        documents=(document,),
        summary=Document.of(summary, id="summary", name=f"{said}summary.txt"),
        checks=tuple(checks),
        coverage=Coverage(
            key_sentences=(
                KeySentence(evidence=found(quotes[1]), covered=True),
                KeySentence(evidence=found(f"A school {said} stays shut."), covered=False),
            )
        ),
        run=Run(
            version="0.1.0",
            command="check",
            backend=f"{said}openai",
            model=f"{said}a-model",
            prompts=(PromptDigest(name=f"{said}judge.md", sha256=DIGEST),),
            settings=(Setting(name=f"{said}evidence", value=f"{said}whole"),),
            usage=Usage(calls=3, input_tokens=1234, output_tokens=56, cost_usd=0.0123, stages=(StageUsage(stage="judge", calls=3),)),
            misquotes=2,
            warnings=(f"{said}the price may be old",),
        ),
    )  # fmt: skip


def large_report(*, paragraphs: int = 5_000, claims: int = 500) -> Report:
    """Some 1,000 pages, and claims whose evidence lies all over them."""
    chance = random.Random(1)  # noqa: S311 (the same text each time)
    sentences = [" ".join(chance.choices(WORDS, k=24)).capitalize() + f" {number}." for number in range(paragraphs * 5)]
    article = "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))
    starts = [0]
    for at, sentence in enumerate(sentences):
        starts.append(starts[-1] + len(sentence) + (2 if at % 5 == 4 else 1))

    def found(at: int, start: int = 0, end: int | None = None) -> Evidence:
        first, last = starts[at] + start, starts[at] + (len(sentences[at]) if end is None else end)
        return Evidence(document="d1", span=Span(start=first, end=last), quote=article[first:last])

    def outcome(number: int, at: int) -> Verdict | Unchecked:
        label = [*Label, None][number % 4]
        if label is None:
            return Unchecked(reason=Reason.UNCERTAIN, nearest=(found(at),))
        pair = Conflict(kind=list(FindingKind)[number % 9], claim=Span(start=0, end=4), evidence=found(at, 0, 4))
        return Verdict(label=label, evidence=(found(at),), conflicts=(pair,) if label is Label.CONTRADICTED else ())

    checks, summary = [], ""
    for number in range(1, claims + 1):
        at = number * 7_919 % len(sentences)
        origin = Span(start=len(summary), end=len(summary) + len(sentences[at]))
        summary += f"{sentences[at]} "
        claim = Claim(id=f"c{number}", text=sentences[at], origin=origin, kind=list(Kind)[number % 5])
        checks.append(Check(claim=claim, outcome=outcome(number, at)))
    keys = tuple(KeySentence(evidence=found(at), covered=at % 2 == 0) for at in range(0, len(sentences), 2_001))
    return Report(
        documents=(Document.of(article, name="book.txt"),),
        summary=Document.of(summary, id="summary", name="summary.txt"),
        checks=tuple(checks),
        coverage=Coverage(key_sentences=keys),
        run=Run(version="0.1.0", command="check", backend="embedded"),
    )
