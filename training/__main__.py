"""Train weights for the nli judge: from the training file to the int8 ONNX file in one command.

    python -m training all TRAIN.jsonl.xz --start WEIGHTS.safetensors --tokenizer tokenizer.json --work FOLDER --out DIR
    summarizer check summary.txt --source article.txt --judge nli --weights DIR

`pairs`, `fit`, `export` and `measure` are its steps, to be run alone; `twins` tells sound claims from false twins held out.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from training.edits import edits_of
from training.pairs import pairs_of
from training.relations import RELATIONS
from training.rows import Pair, read_rows, write_pairs
from training.tables import TABLES
from training.templates import templates_of
from training.written import FILE, written_pairs

NAME = "cross-encoder-33m"
SCENES = 12_000  # texts written from templates
PROBE = Path(__file__).with_name("probe.jsonl")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def build_pairs(
    rows: Path, work: Path, *, seed: int = 0, scenes: int = SCENES, claims: Path = FILE
) -> tuple[Path, ...]:
    """Write the pairs of labelled rows, of edits, of templates and of written claims; files that are there already stay."""
    work.mkdir(parents=True, exist_ok=True)
    makers: dict[str, Callable[[], Iterator[Pair]]] = {
        "rows": lambda: pairs_of(read_rows(rows)),
        "edits": lambda: edits_of(read_rows(rows), seed),
        "templates": lambda: templates_of(scenes, seed, (*TABLES, *RELATIONS)),
        "written": lambda: written_pairs(read_rows(rows), claims),
    }
    written = []
    for name, make in makers.items():
        path = work / f"{name}.pairs.jsonl"
        if not path.exists():
            _say(f"{name}: {write_pairs(make(), path)} pairs")
        written.append(path)
    return tuple(written)


def fit(options: argparse.Namespace) -> None:
    """Train until enough pairs were seen, or SIGTERM."""
    from training.train import Plan, PlanError  # noqa: PLC0415  torch takes seconds to import
    from training.workers import WorkerError, train  # noqa: PLC0415

    plan = Plan(
        pairs=tuple(sorted(options.work.glob("*.pairs.jsonl"))), start=options.start, tokenizer=options.tokenizer,
        folder=options.work / "run", until=options.until, rate=options.rate, workers=options.workers,
        seed=options.seed, pause=options.pause, precise=options.precise, frozen=options.frozen,
    )  # fmt: skip
    try:
        train(plan)
    except (PlanError, WorkerError) as error:
        sys.exit(str(error))


def describe(folder: Path, tokenizer: Path) -> None:
    """Put the tokenizer beside the weights, and `model.toml`, by which `summarizer --weights` knows them."""
    (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    facts = "".join(
        f'\n[{table}]\nfile = "{name}"\nsha256 = "{hashlib.sha256((folder / name).read_bytes()).hexdigest()}"\n'
        for table, name in (("model", "nli.onnx"), ("tokenizer", "tokenizer.json"))
    )
    (folder / "model.toml").write_text(f'name = "{NAME}"\n{facts}', encoding="utf-8")


def export(options: argparse.Namespace) -> None:
    """Write the ONNX file of the newest weights, with its card, into a folder for `summarizer --weights`."""
    from training.batches import Pieces  # noqa: PLC0415
    from training.export import examples_of, write_card  # noqa: PLC0415
    from training.export import export as written  # noqa: PLC0415

    pieces = Pieces(options.tokenizer)
    examples = examples_of(sorted(options.work.glob("*.pairs.jsonl")), pieces)
    options.out.mkdir(parents=True, exist_ok=True)
    weights = options.out / "nli.onnx"
    written(options.work / "run" / "weights.safetensors", weights, options.how, pieces, examples)
    describe(options.out, options.tokenizer)
    log = options.work / "run" / "log.jsonl"
    last: dict[str, Any] = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
    write_card(weights, {"pairs_seen": last["seen"], "quantisation": options.how, "seed": options.seed})


def measure(options: argparse.Namespace) -> None:
    """Print the figures of an ONNX file or of weights on dev by half, and on the probe."""
    from training.batches import Pieces  # noqa: PLC0415
    from training.evaluate import best_threshold, figures, intervals, probe, score_rows, table, write_scores  # noqa: PLC0415
    from training.judges import judge_of  # noqa: PLC0415

    judge = judge_of(options.model, Pieces(options.tokenizer))
    scores = score_rows(judge, read_rows(options.dev))
    if options.scores is not None:
        write_scores(scores, options.scores)
    halves = {name: [score for score in scores if score.half == name] for name in "AB"}
    threshold = best_threshold(halves["A"])
    lines = [f"threshold chosen on half A: {threshold}"]
    for name, own in halves.items():
        lines += [f"\nhalf {name}\n", *table(figures(own, threshold=threshold), intervals(own, threshold=threshold))]
    found = probe(judge, PROBE)
    lines.append("\nprobe: " + json.dumps({key: value for key, value in found.items() if key != "wrong"}))
    sys.stdout.write("\n".join(lines) + "\n")


def twins(options: argparse.Namespace) -> None:
    """Print how often the sound one of two twins that are held out is the likelier, by kind of fault."""
    from training.batches import Pieces  # noqa: PLC0415
    from training.held import held_twins, rankings, table  # noqa: PLC0415
    from training.judges import judge_of  # noqa: PLC0415

    own = list(held_twins(options.file))
    if not own:
        sys.exit(f"{options.file.name}: no passage is held out")
    found = rankings(judge_of(options.model, Pieces(options.tokenizer)), own)
    sys.stdout.write("\n".join(table(found)) + "\n")


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    top = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    steps = top.add_subparsers(dest="step", required=True)
    for name in ("all", "pairs", "fit", "export", "measure", "twins"):
        step = steps.add_parser(name)
        if name in {"all", "pairs"}:
            step.add_argument("rows", type=Path, help="labelled rows for training, JSONL, packed with xz or not")
            step.add_argument("--scenes", type=int, default=SCENES, help="texts written from templates")
        if name not in {"measure", "twins"}:
            step.add_argument("--work", type=Path, required=True, help="folder of pairs, checkpoints and weights")
            step.add_argument("--seed", type=int, default=0)
        if name in {"all", "fit"}:
            step.add_argument("--start", type=Path, required=True, help="weights to begin from, safetensors")
            step.add_argument("--until", type=int, default=600_000, help="pairs to have seen at the end")
            step.add_argument("--rate", type=float, default=6e-5)
            step.add_argument("--workers", type=int, default=2, help="processes of one thread each")
            step.add_argument("--pause", type=Path, help="wait while this file exists")
            step.add_argument("--precise", action="store_true", help="train in float32 even where bfloat16 is faster")
            step.add_argument("--frozen", type=int, default=0, help="first layers that stay as they are")
        if name != "pairs":
            step.add_argument("--tokenizer", type=Path, required=True)
        if name in {"all", "export"}:
            step.add_argument(
                "--out", type=Path, required=True, help="folder to write weights, tokenizer and description to"
            )
            step.add_argument(
                "--how", choices=("smoothed", "dynamic", "weights", "blocks", "float"), default="smoothed"
            )
        if name in {"measure", "twins"}:
            step.add_argument("model", type=Path, help="an ONNX file, or weights in safetensors")
        if name in {"all", "pairs", "twins"}:
            step.add_argument("--file", type=Path, default=FILE, help="written claims, JSONL, packed with xz or not")
        if name == "measure":
            step.add_argument("--dev", type=Path, required=True, help="labelled rows that nothing was trained on")
            step.add_argument("--scores", type=Path, help="keep the score of each claim here")
    return top


def main() -> None:
    """Run the step that the command line names."""
    options = parser().parse_args()
    if options.step in {"all", "pairs"}:
        build_pairs(options.rows, options.work, seed=options.seed, scenes=options.scenes, claims=options.file)
    if options.step in {"all", "fit"}:
        fit(options)
    if options.step in {"all", "export"}:
        export(options)
    if options.step == "measure":
        measure(options)
    if options.step == "twins":
        twins(options)


if __name__ == "__main__":
    main()
