"""Run a plan in as many processes as it names; a signal to the first stops all of them cleanly."""

import multiprocessing
import os
import signal
import sys
from dataclasses import replace
from multiprocessing.process import BaseProcess
from types import FrameType

from training.precision import multiplies_bfloat16
from training.train import Plan, PlanError, run


class WorkerError(RuntimeError):
    """A process of the training ended with a failure."""


def train(plan: Plan) -> None:
    """Train a plan to its end or until SIGTERM; the folder then holds checkpoint and weights."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    plan = replace(plan, precise=plan.precise or not multiplies_bfloat16())  # once, so that all processes agree
    if plan.workers == 1:
        run(plan)
        return
    (plan.folder / "meeting").unlink(missing_ok=True)
    context = multiprocessing.get_context("spawn")
    started: list[BaseProcess] = [context.Process(target=_run, args=(plan, rank)) for rank in range(plan.workers)]
    for process in started:
        process.start()
    _forward(started)
    for process in started:
        process.join()
    failed = [process.exitcode for process in started if process.exitcode]
    if failed:
        message = f"training stopped: a process ended with status {failed[0]}; start it again to go on"
        raise WorkerError(message)


def _run(plan: Plan, rank: int) -> None:
    """One process of several; why a plan is not allowed is said by the first, in a line."""
    try:
        run(plan, rank)
    except PlanError as error:
        sys.exit(1 if rank else str(error))


def _forward(started: list[BaseProcess]) -> None:
    def ask(number: int, _frame: FrameType | None) -> None:
        for process in started:
            if process.pid is not None and process.is_alive():
                os.kill(process.pid, number)

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends Ctrl-C to every process of the group itself
