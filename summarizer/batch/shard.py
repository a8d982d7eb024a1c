"""Which rows of the input a run does: all of them, or one block of whole parts."""

import re
from typing import NamedTuple

from summarizer.errors import UsageError

PART = 64  # rows that are synced and renamed together
SHARD = re.compile(r"(\d{1,6})/(\d{1,6})")


class Shard(NamedTuple):
    """Block `block` of `of`. Blocks follow one another, so that their outputs, joined in order, are the whole's."""

    rows: int
    """Of the whole input."""
    block: int = 0
    of: int = 1

    @classmethod
    def read(cls, text: str | None, rows: int) -> "Shard":
        """Read `0/3`. Raises a `UsageError`."""
        found = SHARD.fullmatch(text or "0/1")
        if not found or int(found[1]) >= int(found[2]):
            raise UsageError(f"--shard {text}: must be i/n, the first being 0/n and the last n-1/n")
        return cls(rows, int(found[1]), int(found[2]))

    @property
    def parts(self) -> range:
        whole = -(-self.rows // PART)
        return range(self.block * whole // self.of, (self.block + 1) * whole // self.of)

    @property
    def numbers(self) -> range:
        """The numbers of its rows."""
        return range(min(self.rows, self.parts.start * PART), min(self.rows, self.parts.stop * PART))

    def size(self, part: int) -> int:
        """Rows of a part."""
        return min(PART, self.rows - part * PART)
