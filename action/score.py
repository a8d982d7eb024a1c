"""The step `Score and compare` of action.yml: run `summarizer eval`, compare it with the baseline, write the comment.

Reads ARGUMENTS (one word a line) and BASELINE, and what the runner sets: RUNNER_TEMP, GITHUB_OUTPUT and
GITHUB_STEP_SUMMARY. Ends with 0 whatever was found, so that the comment is written too; the last step fails the job.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

MARK = "<!-- summarizer: one comment, kept up to date -->"
LONGEST = 60_000  # characters of a comment; GitHub takes 65,536
GATE, ERROR = "summarizer: gate", "summarizer: error: "  # how the lines of the command begin that the comment repeats


def main() -> int:
    temp = Path(os.environ["RUNNER_TEMP"])
    card, page, before = temp / "summarizer-card.json", temp / "summarizer-card.md", temp / "summarizer-before.json"
    for left_over in (card, page, before):
        left_over.unlink(missing_ok=True)
    baseline = os.environ.get("BASELINE", "")
    if baseline and Path(baseline).is_file():
        shutil.copy(baseline, before)  # the run may write its own card there
    arguments = [line.strip() for line in os.environ.get("ARGUMENTS", "").splitlines() if line.strip()]
    ran = summarizer("eval", *arguments, "--also", f"json={card}", "--also", f"markdown={page}")
    status, verdict, compared = ran.returncode, "", ""
    written = json.loads(card.read_text(encoding="utf-8")) if card.is_file() else None
    if before.is_file() and isinstance(written, dict):  # the set-ups of `--matrix` are a list, and no run to compare
        found = summarizer("eval", "compare", str(before), str(card))
        compared = found.stdout or found.stderr
        said = re.match(r"\S+ compared with \S+: (better|worse|inconclusive)\n", compared)
        verdict = said[1] if said else ""
        status = status or found.returncode
    asked = asks_policy(written)
    told = [line for line in ran.stderr.splitlines() if line.startswith(GATE if asked else ERROR)]
    scores = page.read_text(encoding="utf-8") if page.is_file() else ""
    whole = comment(ran.returncode, verdict, compared, told, scores, asked=asked)
    (temp / "summarizer-comment.md").write_text(whole, encoding="utf-8")
    append("GITHUB_STEP_SUMMARY", whole)
    append("GITHUB_OUTPUT", f"status={status}\nverdict={verdict}\ncard={card}\n")
    return 0


def summarizer(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command, and show what it says in the log as well."""
    command = [sys.executable, "-P", "-m", "summarizer", *arguments]  # -P: not one that lies in the folder
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    sys.stdout.write(done.stdout)
    sys.stdout.write(done.stderr)
    sys.stdout.flush()
    return done


def asks_policy(written: Any) -> bool:
    """Whether the run was held to a policy, as its scorecard says, or those of the set-ups of `--matrix`."""
    cards = [one["scorecard"] for one in written] if isinstance(written, list) else [written] if written else []
    return any(one["bars"] for one in cards)


def answer(ran: int, *, asked: bool) -> str:
    """What `summarizer eval` ended with, in words; how the run compares with the baseline is another question."""
    if ran not in (0, 1, 3) or (ran == 1 and not asked):
        return "no result"
    held = "the policy does not hold" if ran == 1 else "the policy holds" if asked else "no policy was asked"
    return f"{held}, but some claims could not be checked" if ran == 3 else held


def comment(ran: int, verdict: str, compared: str, told: list[str], page: str, *, asked: bool) -> str:
    """The comment: the answer, the comparison, the scorecard folded. Texts of the cases stand in fences or tables."""
    worse = f", and the run is **{verdict}** than the baseline" if verdict in ("better", "worse") else ""
    same = ", with no proven difference from the baseline" if verdict == "inconclusive" else ""
    parts = [MARK, f"### summarizer: {answer(ran, asked=asked)}{worse}{same}"]
    if told:
        parts.append(fenced("\n".join(told)))
    if compared:
        parts.append(
            f"<details{' open' if verdict == 'worse' else ''}><summary>Comparison</summary>\n\n{fenced(compared)}\n\n</details>"
        )
    if page:
        room = LONGEST - sum(map(len, parts))
        parts.append(
            f"<details><summary>Scorecard</summary>\n\n{page}\n\n</details>"
            if len(page) < room
            else "The scorecard is too long for a comment."
        )
    return "\n\n".join(parts)[:LONGEST] + "\n"


def fenced(text: str) -> str:
    """Text between fences that are longer than any in it."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{text.rstrip()}\n{fence}"


def append(variable: str, text: str) -> None:
    """Add to the file that a variable of the runner names."""
    if name := os.environ.get(variable):
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    raise SystemExit(main())
