"""A cross-encoder that reads a claim and some evidence together: three probabilities for a pair.

The weights are int8 ONNX in a folder with their digests in `model.toml`; one comes with the package, and
`python -m training` writes others. A pair is scored alone, never in a batch: activations are quantised by tensor, and a pair must come out
the same in any company.
"""

import hashlib
import os
import tomllib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.errors import BackendError, SettingsError, UsageError
from summarizer.findings.equal import worded_as
from summarizer.judging.nli.pieces import WordPieces, read_pieces
from summarizer.language.plain import plain
from summarizer.language.words import WORD
from summarizer.toml import parse_toml

PIECES = 256  # word pieces of claim, evidence and three marks that the model was trained on
CLAIM_PIECES = 96
SLOW = ("SkipLayerNormFusion",)  # of onnxruntime: a sum and its norm in one take three times as long as both in turn
KEPT = 4_096  # pairs whose probabilities are remembered: windows of one claim overlap, and claims repeat


class Chances(NamedTuple):
    """What the model makes of one pair; the three add up to 1."""

    supported: float
    contradicted: float
    not_in_source: float


class CrossEncoder:
    """Weights on `threads` threads of the processor, loaded when the first pair is scored: a run of copies needs none."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        facts = _facts(folder)
        self.name = str(facts["name"])
        """What the weights are called in reports."""
        self.digest = str(facts["model"]["sha256"])
        """SHA-256 of the weights, in hexadecimal."""
        self.threads = threads
        self.folder = folder
        self._files = facts
        self._score = lru_cache(maxsize=KEPT)(self.scored)

    @cached_property
    def _session(self) -> Any:
        return session(_checked(self.folder, self._files["model"]), self.threads)

    @cached_property
    def _pieces(self) -> WordPieces:
        facts = self._files["tokenizer"]
        try:
            return read_pieces(_checked(self.folder, facts))
        except ValueError as error:
            raise BackendError(f"{self.folder.name}/{Path(str(facts['file'])).name}: {error}") from error

    def __call__(self, claim: str, evidence: str) -> Chances:
        """Score a pair, with numbers, dates and signs in their English forms, and those of the claim as the evidence has them.

        What is longer than the model reads is cut off: the claim first, then the evidence.
        """
        claim = worded_as(claim, evidence)
        return self._score(plain(claim, evidence), plain(evidence, claim))

    def fits(self, claim: str, evidence: str) -> bool:
        """Whether the model reads all of a pair."""
        own, theirs = len(self._encoded(claim)), len(self._encoded(evidence))
        return own <= CLAIM_PIECES and own + theirs + 3 <= PIECES

    def knows(self, text: str) -> bool:
        """Whether each word of a text is a piece of its own, as hardly a word of another language is."""
        return all(len(self._encoded(word)) == 1 for word in WORD.findall(text.lower()))

    def scored(self, claim: str, evidence: str) -> Chances:
        """Score a pair without looking whether it was scored before."""
        import numpy as np  # noqa: PLC0415 (it comes with the session)

        own = self._encoded(claim)[:CLAIM_PIECES]
        theirs = self._encoded(evidence)[: PIECES - 3 - len(own)]
        begin, end = self._pieces.start, self._pieces.end
        ids = [begin, *own, end, *theirs, end]
        types = [0] * (len(own) + 2) + [1] * (len(theirs) + 1)
        given = {
            "input_ids": np.array([ids], np.int64),
            "attention_mask": np.ones((1, len(ids)), np.int64),
            "token_type_ids": np.array([types], np.int64),
        }
        asked = {one.name: given[one.name] for one in self._session.get_inputs()}
        return Chances(*(float(chance) for chance in self._session.run(None, asked)[0][0]))

    def _encoded(self, text: str) -> list[int]:
        return self._pieces.encode(text)


@lru_cache(maxsize=2)
def cross_encoder(folder: Path, threads: int = 1) -> CrossEncoder:
    """The model of a folder, loaded once. Raises a `SettingsError` for a folder that is none, or has a file that cannot be read."""
    return CrossEncoder(folder, threads=threads)


def _facts(folder: Path) -> dict[str, Any]:
    """What `model.toml` says. Whether its files can be read is seen at once, before anything is sent or paid for."""
    where = f"{folder.name}/model.toml"
    try:
        facts = parse_toml((folder / "model.toml").read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{where}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    for part in ("model", "tokenizer"):
        if not isinstance(facts.get(part), dict) or set(facts[part]) != {"file", "sha256"}:
            raise SettingsError(
                f"{where}: wants a name and the tables [model] and [tokenizer], each with file and sha256"
            )
        try:
            _path(folder, facts[part]).open("rb").close()
        except OSError as error:
            name = _path(folder, facts[part]).name
            raise SettingsError(f"{folder.name}/{name}: cannot be read: {error.strerror}") from error
    return facts


def _path(folder: Path, facts: dict[str, Any]) -> Path:
    return folder / Path(str(facts["file"])).name  # of this folder and no other


def _checked(folder: Path, facts: dict[str, Any]) -> bytes:
    """The bytes of a file of the model. Raises a `BackendError` where they are not those that were shipped."""
    path = _path(folder, facts)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BackendError(f"{folder.name}/{path.name}: cannot be read: {error.strerror}") from error
    if hashlib.sha256(data).hexdigest() != facts["sha256"]:
        raise BackendError(f"{folder.name}/{path.name}: is not the file that model.toml names: its SHA-256 differs")
    return data


def runtime() -> Any:
    """Import onnxruntime with its telemetry off. Raises a `UsageError` where it is not installed."""
    # The import itself reads the variable: afterwards an ID of this machine is in the user's home, and Microsoft is asked.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    try:
        import onnxruntime  # noqa: PLC0415 (a tenth of a second; only where something is judged)
    except ImportError:
        raise UsageError("the nli judge needs onnxruntime: pip install onnxruntime, or use --judge lexical") from None
    return onnxruntime


def session(weights: bytes, threads: int = 1) -> Any:
    """Open an ONNX file. Raises a `UsageError` where onnxruntime is not installed."""
    onnxruntime = runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only: nothing of its own on standard error
    return onnxruntime.InferenceSession(
        weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=list(SLOW)
    )
