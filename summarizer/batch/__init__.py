"""Many articles: rows in, rows out, each once, whatever happens in between.

The rows are cut into parts of 64. What a worker has finished is written at once
beside its part, and a part that is complete is synced and renamed. A run that
died is taken up where it was; the parts are joined in input order at the end.
"""

from summarizer.batch.many import Failed, Pair, check_many, summarize_many

__all__ = ["Failed", "Pair", "check_many", "summarize_many"]
