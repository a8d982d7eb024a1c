"""A summary and its source as files: `report.summary.txt` is the summary of `report.txt` beside it."""

from pathlib import Path

SUMMARIES = (".summary.txt", ".summary.md")
SOURCES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")


def source_beside(summary: Path) -> Path:
    """The source of that summary. Raises an `InputError` where there is none."""
    stem = next((summary.name.removesuffix(end) for end in SUMMARIES if summary.name.endswith(end)), summary.stem)
    beside = [summary.with_name(f"{stem}{ending}") for ending in SOURCES]
    found = next((path for path in beside if path.is_file() and path != summary), None)
    if found is None:
        from summarizer.errors import InputError  # noqa: PLC0415 (a run of tests that has no summaries needs none)

        raise InputError(f"{summary.name}: no source {stem}.txt (or {', '.join(SOURCES[1:])}) beside it")
    return found
