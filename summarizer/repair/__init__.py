"""Put a summary right: the source's words for those that differ, or its sentence, or what a model proposes; else it goes.

The way of a repair: `passages` are the sentences with something wrong in them; `tries` are what could stand there (from
`pairs` of words, fitted by `forms`, from a model's `rewriting`, from the `sentences` of the source); each is checked by
the components of the run; `removals` take out what nothing could be put for; `mending` is the whole of it.
"""

from summarizer.repair.mending import Mended, mend_report, plan_fixes

__all__ = ["Mended", "mend_report", "plan_fixes"]
