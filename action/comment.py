"""The step `Comment` of action.yml: one comment on the pull request, written once and changed from then on.

Reads TOKEN, and what the runner sets: RUNNER_TEMP, GITHUB_API_URL, GITHUB_REPOSITORY and GITHUB_EVENT_PATH. Where the
token may not write, as in a pull request from a fork, a warning says so, and the job goes on.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from score import MARK

PAGE = 100  # comments that one request may list
MOST_PAGES = 30


def main() -> int:
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    number = int(event["pull_request"]["number"])
    body = {"body": (Path(os.environ["RUNNER_TEMP"]) / "summarizer-comment.md").read_text(encoding="utf-8")}
    issues = f"/repos/{os.environ['GITHUB_REPOSITORY']}/issues"
    try:
        known = ours(f"{issues}/{number}/comments")
        if known is None:
            ask("POST", f"{issues}/{number}/comments", body)
        else:
            ask("PATCH", f"{issues}/comments/{known}", body)
    except urllib.error.HTTPError as error:
        sys.stdout.write(
            f"::warning::summarizer could not comment (status {error.code}); does the job have the permission pull-requests: write?\n"
        )
    except (OSError, ValueError):
        sys.stdout.write("::warning::summarizer could not comment: the API does not answer as it should\n")
    return 0


def ours(path: str) -> int | None:
    """The comment of an earlier run; None where there is none."""
    for page in range(1, MOST_PAGES + 1):
        found = ask("GET", f"{path}?per_page={PAGE}&page={page}")
        for one in found:
            if str(one.get("body", "")).startswith(MARK):
                return int(one["id"])
        if len(found) < PAGE:
            break
    return None


def ask(method: str, path: str, body: dict[str, str] | None = None) -> Any:
    """A request to the API. Raises an `OSError`, and a `ValueError` for an answer that is no JSON."""
    request = urllib.request.Request(  # noqa: S310 (the runner names the server)
        os.environ["GITHUB_API_URL"].rstrip("/") + path,
        data=json.dumps(body).encode("utf-8") if body else None,
        method=method,
        headers={
            "Authorization": f"Bearer {os.environ['TOKEN']}",
            "Accept": "application/vnd.github+json",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310 (likewise)
        return json.loads(reply.read() or b"null")


if __name__ == "__main__":
    raise SystemExit(main())
