"""What a provider can do, row by row of the table of faults: never support, never a crash, never a storm."""

import itertools
import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from summarizer import RefusedError, UnavailableError, check, summarize
from summarizer.components import Components, assemble, openai_backend
from summarizer.judging.chat.wire import VerdictsReply
from summarizer.llm.models import RunOptions
from summarizer.llm.remote import client
from summarizer.llm.remote.failures import Fault, wait_of
from summarizer.llm.tokens import estimate
from summarizer.llm.wire import BadReplyError, parse_reply
from summarizer.report import render
from summarizer.schema import Report, Unchecked, Verdict
from summarizer.settings import resolve
from tests import fault_server as faults
from tests.characters import blocks, honest, verdict
from tests.fault_server import FaultServer
from tests.llm.conftest import ARTICLE, CLAIMS, KEY, PAUSE, asking, server


def outcomes(report: Report) -> list[str]:
    return [
        one.outcome.label.value if isinstance(one.outcome, Verdict) else one.outcome.reason.value
        for one in report.checks
    ]


GOOD = ["supported", "supported", "not_in_source"]


def test_a_good_server_is_asked_once() -> None:
    with server() as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert (outcomes(report), len(at.log), report.run.usage.calls) == (GOOD, 1, 1)


@pytest.mark.parametrize(
    "fault",
    [faults.rate_limited(2), faults.rate_limited(2, ms=True)]
    + [faults.rate_limited(2, http_date_offset=offset) for offset in (0.0, 3600.0, -3600.0)],
    ids=["F1-s", "F1-ms", "F1-date", "F4-ahead", "F4-behind"],
)
def test_retry_after_is_waited_for(fault: faults.Fault) -> None:
    with server(fault) as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == GOOD

    first, second = at.log
    # An HTTP date has whole seconds, so that up to one of them may be gone.
    assert 0.9 <= second.start - first.end <= 2.6


def test_f1_the_gap_is_that_of_the_header() -> None:
    with server(faults.rate_limited(2)) as at:
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert 2.0 <= at.log[1].start - at.log[0].end <= 2.6


def test_f2_a_wait_past_the_deadline_ends_at_once() -> None:
    started = time.monotonic()
    with server(faults.rate_limited(600)) as at, pytest.raises(UnavailableError, match="too many requests"):
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert (len(at.log), time.monotonic() - started < 1.5) == (1, True)


@pytest.mark.parametrize("value", ["garbage", "-5", "0", "inf", "nan", "Fri, 01 Jan 100000 00:00:00 GMT", "", "1e400"])
def test_f3_a_senseless_retry_after_is_no_wait(value: str) -> None:
    assert wait_of({"retry-after": value, "date": "Mon, 02 Mar 2026 10:00:00 GMT"}) is None
    with server(faults.rate_limited(value)) as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == GOOD


@pytest.mark.parametrize(
    "fault",
    [
        faults.quota(),
        faults.status(402, {"error": {"code": 402, "message": "Insufficient credits"}}),
        faults.status(402, "Payment Required"),
        faults.raw_json('{"error": {"code": 402, "message": "Insufficient credits"}}'),
        faults.status(403, {"error": {"code": 403, "message": "Key limit exceeded (daily limit)."}}),
    ],
    ids=["429", "402", "402-text", "402-in-200", "403"],
)
def test_f5_a_used_up_quota_is_never_tried_again(fault: faults.Fault) -> None:
    with server(always=fault) as at, pytest.raises(RefusedError, match="quota") as caught:
        check(". ".join(f"Claim {n} stands" for n in range(60)) + ".", ARTICLE * 3, backend=asking(at))

    assert (len(at.log), caught.value.exit_status) == (1, 4)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (faults.unauthorized(), "refuses the key"),
        (faults.status(403), "refuses the key"),
        (
            faults.status(403, {"error": {"message": "Country, region, or territory not supported"}}),
            r"refuses the key \(403\): Country, region, or territory not supported; check it",
        ),
        (faults.status(403, {"error": {"message": "This account has been flagged."}}), "refuses the key"),
        (faults.not_found_model(), "no model"),
        (
            faults.status(
                400, '[{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key."}}]'
            ),
            r"refuses the key \(400\): API key not valid\. Please pass a valid API key; check it",
        ),
        (faults.status(400, {"error": "Incorrect API key provided: sk***0d. Get one at our site."}), "refuses the key"),
        (faults.status(400, {"error": {"code": "invalid_api_key", "message": "No."}}), "refuses the key"),
    ],
    ids=[
        "401",
        "403",
        "403 for a region",
        "403 for an account",
        "404",
        "400 of Gemini",
        "400 in words",
        "400 by its code",
    ],
)
def test_f6_a_refusal_is_named_and_not_tried_again(fault: faults.Fault, words: str) -> None:
    with server(always=fault) as at, pytest.raises(RefusedError, match=words) as caught:
        check(CLAIMS, ARTICLE, backend=asking(at, claims_per_call=1))

    assert len(at.log) == 1
    assert KEY not in str(caught.value)  # the body of the 401 echoes it


def test_f6_a_bad_parameter_is_not_tried_again() -> None:
    with server(always=faults.bad_param("messages")) as at, pytest.raises(UnavailableError, match="400"):
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert len(at.log) == 1


def test_f7_what_does_not_fit_is_sent_smaller() -> None:
    long = " ".join(f"Item {n} of the list of the town was sold for {n} crowns." for n in range(300)) + " " + ARTICLE
    with server(faults.context_length(4000)) as at:
        report = check(CLAIMS, long, backend=asking(at, evidence="whole"))

    assert outcomes(report) == GOOD
    assert at.log[1].body_length < at.log[0].body_length / 3


LONG = (
    " ".join(f"Lot {n} of the old town went to a bidder from Tarn for {n} crowns." for n in range(300)) + " " + ARTICLE
)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (400, "prompt is too long: 213462 tokens > 200000 maximum"),
        (400, "The input token count (1196265) exceeds the maximum number of tokens allowed (1048576)."),
        (400, "This model's maximum prompt length is 131072 but the request contains 537812 tokens."),
        (400, "Please reduce the length of the messages or completion."),
        (400, "Input is too long for requested model."),
        (400, "Invalid request: Your request exceeded model token limit: 8192"),
        (400, "Prompt exceeds max length"),
        (400, "Range of input length should be [1, 30720]"),
        (400, "prompt token count of 140000 exceeds the limit of 128000"),
        (422, "Input validation error: `inputs` must have less than 4095 tokens. Given: 5331"),
        (413, "Request Entity Too Large"),
        (413, "Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 7204"),
        (429, "Request too large for m on tokens per min (TPM): Limit 30000, Requested 42911."),
    ],
)
def test_f7_what_is_too_long_is_told_in_many_ways(code: int, said: str) -> None:
    assert Fault.of(code, {"error": {"message": said}}).is_context


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (429, "Rate limit reached for m on tokens per min (TPM): Limit 30000, Used 29000, Requested 4000."),
        (429, "You exceeded your current quota, please check your plan and billing details."),
        (400, "Invalid schema for response_format: the request must not have additional properties."),
        (400, "Unsupported value: 'temperature' does not support 0 with this model."),
        (500, "The server had an error while processing your request."),
    ],
)
def test_f7_other_refusals_say_nothing_of_the_length(code: int, said: str) -> None:
    assert not Fault.of(code, {"error": {"message": said}}).is_context


def test_f7_a_request_that_is_too_large_for_a_minute_is_sent_smaller() -> None:
    words = "Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 7204"
    with server(faults.status(413, {"error": {"message": words, "code": "rate_limit_exceeded"}})) as at:
        report = check(CLAIMS, LONG, backend=asking(at))

    assert (outcomes(report), len(at.log)) == (GOOD, 2)
    assert at.log[1].body_length < at.log[0].body_length / 3


def test_f7_a_prompt_that_a_server_cuts_without_a_word_is_sent_smaller_and_told() -> None:
    with server(n_ctx=4096, cuts=True) as at:
        report = check(CLAIMS, LONG, backend=asking(at))

    assert outcomes(report) == GOOD
    (warning,) = report.run.warnings
    assert re.fullmatch(
        r"the server read 2,050 tokens of a request of about 6,\d{3} and did not say so; it was asked less at a time; "
        r"give the model a longer context \(Ollama: OLLAMA_CONTEXT_LENGTH\)",
        warning,
    )


def test_f7_a_source_that_a_server_cuts_is_summarised_in_parts() -> None:
    with server(n_ctx=4096, cuts=True) as at:
        report = summarize(LONG, backend=asking(at))

    parts, cut, *_ = report.run.warnings
    assert parts == "the source was read in 4 parts, because it does not fit into one request"
    assert cut.startswith("the server read 2,050 tokens of a request of about")
    assert set(outcomes(report)) == {"supported"}


def knowing(request: dict[str, Any]) -> str:
    """Supports a claim by a sentence that says it in other words, where that is shown."""
    found = blocks(request)
    told = "The old waterworks were torn down because nobody could pay for a roof."
    shown = next((name for name, text in found["source"].items() if text == told), "")
    return json.dumps(
        {
            "verdicts": [
                verdict(name, "supported", shown, told)
                if shown and "water plant" in text
                else verdict(name, "not_in_source")
                for name, text in found["claims"].items()
            ]
        }
    )


TOLD = f"{LONG} The old waterworks were torn down because nobody could pay for a roof. {LONG}"
OTHER_WORDS = "A water plant was demolished for lack of money. Volcanoes erupted in Iceland."


def test_what_a_long_source_says_in_other_words_is_looked_for_in_all_of_it() -> None:
    with FaultServer(responder=knowing) as at:
        report = check(OTHER_WORDS, TOLD, backend=asking(at))

    assert outcomes(report) == ["supported", "not_in_source"]
    asked = [blocks(one.request)["claims"] for one in at.log if one.request]
    assert [len(one) for one in asked] == [2, 2]


@pytest.mark.parametrize("evidence", ["auto", "narrow"])
def test_where_a_long_source_is_not_shown_whole_the_first_answer_stands(evidence: str) -> None:
    with FaultServer(responder=knowing, n_ctx=8_000) as at:
        report = check(OTHER_WORDS, TOLD, backend=asking(at, evidence=evidence))

    assert outcomes(report) == ["not_in_source", "not_in_source"]
    assert [one.status for one in at.log] == ([200, 400] if evidence == "auto" else [200])


@pytest.mark.parametrize("code", [500, 502, 503, 529])
def test_f8_a_server_error_is_tried_again(code: int) -> None:
    with server(faults.server_error(code), faults.server_error(code)) as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == GOOD

    assert len(at.log) == 3


@pytest.mark.parametrize("said", ["Loading model", "Model org/m is currently loading"])
def test_f8_a_model_that_is_still_being_loaded_is_waited_for(said: str) -> None:
    with server(*[faults.status(503, {"error": {"message": said}})] * 5) as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == GOOD

    assert len(at.log) == 6


def test_f8_a_model_that_is_never_loaded_is_told_at_the_deadline() -> None:
    loading = faults.status(503, {"error": {"message": "Loading model"}})
    with server(always=loading) as at, pytest.raises(UnavailableError, match=r": error 503: Loading model$"):
        check(CLAIMS, ARTICLE, backend=asking(at, deadline=1.0))

    assert len(at.log) > 4


def test_f8_where_no_wait_is_named_the_pauses_double(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "FIRST_PAUSE", PAUSE)
    with server(*[faults.server_error(503)] * 3) as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == GOOD

    gaps = [later.start - earlier.end for earlier, later in itertools.pairwise(at.log)]
    for gap, pause in zip(gaps, (0.5, 1.0, 2.0), strict=True):
        assert 0.75 * pause <= gap <= 1.25 * pause + 0.25


BROKEN: dict[str, faults.Fault] = {
    "F8": faults.server_error(503),
    "F9-reset": faults.reset_before_headers(),
    "F9-mid": faults.reset_mid_body(),
    "F9-length": faults.wrong_content_length(),
    "F9-garbage": faults.garbage(),
}


@pytest.mark.parametrize("fault", BROKEN.values(), ids=BROKEN)
def test_f8_f9_a_server_that_is_down_is_named_after_four_requests(fault: faults.Fault) -> None:
    with server(always=fault) as at, pytest.raises(UnavailableError) as caught:
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert (len(at.log) <= 4, caught.value.exit_status) == (True, 5)


@pytest.mark.parametrize("fault", BROKEN.values(), ids=BROKEN)
def test_f8_f9_one_group_that_fails_leaves_the_others_as_they_are(fault: faults.Fault) -> None:
    def second_claim(_: int, request: dict[str, Any]) -> faults.Fault | None:
        return fault if "library will not close.\n</claims" in request["messages"][1]["content"] else None

    with server(fault_for=second_claim) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at, claims_per_call=1))

    assert outcomes(report) == ["supported", "unavailable", "not_in_source"]


@pytest.mark.parametrize(
    "fault",
    [faults.stall(), faults.drip(0.1), faults.drip(0.1, head=True), faults.late(6)],
    ids=["stall", "drip", "head", "late"],
)
def test_f10_the_deadline_holds_by_the_wall(fault: faults.Fault) -> None:
    started = time.monotonic()
    with server(always=fault) as at, pytest.raises(UnavailableError):
        check(CLAIMS, ARTICLE, backend=asking(at, timeout=1.0, deadline=2.0))

    assert time.monotonic() - started <= 2.0 + 1.0  # half a second for the server to let go


def test_f11_a_stream_that_nobody_asked_for_is_no_reply() -> None:
    with server(always=faults.sse_cut()) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert outcomes(report) == ["bad_reply"] * 3


@pytest.mark.parametrize("content", ['{"verdicts": [{"claim": "c1", "evi', '{"verdicts": []}'], ids=["broken", "valid"])
def test_f12_a_cut_reply_is_asked_for_in_parts(content: str) -> None:
    with server(faults.finish("length", content)) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert outcomes(report) == GOOD
    assert len({exchange.body_sha256 for exchange in at.log}) == len(at.log) == 3


def test_f12_blanks_that_reach_the_limit_behind_a_whole_reply_cut_nothing() -> None:
    def blanks(answer: faults.Answer) -> faults.Answer:
        return replace(answer, content=(answer.content or "") + "\n" * 400, finish_reason="length")

    with server(always=faults.Fault("blanks", answer=blanks)) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert (outcomes(report), len(at.log)) == (GOOD, 1)


def test_f12_a_summary_has_room_for_its_claims_in_their_own_words() -> None:
    claim = {"kind": "position", "speaker": "the county engineers", "modality": "reported"}
    first, second = (
        "The council of Harrow Bay voted by 9 to 4 on Tuesday to close two bridges over the river Lenn",
        "The county engineers of Harrow Bay found that the pillars of both bridges are cracked and could fail this winter",
    )
    sentence = {
        "text": f"{first}, after {second}.",
        "claims": [{"text": f"{one}.", **claim} for one in (first, second)],
    }
    written = json.dumps({"sentences": [sentence] * 5}, indent=2)
    with FaultServer(responder=lambda _: written) as at:
        summarize(ARTICLE, backend=asking(at), sentences=5)

    assert (at.log[0].request or {})["max_completion_tokens"] > 1.5 * estimate(written)


def test_f12_a_single_claim_that_is_always_cut_is_unchecked() -> None:
    with server(always=faults.finish("length", None)) as at:
        report = check("The library will not close.", ARTICLE, backend=asking(at))

    assert outcomes(report) == ["truncated"]
    assert len({exchange.body_sha256 for exchange in at.log}) == len(at.log) == 2


@pytest.mark.parametrize(
    "fault",
    [
        faults.finish("stop", None, "I can't help with that."),
        faults.finish("stop", "I'm sorry, but I can't help with that."),
        faults.finish("content_filter", None),
        faults.status(
            400, {"error": {"code": "content_filter", "message": "Your prompt was filtered.", "param": "prompt"}}
        ),
        faults.status(403, {"error": {"type": "content_filter", "message": "A schema of this kind is not supported."}}),
        faults.raw_json('{"error": {"code": "content_filter", "message": "Filtered."}}'),
        faults.status(
            403,
            {
                "error": {
                    "code": 403,
                    "message": 'The model requires moderation. Your input was flagged for "violence". No credits were charged.',
                }
            },
        ),
        faults.status(
            400,
            {
                "error": {
                    "code": "invalid_prompt",
                    "message": "Your prompt was flagged as potentially violating our usage policy.",
                }
            },
        ),
    ],
    ids=["field", "prose", "filter", "filter-400", "filter-403", "filter-in-200", "moderation-403", "flagged-400"],
)
def test_f13_a_refusal_is_a_state_of_its_own(fault: faults.Fault) -> None:
    with server(always=fault) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert (outcomes(report), len(at.log)) == (["refused"] * 3, 1)


@pytest.mark.parametrize(
    "fault",
    [
        faults.body(""),
        faults.body("  \n"),
        faults.finish("stop", None),
        faults.body("{}"),
        faults.missing_choices(),
        faults.html_200(),
        faults.raw_json('{"choices": []}'),
        faults.raw_json('{"choices": {"0": 1}}'),
    ],
)
def test_f14_an_empty_reply_is_asked_for_once_more(fault: faults.Fault) -> None:
    with server(fault) as once, server(always=fault) as always:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(once))) == GOOD
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(always))) == ["bad_reply"] * 3

    assert (len(once.log), len(always.log)) == (2, 2)


WRAPPERS: dict[str, tuple[Callable[[str], str], int]] = {
    "fence": (lambda text: f"```json\n{text}\n```", 1),
    "think": (lambda text: f"<think>Is {{it}} so?</think>\n{text}", 1),
    "think that the template began": (lambda text: f"Is it so?\n</think>\n\n{text}", 1),
    "channels": (
        lambda text: f"<|channel|>analysis<|message|>Hm.<|end|><|channel|>final<|message|>{text}<|return|>",
        1,
    ),
    "fence in prose": (lambda text: f"Here is the JSON:\n```json\n{text}\n```\nI hope this helps.", 1),
    "thought, prose and fence": (lambda text: f"Is it?</think>\nHere:\n```\n{text}\n```", 1),
    "bom": (lambda text: f"\ufeff{text}", 1),
    "preamble": (lambda text: f"Here you are: {text}", 1),
    "trailing": (lambda text: f"{text}\nI hope this helps.", 1),
    "prose around": (lambda text: f"Here is the JSON:\n{text}\nDone.", 1),
    "end of text": (lambda text: f"{text}</s>", 1),
    "end of message": (lambda text: f"{text}<|im_end|>", 1),
    "thought, then prose": (lambda text: f"Is {{it}}?\n</think>\nHere is the JSON: {text}", 1),
    "thought that begins like JSON": (lambda text: f'{{"verdicts": maybe?}}\n</think>\n{text}', 1),
    "thought that begins like a list": (lambda text: f"[thinking] the claim...\n</think>\n{text}", 1),
    "thought with an answer": (lambda text: f'<think>Perhaps {{"verdicts": []}}.</think>\n{text}', 1),
    "thought with an answer, begun unseen": (lambda text: f'{{"verdicts": []}}? No.</think>\n{text}', 1),
    "thought with a schema": (lambda text: f'The form: {{"properties": {{"verdicts": {{}}}}}}\n\n{text}', 1),
    "mistral": (lambda text: f"[THINK]Is it?[/THINK]{text}", 1),
    "capitals": (lambda text: f"<THINK>Is it?</THINK>{text}", 1),
    "reasoning": (lambda text: f"<reasoning>Is it?</reasoning>{text}", 1),
    "seed": (lambda text: f"<seed:think>Is it?</seed:think>{text}", 1),
    "gemma": (lambda text: f"<|channel>thought\nIs it?<channel|>{text}", 1),
    "constrained channel": (
        lambda text: (
            f"<|channel|>analysis<|message|>Is {{it}}?<|end|><|start|>assistant<|channel|>final "
            f"<|constrain|>json<|message|>{text}"
        ),
        1,
    ),
    "commentary": (lambda text: f"<|channel|>commentary<|message|>{text}<|end|>", 1),
    "commentary to a function": (
        lambda text: f"<|channel|>commentary to=functions.json <|constrain|>json<|message|>{text}<|call|>",
        1,
    ),
    "channel with a draft": (
        lambda text: (
            f'<|channel|>analysis<|message|>{{"verdicts": []}}<|end|><|start|>assistant<|channel|>final<|message|>{text}'
        ),
        1,
    ),
    "indented fence": (lambda text: f"Sure!\n  ```json\n  {text}\n  ```", 1),
    "fence within a line": (lambda text: f"Here is the JSON: ```json {text} ```", 1),
    "tildes": (lambda text: f"~~~json\n{text}\n~~~", 1),
    "two fences": (lambda text: f"```\nplan\n```\n```json\n{text}\n```", 1),
    "said twice": (lambda text: f"{text}\n\nAgain:\n{text}", 1),
    "two answers": (lambda text: f'{{"verdicts": []}}\n{text}', 2),
    "answer within a thought alone": (lambda text: f"<think>{text}</think>", 2),
    "thought without an end": (lambda text: f"<think>Perhaps {text}", 2),
    "a channel of thought alone": (lambda text: f"<|channel|>analysis<|message|>{text}<|end|>", 2),
    "nothing but prose": (lambda _: "All of them hold.", 2),
    "single quotes": (lambda text: text.replace('"', "'"), 2),
}


@pytest.mark.parametrize(("wrap", "requests"), WRAPPERS.values(), ids=WRAPPERS)
def test_f15_a_wrapped_reply_is_unwrapped_or_asked_for_again(wrap: Callable[[str], str], requests: int) -> None:
    calls = []

    def first_wrapped(request: dict[str, Any]) -> str:
        calls.append(request)
        return wrap(honest(request)) if len(calls) == 1 else honest(request)

    with FaultServer(models={"honest": first_wrapped}) as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == GOOD

    assert len(at.log) == requests


@pytest.mark.parametrize(
    "hostile",
    [
        '{"verdicts": ' * 200_000,
        '{"a": "' * 400_000,
        '{"' * 1_900_000,
        "{ " * 1_900_000,
        '{"verdicts": [' + "[" * 3_000_000,
        "</think>" * 480_000,
        "<|channel|>analysis" * 200_000,
        '{"a": 1}' * 480_000,
        '{"a": 1' + ', "b": 1' * 480_000,
    ],
    ids=["nested", "open texts", "open keys", "braces", "deep", "ends of thoughts", "channels", "objects", "unclosed"],
)
def test_a_reply_that_is_all_beginnings_is_given_up_at_once(hostile: str) -> None:
    begun = time.process_time()

    with pytest.raises(BadReplyError):
        parse_reply(hostile, VerdictsReply)

    assert time.process_time() - begun < 4


SOUND = verdict("c1", "supported", "s4", "The library will not close.")
LIBRARY = verdict("c2", "supported", "s4", "The library will not close.")
SNOW = verdict("c1", "supported", "s3", "Snow fell on the hills in the night and shut two roads.")
ABSENT = verdict("c3", "not_in_source")
SICK: dict[str, str] = {
    "label": json.dumps({"verdicts": [SOUND | {"label": "true"}]}),
    "type": json.dumps({"verdicts": [SOUND | {"claim": 1}]}),
    "twice": json.dumps({"verdicts": [SOUND]}).replace('"label"', '"label": "not_in_source", "label"'),
    "nan": json.dumps({"verdicts": [SOUND]}).replace('"s4"', "NaN"),
    "deep": "[" * 200_000 + "]" * 200_000,
    "array": "[]",
    "huge number": '{"verdicts": ' + "9" * 10_000 + "}",
}


@pytest.mark.parametrize("content", SICK.values(), ids=SICK)
def test_f16_a_reply_of_another_form_supports_nothing(content: str) -> None:
    with server(always=faults.body(content)) as at:
        report = check("The library will not close.", ARTICLE, backend=asking(at))

    assert (outcomes(report), len(at.log)) == (["bad_reply"], 2)


def without(record: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != name}


HARMLESS: dict[str, Any] = {
    "another field": {"verdicts": [SOUND | {"reason": "It says so."}]},
    "another field of evidence": {"verdicts": [SOUND | {"evidence": [SOUND["evidence"][0] | {"page": 1}]}]},
    "another field beside the verdicts": {"thoughts": "It says so.", "verdicts": [SOUND]},
    "no conflict": {"verdicts": [without(SOUND, "conflict")]},
    "a conflict of no kind": {"verdicts": [SOUND | {"conflict": {"kind": "cause"}}]},
    "a conflict in words": {"verdicts": [SOUND | {"conflict": "none"}]},
    "a capital": {"verdicts": [SOUND | {"label": "Supported"}]},
    "a list of verdicts": [SOUND],
    "a verdict alone": SOUND,
}


@pytest.mark.parametrize("content", HARMLESS.values(), ids=HARMLESS)
@pytest.mark.parametrize("wrap", ["{}", "Here it is:\n```json\n{}\n```"], ids=["bare", "fenced"])
def test_f16_what_says_nothing_of_a_verdict_spoils_none(content: Any, wrap: str) -> None:
    with server(always=faults.body(wrap.format(json.dumps(content, indent=1)))) as at:
        report = check("The library will not close.", ARTICLE, backend=asking(at))

    assert (outcomes(report), len(at.log)) == (["supported"], 1)


@pytest.mark.parametrize("evidence", [[], None])
@pytest.mark.parametrize(("label", "outcome"), [("Not in source", "not_in_source"), ("supported", "misquote")])
def test_f16_evidence_that_is_not_given_supports_nothing(evidence: Any, label: str, outcome: str) -> None:
    with scripted([{"claim": "c1", "label": label, "evidence": evidence}]) as at:
        report = check("The library will not close.", ARTICLE, backend=asking(at))

    assert outcomes(report) == [outcome]


BROKEN_RECORDS: dict[str, str] = {
    "label": json.dumps(SOUND | {"claim": "c2", "label": "partially_supported"}),
    "type": json.dumps(SOUND | {"claim": "c2", "evidence": ["The library will not close."]}),
    "twice": json.dumps(SOUND | {"claim": "c2"}).replace('"label"', '"label": "not_in_source", "label"'),
    "nan": json.dumps(SOUND | {"claim": "c2"}).replace('"s4"', "NaN"),
    "beside a sound one": json.dumps(SOUND | {"claim": "c2", "label": "partial"}) + "," + json.dumps(LIBRARY),
}


@pytest.mark.parametrize("record", BROKEN_RECORDS.values(), ids=BROKEN_RECORDS)
def test_f16_a_verdict_of_another_form_spoils_no_other_and_is_asked_for_again(record: str) -> None:
    broken = faults.body(f'{{"verdicts": [{json.dumps(SNOW)}, {record}, {json.dumps(ABSENT)}]}}')
    with scripted([LIBRARY], faults=[broken]) as once, server(always=broken) as always:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(once))) == GOOD
        report = check(CLAIMS, ARTICLE, backend=asking(always))

    assert once.log[1].request
    assert once.log[1].request["messages"][-1]["content"].count("for these claims alone: c2. ") == 1
    assert (outcomes(report), len(always.log)) == (["supported", "bad_reply", "not_in_source"], 2)


def test_f16_a_claim_of_another_form_spoils_no_other() -> None:
    def odd(request: dict[str, Any]) -> str:
        answer = json.loads(honest(request))
        for claim in answer.get("claims", [])[:1]:
            claim["kind"] = "rumour"
        return json.dumps(answer)

    with FaultServer(models={"honest": odd}) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at, claims="atomic"))

    assert (outcomes(report), len(at.log)) == (GOOD, 2)
    assert report.run.warnings == ("1 sentence of the summary had no claim and stand as claims of their own",)


def test_f16_a_body_of_fifty_megabytes_is_given_up() -> None:
    with server(always=faults.big_body(50)) as at:
        report = check("The library will not close.", ARTICLE, backend=asking(at))

    assert (outcomes(report), len(at.log)) == (["bad_reply"], 1)


def scripted(*replies: list[dict[str, Any]], **options: Any) -> faults.FaultServer:
    """A server that gives these verdicts, one list for each request, the last one for ever."""
    left = list(replies)
    return faults.FaultServer(
        models={"honest": lambda _: json.dumps({"verdicts": left.pop(0) if len(left) > 1 else left[0]})},
        **options,
    )


@pytest.mark.parametrize(
    ("replies", "expected", "requests"),
    [
        ([[ABSENT, LIBRARY, SNOW]], GOOD, 1),
        ([[SNOW, ABSENT], [LIBRARY]], GOOD, 2),
        ([[SNOW], [SNOW]], ["supported", "no_answer", "no_answer"], 2),
        ([[SNOW, SNOW, LIBRARY, ABSENT]], GOOD, 1),
        ([[SNOW, SNOW | {"label": "contradicted"}, LIBRARY, ABSENT], [SNOW]], GOOD, 2),
        ([[SNOW, LIBRARY, ABSENT, verdict("c9", "supported", "s1", "The council")]], GOOD, 1),
    ],
    ids=["reordered", "missing", "missing for good", "repeated", "at odds", "unknown"],
)
def test_f17_verdicts_are_matched_by_id(
    replies: list[list[dict[str, Any]]], expected: list[str], requests: int
) -> None:
    with scripted(*replies) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert (outcomes(report), len(at.log)) == (expected, requests)
    assert bool(report.run.warnings) == any(one["claim"] == "c9" for one in replies[0])


def again(fault: faults.Fault) -> Callable[[int, dict[str, Any]], faults.Fault | None]:
    """A fault that only second questions meet."""
    return lambda _, request: fault if len(request["messages"]) > 2 else None


@pytest.mark.parametrize(
    ("fault", "reason", "words"),
    [
        (faults.quota(), "unavailable", "the quota is used up"),
        (faults.unauthorized(), "unavailable", "refuses the key"),
        (faults.status(400), "unavailable", "refuses the request (400)"),
        (faults.finish("content_filter", None), "refused", "filter"),
        (faults.finish("length", '{"verdicts": ['), "truncated", "cut off"),
        (faults.body("no JSON"), "bad_reply", "even when asked again"),
    ],
    ids=["quota", "key", "400", "filter", "length", "no JSON"],
)
def test_what_was_answered_stays_where_the_second_question_gets_no_answer(
    fault: faults.Fault, reason: str, words: str
) -> None:
    with server(fault_for=again(fault)) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at, "lazy"))

    assert (outcomes(report), len(at.log)) == (["supported", "supported", reason], 2)
    last = report.checks[2].outcome
    assert isinstance(last, Unchecked)
    assert words in last.detail


def test_what_was_answered_stays_where_the_second_question_is_beyond_the_budget() -> None:
    settings = {"model": "lazy", "claims": "sentence", "witness": "none"}
    with server() as at:
        backend = assemble(resolve({"base_url": at.base_url, **settings}), RunOptions(max_tokens=3_000))
        report = check(CLAIMS, ARTICLE, backend=backend)

    assert (outcomes(report), len(at.log)) == (["supported", "supported", "budget"], 1)


def test_a_provider_that_refuses_before_anything_was_answered_ends_the_run() -> None:
    with scripted([], fault_for=again(faults.quota())) as at, pytest.raises(RefusedError, match="quota") as caught:
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert (len(at.log), caught.value.exit_status) == (2, 4)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("The library will not close.", "supported"),
        ("the   library will\nnot close", "supported"),
        ("The library will NOT close.", "misquote"),
        ("s4: The library will not close.", "supported"),  # as its line begins in the prompt
        ("[s4] The library will not close.\ns5: The ferry to Tarn costs 40 crowns.", "supported"),
        ("s4: The library will close.", "misquote"),
        ("The library will stay open.", "misquote"),
        ("The library", "misquote"),  # two words stand in any sentence about it
        ("libra", "misquote"),
        ("Claims are true.", "misquote"),
        ("", "misquote"),
    ],
)
def test_f18_support_needs_words_of_the_source(quote: str, expected: str) -> None:
    with scripted([verdict("c1", "supported", "s4", quote)]) as at:
        report = check("The library will not close.", ARTICLE, backend=asking(at))

    assert outcomes(report) == [expected]
    for evidence in report.all_evidence():
        assert evidence.span.of(ARTICLE) == evidence.quote


def test_f18_words_that_a_line_end_parts_are_found_as_they_were_shown() -> None:
    article = "The govern-\nment of a well-\nknown town said that low-\nlying land is to be sold in Bundes-\nÜbersee."
    shown: list[str] = []

    def copying(request: dict[str, Any]) -> str:
        shown.extend(blocks(request)["source"].values())
        return json.dumps({"verdicts": [verdict("c1", "supported", "s1", shown[0])]})

    with FaultServer(models={"honest": copying}) as at:
        report = check("The government of a well-known town said so.", article, backend=asking(at))

    assert shown[0].startswith("The govern-ment of a well-known town said")
    assert outcomes(report) == ["supported"]
    for evidence in report.all_evidence():
        assert evidence.span.of(article) == evidence.quote


def test_f19_a_reply_in_another_writing_points_at_the_original_words() -> None:
    article = "Der „Käse“ fiel um\u00a05 Prozent.\r\nDas sagte Zoë\u0301 Blum – am Montag."
    with scripted([verdict("c1", "supported", "s1", 'Der "Ka\u0308se" fiel um 5 Prozent.')]) as at:
        report = check("Der Käse fiel um 5 Prozent.", article, backend=asking(at))

    (only,) = report.checks
    assert isinstance(only.outcome, Verdict)
    assert only.outcome.evidence[0].quote == "Der „Käse“ fiel um\u00a05 Prozent."


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("Access from this region is restricted", 1),
        ("Not served in this district", 1),
        ("A strict policy holds here", 2),
        ("The temperature of the room and its schema", 4),
        ("logprobs and seed are unknown", 1),  # they were not sent
    ],
)
def test_f20_a_refusal_of_no_part_is_told_in_its_words_and_no_part_is_left_out_twice(words: str, most: int) -> None:
    with (
        server(always=faults.status(400, {"error": {"message": words}})) as at,
        pytest.raises(UnavailableError) as caught,
    ):
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert words in str(caught.value)
    assert len(at.log) == most
    assert len({one.body_sha256 for one in at.log}) == most


@pytest.mark.parametrize(
    ("rejects", "extra"),
    [
        ({"json_schema_strict"}, 1),
        ({"json_schema_strict", "json_schema"}, 2),
        ({"json_schema_strict", "json_schema", "json_object"}, 2),
        ({"temperature"}, 1),
        ({"max_completion_tokens"}, 1),
    ],
    ids=["strict", "schema", "json", "temperature", "limit"],
)
def test_f20_what_a_server_lacks_is_left_out_and_remembered(rejects: set[str], extra: int) -> None:
    with server(rejects=rejects, usage=False) as at:
        first = check(CLAIMS, ARTICLE, backend=asking(at))
        second = check(CLAIMS, ARTICLE, backend=asking(at))

    assert outcomes(first) == outcomes(second) == GOOD
    assert len(at.log) <= 2 + extra
    assert first.run.usage.input_tokens is None


@pytest.mark.parametrize("code", [400, 403])
def test_a_server_without_log_probabilities_is_asked_without(code: int) -> None:
    message = "You are not allowed to request logprobs from this model"

    def refusing(_: int, request: dict[str, Any]) -> faults.Fault | None:
        return faults.status(code, {"error": {"message": message}}) if request.get("logprobs") else None

    with server(fault_for=refusing) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at, cite="sentences", concurrency=1))

    assert outcomes(report) == GOOD
    assert len(at.log) == 4  # three claims, and one refusal
    assert all(getattr(one.outcome, "probabilities", None) is None for one in report.checks)


UNWRITTEN = {"message": "Failed to generate JSON. See 'failed_generation'.", "code": "json_validate_failed"}
AMISS = {"message": "Generated JSON does not match the expected schema. See 'failed_generation' for more details."}


@pytest.mark.parametrize("error", [UNWRITTEN, AMISS])
def test_a_reply_that_the_server_could_not_read_is_asked_for_in_a_freer_form_that_once(error: dict[str, Any]) -> None:
    with server(None, faults.status(400, {"error": error})) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at, claims_per_call=1, concurrency=1))

    forms = [(one.request or {}).get("response_format", {}).get("type") for one in at.log]
    assert (outcomes(report), forms) == (GOOD, ["json_schema", "json_schema", "json_object", "json_schema"])


def test_a_server_that_can_never_read_its_own_reply_is_asked_in_plain_words() -> None:
    def formal(_: int, request: dict[str, Any]) -> faults.Fault | None:
        return faults.status(400, {"error": UNWRITTEN}) if "response_format" in request else None

    with server(fault_for=formal) as at, server(always=faults.status(400, {"error": UNWRITTEN})) as always:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == GOOD
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(always))) == ["bad_reply"] * 3

    assert (len(at.log), len(always.log)) == (3, 6)


@pytest.mark.parametrize("body", ["Forbidden by a rule of this site", {"error": {"message": "Not for this text"}}])
def test_a_403_after_an_answer_refuses_that_request_alone(body: Any) -> None:
    def second_claim(_: int, request: dict[str, Any]) -> faults.Fault | None:
        refuses = "library will not close.\n</claims" in request["messages"][1]["content"]
        return faults.status(403, body) if refuses else None

    with server(fault_for=second_claim) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at, claims_per_call=1, concurrency=1))

    assert (outcomes(report), len(at.log)) == (["supported", "refused", "not_in_source"], 3)
    refused = report.checks[1].outcome
    assert isinstance(refused, Unchecked)
    assert re.search(r"refuses this request \(403\): (?:Forbidden by a rule|Not for this text)", refused.detail)


def test_a_server_that_says_nothing_is_left_is_asked_at_its_pace() -> None:
    many = "\n\n".join(f"The ferry to Tarn costs {number} crowns." for number in range(41, 47))
    with server(rpm=120) as at:
        at._limiter._buckets["requests"].take(119)
        begun = time.monotonic()
        check(many, ARTICLE, backend=asking(at, claims_per_call=1, concurrency=6))
        taken = time.monotonic() - begun

    assert [exchange.status for exchange in at.calls] == [200] * 6
    assert taken >= 2.0  # half a second for each after the first


def test_a_slow_model_is_given_up_at_the_deadline() -> None:
    with server() as at:
        begun = time.monotonic()
        with pytest.raises(UnavailableError, match="no answer within"):
            check(CLAIMS, ARTICLE, backend=asking(at, "slow", timeout=0.4, deadline=0.8))

    assert time.monotonic() - begun <= 0.8 + 0.5


def test_f29_a_jump_of_the_clock_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = time.time
    jumps = iter(range(0, 10**9, 86_400))
    monkeypatch.setattr(time, "time", lambda: real() + next(jumps))
    with server(faults.server_error(500)) as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == GOOD


@pytest.mark.parametrize("prefix", ["/v1", "", "/deep/prefix/v1"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_f30_base_urls_of_every_shape(prefix: str, slash: str) -> None:
    from summarizer.components import openai_backend

    with server(prefix=prefix) as at:
        backend = openai_backend(model="honest", base_url=at.base_url + slash, claims="sentence")
        assert outcomes(check(CLAIMS, ARTICLE, backend=backend)) == GOOD
        assert "authorization" not in at.log[0].headers


def test_f30_ipv6() -> None:
    with server(host="::1") as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == GOOD


def test_f30_a_proxy_that_is_not_there_is_named_and_can_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://user:secret@127.0.0.1:9")
    settings: dict[str, Any] = {"base_url": "http://model.invalid/v1", "witness": "none", "deadline": 1.0}
    backend = openai_backend(model="m", api_key="sk-x", claims="sentence", **settings)

    with pytest.raises(UnavailableError, match=r"proxy of HTTP_PROXY.*NO_PROXY=model\.invalid") as caught:
        check(CLAIMS, ARTICLE, backend=backend)
    assert "secret" not in str(caught.value)

    monkeypatch.setenv("NO_PROXY", "model.invalid")
    with pytest.raises(UnavailableError) as straight:
        check(CLAIMS, ARTICLE, backend=backend)
    assert "PROXY" not in str(straight.value)


def test_a_summary_that_cannot_be_judged_is_shown_all_the_same() -> None:
    def judging(_: int, request: dict[str, Any]) -> faults.Fault | None:
        return faults.quota() if "<claims-" in request["messages"][1]["content"] else None

    with server(fault_for=judging) as at:
        report = summarize(ARTICLE, backend=asking(at))

    assert report.summary.text.startswith("The council of Harrow Bay")
    assert all(isinstance(one.outcome, Unchecked) for one in report.checks)


JOBS: dict[str, tuple[Callable[[Components], Report], str, int]] = {
    "check by sentence": (lambda backend: check(CLAIMS, ARTICLE, backend=backend), "sentence", 1),
    "check": (lambda backend: check(CLAIMS, ARTICLE, backend=backend), "atomic", 2),
    "summarize": (lambda backend: summarize(ARTICLE, backend=backend), "atomic", 2),
}


@pytest.mark.parametrize(("job", "claims", "calls"), JOBS.values(), ids=JOBS)
def test_calls_of_the_three_jobs(job: Callable[[Components], Report], claims: str, calls: int) -> None:
    with server() as at:
        report = job(asking(at, claims=claims))

    assert (len(at.log), report.run.usage.calls) == (calls, calls)
    assert "supported" in outcomes(report)


def test_what_a_run_cost_stands_in_every_form() -> None:
    with server() as known, server(usage=False) as unknown:
        told = check(CLAIMS, ARTICLE, backend=asking(known))
        silent = check(CLAIMS, ARTICLE, backend=asking(unknown))

    usage = told.run.usage
    assert usage.stages[0].stage == "judge"
    line = f"honest: 1 call, {usage.input_tokens:,} tokens sent, {usage.output_tokens:,} received, cost not known"
    assert line in render(told, width=200)
    assert "honest: 1 call, tokens not known, cost not known" in render(silent, width=200)
    assert "tokens sent" in render(told, "markdown")


def test_judge_calls_of_one_article_begin_alike() -> None:
    claims = " ".join(f"Claim number {n} stands in the summary." for n in range(24))
    long = " ".join(f"Item {n} of the town was sold for {n} crowns." for n in range(100))
    with server() as at:
        check(claims, long, backend=asking(at, evidence="whole"))

    bodies = [
        "".join(message["content"] for message in exchange.request["messages"])
        for exchange in at.log
        if exchange.request
    ]
    assert len(bodies) == 3
    shared = next(n for n, signs in enumerate(zip(*bodies, strict=False)) if len(set(signs)) > 1)
    assert shared / max(map(len, bodies)) >= 0.9
