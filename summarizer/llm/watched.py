"""A `Caller` whose calls are counted, and which makes no more of them once its run is stopped."""

from summarizer.llm.exchange import Answer, Caller, CallError, Request
from summarizer.llm.ledger import Ledger
from summarizer.llm.tokens import price
from summarizer.schema import Reason, StageUsage


class WatchedCaller:
    """Records every call of another caller in a ledger."""

    def __init__(self, inner: Caller, ledger: Ledger) -> None:
        self._inner = inner
        self._ledger = ledger
        self.name, self.model, self.base_url = inner.name, inner.model, inner.base_url
        self.destination, self.remote = inner.destination, inner.remote

    def has_kept(self, request: Request) -> bool:
        return self._inner.has_kept(request)

    async def call(self, request: Request) -> Answer:
        """Raises a `CallError` (interrupted) as soon as the run is stopped."""
        answer = None
        if not self._ledger.stopped:
            self._ledger.begin(request.stage)
            asked = self._inner.call(request)
            answer = await (self._ledger.unless_stopped(asked) if self.remote else asked)
        if answer is None:
            raise CallError(Reason.INTERRUPTED, "the run was stopped before this was answered")
        usage = StageUsage(
            stage=request.stage,
            calls=1,
            input_tokens=answer.input_tokens,
            output_tokens=answer.output_tokens,
            cached_tokens=answer.cached_tokens,
        )
        cost = price(self.model, self.base_url, usage, request.endpoint)
        self._ledger.answered(usage.model_copy(update={"cost_usd": cost}))
        return answer

    async def accept(self, request: Request, answer: Answer) -> None:
        await self._inner.accept(request, answer)

    async def close(self) -> None:
        await self._inner.close()
