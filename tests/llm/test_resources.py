"""What comes from outside costs no more than it may: packed bodies, numbers, kept replies, a locked cache."""

import json
import re
import sqlite3
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer import check
from summarizer.components import assemble
from summarizer.errors import RefusedError
from summarizer.grounding import locate
from summarizer.llm import cache, tokens
from summarizer.llm.exchange import Answer, kept_answer
from summarizer.llm.ledger import Ledger
from summarizer.llm.models import RunOptions
from summarizer.llm.remote.connections import Unpacking
from summarizer.schema import Document, Span, Unchecked, Verdict
from summarizer.settings import resolve
from tests import fault_server as faults
from tests.characters import honest
from tests.cli.processes import run
from tests.llm.conftest import ARTICLE, CLAIMS, asking, server


def packed(data: bytes, encoding: str) -> faults.Fault:
    headers = {"content-type": "application/json", "content-encoding": encoding}
    return faults.Fault("packed", reply=lambda _: faults.Reply(200, data, headers))


def completion(text: str, usage: str = "{}") -> str:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
    return f'{{"choices": [{json.dumps(choice)}], "usage": {usage}}}'


def outcomes(report: Any) -> list[str]:
    return [
        one.outcome.label.value if isinstance(one.outcome, Verdict) else one.outcome.reason.value
        for one in report.checks
    ]


@pytest.mark.parametrize("location", ["http://[", "//[::", "\u00e9", ""])
def test_a_redirect_to_nowhere_is_named(location: str) -> None:
    redirect = faults.redirect(location.encode("utf-8").decode("latin-1"))
    with server(always=redirect) as at, pytest.raises(RefusedError, match="redirects"):
        check(CLAIMS, ARTICLE, backend=asking(at))


@pytest.mark.parametrize("tokens", ["9" * 4_300, "9" * 18, "-1", '"many"', "true", "1.5", "[]", "null"])
def test_a_usage_that_is_none_is_not_known(tokens: str) -> None:
    def fault(_: int, request: dict[str, Any]) -> faults.Fault:
        return faults.raw_json(completion(honest(request), f'{{"prompt_tokens": {tokens}, "completion_tokens": 7}}'))

    with server(fault_for=fault) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert len(report.checks) == 3
    assert (report.run.usage.input_tokens, report.run.usage.output_tokens) == (None, 7)


@pytest.mark.parametrize(
    ("encoding", "bits"), [("gzip", 31), ("deflate", 15), ("deflate", -15)], ids=["gzip", "zlib", "raw"]
)
def test_a_compressed_reply_is_read(encoding: str, bits: int) -> None:
    def fault(_: int, request: dict[str, Any]) -> faults.Fault:
        pressing = zlib.compressobj(9, zlib.DEFLATED, bits)
        return packed(pressing.compress(completion(honest(request)).encode()) + pressing.flush(), encoding)

    with server(fault_for=fault) as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == ["supported", "supported", "not_in_source"]


def test_packed_bytes_may_come_one_by_one() -> None:
    pressing = zlib.compressobj(9, zlib.DEFLATED, -15)
    whole = pressing.compress(b"Rain fell.") + pressing.flush()
    unpacking = Unpacking()

    assert b"".join(unpacking.piece(whole[at : at + 1]) for at in range(len(whole))) == b"Rain fell."


@pytest.mark.parametrize(
    ("encoding", "bits"), [("gzip", 31), ("deflate", 15), ("deflate", -15)], ids=["gzip", "zlib", "raw"]
)
def test_a_reply_that_unpacks_to_too_much_is_given_up(encoding: str, bits: int) -> None:
    pressing = zlib.compressobj(9, zlib.DEFLATED, bits)
    bomb = b"".join(pressing.compress(b" " * (1 << 20)) for _ in range(200)) + pressing.flush()
    start = time.process_time()
    with server(always=packed(bomb, encoding)) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert outcomes(report) == ["bad_reply"] * 3
    assert all(
        "more than 4,000,000 bytes" in one.outcome.detail for one in report.checks if isinstance(one.outcome, Unchecked)
    )
    assert time.process_time() - start < 5


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "nonsense"])
def test_a_reply_that_is_not_packed_as_it_says_is_a_bad_one(encoding: str) -> None:
    with server(always=packed(b"\x1f\x8b not packed", encoding)) as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == ["bad_reply"] * 3


SPOILED = [
    '["{}", "stop", null, -1, 1]',
    '["{}", "stop", null, 1, true]',
    '["{}", 7, null, 1, 1]',
    '["{}"]',
    "[" * 100_000,
    '{"text": "{}"}',
    "NaN",
]


@pytest.mark.parametrize("row", SPOILED, ids=range(len(SPOILED)))
def test_a_spoiled_row_of_the_cache_is_a_miss(row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path)
    with server() as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at, cache=True))) == [
            "supported",
            "supported",
            "not_in_source",
        ]
        spoil(tmp_path / "replies.sqlite", row)
        with pytest.warns(UserWarning, match="going on without it"):
            report = check(CLAIMS, ARTICLE, backend=asking(at, cache=True))

    assert outcomes(report) == ["supported", "supported", "not_in_source"]
    assert len(at.log) == 2


def spoil(file: Path, row: str) -> None:
    """Put the same answer into every row of a cache."""
    with sqlite3.connect(file) as connection:
        connection.execute("update replies_1 set answer = ?", (row,))
    connection.close()


def test_half_a_sign_in_a_kept_reply_is_refused_like_any_other_bad_reply(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path)
    with server() as at:
        check(CLAIMS, ARTICLE, backend=asking(at, cache=True))
        spoil(tmp_path / "replies.sqlite", '["\\ud800", "stop", null, 1, 1]')
        report = check(CLAIMS, ARTICLE, backend=asking(at, cache=True))

    assert outcomes(report) == ["supported", "supported", "not_in_source"]
    assert len(at.log) == 2  # the kept reply is repaired by one that is asked for


@pytest.mark.parametrize(
    "answer",
    [
        {"text": 7},
        {"input_tokens": -1},
        {"output_tokens": "many"},
        {"cached_tokens": True},
        {"unknown": 1},
        {"refusal": []},
    ],
)
def test_a_kept_answer_is_checked(answer: dict[str, Any]) -> None:
    whole = Answer("{}", "stop", None, 1, 1)._asdict() | answer

    with pytest.raises(TypeError):
        kept_answer(whole)


SPOILS: dict[str, Callable[[str], str | bytes]] = {
    "a negative number": lambda line: re.sub(r'"input_tokens": \d+', '"input_tokens": -4', line),
    "too many digits": lambda line: re.sub(r'"input_tokens": \d+', f'"input_tokens": {"9" * 5_000}', line),
    "deep": lambda _: "[" * 100_000,
    "prose": lambda _: "garbage",
    "nothing": lambda _: "",
    "no key": lambda line: line.replace('"key"', '"kei"'),
    "a failure of another kind": lambda line: line.replace('"answer"', '"failure"'),
    "no UTF-8": lambda line: line.encode().replace(b"verdicts", b"verd\xffcts"),
    "cut off": lambda line: line[:200],
}


@pytest.mark.parametrize("spoil_line", SPOILS.values(), ids=SPOILS)
def test_a_spoiled_line_of_recorded_replies_costs_its_own_claim_and_one_warning(
    spoil_line: Callable[[str], str | bytes], tmp_path: Path
) -> None:
    file = tmp_path / "replies.jsonl"
    asked = {"claims": "sentence", "claims_per_call": 1, "witness": "none"}
    with server() as at:
        recording = resolve({"base_url": at.base_url, "model": "honest", **asked})
        check(CLAIMS, ARTICLE, backend=assemble(recording, RunOptions(record=file)))
    head, *lines = file.read_bytes().splitlines()
    at_claim = next(number for number, line in enumerate(lines) if rb"\"c2\"" in line)
    changed = spoil_line(lines[at_claim].decode())
    lines[at_claim] = changed.encode() if isinstance(changed, str) else changed
    file.write_bytes(b"\n".join([head, *lines]) + b"\n")

    components = assemble(resolve({"backend": "replay", **asked}), RunOptions(replies=file))
    with pytest.warns(UserWarning, match=rf"1 line is no recorded reply, line {at_claim + 2} first") as told:
        report = check(CLAIMS, ARTICLE, backend=components)

    assert len(told) == 1
    assert outcomes(report) == ["supported", "bad_reply", "not_in_source"]


def test_a_warning_is_one_line_that_names_no_place_in_the_code(tmp_path: Path) -> None:
    head = {"format": "summarizer-replies-1", "backend": "openai", "model": "m", "base_url": "http://127.0.0.1:9/v1"}
    (tmp_path / "replies.jsonl").write_text(f"{json.dumps(head)}\ngarbage\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "s.txt").write_text(CLAIMS, encoding="utf-8")

    done = run("check", "s.txt", "-s", "a.txt", "--replies", "replies.jsonl", "--witness", "none", cwd=tmp_path)

    assert done.returncode == 3
    assert [line for line in done.stderr.splitlines() if "warning" in line] == [
        "summarizer: warning: replies.jsonl: 1 line is no recorded reply, line 2 first; what they answered is missing"
    ]
    assert "Warning" not in done.stderr


def test_a_locked_cache_costs_one_warning_and_hardly_any_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path)
    other = sqlite3.connect(tmp_path / "replies.sqlite", isolation_level=None)
    other.execute("create table locked (x)")
    other.execute("begin exclusive")
    start = time.monotonic()
    try:
        with server() as at, pytest.warns(UserWarning, match="going on without it") as warned:
            report = check(CLAIMS, ARTICLE, backend=asking(at, cache=True, claims_per_call=1))
    finally:
        other.close()

    assert outcomes(report) == ["supported", "supported", "not_in_source"]
    assert len([one for one in warned if "cache" in str(one.message)]) == 1
    assert time.monotonic() - start < 3


def test_a_verdict_with_ten_thousand_quotes_is_judged_by_the_first_twelve() -> None:
    """Each has its gaps, so that looking for all of them in a long source would take minutes."""

    def fault(_: int, request: dict[str, Any]) -> faults.Fault:
        reply = json.loads(honest(request))
        for verdict in reply.get("verdicts", ()):
            wide = {"sentence": "s1", "quote": "the … and the … of the … nowhere"}
            verdict["evidence"] = [*verdict["evidence"], *[wide] * 10_000]
        return faults.raw_json(completion(json.dumps(reply)))

    source = f"{ARTICLE} {'The rest of the day was quiet, and the end of the road was dry. ' * 2_000}"
    begun = time.process_time()
    with server(fault_for=fault) as at:
        report = check(CLAIMS, source, backend=asking(at))

    assert report.run.misquotes <= 12 * 3
    assert time.process_time() - begun < 30  # a hundred times as much would be asked without the bound


def test_a_run_that_is_stopped_looks_for_no_further_quote() -> None:
    ledger = Ledger()

    def stopping(request: dict[str, Any]) -> str:
        ledger.stopped = True  # the signal comes while the reply is read
        return honest(request)

    with faults.FaultServer(models={"honest": stopping}) as at:
        settings = resolve({"base_url": at.base_url, "model": "honest", "claims": "sentence", "witness": "none"})
        report = check(CLAIMS, ARTICLE, backend=assemble(settings, RunOptions(ledger=ledger)))

    assert outcomes(report) == ["interrupted"] * 3


def test_a_quote_of_the_commonest_words_with_ellipses_is_looked_for_in_no_time() -> None:
    book = Document.of("the cat and the dog saw the house of the man. " * 40_000)
    start = time.process_time()

    for quote in (" ... ".join(["the"] * 12), " … ".join(["the cat"] * 11 + ["zebra"])):
        locate(quote, book)
        locate(quote, book, near=(Span(start=900_000, end=900_050),))

    assert time.process_time() - start < 2


def test_a_book_is_not_counted_to_its_end_to_know_that_it_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    whole = tokens.estimate

    def estimate(text: str) -> int:
        counted.append(len(text))
        return whole(text)

    monkeypatch.setattr(tokens, "estimate", estimate)
    with server() as at:
        check("The library will not close.", f"{ARTICLE} " * 2_000, backend=asking(at))

    assert max(counted) < 200_000
