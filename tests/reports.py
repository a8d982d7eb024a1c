"""Reports of known content, for the tests of their formats."""

import hashlib
import random

from summarizer.schema import (
    Check,
    Claim,
    Component,
    Coverage,
    Document,
    Doubt,
    Evidence,
    Finding,
    FindingKind,
    KeySentence,
    KeyStatus,
    Kind,
    Label,
    Modality,
    Probabilities,
    PromptDigest,
    Reason,
    Report,
    Run,
    Setting,
    Span,
    StageUsage,
    Unchecked,
    Undecided,
    Usage,
    Verdict,
)

DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
WORDS = "the mayor said council voted road snow fell budget plan river bridge school open close money people".split()


def as_given(text: str, *, id: str, name: str) -> Document:
    """A document with every line end as it is, which a report that somebody else wrote may have."""
    return Document(id=id, name=name, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())


def small_report(said: str = "") -> Report:
    """A claim for each outcome and one that states nothing, with `said` wherever text comes from outside."""
    claims = [
        f"Snow fell {said}🌨️ on two roads.",
        f"The mayor {said}👩‍💼 resigned on Tuesday.",
        f"Volcanoes erupted {said} in Iceland.",
        f"Rain is {said} likely.",
        f"All 32 members {said} voted.",
        f"Is {said} it so?",
    ]
    summary = f"\t{claims[0]}\r\n{claims[1]} {claims[2]}\r\n{claims[3]} {claims[4]} {claims[5]}"
    quotes = [f"Snow {said} fell on two roads.", f"The mayor {said} resigned on Monday.", f"Hail {said} may fall."]
    members = f"Most of the 31 members {said} voted."
    article = f"{quotes[1]}\r\n\r\n{quotes[0]} {quotes[2]}\r\nA school {said} stays shut. {members}"
    document = as_given(article, id="d1", name=f"{said}article.txt")

    def found(words: str, within: str | None = None) -> Evidence:
        start = article.index(words, article.index(within or words))
        return Evidence(document="d1", span=Span(start=start, end=start + len(words)), quote=words)

    def claim(number: int, kind: Kind) -> Claim:
        text = claims[number - 1]
        start = summary.index(text)
        origin = Span(start=start, end=start + len(text))
        return Claim(
            id=f"c{number}", text=text, origin=origin, kind=kind, speaker=f"{said}Ann", modality=Modality.REPORTED
        )

    def finding(kind: FindingKind, number: int, words: str, against: Evidence | None, note: str = "") -> Finding:
        start = claims[number - 1].index(words)
        span = Span(start=start, end=start + len(words))
        return Finding(kind=kind, claim=span, evidence=against, note=note, found_by="comparison")

    outcomes: list[Verdict | Undecided | Unchecked] = [
        Verdict(
            label=Label.SUPPORTED,
            evidence=(found(quotes[0]),),
            findings=(finding(FindingKind.OTHER, 1, "two roads", None, f"{said}only one is named"),),
            probabilities=Probabilities(supported=0.75, contradicted=0.05, not_in_source=0.2),
            judges=(f"{said}chat", "nli"),
        ),
        Verdict(
            label=Label.CONTRADICTED,
            evidence=(found(quotes[1]),),
            findings=(finding(FindingKind.DATE, 2, "Tuesday", found("Monday", quotes[1])),),
            rationale=f"{said}another day",
        ),
        Verdict(label=Label.NOT_IN_SOURCE, evidence=(found(quotes[2]),), rationale=f"{said}nothing says so"),
        Unchecked(reason=Reason.BAD_REPLY, detail=f"{said}the server said 502", nearest=(found(quotes[2]),)),
        Undecided(
            reason=Doubt.NOT_SURE,
            leaning=Label.SUPPORTED,
            nearest=(found(members),),
            findings=(finding(FindingKind.NUMBER, 5, "32", found("31", members), f"{said}one more"),),
            rationale=f"{said}not all of them",
            probabilities=Probabilities(supported=0.71, contradicted=0.09, not_in_source=0.2),
            judges=("chat",),
        ),
        Unchecked(reason=Reason.NOT_CHECKABLE, detail=f"{said}a question"),
    ]
    kinds = [Kind.EVENT, Kind.POSITION, Kind.EVENT, Kind.BACKGROUND, Kind.FIGURE, Kind.BACKGROUND]
    checks = [
        Check(claim=claim(number, kind), outcome=outcome)
        for number, (kind, outcome) in enumerate(zip(kinds, outcomes, strict=True), start=1)
    ]
    return Report(
        documents=(document,),
        summary=as_given(summary, id="summary", name=f"{said}summary.txt"),
        checks=tuple(checks),
        coverage=Coverage(
            key_sentences=(
                KeySentence(evidence=found(quotes[1]), status=KeyStatus.COVERED),
                KeySentence(evidence=found(f"A school {said} stays shut."), status=KeyStatus.OMITTED),
            )
        ),
        run=Run(
            version="0.1.0",
            command="check",
            writer=Component(name=f"{said}llm", model=f"{said}a-writer"),
            extractor=Component(name=f"{said}sentences"),
            judge=Component(
                name=f"{said}chat", model=f"{said}a-model", prompts=(PromptDigest(name=f"{said}judge.md", sha256=DIGEST),)
            ),
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

    def outcome(number: int, at: int) -> Verdict | Undecided | Unchecked:
        pair = Finding(kind=list(FindingKind)[number % 9], claim=Span(start=0, end=4), evidence=found(at, 0, 4))
        if number % 5 == 3:
            return Unchecked(reason=Reason.BUDGET, nearest=(found(at),))
        if number % 5 == 4:
            return Undecided(reason=Doubt.NOT_SURE, nearest=(found(at),), findings=(pair,))
        label = list(Label)[number % 5]
        return Verdict(label=label, evidence=(found(at),), findings=(pair,) if label is Label.CONTRADICTED else ())

    checks, summary = [], ""
    for number in range(1, claims + 1):
        at = number * 7_919 % len(sentences)
        origin = Span(start=len(summary), end=len(summary) + len(sentences[at]))
        summary += f"{sentences[at]} "
        claim = Claim(id=f"c{number}", text=sentences[at], origin=origin, kind=list(Kind)[number % 5])
        checks.append(Check(claim=claim, outcome=outcome(number, at)))
    keys = tuple(
        KeySentence(evidence=found(at), status=KeyStatus.COVERED if at % 2 == 0 else KeyStatus.OMITTED)
        for at in range(0, len(sentences), 2_001)
    )
    return Report(
        documents=(Document.of(article, name="book.txt"),),
        summary=Document.of(summary, id="summary", name="summary.txt"),
        checks=tuple(checks),
        coverage=Coverage(key_sentences=keys),
        run=Run(
            version="0.1.0", command="check", extractor=Component(name="sentences"), judge=Component(name="lexical")
        ),
    )
