"""What a run over files of requests has sent and got so far, as one file that is replaced whole at each step."""

import uuid
from collections.abc import Callable, Sequence
from functools import reduce
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from summarizer.batch.folder import sync_folder
from summarizer.batch.records import added
from summarizer.errors import BudgetError, OutputError
from summarizer.llm.remote.chat import Dialect
from summarizer.llm.tokens import price
from summarizer.output import write_whole
from summarizer.schema import StageUsage
from summarizer.schema.text import Record

ROUNDS, REQUESTS, RESULTS = "rounds.json", "requests", "answers"
"""The file, and the folders of what is sent and of what came back."""

FileStatus = Literal["written", "sending", "sent", "collected"]


class RequestFile(Record):
    """One file of requests to one model."""

    name: Annotated[str, Field(pattern=r"^r\d{3,6}-\d{2,6}[ab]{0,20}$")]
    """As `r001-01`; the file is `requests/r001-01.jsonl`."""
    round: int
    model: str
    requests: int
    size: int
    """Bytes."""
    input_tokens: int
    output_tokens: int
    """At most."""
    cost_usd: float | None
    """At most; once it is collected, what it cost. None where the price is not known."""
    spent_tokens: int | None = None
    """Once it is collected; None where the server does not say."""
    status: FileStatus = "written"
    attempt: int = 1
    noted_at: float | None = None
    """When it was noted that it is about to be sent; the server may know of it from then on."""
    file_id: str | None = None
    batch_id: str | None = None

    @property
    def under_way(self) -> bool:
        """Whether it may cost something that is not counted yet."""
        return self.status in ("sending", "sent")

    @property
    def tokens(self) -> int:
        """Spent, or at most."""
        at_most = self.input_tokens + self.output_tokens
        return at_most if self.spent_tokens is None else self.spent_tokens


class Rounds(Record):
    """The state of a run."""

    run: str
    """A name that no other run has."""
    files: tuple[RequestFile, ...] = ()
    stale: bool = True
    """Whether replies came, or none were asked for, since the rows were last looked at."""
    paced: bool = False
    """Whether the server said that files side by side are too much."""
    learnt: bool = False
    """Whether the server was asked what it understands."""
    rung: int = 0
    left_out: tuple[str, ...] = ()
    asked_tokens: int = 0
    """Of the questions that were asked to learn it."""
    asked_usd: float | None = 0.0
    max_tokens: int | None = None
    max_cost: float | None = None

    @property
    def dialect(self) -> Dialect:
        return Dialect(self.rung, frozenset(self.left_out))

    def of(self, *statuses: FileStatus) -> tuple[RequestFile, ...]:
        """The files that are that far."""
        return tuple(file for file in self.files if file.status in statuses)

    @property
    def round(self) -> int:
        """The last one."""
        return max((file.round for file in self.files), default=0)

    @property
    def tokens(self) -> int:
        """Spent, and at most to be spent on what is under way."""
        return self.asked_tokens + sum(file.tokens for file in self.of("sending", "sent", "collected"))

    @property
    def cost_usd(self) -> float | None:
        return reduce(added, (file.cost_usd for file in self.of("sending", "sent", "collected")), self.asked_usd)

    def replaced(self, old: RequestFile, *new: RequestFile) -> "Rounds":
        files = [one for file in self.files for one in (new if file.name == old.name else (file,))]
        return self.model_copy(update={"files": tuple(files)})

    def without(self, files: Sequence[RequestFile]) -> "Rounds":
        names = {file.name for file in files}
        return self.model_copy(update={"files": tuple(file for file in self.files if file.name not in names)})

    def refuse_too_much(self, files: Sequence[RequestFile]) -> None:
        """Raise a `BudgetError` where sending the files could pass a limit."""
        tokens = self.tokens + sum(file.tokens for file in files)
        if self.max_tokens is not None and tokens > self.max_tokens:
            raise BudgetError(
                f"nothing was sent: with {_files(files)} it may come to {tokens:,} tokens, more than --max-tokens "
                f"{self.max_tokens:,}; give the same command with a higher limit"
            )
        if self.max_cost is None:
            return
        total = reduce(added, (file.cost_usd for file in files), self.cost_usd)
        if total is None:
            raise BudgetError("nothing was sent: --max-cost: the price of this model is not known; use --max-tokens")
        if total > self.max_cost:
            raise BudgetError(
                f"nothing was sent: with {_files(files)} it may come to {total:.4f} USD, more than --max-cost "
                f"{self.max_cost:g}; give the same command with a higher limit"
            )


def _files(files: Sequence[RequestFile]) -> str:
    requests = sum(file.requests for file in files)
    return f"{requests:,} {'request' if requests == 1 else 'requests'} more"


def cost_of(model: str, base_url: str | None, input_tokens: int, output_tokens: int) -> float | None:
    """US dollars for the tokens in a batch; None where the price is not known."""
    usage = StageUsage(stage="judge", calls=1, input_tokens=input_tokens, output_tokens=output_tokens)
    return price(model, base_url, usage, "chat", "batch")


class RoundsFile:
    """The state on the disk. What is done next is noted there before it is done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = _read(folder / ROUNDS)

    def save(self, change: Callable[[Rounds], Rounds]) -> None:
        self.state = change(self.state)
        write_whole(self.folder / ROUNDS, self.state.model_dump_json(indent=1) + "\n")
        sync_folder(self.folder)  # what a power cut forgets would be sent twice

    def update(self, file: RequestFile, **fields: object) -> RequestFile:
        """Save the file of requests with these fields."""
        new = file.model_copy(update=fields)
        self.save(lambda state: state.replaced(file, new))
        return new

    def path(self, file: RequestFile) -> Path:
        return self.folder / REQUESTS / f"{file.name}.jsonl"

    def tag(self, file: RequestFile) -> str:
        """What a batch is looked for by."""
        return f"{self.state.run}-{file.name}-{file.attempt}"


def _read(path: Path) -> Rounds:
    try:
        return Rounds.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Rounds(run=uuid.uuid4().hex[:20])
    except (OSError, ValidationError) as error:
        problem = error.strerror if isinstance(error, OSError) else "it is not what was written"
        raise OutputError(
            f"{path}: cannot be read ({problem}): put it back from a copy; batches that were sent are known only there"
        ) from None
