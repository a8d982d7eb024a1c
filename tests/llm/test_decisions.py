"""What a decision server can send, on both wires: each fault of one answer is an outcome of its own claim."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from summarizer import RefusedError, UnavailableError, check
from summarizer.components import Components, assemble, openai_backend
from summarizer.llm.decisions.client import DecisionsForm
from summarizer.llm.models import RunOptions
from summarizer.llm.remote.client import Server
from summarizer.report import render
from summarizer.schema import Report, Unchecked, Verdict
from summarizer.settings import resolve
from tests import fault_server as faults
from tests.decision_server import NO_ANSWER, REFUSED, SPOILS, DecisionServer, Wire
from tests.llm.conftest import ARTICLE, KEY

CLAIMS = "The library will not close. Snow fell in the valley on Sunday. Volcanoes erupted in Iceland."
GOOD = ["supported", "contradicted", "not_in_source"]
BOTH: tuple[Wire, ...] = ("systemone", "openai")


def asking(at: DecisionServer, **settings: Any) -> Components:
    """The backend under test, with short waits, and nothing beside the model."""
    quick: dict[str, Any] = {"judge": "decisions", "witness": "none", "timeout": 5.0, "deadline": 10.0}
    return openai_backend(model="decider", base_url=at.base_url, api_key=KEY, **(quick | settings))


def outcomes(report: Report) -> list[str]:
    return [
        one.outcome.label.value if isinstance(one.outcome, Verdict) else getattr(one.outcome, "reason").value  # noqa: B009
        for one in report.checks
    ]


def paths(at: DecisionServer) -> list[str]:
    return [call.path.removeprefix("/v1") for call in at.calls]


@pytest.mark.parametrize("wire", BOTH)
def test_the_verdict_is_the_likeliest_label_and_its_words_are_those_of_the_named_sentence(wire: Wire) -> None:
    with DecisionServer(wires=(wire,)) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    supported, contradicted, absent = (one.outcome for one in report.checks)
    assert isinstance(supported, Verdict)
    assert isinstance(contradicted, Verdict)
    assert isinstance(absent, Verdict)
    assert outcomes(report) == GOOD
    assert [one.quote for one in supported.evidence] == ["The library will not close."]
    assert [one.quote for one in contradicted.evidence] == ["Snow fell on the hills in the night and shut two roads."]
    assert supported.probabilities
    assert (supported.probabilities.supported, supported.probabilities.contradicted) == (0.9, 0.05)
    assert report.run.usage.input_tokens == 103 + 102
    assert {one.name: one.value for one in report.run.settings}["decisions_wire"] == wire
    assert [one.name for one in report.run.judge.prompts] == ["decide.md", "decide_evidence.md"]


@pytest.mark.parametrize("wire", BOTH)
@pytest.mark.parametrize("where", ["c1", "c1:evidence"])
@pytest.mark.parametrize("name", SPOILS)
def test_a_fault_of_one_answer_is_the_outcome_of_its_own_claim(name: str, where: str, wire: Wire) -> None:
    with DecisionServer(wires=(wire,), spoils={where: name}) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    reason = "no_answer" if name in NO_ANSWER else "refused" if name in REFUSED else "bad_reply"
    if name in ("answer null", "html") and wire == "openai":  # without its name nobody knows whose answer it was
        reason = "no_answer"
    assert outcomes(report) == [reason, *GOOD[1:]]


def bare(body: Any) -> Any:
    """The answers of a list without the names of their questions."""
    for answer in body["answers"]:
        answer["name"] = None
    return body


def twice(body: Any) -> Any:
    body["answers"].append(body["answers"][0])
    return body


def option_twice(body: Any) -> Any:
    body["answers"][0]["probabilities"].append(body["answers"][0]["probabilities"][0])
    return body


def backwards(body: Any) -> Any:
    return body | {"answers": body["answers"][::-1]}


@pytest.mark.parametrize(
    ("change", "first"), [(twice, "bad_reply"), (option_twice, "bad_reply"), (backwards, "supported")]
)
def test_the_answers_of_a_list_are_told_apart_by_name(change: Any, first: str) -> None:
    with DecisionServer(wires=("openai",), whole=change) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert outcomes(report)[0] == first


def test_answers_without_names_answer_nothing() -> None:
    with DecisionServer(wires=("openai",), whole=bare) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert outcomes(report) == ["no_answer"] * 3
    assert "3 answers to questions that it was not asked" in " ".join(report.run.warnings)


def test_a_key_that_is_given_twice_spoils_its_own_answer_alone() -> None:
    def again(body: Any) -> Any:
        text = json.dumps(body)
        return text.replace('"answers": {"c1"', '"answers": {"c1": {"type": "choice"}, "c1"').encode()

    with DecisionServer(wires=("systemone",), whole=again) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert outcomes(report) == ["bad_reply", *GOOD[1:]]


NO_REPLY: dict[str, Any] = {
    "html": b"<!DOCTYPE html><h1>Sign in</h1>",
    "a chat": b'{"choices": [{"message": {"content": "supported"}}]}',
    "a list": b"[]",
    "answers as text": b'{"answers": "c1 is supported"}',
    "no utf-8": b"\xff\xfe",
    "nested": b'{"answers":' + b"[" * 100_000,
}


@pytest.mark.parametrize("body", NO_REPLY.values(), ids=NO_REPLY)
@pytest.mark.parametrize("wire", BOTH)
def test_what_is_no_reply_leaves_every_claim_unchecked(body: bytes, wire: Wire) -> None:
    with DecisionServer(wires=(wire,), whole=lambda _: body) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert outcomes(report) == ["bad_reply"] * 3


def test_an_error_inside_a_200_is_no_reply_and_is_told() -> None:
    body = b'{"error": {"message": "upstream", "code": 404}}'
    with (
        DecisionServer(wires=("openai",), whole=lambda _: body) as at,
        pytest.raises(RefusedError, match=r"not a decision model there.*upstream"),
    ):
        check(CLAIMS, ARTICLE, backend=asking(at))


@pytest.mark.parametrize("usage", [None, "many", {"input_tokens": "100"}, {"input_tokens": -1, "output_tokens": True}])
def test_usage_that_is_not_there_is_not_known(usage: Any) -> None:
    with DecisionServer(whole=lambda body: body | {"usage": usage}) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert (outcomes(report), report.run.usage.input_tokens, report.run.usage.output_tokens) == (GOOD, None, None)


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_server_without_systemone_is_asked_for_decisions_and_this_is_remembered(status: int) -> None:
    with DecisionServer(wires=("openai",), absent=status) as at:
        backend = asking(at)
        assert outcomes(check(CLAIMS, ARTICLE, backend=backend)) == GOOD
        assert outcomes(check(CLAIMS, ARTICLE, backend=backend)) == GOOD

    assert paths(at) == ["/systemone", "/decisions", "/decisions", "/decisions", "/decisions"]


def test_openai_is_asked_for_decisions_at_once() -> None:
    form = DecisionsForm()

    assert form.dialect(Server("https://api.openai.com/v1", "gpt-6-luna", KEY)).wire == "openai"
    assert form.dialect(Server("https://openrouter.ai/api/v1", "jev", KEY)).wire == "systemone"


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_model_that_decides_nothing_is_called_that(status: int) -> None:
    with DecisionServer(wires=(), absent=status) as at, pytest.raises(RefusedError, match="use --judge chat") as caught:
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert paths(at) == ["/systemone", "/decisions"]
    assert caught.value.exit_status == 4


def test_a_model_that_is_not_there_is_not_taken_for_another_wire() -> None:
    with DecisionServer(always=faults.not_found_model()) as at, pytest.raises(RefusedError, match="no model 'decider'"):
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert paths(at) == ["/systemone"]


def refusing(place: list[Any] | str, words: str = "is of no use") -> faults.Fault:
    """422 in the form of System One."""
    detail: Any = [{"loc": place, "msg": words, "type": "value_error"}] if isinstance(place, list) else place
    return faults.status(422, {"detail": detail})


def test_a_question_that_is_refused_is_left_out_and_the_others_are_asked_again() -> None:
    with DecisionServer(faults=[refusing(["body", "questions", "c1", "instructions"])]) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert outcomes(report) == ["unavailable", *GOOD[1:]]
    assert isinstance(report.checks[0].outcome, Unchecked)
    assert "is of no use" in report.checks[0].outcome.detail
    assert list((at.calls[1].request or {})["questions"]) == ["c2", "c3"]


@pytest.mark.parametrize("error", ['questions.c1: "criteria" must be an object', "Invalid value: questions[0].choices"])
def test_a_refusal_may_name_its_question_in_words(error: str) -> None:
    parameter = "questions[0].choices" if "[" in error else None
    fault = faults.status(400, {"error": {"message": error, "param": parameter}})
    with DecisionServer(faults=[fault]) as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == ["unavailable", *GOOD[1:]]


def test_a_server_that_refuses_question_after_question_is_given_up() -> None:
    def first(_: int, request: dict[str, Any]) -> faults.Fault:
        return refusing(["body", "questions", next(iter(request["questions"]))])

    claims = " ".join(f"The item {n} was sold." for n in range(30))
    with DecisionServer(fault_for=first) as at, pytest.raises(UnavailableError, match="question after question"):
        check(claims, ARTICLE * 3, backend=asking(at))

    assert len(at.calls) == 3


@pytest.mark.parametrize("detail", ["the state is malformed", [], [{"msg": 3}], None])
def test_a_refusal_of_the_whole_request_ends_nothing_but_the_run(detail: Any) -> None:
    with (
        DecisionServer(always=faults.status(422, {"detail": detail})) as at,
        pytest.raises(UnavailableError, match="refuses the request \\(422\\)") as caught,
    ):
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert len(at.calls) == 1
    if isinstance(detail, str):
        assert detail in str(caught.value)


def test_a_key_that_a_refusal_repeats_is_taken_out() -> None:
    place = ["body", "questions", "c1", KEY]
    with DecisionServer(faults=[refusing(place, f"{KEY} is not welcome \x1b[31m")]) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    text = render(report, "text")
    assert "[key] is not welcome" in text
    assert KEY not in text
    assert "\x1b" not in text


@pytest.mark.parametrize("fault", [faults.rate_limited(1), faults.rate_limited(1, ms=True)], ids=["s", "ms"])
def test_a_rate_limit_is_waited_for(fault: faults.Fault) -> None:
    with DecisionServer(faults=[fault]) as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == GOOD

    assert 0.9 <= at.calls[1].start - at.calls[0].end <= 2.0


@pytest.mark.parametrize("fault", [faults.server_error(503), faults.reset_mid_body(), faults.garbage()])
def test_a_fault_that_passes_is_tried_again(fault: faults.Fault) -> None:
    with DecisionServer(faults=[fault]) as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == GOOD


@pytest.mark.parametrize("fault", [faults.unauthorized(), faults.quota()], ids=["key", "quota"])
def test_a_refusal_of_key_or_quota_ends_the_run_after_one_request(fault: faults.Fault) -> None:
    with DecisionServer(always=fault) as at, pytest.raises(RefusedError) as caught:
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert len(at.calls) == 1
    assert KEY not in str(caught.value)


def test_the_deadline_holds() -> None:
    started = time.monotonic()
    with DecisionServer(always=faults.drip(0.1)) as at, pytest.raises(UnavailableError):
        check(CLAIMS, ARTICLE, backend=asking(at, timeout=1.0, deadline=2.0))

    assert time.monotonic() - started <= 3.5


def test_a_server_that_knows_no_choice_is_asked_for_a_yes_or_no_to_each_option() -> None:
    with DecisionServer(nouls_only=True) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    first = report.checks[0].outcome
    assert outcomes(report) == ["supported", "not_in_source", "not_in_source"]
    assert isinstance(first, Verdict)
    assert [one.quote for one in first.evidence] == ["The library will not close."]
    assert first.probabilities
    assert first.probabilities.supported == 0.8
    kinds = [{one["type"] for one in (call.request or {})["questions"].values()} for call in at.calls]
    assert kinds == [{"choice"}, {"noul"}, {"noul"}]


@pytest.mark.parametrize(
    ("likely", "outcome"),
    [
        ((0.02, 0.01, 0.01), "bad_reply"),
        ((0.45, 0.03, 0.02), "not_sure"),  # scaled up it would be 0.9
        ((0.9, 0.9, 0.0), "not_sure"),
        ((0.9, 0.05, 0.02), "supported"),
    ],
)
def test_the_yes_to_an_option_is_believed_no_more_than_it_was_said(
    likely: tuple[float, float, float], outcome: str
) -> None:
    def whole(body: Any) -> Any:
        for name, answer in body["answers"].items():
            if name in ("c1.1", "c1.2", "c1.3") and len(body["answers"]) > 6:
                answer["noul"] = likely[int(name[-1]) - 1]
        return body

    with DecisionServer(nouls_only=True, whole=whole) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at, witness="none"))

    assert outcomes(report)[0] == outcome


def test_an_error_body_inside_a_200_is_told_in_the_words_of_the_server() -> None:
    with (
        DecisionServer(whole=lambda _: {"detail": "model crashed"}) as at,
        pytest.raises(UnavailableError, match="error 500: model crashed"),
    ):
        check(CLAIMS, ARTICLE, backend=asking(at))


@pytest.mark.parametrize("name", ["nan", "above one", "a word", "true"])
def test_a_fault_of_a_yes_or_no_is_the_outcome_of_its_own_claim(name: str) -> None:
    with DecisionServer(nouls_only=True, spoils={"c1.2": name}) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert outcomes(report) == ["bad_reply", "not_in_source", "not_in_source"]


def test_a_recorded_run_replays_byte_for_byte_without_a_server(tmp_path: Path) -> None:
    record = tmp_path / "replies.jsonl"
    with DecisionServer(spoils={"c2": "refusal"}) as at:
        settings = resolve({"judge": "decisions", "model": "decider", "base_url": at.base_url})
        recorded = check(CLAIMS, ARTICLE, backend=assemble(settings, RunOptions(record=record), api_key=KEY))
    again = resolve({"judge": "decisions"})

    replayed = check(CLAIMS, ARTICLE, backend=assemble(again, RunOptions(replies=record)))

    assert outcomes(replayed) == ["supported", "refused", "not_in_source"]
    assert render(replayed, "json") == render(recorded, "json")


@pytest.mark.parametrize(
    ("old", "new"),
    [("0.9", "1.9"), ("0.9", "0.1"), ('\\"c1\\"', '\\"c9\\"'), ("0.9,", "")],
    ids=["range", "sum", "id", "count"],
)
def test_a_recording_is_checked_as_a_server_is(old: str, new: str, tmp_path: Path) -> None:
    record = tmp_path / "replies.jsonl"
    with DecisionServer() as at:
        settings = resolve({"judge": "decisions", "model": "decider", "base_url": at.base_url})
        check(CLAIMS, ARTICLE, backend=assemble(settings, RunOptions(record=record), api_key=KEY))
    lines = record.read_text(encoding="utf-8").splitlines()
    # The second reply: with another first one another second question would be asked, which is not recorded.
    assert old in lines[2]
    record.write_text("\n".join([*lines[:2], lines[2].replace(old, new, 1)]), encoding="utf-8")

    report = check(CLAIMS, ARTICLE, backend=assemble(resolve({"judge": "decisions"}), RunOptions(replies=record)))

    assert outcomes(report)[0] in ("bad_reply", "no_answer")


def test_kept_replies_are_not_asked_for_again_and_bad_ones_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with DecisionServer(spoils={"c1": "nan"}) as at:
        check(CLAIMS, ARTICLE, backend=asking(at, cache=True))
        at.spoils = {}
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at, cache=True))) == GOOD
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at, cache=True))) == GOOD

    # The spoiled request was asked again, and its evidence question is another one with c1 in it.
    assert len(at.calls) == 4


def test_the_prompts_are_worded_without_a_negation_and_always_offer_a_way_out() -> None:
    from summarizer.llm.templates import load_prompt

    decide, evidence = load_prompt("decide"), load_prompt("decide_evidence")

    assert [key for key, _ in decide.options] == GOOD
    assert [key for key, _ in evidence.options] == ["none"]
    assert not re.search(r"\b(?:not|never|isn't|without)\b", decide.user + evidence.user)
