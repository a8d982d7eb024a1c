"""The rows that `benchmarks.batch` gives to `summarizer batch`: good ones, bad ones, and a judge that dies.

A good one is a part of a seed article of this repository, and sentences of it of which some have a number, a name or a
"not" changed.
"""

import json
import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
BAD: dict[str, bytes] = {
    "not JSON": b'{"id": "b", "source": ',
    "not UTF-8": b'{"id": "b", "source": "\xff\xfe", "summary": "x"}',
    "no object": b'["b", "text"]',
    "no id": b'{"source": "A text.", "summary": "A text."}',
    "no source": b'{"id": "b", "summary": "A text."}',
    "no summary": b'{"id": "b", "source": "A text that is there."}',
    "an empty source": b'{"id": "b", "source": " ", "summary": "A text."}',
    "a number as source": b'{"id": "b", "source": 7, "summary": "A text."}',
    "a file that is not there": b'{"id": "b", "source_path": "nowhere.txt", "summary": "A text."}',
    "a file outside": b'{"id": "b", "source_path": "/etc/hostname", "summary": "A text."}',
    "the summary is the source": b'{"id": "b", "source": "Rain fell.", "summary": "Rain fell."}',
    "a key twice": b'{"id": "b", "id": "c", "source": "Rain fell.", "summary": "Rain."}',
}


def pairs(count: int) -> Iterator[dict[str, Any]]:
    """Rows for --check, each different from all others."""
    from summarizer.language.sentences import sentences
    from summarizer.schema import Document

    chance = random.Random(20)  # noqa: S311 (the same rows each time)
    files = sorted((ROOT / "seeds").glob("*.txt"))
    articles = [
        [one.text for one in sentences(Document.of(path.read_text(encoding="utf-8"), id="d1", name="a"))]
        for path in files
    ]
    articles = [article for article in articles if len(article) >= 12]
    for number in range(count):
        article = articles[number % len(articles)]
        begin = chance.randrange(max(1, len(article) - 16))
        shown = article[begin : begin + 16]
        said = [changed(one, chance) for one in chance.sample(shown[: len(shown)], min(3, len(shown)))]
        yield {"id": f"r{number}", "source": " ".join([*shown, f"Note {number}."]), "summary": " ".join(said)}


def changed(sentence: str, chance: random.Random) -> str:
    """The sentence, or one that says something a little different."""
    ways: list[Callable[[str], str]] = [
        lambda text: text,
        lambda text: re.sub(r"\d+", lambda found: str(int(found[0]) + 3), text, count=1),
        lambda text: re.sub(r"\b(is|was|were|has|will)\b", r"\1 not", text, count=1),
        lambda text: re.sub(r"\b(said|says)\b", "announced", text.replace(" the ", " that ", 2), count=1),
    ]
    return chance.choice(ways)(sentence)


def write(path: Path, rows: Iterator[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def poisonous(folder: Path) -> dict[str, str]:
    """An installed judge that dies over some words, and judges like the one by words over all others."""
    (folder / "poison-1.dist-info").mkdir(parents=True, exist_ok=True)
    (folder / "poison-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1\n")
    (folder / "poison-1.dist-info" / "entry_points.txt").write_text("[summarizer.judges]\npoison = poison_judge:make\n")
    (folder / "poison_judge.py").write_text(
        "import os, pathlib, re, signal\n"
        "from summarizer.judging.registry import make_judge\n"
        "def make(context):\n"
        "    inner = make_judge('lexical', context)\n"
        "    judge = inner.judge\n"
        "    async def poisoned(claims, material):\n"
        "        text = material.documents[0].text\n"
        "        once = re.search(r'KILLS ONCE (\\S+)', text)\n"
        "        if once and not pathlib.Path(once[1]).exists():\n"
        "            pathlib.Path(once[1]).touch()\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "        if 'KILLS ALWAYS' in text:\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return await judge(claims, material)\n"
        "    inner.judge = poisoned\n"
        "    return inner\n"
    )
    return {"PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}
