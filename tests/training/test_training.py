"""A network of two layers is trained on rows of its own, stopped, taken up again, and exported."""

import hashlib
import json
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="trains a network: needs the extra `study`")
pytest.importorskip("onnx", reason="exports a network: needs the extra `study`")

from tests.judging.tiny_network import write_pieces

ROOT = Path(__file__).parents[2]
TOWNS = "Bergen Turin Oslo Quito Perth Leeds Lund Graz Dover Selby".split()
THINGS = "bridge school harbour library cinema station".split()


def row(number: int) -> dict[str, object]:
    town, thing = TOWNS[number % 10], THINGS[number % 6]
    sound = number % 2 == 0
    return {
        "id": f"r{number}",
        "dataset": "own",
        "document": f"The {thing} in {town} was sold in May. Nobody was hurt.",
        "claim": f"The {thing} in {town} was {'' if sound else 'not '}sold.",
        "label": int(sound),
        "verdict3": "supported" if sound else "contradicted",
    }


def written(number: int) -> dict[str, object]:
    """A passage with a sound claim and its false twin."""
    town, thing = TOWNS[number % len(TOWNS)], THINGS[number % len(THINGS)]
    said = f"The {thing} in {town} was sold"
    claims = [
        ["supported", "sound", f"{said}.", [0]],
        ["contradicted", "negation", f"The {thing} in {town} was not sold.", [0]],
    ]
    return {"text": f"{said} in May.\nNobody was hurt.", "twins": True, "claims": claims}


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder with rows, a tokenizer, and weights drawn at random."""
    import torch

    from summarizer.judging.nli.model import PIECES
    from training.model import CrossEncoder, Shape, save_model

    rows = [row(number) for number in range(240)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    passages = [written(number) for number in range(30)]
    (tmp_path / "claims.jsonl").write_text("".join(json.dumps(each) + "\n" for each in passages), encoding="utf-8")
    words = sorted(
        {word for each in rows for word in f"{each['document']} {each['claim']}".lower().replace(".", " .").split()}
    )
    vocabulary = {word: place for place, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words])}
    write_pieces(tmp_path / "tokenizer.json", vocabulary)
    torch.manual_seed(1)
    shape = Shape(words=len(vocabulary), places=PIECES, width=64, layers=2, heads=2, inner=128)
    save_model(CrossEncoder(shape), tmp_path / "start.safetensors")
    return tmp_path


def arguments(work: Path, step: str, *more: str) -> list[str]:
    python = [sys.executable, "-m", "training", step]
    where = ["--start", str(work / "start.safetensors"), "--tokenizer", str(work / "tokenizer.json")]
    return [*python, *where, "--work", str(work), "--precise", *more]


def seen(work: Path) -> int:
    log = work / "run" / "log.jsonl"
    return int(json.loads(log.read_text().splitlines()[-1])["seen"]) if log.exists() else 0


def test_one_command_leads_from_rows_to_an_int8_file(work: Path) -> None:
    from training.batches import Pieces
    from training.judges import judge_of

    folder = work / "weights"
    out = folder / "nli.onnx"
    options = ["--until", "12000", "--rate", "0.002", "--workers", "1", "--scenes", "0", "--out", str(folder)]
    options += ["--file", str(work / "claims.jsonl")]

    subprocess.run([*arguments(work, "all", *options), str(work / "rows.jsonl")], cwd=ROOT, check=True)

    card = json.loads(out.with_suffix(".json").read_text())
    assert card["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert card["pairs_seen"] >= 12000
    assert tomllib.loads((folder / "model.toml").read_text())["model"]["sha256"] == card["sha256"]
    judge = judge_of(out, Pieces(work / "tokenizer.json"))
    evidence = "The bridge in Oslo was sold in May. Nobody was hurt."
    claims = ["The bridge in Oslo was sold.", "The bridge in Oslo was not sold."]
    pairs = [judge.pieces.encode(claim, evidence) for claim in claims]
    chances = judge.score(pairs)
    assert chances[0, 0] > 0.8
    assert chances[1, 1] > 0.8
    assert (judge.score(pairs[:1]) == chances[:1]).all()


def test_training_stops_on_a_signal_and_goes_on_from_there(work: Path) -> None:
    from training.__main__ import build_pairs

    build_pairs(work / "rows.jsonl", work, scenes=10, claims=work / "claims.jsonl")
    started = subprocess.Popen(arguments(work, "fit", "--until", "10000000", "--workers", "2"), cwd=ROOT)
    end = time.monotonic() + 120
    while seen(work) == 0 and time.monotonic() < end:
        time.sleep(0.2)

    started.send_signal(signal.SIGTERM)

    assert started.wait(60) == 0
    stopped = seen(work)
    assert stopped > 0
    assert (work / "run" / "checkpoint.safetensors").exists()
    subprocess.run(arguments(work, "fit", "--until", str(stopped + 2000), "--workers", "1"), cwd=ROOT, check=True)
    assert seen(work) >= stopped + 2000


def test_frozen_layers_stay_and_the_others_are_trained(work: Path) -> None:
    from safetensors.numpy import load_file

    from training.__main__ import build_pairs

    build_pairs(work / "rows.jsonl", work, scenes=10, claims=work / "claims.jsonl")
    subprocess.run(
        arguments(work, "fit", "--until", "600", "--workers", "1", "--frozen", "1", "--rate", "0.002"),
        cwd=ROOT,
        check=True,
    )

    before, after = load_file(work / "start.safetensors"), load_file(work / "run" / "weights.safetensors")
    changed = {name for name in before if not np.array_equal(before[name], after[name])}
    assert changed == {name for name in before if name.startswith(("layers.1.", "head."))}


def test_a_run_goes_on_only_with_the_same_layers_frozen(work: Path) -> None:
    from training.__main__ import build_pairs

    build_pairs(work / "rows.jsonl", work, scenes=10, claims=work / "claims.jsonl")

    def fit(until: int, frozen: int, workers: int = 1) -> subprocess.CompletedProcess[str]:
        options = ["--until", str(until), "--workers", str(workers), "--frozen", str(frozen)]
        return subprocess.run(arguments(work, "fit", *options), cwd=ROOT, capture_output=True, text=True, check=False)

    too_many = "--frozen 2: the network has 2 layers, and one at least is to be trained\n"
    assert fit(600, 2).stderr == too_many
    alone, _, ended = fit(600, 2, workers=2).stderr.partition("\n")
    assert f"{alone}\n" == too_many
    assert ended == "training stopped: a process ended with status 1; start it again to go on\n"
    assert fit(600, 1).returncode == 0
    assert "was written with other layers frozen" in fit(1200, 0).stderr.splitlines()[0]
    assert seen(work) < 1200


@pytest.mark.parametrize(("fast", "asked", "precise"), [(True, False, False), (False, False, True), (True, True, True)])
def test_float32_is_taken_where_it_is_asked_for_or_bfloat16_is_no_faster(
    fast: bool, asked: bool, precise: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training import workers
    from training.train import Plan

    ran: list[Plan] = []
    monkeypatch.setattr(workers, "multiplies_bfloat16", lambda: fast)
    monkeypatch.setattr(workers, "run", ran.append)

    workers.train(Plan((), tmp_path / "w", tmp_path / "t", tmp_path, until=1, precise=asked))

    assert [plan.precise for plan in ran] == [precise]


def test_a_matrix_in_int8_comes_back_close(work: Path) -> None:
    from training.batches import Pieces
    from training.export import compare

    pieces = Pieces(work / "tokenizer.json")
    pairs = [pieces.encode(str(row(number)["claim"]), str(row(number)["document"])) for number in range(12)]

    lines = {line["how"]: line for line in compare(work / "start.safetensors", pieces, pairs, work, pairs)}

    assert set(lines) == {"float", "dynamic", "smoothed", "weights", "blocks"}
    assert all(line["equal_again"] for line in lines.values())
    assert all(line["from_float_most"] < 0.05 for line in lines.values())
    assert lines["dynamic"]["megabytes"] < lines["float"]["megabytes"] / 2


def test_two_products_of_int8_fit_into_sixteen_bits(work: Path) -> None:
    import onnx

    from training.batches import Pieces
    from training.export import How, export

    pieces = Pieces(work / "tokenizer.json")
    pairs = [pieces.encode(str(row(number)["claim"]), str(row(number)["document"])) for number in range(12)]
    ways: tuple[How, ...] = ("dynamic", "smoothed")

    for how in ways:
        export(work / "start.safetensors", work / "nli.onnx", how, pieces, pairs)

        held = onnx.load(str(work / "nli.onnx")).graph.initializer
        matrices = [onnx.numpy_helper.to_array(each) for each in held if each.name.endswith("_quantized")]
        assert matrices
        assert 2 * 255 * max(int(abs(each.astype(int)).max()) for each in matrices) < 2**15


def test_weights_come_back_out_of_an_exported_file(work: Path) -> None:
    import torch

    from training.batches import Pieces
    from training.export import export
    from training.model import load_model, save_model

    pieces = Pieces(work / "tokenizer.json")
    pairs = [pieces.encode(str(row(number)["claim"]), str(row(number)["document"])) for number in range(12)]
    model = load_model(work / "start.safetensors")
    with torch.no_grad():  # the exporter keeps tensors that are all ones or zeros but once
        for value in model.parameters():
            value.add_(torch.randn_like(value) * 0.02)
    save_model(model, work / "start.safetensors")
    export(work / "start.safetensors", work / "nli.onnx", "smoothed", pieces, pairs)

    before, after = (load_model(work / name).eval() for name in ("start.safetensors", "nli.onnx"))

    batch, _ = pieces.batch(pairs)
    with torch.inference_mode():
        apart = before(*batch).softmax(-1) - after(*batch).softmax(-1)
    assert 0 < apart.abs().max() < 0.05


def test_a_pair_comes_out_the_same_alone_and_beside_longer_claims(work: Path) -> None:
    import torch

    from training.batches import Pieces
    from training.model import load_model

    pieces = Pieces(work / "tokenizer.json")
    pairs = [
        pieces.encode("The bridge in Oslo was sold.", "The bridge in Oslo was sold in May."),
        pieces.encode("The bridge was not sold in May. Nobody was hurt in Oslo.", "Nobody was hurt."),
        pieces.encode("sold", "The library in Leeds was sold in May. Nobody was hurt. The bridge was not sold."),
    ]
    model = load_model(work / "start.safetensors").eval()
    assert model.shape.both < model.shape.layers

    with torch.inference_mode():
        together = model(*pieces.batch(pairs)[0])
        alone = torch.cat([model(*pieces.batch([pair], stride=1)[0]) for pair in pairs])

    assert torch.allclose(together, alone, atol=1e-5)


def test_the_last_layers_leave_the_evidence_as_it_is(work: Path) -> None:
    import torch

    from training.batches import Pieces
    from training.model import Layer, load_model

    pieces = Pieces(work / "tokenizer.json")
    model = load_model(work / "start.safetensors").eval()
    computed: list[int] = []
    for layer in model.layers:
        layer.register_forward_pre_hook(lambda _, given: computed.append(given[0].shape[1]))
    pair = pieces.encode("The bridge was sold.", "The bridge in Oslo was sold in May. Nobody was hurt.")

    with torch.inference_mode():
        model(*pieces.batch([pair], stride=1)[0])

    assert isinstance(model.layers[0], Layer)
    assert computed == [pair.length, len(pair.claim) + 2]


def test_held_out_twins_are_ranked_by_kind_and_never_trained_on(work: Path) -> None:
    from training.batches import Pieces
    from training.held import held_twins, rankings
    from training.judges import Judge
    from training.written import written_pairs

    text = "The bridge in Oslo was sold.\nNobody was hurt.\nThe library in Leeds was not sold."
    claims = [
        ["supported", "sound", "The bridge was sold.", [0]], ["contradicted", "negation", "The bridge was not sold.", [0]],
        ["supported", "sound", "Nobody was hurt in Oslo.", [1, 0]], ["contradicted", "entity", "Nobody was hurt in Leeds.", [1, 0]],
    ]  # fmt: skip
    entries = [{"text": text, "twins": True, "claims": claims, "held": held} for held in (True, False)]
    file = work / "written.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in entries), encoding="utf-8")

    twins = list(held_twins(file))
    longer = Judge(Pieces(work / "tokenizer.json"), lambda pairs: np.array([[one.length / 99, 0, 0] for one in pairs]))
    found = rankings(longer, twins)

    assert [(one.kind, one.evidence) for one in twins] == [
        ("negation", "The bridge in Oslo was sold."),
        ("entity", "The bridge in Oslo was sold. Nobody was hurt."),
    ]
    assert (found["negation"].likelier, found["entity"].likelier, found["all"].twins) == (0.0, 0.5, 2)
    trained = [
        pair for pair in written_pairs([], file) if pair.source.startswith("twin") and not pair.id.endswith("parts")
    ]
    assert len(trained) == len(claims)  # of the second passage

    where = ["--tokenizer", str(work / "tokenizer.json"), "--file", str(file)]
    python = [sys.executable, "-m", "training", "twins", str(work / "start.safetensors")]
    printed = subprocess.run(
        [*python, *where], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()

    assert printed[0].startswith("| fault | twins |")
    assert [line.split(" | ")[:2] for line in printed[2:]] == [["| entity", "1"], ["| negation", "1"], ["| all", "2"]]


def test_another_file_is_not_taken_for_weights(work: Path) -> None:
    import onnx

    from training.model import load_model

    onnx.save(onnx.helper.make_model(onnx.helper.make_graph([], "other", [], [])), str(work / "other.onnx"))

    with pytest.raises(ValueError, match=r"other\.onnx: not a file that"):
        load_model(work / "other.onnx")


def test_twins_are_drawn_together_beside_the_same_evidence(work: Path) -> None:
    import random

    from training.batches import Mixture, Pieces
    from training.rows import Pair

    text = "The bridge in Oslo was sold in May."
    twins = [
        Pair(f"w{passage}/{place}", "twin:role", f"The {thing} was {verb}sold.", (text,), target)
        for passage, thing in enumerate(THINGS)
        for place, (verb, target) in enumerate((("not ", 1), ("", 0)))
    ]
    others = [
        Pair("w0/0/parts", "twin:role", "The bridge was not sold.", ("Nobody was hurt.",), 3),
        Pair("w9/0", "twin:role", "The bridge was sold.", (text,), 0),
        Pair("w9/1", "twin:role", "The bridge was not sold.", ("Nobody was hurt.",), 1),  # by another sentence
    ]

    rng = random.Random(1)  # noqa: S311  a seed that can be repeated
    drawn = Mixture([*twins, *others]).batches(8, Pieces(work / "tokenizer.json"), rng)
    batches = [next(drawn) for _ in range(32)]

    assert {len(batch) for batch in batches} <= {8, 9}
    for batch in batches:
        count = sum(pair.twin for pair in batch)
        assert [pair.twin for pair in batch] == [True] * count + [False] * (len(batch) - count)
        assert [pair.target for pair in batch[:count]] == [0, 1] * (count // 2)
        assert all(one.evidence == other.evidence for one, other in zip(batch[:count:2], batch[1:count:2], strict=True))
    assert {pair.twin for batch in batches for pair in batch} == {True, False}


def test_the_order_of_twins_costs_what_it_should() -> None:
    import torch

    from training.model import ranked

    sound, false = torch.tensor([4.0, 0.0, 0.0]), torch.tensor([0.0, 2.0, 0.0])

    assert ranked(torch.stack([sound, false, false]), 2) < 0.1
    assert ranked(torch.stack([false, sound]), 2) > 1
