"""What a run would send, as a table: the dry run."""

from collections import defaultdict

from summarizer.components import Components, planned_calls
from summarizer.llm.tokens import price
from summarizer.report.safe import one_line
from summarizer.schema import StageUsage


def to_plan(components: Components) -> str:
    """Calls, tokens and cost for each stage of a dry run; a price that is not known is called that."""
    callers = planned_calls(components)
    calls = defaultdict(list)
    for caller in callers:
        for call in caller.calls:
            calls[call.stage].append((caller, call))
    rows: list[tuple[str, ...]] = [("stage", "calls", "input tokens", "output tokens", "at most", "cost in USD")]
    totals = [0, 0, 0, 0]
    costs: list[float | None] = []
    for stage, own in calls.items():
        tokens = ((call.input_tokens, call.output_tokens, call.max_output_tokens) for _, call in own)
        numbers = [len(own), *map(sum, zip(*tokens, strict=True))]
        caller = own[0][0]  # one model answers all calls of a stage
        usage = StageUsage(stage=stage, calls=numbers[0], input_tokens=numbers[1], output_tokens=numbers[2])
        costs.append(price(caller.model, caller.base_url, usage, own[0][1].endpoint))
        rows.append((stage, *(f"{number:,}" for number in numbers), _dollars(costs[-1])))
        totals = [old + new for old, new in zip(totals, numbers, strict=True)]
    known = [cost for cost in costs if cost is not None]
    rows.append(
        ("total", *(f"{number:,}" for number in totals), _dollars(sum(known) if len(known) == len(costs) else None))
    )
    exact = all(caller.counter.exact for caller in callers)
    counted = "counted with the model's encoding" if exact else "estimated"
    models = ", ".join(dict.fromkeys(caller.model or "not named" for caller in callers))
    lines = [
        "  ".join(
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, _widths(rows), strict=True))
        ).rstrip()
        for row in rows
    ]
    note = f"Model {one_line(models)}. Nothing was sent. Tokens are {counted}; claims and answers are guessed; second questions are as many as there may be."
    return "\n".join([*lines, "", note]) + "\n"


def _widths(rows: list[tuple[str, ...]]) -> list[int]:
    return [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]


def _dollars(cost: float | None) -> str:
    return "unknown" if cost is None else f"{cost:.4f}"
