"""The labelling page keeps what two annotators decide, shows neither to the other, and lets nobody else in."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from summarizer.cli.evaluate import evaluation
from summarizer.errors import CaseError, UsageError
from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.label import Adjudication, Labelling, LabellingAlone, LabelServer, LabelStore, read_tasks
from summarizer.evaluation.label.decisions import Decision
from summarizer.evaluation.label.page import page
from summarizer.output import write_whole

# Two units of UTF-16 in front, an e with a combining accent, a flag, a family in one cluster; in the file with CRLF.
ARTICLE = (
    "🎉🎉 The council of Harrow Bay met on Monday.\n\n"
    "Mayor Ana Pell said 12 members had backed the new cafe\u0301 bridge 🇩🇪. Snow fell on the hills 👩‍👩‍👧 in the night.\n"
    "\nThe library will not close."
)
SNOW = "Snow fell on the hills 👩‍👩‍👧 in the night."
MAYOR = "Mayor Ana Pell said 12 members had backed the new cafe\u0301 bridge 🇩🇪."
CLAIMS = [
    {"id": "bay-1", "text": "Snow fell on the hills in the night."},
    {"id": "bay-2", "text": "Ana Pell said 21 members had backed the bridge."},
    {"id": "bay-3", "text": "Volcanoes erupted in Iceland."},
]


def passage(words: str) -> dict[str, Any]:
    start = ARTICLE.index(words)
    return {"start": start, "end": start + len(words), "quote": words}


def supported(*words: str, **more: Any) -> dict[str, Any]:
    return {"label": "supported", "evidence": [[passage(one)] for one in words or (SNOW,)], "done": True, **more}


def contradicted(**more: Any) -> dict[str, Any]:
    pair = {"claim_words": "21", "source_words": passage("12")}
    return {
        "label": "contradicted",
        "error": "number",
        "evidence": [[passage(MAYOR)]],
        "done": True,
        **pair,
        **more,
    }


def absent(**more: Any) -> dict[str, Any]:
    return {"label": "not_in_source", "error": "plausible_addition", "done": True, **more}


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A folder with one article, three claims and no label."""
    for name in ("articles", "drafts"):
        (tmp_path / name).mkdir()
    (tmp_path / "articles" / "bay.txt").write_bytes(ARTICLE.replace("\n", "\r\n").encode("utf-8"))
    draft = {"article": "bay.txt", "kind": "council", "split": "dev", "claims": CLAIMS}
    (tmp_path / "drafts" / "bay.json").write_text(json.dumps(draft), encoding="utf-8")
    return tmp_path


class Client(NamedTuple):
    """The page's side of the wire, without a page."""

    server: LabelServer

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server.request_guard.port}"

    def ask(self, path: str, body: Any = None, **changed: str | None) -> Any:
        """The answer as JSON; `changed` replaces headers, or drops them."""
        headers: dict[str, str | None] = {"x-label-token": self.server.request_guard.token}
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode("utf-8")
            headers |= {"content-type": "application/json", "origin": self.root}
        headers |= {name.replace("_", "-"): value for name, value in changed.items()}
        held = {name: value for name, value in headers.items() if value is not None}
        asked = Request(self.root + path, data=data, headers=held)  # noqa: S310 (our own server)
        with urlopen(asked, timeout=20) as reply:  # noqa: S310
            return json.loads(reply.read())

    def decide(self, claim: str, decision: dict[str, Any], slug: str = "bay", **changed: str | None) -> Any:
        return self.ask("/decisions", {"slug": slug, "claim": claim, "decision": decision}, **changed)

    def refusal(self, path: str, body: Any = None, **changed: str | None) -> tuple[int, str]:
        """Status and message of a request that is refused."""
        with pytest.raises(HTTPError) as error:
            self.ask(path, body, **changed)
        with error.value as reply:
            return reply.code, json.loads(reply.read())["error"]


Serve = Callable[[LabelStore], Client]


@pytest.fixture
def serve() -> Iterator[Serve]:
    running: list[tuple[LabelServer, threading.Thread]] = []

    def begin(store: LabelStore) -> Client:
        server = LabelServer(store)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        running.append((server, thread))
        return Client(server)

    yield begin
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


def labelling(folder: Path, name: str = "ana") -> Labelling:
    return Labelling(folder, read_tasks(folder), annotator=name, write=write_whole)


def adjudication(folder: Path, *names: str, fewest: int | None = None) -> Adjudication:
    return Adjudication(
        folder, read_tasks(folder), names=names or ("ana", "ben"), fewest=fewest, write=write_whole
    )  # fmt: skip


@pytest.fixture
def ana(drafts: Path, serve: Serve) -> Client:
    return serve(labelling(drafts))


def label_all(folder: Path, name: str, *decisions: dict[str, Any]) -> None:
    from summarizer.evaluation.label.decisions import Decision

    store = labelling(folder, name)
    for claim, decision in zip(CLAIMS, decisions, strict=True):
        store.decide("bay", claim["id"], Decision.model_validate_json(json.dumps(decision)))


# ---------------------------------------------------------------- who is let in


def test_without_the_token_nothing_is_read_or_written(ana: Client, drafts: Path) -> None:
    body = {"slug": "bay", "claim": "bay-1", "decision": supported()}

    assert ana.refusal("/decisions", body, x_label_token=None)[0] == 403
    assert ana.refusal("/decisions", body, x_label_token="wrong")[0] == 403  # noqa: S106
    assert ana.refusal("/tasks/bay", x_label_token=None)[0] == 403
    assert ana.refusal("/tasks", x_label_token="é")[0] == 403  # noqa: S106
    assert not (drafts / "labels").exists()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", ""])
def test_another_host_name_is_refused_even_with_the_token(ana: Client, drafts: Path, host: str) -> None:
    body = {"slug": "bay", "claim": "bay-1", "decision": supported()}
    name = host.format(port=ana.server.request_guard.port)

    assert ana.refusal("/decisions", body, host=name)[0] == 421
    assert ana.refusal("/", host=name)[0] == 421
    assert not (drafts / "labels").exists()


def test_the_name_localhost_is_ours(ana: Client) -> None:
    port = ana.server.request_guard.port

    line = ana.decide("bay-1", supported(), host=f"localhost:{port}", origin=f"http://localhost:{port}")

    assert line["done"] == [True, False, False]


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:{port}", None]
)
def test_a_write_from_another_page_is_refused(ana: Client, drafts: Path, origin: str | None) -> None:
    given = origin and origin.format(port=ana.server.request_guard.port)

    status, _ = ana.refusal("/decisions", {"slug": "bay", "claim": "bay-1", "decision": supported()}, origin=given)

    assert status == 403
    assert not (drafts / "labels").exists()


def test_a_read_from_another_page_is_refused(ana: Client) -> None:
    assert ana.refusal("/tasks", origin="http://evil.example") == (403, "this request comes from another page")


def test_a_body_is_no_larger_than_a_megabyte(ana: Client) -> None:
    assert ana.refusal("/decisions", b" " * (1024 * 1024 + 1)) == (413, "larger than 1,048,576 bytes")
    assert ana.refusal("/decisions", b" " * (1024 * 1024))[0] == 400


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Content-Length": "-1"}, 411),
        ({"Content-Length": "9" * 5000}, 413),
        ({"Content-Length": "²"}, 411),
        ({"Transfer-Encoding": "chunked"}, 411),
        ({"Content-Type": "text/plain"}, 415),
    ],
)
def test_a_body_says_truly_what_it_is(ana: Client, changed: dict[str, str], status: int) -> None:
    headers = {
        "Host": f"127.0.0.1:{ana.server.request_guard.port}",
        "Origin": ana.root,
        "X-Label-Token": ana.server.request_guard.token,
        "Content-Type": "application/json",
        "Content-Length": "0",
        **changed,
    }
    connection = HTTPConnection("127.0.0.1", ana.server.request_guard.port, timeout=20)
    connection.putrequest("POST", "/decisions", skip_host=True)
    for name, value in headers.items():
        connection.putheader(name, value.encode("latin-1"))
    connection.endheaders()
    try:
        assert connection.getresponse().status == status
    finally:
        connection.close()


@pytest.mark.parametrize("slug", ["cove", "../bay", "..", "bay.json", "/etc/passwd", "", "bay\0", "BAY"])
def test_a_slug_that_is_not_in_the_list_is_unknown(ana: Client, drafts: Path, slug: str) -> None:
    assert ana.refusal(f"/tasks/{quote(slug, safe='')}")[0] == 404
    assert ana.refusal("/decisions", {"slug": slug, "claim": "bay-1", "decision": supported()})[0] == 404
    assert not (drafts / "labels").exists()


@pytest.mark.parametrize("path", ["/tasks/", "/tasks?x", "/page.html", "/decisions"])
def test_there_is_nothing_under_another_address(ana: Client, path: str) -> None:
    connection = HTTPConnection("127.0.0.1", ana.server.request_guard.port, timeout=20)
    connection.request("GET", path, headers={"X-Label-Token": ana.server.request_guard.token})
    try:
        assert connection.getresponse().status == 404
    finally:
        connection.close()


def test_another_method_is_answered_in_json(ana: Client) -> None:
    connection = HTTPConnection("127.0.0.1", ana.server.request_guard.port, timeout=20)
    connection.request("DELETE", "/tasks/bay")
    try:
        reply = connection.getresponse()
        assert (reply.status, json.loads(reply.read())) == (501, {"error": "Unsupported method ('DELETE')"})
    finally:
        connection.close()


def test_the_page_runs_its_own_script_and_holds_no_text_of_the_folder(ana: Client) -> None:
    with urlopen(ana.root + "/", timeout=20) as reply:  # noqa: S310 (our own server)
        text, policy = reply.read().decode("utf-8"), reply.headers["Content-Security-Policy"]

    assert text == page().text
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|https?:", text)
    assert ana.server.request_guard.token not in text
    assert "Harrow" not in text


def test_the_token_is_new_at_every_start_and_stands_in_the_fragment(drafts: Path, serve: Serve) -> None:
    one, other = serve(labelling(drafts)).server, serve(labelling(drafts)).server

    assert one.request_guard.token != other.request_guard.token
    assert one.url == f"http://127.0.0.1:{one.request_guard.port}/#{one.request_guard.token}"
    assert len(one.request_guard.token) >= 40


def test_a_port_in_use_is_named(drafts: Path, ana: Client) -> None:
    with pytest.raises(UsageError, match=f"port {ana.server.request_guard.port}: cannot be used"):
        LabelServer(labelling(drafts), port=ana.server.request_guard.port)


# ---------------------------------------------------------------- labels


def test_every_decision_is_in_the_file_at_once(ana: Client, drafts: Path) -> None:
    line = ana.decide("bay-2", contradicted(note="12, not 21"))

    assert line == {"slug": "bay", "article": "bay.txt", "done": [False, True, False], "word": ""}
    file = json.loads((drafts / "labels" / "ana" / "bay.json").read_text(encoding="utf-8"))
    (held,) = file["labels"]
    assert held["claim"] == CLAIMS[1]
    assert held["decision"]["evidence"] == [[passage(MAYOR)]]
    assert held["decision"]["note"] == "12, not 21"
    assert list((drafts / "labels" / "ana").iterdir()) == [drafts / "labels" / "ana" / "bay.json"]


def test_half_a_decision_is_kept_and_is_not_done(ana: Client, drafts: Path) -> None:
    line = ana.decide("bay-1", {"label": "supported"})

    assert line["done"] == [False, False, False]
    assert '"supported"' in (drafts / "labels" / "ana" / "bay.json").read_text(encoding="utf-8")


def test_a_new_start_resumes_where_the_last_one_stopped(drafts: Path, ana: Client, serve: Serve) -> None:
    ana.decide("bay-1", supported())
    ana.decide("bay-3", {"label": "not_in_source", "note": "look again"})

    again = serve(labelling(drafts))

    assert again.ask("/tasks")["tasks"][0]["done"] == [True, False, False]
    claims = again.ask("/tasks/bay")["claims"]
    assert claims[0]["decision"]["evidence"] == [[passage(SNOW)]]
    assert claims[2]["decision"]["note"] == "look again"


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (
            {"start": 0, "end": 4, "quote": "Snow"},
            "these words are not in the article at characters 0 to 4: 'Snow'",
        ),
        # The place in UTF-16 units, as a page that counts them would send it.
        ({**passage("12"), "start": passage("12")["start"] + 2, "end": passage("12")["end"] + 2}, "select them again"),
        ({"start": 9_999, "end": 10_000, "quote": "x"}, "are not in the article"),
        # The same words to the eye, composed otherwise, or with another line end.
        ({**passage("cafe\u0301"), "quote": "café"}, "are not in the article"),
        ({**passage("Monday.\n\nMayor"), "quote": "Monday.\r\n\r\nMayor"}, "are not in the article"),
    ],
)
def test_a_quote_that_is_not_in_the_article_is_refused_in_words(
    ana: Client, drafts: Path, evidence: dict[str, Any], words: str
) -> None:
    decision = {"label": "supported", "evidence": [[evidence]], "done": True}

    status, message = ana.refusal("/decisions", {"slug": "bay", "claim": "bay-1", "decision": decision})

    assert status == 422
    assert message.startswith("bay-1: ")
    assert words in message
    assert not (drafts / "labels").exists()


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        ({"done": True}, "Choose a label first"),
        ({"label": "supported", "done": True}, "Select the words of the source"),
        (absent(error=None), "Choose the kind of error"),
        (contradicted(source_words=None), "Give the pair"),
        (contradicted(claim_words="31"), "the claim does not hold the words '31'"),
        (supported(speaker="Ben"), "speaker: the claim does not hold the words 'Ben'"),
    ],
)
def test_a_decision_is_done_only_when_it_is_whole(ana: Client, decision: dict[str, Any], words: str) -> None:
    status, message = ana.refusal("/decisions", {"slug": "bay", "claim": "bay-2", "decision": decision})

    assert status == 422
    assert words in message


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"[" * 100_000, b'{"slug": "bay"}', b'{"slug": "bay", "claim": "bay-1", "decision": {"path": 1}}',
     b'{"slug": "bay", "claim": "bay-1", "decision": {"note": "\\ud800"}}', b"\xff"],
)  # fmt: skip
def test_a_body_that_is_no_decision_is_refused(ana: Client, body: bytes) -> None:
    assert ana.refusal("/decisions", body)[0] == 400


def test_an_unknown_claim_is_refused(ana: Client) -> None:
    assert ana.refusal("/decisions", {"slug": "bay", "claim": "bay-9", "decision": {}})[0] == 422


def test_an_annotator_never_sees_the_labels_of_another(drafts: Path, serve: Serve) -> None:
    label_all(drafts, "ana", supported(note="secret"), contradicted(), absent())

    ben = serve(labelling(drafts, "ben"))

    assert ben.ask("/tasks")["tasks"][0]["done"] == [False, False, False]
    assert all(claim["decision"]["label"] is None and not claim["others"] for claim in ben.ask("/tasks/bay")["claims"])
    assert "secret" not in json.dumps(ben.ask("/tasks/bay"))


def test_a_case_is_labelled_anew_and_blind(folder: Path, serve: Serve) -> None:
    shown = serve(labelling(folder)).ask("/tasks/cove")

    assert [claim["id"] for claim in shown["claims"]] == ["cove-1", "cove-2", "cove-3", "cove-4"]
    assert {claim["decision"]["label"] for claim in shown["claims"]} == {None}
    assert "plausible_addition" not in json.dumps(shown)


def test_labels_of_another_text_are_not_taken_over(drafts: Path, ana: Client) -> None:
    ana.decide("bay-1", supported())
    (drafts / "articles" / "bay.txt").write_bytes(f"Breaking. {ARTICLE}".encode())

    with pytest.raises(CaseError, match=r"labels/ana/bay\.json: was labelled on another text of bay\.txt"):
        labelling(drafts)


def test_other_line_ends_are_no_other_text(drafts: Path, ana: Client) -> None:
    ana.decide("bay-1", supported("Monday.\n\nMayor Ana"))
    (drafts / "articles" / "bay.txt").write_bytes(ARTICLE.encode("utf-8"))

    assert labelling(drafts).listed().tasks[0].done == (True, False, False)


def test_labels_stay_with_their_claims_where_a_line_is_put_into_the_draft(drafts: Path) -> None:
    lines = [one["text"] for one in CLAIMS]
    draft = drafts / "drafts" / "bay.txt"
    (drafts / "drafts" / "bay.json").unlink()
    draft.write_text("\n".join(lines), encoding="utf-8")
    labelling(drafts).decide("bay", "bay-1", Decision.model_validate(supported()))
    labelling(drafts).decide("bay", "bay-3", Decision.model_validate(absent()))
    draft.write_text("\n".join(["The council met.", *lines]), encoding="utf-8")

    moved = labelling(drafts)
    moved.decide("bay", "bay-1", Decision.model_validate(absent()))

    labels = {one.text: one.decision.label for one in labelling(drafts).show("bay").claims}
    assert labels == {
        "The council met.": "not_in_source", lines[0]: "supported", lines[1]: None, lines[2]: "not_in_source",
    }  # fmt: skip


def test_labels_of_another_claim_are_not_taken_over(drafts: Path, ana: Client) -> None:
    ana.decide("bay-1", supported())
    path = drafts / "drafts" / "bay.json"
    path.write_text(path.read_text(encoding="utf-8").replace("in the night", "in the day"), encoding="utf-8")

    with pytest.raises(CaseError, match=r"labels/ana/bay\.json: bay-1: is not a claim of the task"):
        labelling(drafts)


@pytest.mark.parametrize("name", ["../ana", "ana+ben", "", "a" * 41, ".ana", "ana\n", "é"])
def test_a_name_that_makes_no_folder_is_refused(drafts: Path, name: str) -> None:
    with pytest.raises(UsageError, match="give a name of at most 40 letters"):
        labelling(drafts, name)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"article": "../bay.txt"}, "is not a file name"),
        ({"article": "sea.txt"}, "article sea.txt: "),
        ({"claims": []}, "claims: "),
        ({"split": "train"}, "split: "),
        ({"claims": [CLAIMS[0], CLAIMS[0]]}, "bay-1: this id is given 2 times"),
        ({"key_sentences": ["No such words."]}, "key sentence: these words"),
    ],
)
def test_a_broken_draft_names_file_and_fault(drafts: Path, change: dict[str, Any], words: str) -> None:
    path = drafts / "drafts" / "bay.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")

    with pytest.raises(CaseError) as error:
        read_tasks(drafts)

    assert str(error.value).startswith("bay.json: ")
    assert words in str(error.value)


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"has no drafts/\*\.txt, drafts/\*\.json or cases/\*\.json"):
        read_tasks(tmp_path)


def test_a_draft_may_be_a_text_with_a_claim_on_each_line(drafts: Path) -> None:
    (drafts / "drafts" / "bay.json").unlink()
    text = "\ufeffSnow fell on the hills.\r\n\r\n  Ana Pell \t said so.\n"
    (drafts / "drafts" / "bay.txt").write_bytes(text.encode("utf-8"))

    (task,) = read_tasks(drafts)

    assert [(one.id, one.text) for one in task.claims()] == [
        ("bay-1", "Snow fell on the hills."), ("bay-2", "Ana Pell said so."),
    ]  # fmt: skip
    assert (task.document.name, task.kind, task.split) == ("bay.txt", "text", None)
    (drafts / "drafts" / "bay.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CaseError, match=r"bay: is there twice, as \.txt and as \.json; keep one"):
        read_tasks(drafts)


def test_a_file_that_would_not_be_labelled_is_a_fault(drafts: Path) -> None:
    (drafts / "drafts" / "bay.json").rename(drafts / "drafts" / "bay.JSON")
    (drafts / "drafts" / "cove.csv").write_text("Snow fell.", encoding="utf-8")

    with pytest.raises(
        CaseError, match=r"^cove\.csv: ends in none of \.json, \.txt: rename it, or move it out of drafts$"
    ):
        read_tasks(drafts)
    (drafts / "drafts" / "cove.csv").unlink()
    assert [task.slug for task in read_tasks(drafts)] == ["bay"]


def test_a_slip_in_the_json_of_a_draft_is_named_with_its_place(drafts: Path) -> None:
    (drafts / "drafts" / "bay.json").write_text('{"article": "bay.txt",\n "claims": [}', encoding="utf-8")

    with pytest.raises(CaseError, match=r"^bay\.json: is not JSON as a case should be: .*line 2 column 13"):
        read_tasks(drafts)


@pytest.mark.parametrize("draft", ["bay.json", "bay.txt"])
def test_a_draft_of_an_article_without_words_is_named(draft: str, drafts: Path) -> None:
    (drafts / "drafts" / "bay.json").rename(drafts / "drafts" / draft)
    (drafts / "articles" / "bay.txt").write_bytes(b"\n")

    with pytest.raises(CaseError, match=rf"^{draft}: article bay\.txt: is empty$"):
        read_tasks(drafts)


def test_every_fault_of_every_file_to_be_labelled_is_named_at_once(drafts: Path) -> None:
    broken = {"article": "bay.txt", "splt": "dev", "claims": [{"text": ""}, {"txt": "Snow fell."}]}
    (drafts / "drafts" / "bay.json").write_text(json.dumps(broken), encoding="utf-8")
    (drafts / "drafts" / "cove.txt").write_text("Snow fell.", encoding="utf-8")

    with pytest.raises(CaseError) as error:
        read_tasks(drafts)

    assert [fault.split(": ")[:3] for fault in str(error.value).split("; ")] == [
        ["bay.json", "bay-1", "text"], ["bay-2", "text", "is missing"],
        ["bay-2", "txt", "there is no such field"], ["splt", "there is no such field"],
        ["cove.txt", "article cove.txt", "No such file or directory"],
    ]  # fmt: skip


# ---------------------------------------------------------------- one annotator


def alone(folder: Path) -> LabellingAlone:
    return LabellingAlone(folder, read_tasks(folder), annotator="ana", write=write_whole)


def test_who_labels_alone_makes_a_case_that_the_suite_loads(drafts: Path, serve: Serve) -> None:
    client = serve(alone(drafts))
    for decision, claim in ((supported(), "bay-1"), (contradicted(), "bay-2")):
        client.decide(claim, decision)
    assert not (drafts / "cases").exists()

    client.decide("bay-3", absent())

    (case,) = load_suite(drafts).cases
    assert [(one.id, one.label, one.annotations) for one in case.claims()] == [
        ("bay-1", "supported", ("supported",)),
        ("bay-2", "contradicted", ("contradicted",)),
        ("bay-3", "not_in_source", ("not_in_source",)),
    ]
    assert alone(drafts).saved() == "3 of 3 claims are labelled in labels/ana, 1 of 1 cases are written"


def test_a_label_that_is_changed_later_changes_the_case(drafts: Path) -> None:
    label_all(drafts, "ana", supported(), contradicted(), absent())
    alone(drafts)
    label_all(drafts, "ana", supported(), absent(), absent())

    alone(drafts)

    assert [one.label for one in load_suite(drafts).claims()] == ["supported", "not_in_source", "not_in_source"]


def by_both(folder: Path) -> Adjudication:
    """The adjudication of two annotators who agree."""
    for name in ("ana", "ben"):
        label_all(folder, name, supported(), contradicted(), absent())
    return adjudication(folder)


def by_one(folder: Path) -> LabellingAlone:
    label_all(folder, "ana", supported(), contradicted(), absent())
    return alone(folder)


EDITED = "cases/bay.json was edited, or not written from these labels, and stays; move it away to have it written"


@pytest.mark.parametrize("labelled", [by_one, by_both])
def test_a_case_that_was_edited_stays_and_that_is_said(
    labelled: Callable[[Path], LabellingAlone | Adjudication], drafts: Path
) -> None:
    labelled(drafts)
    path = drafts / "cases" / "bay.json"
    written = path.read_bytes()
    edited = written.replace(b'"note": ""', b'"note": "seen again"', 1)
    path.write_bytes(edited)

    store = labelled(drafts)

    assert (path.read_bytes(), store.listed().tasks[0].word) == (edited, EDITED)
    assert store.saved().endswith("0 of 1 cases are written")
    path.unlink()
    assert (store.listed().tasks[0].word, path.read_bytes()) == ("", written)


@pytest.mark.parametrize("labelled", [by_one, by_both])
def test_a_case_from_other_hands_stays(labelled: Callable[[Path], LabellingAlone | Adjudication], drafts: Path) -> None:
    (drafts / "cases").mkdir()
    (drafts / "cases" / "bay.json").write_text("{}", encoding="utf-8")

    assert labelled(drafts).listed().tasks[0].word == EDITED
    assert (drafts / "cases" / "bay.json").read_bytes() == b"{}"


def test_other_line_ends_are_no_edit(drafts: Path) -> None:
    by_one(drafts)
    path = drafts / "cases" / "bay.json"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    label_all(drafts, "ana", supported(), absent(), absent())

    assert alone(drafts).listed().tasks[0].word == ""
    assert [one.label for one in load_suite(drafts).claims()] == ["supported", "not_in_source", "not_in_source"]


def test_the_case_of_one_annotator_gives_way_to_that_of_two(drafts: Path) -> None:
    by_one(drafts)

    assert by_both(drafts).listed().tasks[0].word == ""
    assert load_suite(drafts).cases[0].file.annotators == ("ana", "ben")


def test_the_labels_of_a_case_that_is_labelled_anew_take_its_place(drafts: Path) -> None:
    by_one(drafts)
    (drafts / "drafts" / "bay.json").unlink()
    shutil.rmtree(drafts / "labels")
    label_all(drafts, "ana", supported(note="again"), contradicted(), absent())

    assert alone(drafts).listed().tasks[0].word == ""
    assert [one.note for one in load_suite(drafts).claims()] == ["again", "", ""]


def test_no_case_is_written_beside_a_table(drafts: Path) -> None:
    (drafts / "cases").mkdir()
    (drafts / "articles" / "cove.txt").write_text("Rain fell.", encoding="utf-8")
    (drafts / "cases" / "cove.csv").write_text("text,label\nRain fell.,1\n", encoding="utf-8")
    told = (
        "cases/cove.csv is its case, and labels would become cove.json beside it; "
        "put its claims into drafts/cove.txt and move it away first"
    )

    for labelled in (by_one, by_both):
        assert [line.word for line in labelled(drafts).listed().tasks] == ["", told]
    (drafts / "drafts" / "bay.json").unlink()
    (drafts / "cases" / "bay.json").unlink()
    for start in (alone, adjudication):
        with pytest.raises(CaseError, match=f"^cove.txt: {told}$"):
            start(drafts)
    assert [path.name for path in (drafts / "cases").iterdir()] == ["cove.csv"]


def test_who_labels_alone_settles_nothing() -> None:
    done = CliRunner().invoke(evaluation, ["label", ".", "--alone", "--adjudicate", "ana", "ben"])

    assert "--alone and --adjudicate do not go together" in str(done.exception)


# ---------------------------------------------------------------- adjudication


def test_the_adjudicator_sees_what_differs_side_by_side(drafts: Path, serve: Serve) -> None:
    label_all(drafts, "ana", supported(note="as it says"), contradicted(), absent())
    label_all(drafts, "ben", absent(note="another night"), contradicted(difficulty="hard"), absent())

    shown = serve(adjudication(drafts)).ask("/tasks/bay")

    (claim,) = shown["claims"]
    assert claim["id"] == "bay-1"
    assert [(one["name"], one["decision"]["label"], one["decision"]["note"]) for one in claim["others"]] == [
        ("ana", "supported", "as it says"),
        ("ben", "not_in_source", "another night"),
    ]
    assert claim["others"][0]["decision"]["evidence"] == [[passage(SNOW)]]


def test_a_settled_article_becomes_a_case_that_the_suite_loads(drafts: Path, serve: Serve) -> None:
    label_all(drafts, "ana", supported(), contradicted(difficulty="easy", note="12"), absent())
    label_all(
        drafts, "ben", absent(), contradicted(evidence=[[passage("12 members had backed")]], note="twelve"), absent()
    )
    judge = serve(adjudication(drafts))
    assert not (drafts / "cases").exists()

    line = judge.decide("bay-1", supported(note="The night is that night.", ambiguous=True))

    assert (line["done"], line["word"]) == ([True], "")
    (case,) = load_suite(drafts).cases
    assert (case.id, case.file.kind, case.split, case.file.summaries[0].writer) == ("bay", "council", "dev", "model")
    one, two, three = case.claims()
    assert (one.label, one.annotations, one.ambiguous) == ("supported", ("supported", "not_in_source"), True)
    assert (one.note, one.evidence) == ("The night is that night.", ((SNOW,),))
    assert (two.annotations, two.difficulty, two.note) == (("contradicted", "contradicted"), "medium", "12 / twelve")
    assert two.evidence == ((MAYOR,), ("12 members had backed",))
    assert two.conflict is not None
    assert (two.conflict.claim_words, two.conflict.source_words) == ("21", "12")
    assert (three.label, three.error, three.evidence) == ("not_in_source", "plausible_addition", ())


def test_a_dispute_is_settled_with_a_reason(drafts: Path, serve: Serve) -> None:
    label_all(drafts, "ana", supported(), contradicted(), absent())
    label_all(drafts, "ben", absent(), contradicted(), absent())
    judge = serve(adjudication(drafts))

    body = {"slug": "bay", "claim": "bay-1", "decision": supported(note=" ")}

    assert judge.refusal("/decisions", body) == (422, "bay-1: Write the reason of the decision first (w).")
    assert not (drafts / "cases").exists()


def test_what_is_agreed_is_not_open_to_the_adjudicator(drafts: Path, serve: Serve) -> None:
    label_all(drafts, "ana", supported(), contradicted(), absent())
    label_all(drafts, "ben", absent(), contradicted(), absent())
    judge = serve(adjudication(drafts))

    status, message = judge.refusal("/decisions", {"slug": "bay", "claim": "bay-2", "decision": supported()})

    assert (status, message) == (422, "bay-2: the annotators no longer disagree on it; load the page again")


def test_an_article_without_a_dispute_becomes_a_case_at_the_start(drafts: Path) -> None:
    for name in ("ana", "ben"):
        label_all(drafts, name, supported(), contradicted(), absent())

    store = adjudication(drafts)

    assert store.saved() == "0 of 0 disputed claims are settled, 1 of 1 cases are written"
    assert len(list(load_suite(drafts).claims())) == 3


def test_no_case_is_written_while_an_annotator_has_claims_to_label(drafts: Path) -> None:
    label_all(drafts, "ana", supported(), contradicted(), absent())
    label_all(drafts, "ben", supported(), contradicted(), absent(done=False))

    store = adjudication(drafts)

    assert store.listed().tasks[0].word == "ben has 1 to label"
    assert not (drafts / "cases").exists()


def test_what_was_settled_is_found_again_whoever_is_named_first(drafts: Path, serve: Serve) -> None:
    label_all(drafts, "ana", supported(), contradicted(), absent())
    label_all(drafts, "ben", absent(), contradicted(), absent())
    serve(adjudication(drafts, "ana", "ben")).decide("bay-1", supported(note="It says so."))

    again = adjudication(drafts, "ben", "ana")

    assert again.saved() == "1 of 1 disputed claims are settled, 1 of 1 cases are written"
    assert [path.name for path in (drafts / "labels").glob("*+*")] == ["ana+ben"]


def test_the_adjudicator_resumes_too(drafts: Path, serve: Serve) -> None:
    label_all(drafts, "ana", supported(), contradicted(), absent())
    label_all(drafts, "ben", absent(), supported(MAYOR), absent())
    serve(adjudication(drafts)).decide("bay-1", supported(note="It says so."))

    again = serve(adjudication(drafts))

    assert again.ask("/tasks")["tasks"][0] == {
        "slug": "bay",
        "article": "bay.txt",
        "done": [True, False],
        "word": "1 to settle",
    }
    again.decide("bay-2", contradicted(note="12 is not 21."))
    assert [one.label for one in load_suite(drafts).claims()] == ["supported", "contradicted", "not_in_source"]


@pytest.mark.parametrize("names", [("ana",), ("ana", "Ana"), ("ana", "ben", "ana")])
def test_one_annotator_is_not_two(drafts: Path, names: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="name two annotators or more, each of them once"):
        adjudication(drafts, *names)


def test_three_annotators_differ_where_one_of_them_does(drafts: Path, serve: Serve) -> None:
    label_all(drafts, "ana", supported(note="1"), contradicted(), absent())
    label_all(drafts, "ben", supported(MAYOR, note="2"), contradicted(), absent())
    label_all(drafts, "cas", supported(note="1"), contradicted(difficulty="hard"), supported())

    judge = serve(adjudication(drafts, "ana", "ben", "cas"))

    (claim,) = judge.ask("/tasks/bay")["claims"]
    assert [(one["name"], one["decision"]["label"]) for one in claim["others"]] == [
        ("ana", "not_in_source"), ("ben", "not_in_source"), ("cas", "supported"),
    ]  # fmt: skip
    judge.decide("bay-3", absent(note="No volcano."))
    (case,) = load_suite(drafts).cases
    one, two, three = case.claims()
    assert case.file.annotators == ("ana", "ben", "cas")
    assert (one.evidence, one.note) == (((SNOW,), (MAYOR,)), "1 / 2")
    assert two.difficulty == "hard"
    assert (three.label, three.annotations) == ("not_in_source", ("not_in_source", "not_in_source", "supported"))


def test_a_claim_may_lack_the_label_of_an_annotator_where_fewer_are_enough(drafts: Path) -> None:
    label_all(drafts, "ana", supported(), contradicted(), absent(done=False))
    label_all(drafts, "ben", supported(), contradicted(done=False), absent())

    assert adjudication(drafts, "ana", "ben", "cas").listed().tasks[0].word == (
        "ana has 1 to label, ben has 1 to label, cas has 3 to label"
    )
    assert adjudication(drafts, "ana", "ben", "cas", fewest=2).listed().tasks[0].word == "2 have fewer than 2 labels"
    label_all(drafts, "cas", supported(done=False), contradicted(), absent())

    store = adjudication(drafts, "ana", "ben", "cas", fewest=2)

    assert store.saved() == "0 of 0 disputed claims are settled, 1 of 1 cases are written"
    assert [one.annotations for one in load_suite(drafts).claims()] == [
        ("supported", "supported", None), ("contradicted", None, "contradicted"), (None, "not_in_source", "not_in_source"),
    ]  # fmt: skip


def test_no_more_labels_are_asked_for_than_there_are_annotators(drafts: Path) -> None:
    with pytest.raises(UsageError, match="--fewest 3: only 2 annotators are named"):
        adjudication(drafts, "ana", "ben", fewest=3)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--adjudicate"], "needs the names of two annotators or more"),
        (["--adjudicate", "ana"], "needs the names of two annotators or more"),
        (["ana", "ben"], "ana: goes with --adjudicate"),
        (["--fewest", "2"], "--fewest: goes with --adjudicate"),
    ],
)
def test_names_go_with_adjudicate_and_adjudicate_with_names(given: list[str], words: str) -> None:
    done = CliRunner().invoke(evaluation, ["label", ".", *given])

    assert isinstance(done.exception, UsageError)
    assert words in str(done.exception)


# ---------------------------------------------------------------- the command


def test_ctrl_c_stops_the_command_with_a_word_on_what_was_saved(drafts: Path) -> None:
    label_all(drafts, "ana", supported(), contradicted(), absent(done=False))
    command = [sys.executable, "-m", "summarizer", "eval", "label", str(drafts), "--annotator", "ana", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        address = running.stdout.readline()
        running.stderr.readline()
        with urlopen(address.partition("#")[0], timeout=20) as reply:  # noqa: S310 (our own server)
            assert reply.status == 200

        os.kill(running.pid, signal.SIGINT)

        assert "summarizer: stopped; 2 of 3 claims are labelled in labels/ana\n" in running.stderr.read()
    assert running.returncode == 0


def test_who_adjudicates_has_no_labels_of_their_own(drafts: Path) -> None:
    given = ["label", str(drafts), "--annotator", "ana", "--adjudicate", "ana", "ben"]

    done = CliRunner().invoke(evaluation, given)

    assert isinstance(done.exception, UsageError)
    assert "do not go together" in str(done.exception)


# ---------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A real browser, where the machine has one."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install playwright"
    )
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found)
        yield browser
        browser.close()


class Tab:
    """The page in a browser, with everything that the browser complained of or asked for."""

    def __init__(self, browser: Any, server: LabelServer, **looks: Any) -> None:
        self.complaints: list[str] = []
        self.asked: set[str] = set()
        self.page = browser.new_context(**{"viewport": {"width": 1200, "height": 800}, **looks}).new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("console", lambda one: self.complaints.append(one.text))
        self.page.on("pageerror", lambda one: self.complaints.append(str(one)))
        self.page.on("request", lambda one: self.asked.add(one.url.split("/")[2]))
        self.page.goto(server.url)
        self.page.wait_for_selector("#main:not([hidden])")
        self.idle()

    def idle(self) -> None:
        """Wait until every key so far has had its effect."""
        self.page.evaluate("() => queue")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.idle()

    def drag(self, words: str, box: str = "source") -> None:
        """Drag with the pointer from the first to the last character of words, as the article has them."""
        left, top, right, bottom = self.page.evaluate(
            """([words, box]) => {
                const element = document.getElementById(box);
                const at = textOf(box).indexOf(words);
                const range = rangeOf(element, at, at + words.length);
                reveal(element, range);
                const places = Array.from(range.getClientRects()).filter((one) => one.width > 0);
                const [first, last] = [places[0], places.at(-1)];
                return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
            }""",
            [words, box],
        )
        self.page.mouse.move(left, top)
        self.page.mouse.down()
        self.page.mouse.move((left + right) / 2, (top + bottom) / 2)
        self.page.mouse.move(right, bottom)
        self.page.mouse.up()

    def text(self, name: str) -> str:
        return str(self.page.inner_text(f"#{name}"))

    @property
    def marked(self) -> list[str]:
        """What is highlighted in the source."""
        return list(self.page.eval_on_selector_all("#source mark", "found => found.map(one => one.textContent)"))


Look = Callable[..., Tab]


@pytest.fixture
def look(chromium: Any, serve: Serve) -> Iterator[Look]:
    tabs: list[Tab] = []

    def open_tab(store: LabelStore, **looks: Any) -> Tab:
        tabs.append(Tab(chromium, serve(store).server, **looks))
        return tabs[-1]

    yield open_tab
    for tab in tabs:
        tab.page.context.close()


def held(folder: Path, name: str = "ana") -> list[dict[str, Any]]:
    """The decisions in the file of an annotator."""
    file = json.loads((folder / "labels" / name / "bay.json").read_text(encoding="utf-8"))
    return [one["decision"] for one in file["labels"]]


def test_dragging_over_the_source_selects_it_to_the_letter(drafts: Path, look: Look) -> None:
    tab = look(labelling(drafts))

    tab.press("1")
    tab.drag(SNOW)
    tab.press("e", "n")
    tab.drag("Monday.\n\nMayor Ana")
    tab.press("e")
    tab.drag("cafe\u0301 bridge 🇩🇪.")
    tab.press("e")

    (decision,) = held(drafts)
    assert decision["label"] == "supported"
    assert decision["evidence"] == [
        [passage(SNOW)],
        [passage("Monday.\n\nMayor Ana"), passage("cafe\u0301 bridge 🇩🇪.")],
    ]
    assert tab.marked == ["Monday.\n\nMayor Ana", "cafe\u0301 bridge 🇩🇪.", SNOW]
    assert not decision["done"]
    assert tab.complaints == []
    assert len(tab.asked) == 1


def test_keys_alone_label_a_contradicted_claim(drafts: Path, look: Look) -> None:
    tab = look(labelling(drafts))

    tab.press("j", "2", "ArrowDown", "ArrowDown", "e")
    tab.press("Escape", *["ArrowRight"] * 4, "c")
    tab.press("ArrowDown", "ArrowDown", *["ArrowRight"] * 5, "s")
    tab.page.select_option("#error", "number")
    tab.press("Escape", "Escape", "ArrowRight", "Shift+ArrowRight", "p", "m", "d", "a", "w")
    tab.page.keyboard.type("12, not 21: j k e")
    tab.press("Enter")

    (decision,) = held(drafts)
    assert decision == {
        "label": "contradicted",
        "error": "number",
        "evidence": [[passage(MAYOR)]],
        "claim_words": "21",
        "source_words": passage("12"),
        "speaker": "Ana Pell",
        "modality": "reported",
        "difficulty": "hard",
        "ambiguous": True,
        "note": "12, not 21: j k e",
        "done": True,
    }
    assert tab.text("claim") == CLAIMS[2]["text"]
    assert tab.complaints == []


def test_keys_that_come_faster_than_answers_fall_on_the_right_claims(drafts: Path, look: Look) -> None:
    tab = look(labelling(drafts))
    tab.page.evaluate(
        """() => {
            const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            ["1", "ArrowDown", "ArrowDown", "ArrowDown", "e", "Enter", "2", "j", "3", "k", "a"].forEach(press);
        }"""
    )
    tab.idle()

    assert [one["label"] for one in held(drafts)] == ["supported", "contradicted", "not_in_source"]
    assert [one["done"] for one in held(drafts)] == [True, False, False]
    assert [one["ambiguous"] for one in held(drafts)] == [False, True, False]
    assert held(drafts)[0]["evidence"] == [[passage(SNOW)]]


def test_buttons_do_what_keys_do_and_leave_the_selection(drafts: Path, look: Look) -> None:
    tab = look(labelling(drafts))

    tab.page.get_by_role("button", name="1 Supported").click()
    tab.drag(SNOW)
    tab.page.get_by_role("button", name="e Add selection").click()
    tab.idle()
    assert held(drafts)[0]["evidence"] == [[passage(SNOW)]]
    tab.page.get_by_role("button", name="Remove quote 1 of set 1").click()
    tab.idle()
    assert held(drafts)[0]["evidence"] == []
    tab.drag(SNOW)
    tab.press("e", "x", "x")

    assert held(drafts)[0]["evidence"] == []
    assert tab.text("problem") == "There is no evidence to remove."


def test_enter_goes_on_after_a_button_was_pressed(drafts: Path, look: Look) -> None:
    tab = look(labelling(drafts))

    tab.page.get_by_role("button", name="3 Not in source").click()
    tab.page.select_option("#error", "world_knowledge")
    tab.page.get_by_role("button", name="a Ambiguous").click()
    tab.press("Enter")

    assert held(drafts)[0]["done"]
    assert held(drafts)[0]["ambiguous"]
    assert tab.text("claim") == CLAIMS[1]["text"]


def test_what_is_missing_is_said_and_the_claim_stays(drafts: Path, look: Look) -> None:
    tab = look(labelling(drafts))

    tab.press("1", "e")
    assert tab.text("problem") == "Select words of the source first."
    tab.press("Enter")

    assert tab.text("problem") == "bay-1: Select the words of the source that decide, and press e."
    assert tab.text("claim") == CLAIMS[0]["text"]
    assert not held(drafts)[0]["done"]


def test_a_note_is_kept_while_it_is_written_and_a_reload_resumes(drafts: Path, look: Look) -> None:
    tab = look(labelling(drafts))

    tab.press("1", "w")
    tab.page.keyboard.type("half a no")
    tab.page.get_by_role("button", name="j Next").click()
    tab.idle()
    assert held(drafts)[0]["note"] == "half a no"
    tab.page.reload()
    tab.page.wait_for_selector("#main:not([hidden])")
    tab.idle()

    assert tab.page.input_value("#note") == "half a no"
    assert tab.page.get_attribute("[data-act=supported]", "aria-pressed") == "true"


def test_markup_and_controls_in_the_texts_are_shown_and_not_obeyed(drafts: Path, look: Look) -> None:
    hostile = "<img src=x onerror=alert(1)> \u202eevil\u202c </script><script>alert(2)</script> The end came."
    (drafts / "articles" / "bay.txt").write_text(hostile, encoding="utf-8")
    draft = {
        "article": "bay.txt",
        "kind": "x",
        "split": "dev",
        "claims": [{"id": "<b>1</b>", "text": "<i>It</i> ended."}],
    }
    (drafts / "drafts" / "bay.json").write_text(json.dumps(draft), encoding="utf-8")

    tab = look(labelling(drafts))
    tab.press("1")
    tab.drag("evil\u202c </script>")
    tab.press("e")

    assert tab.text("claim") == "<i>It</i> ended."
    assert tab.page.locator("img, i, b, main script").count() == 0
    assert tab.page.eval_on_selector_all(".control", "found => found.map(one => one.dataset.code)")[:2] == [
        "U+202E",
        "U+202C",
    ]
    (own,) = held(drafts)[0]["evidence"]
    assert own[0]["quote"] == "evil\u202c </script>"
    assert tab.marked == ["evil\u202c </script>"]
    assert tab.page.text_content("#source") == hostile
    assert tab.complaints == []


def test_the_page_fits_a_telephone(drafts: Path, look: Look) -> None:
    label_all(drafts, "ana", supported(), contradicted(), absent())
    label_all(drafts, "ben", absent(note="long" * 60), contradicted(), absent())

    for store in (labelling(drafts), adjudication(drafts)):
        tab = look(store, viewport={"width": 400, "height": 800})
        assert tab.page.evaluate("document.documentElement.scrollWidth") == 400


def test_a_page_without_the_token_says_what_to_do(drafts: Path, chromium: Any, serve: Serve) -> None:
    page = chromium.new_page()
    page.goto(serve(labelling(drafts)).root)
    page.wait_for_selector("#problem:not(:empty)")

    assert "open the address that the command has printed" in page.inner_text("#problem")
    page.close()


def test_a_labeller_that_has_stopped_is_not_taken_for_saved(drafts: Path, look: Look) -> None:
    tab = look(labelling(drafts))
    tab.page.route("**/decisions", lambda route: route.abort())

    tab.press("1")

    tab.page.wait_for_selector("#problem:not(:empty)")  # the request is given up by the browser, in its own time
    assert tab.text("problem").startswith("The labeller does not answer: start it again.")
    assert tab.page.get_attribute("[data-act=supported]", "aria-pressed") == "false"


def test_the_adjudicator_takes_a_side_gives_a_reason_and_the_case_is_there(drafts: Path, look: Look) -> None:
    label_all(drafts, "ana", supported(note="as it says"), contradicted(), absent())
    label_all(drafts, "ben", absent(note="another night"), contradicted(), absent())
    tab = look(adjudication(drafts))
    assert [one.split("\n")[0] for one in tab.page.locator("#others article").all_inner_texts()] == ["ana", "ben"]
    assert "as it says" in tab.text("others")
    assert "another night" in tab.text("others")

    tab.press("f")
    tab.press("Enter")
    assert tab.text("problem") == "bay-1: Write the reason of the decision first (w)."
    tab.page.keyboard.type("It is the same night.")
    tab.press("Enter")

    assert tab.text("status") == "Saved. No dispute is open."
    one = next(load_suite(drafts).claims())
    assert (one.label, one.note, one.annotations) == (
        "supported",
        "It is the same night.",
        ("supported", "not_in_source"),
    )
    assert one.evidence == ((SNOW,),)
