"""The measurement of long sources runs from a plain checkout."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_measurement_of_size_needs_no_search_path(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "\n\n".join(
            f"The council of ward {at} met on Monday and spent {at * 97} crowns on the roads of its valley. Nobody from ward {at + 40} was there to ask what the roads had cost."
            for at in range(40)
        )
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    command = [sys.executable, "-m", "benchmarks.size", str(tmp_path), "article"]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert told.stderr == ""
    assert "| article | 0.006 MB | 12 |" in told.stdout
