"""Published benchmarks of claims against documents: read, judge, score.

    file --read_rows--> Row* --judge_rows--> Prediction* --measure--> Scores

Rows and predictions are streams: a benchmark may be larger than memory. `judge` is
the only module here that runs a judge.
"""

from summarizer.evaluation.benchmarks.card import evaluate_rows, rows_of, unlabelled_notes
from summarizer.evaluation.benchmarks.judge import Prediction, judge_rows, recorded, write_predictions
from summarizer.evaluation.benchmarks.measures import DatasetScores, Scores, measure
from summarizer.evaluation.benchmarks.native import FORMS, read_rows
from summarizer.evaluation.benchmarks.rows import Row

__all__ = [
    "FORMS",
    "DatasetScores",
    "Prediction",
    "Row",
    "Scores",
    "evaluate_rows",
    "judge_rows",
    "measure",
    "read_rows",
    "recorded",
    "rows_of",
    "unlabelled_notes",
    "write_predictions",
]
