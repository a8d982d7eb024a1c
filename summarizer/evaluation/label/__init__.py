"""Label claims by hand in a local page: annotators who do not see each other, and an adjudicator; or one alone.

    drafts or cases --read_tasks--> Task* --Labelling--> labels/NAME/*.json --Adjudication--> cases/*.json
                                          `--LabellingAlone--> labels/NAME/*.json and cases/*.json

Nothing leaves the machine: `LabelServer` listens on 127.0.0.1 alone, and a request
without the token of its start, or from another page, is refused. How a file is written
is handed in, because the writer of whole files is of a later layer.
"""

from summarizer.evaluation.label.adjudication import Adjudication
from summarizer.evaluation.label.publishing import LabellingAlone
from summarizer.evaluation.label.server import LabelServer
from summarizer.evaluation.label.store import Labelling, LabelStore, Write
from summarizer.evaluation.label.tasks import read_tasks

__all__ = ["Adjudication", "LabelServer", "LabelStore", "Labelling", "LabellingAlone", "Write", "read_tasks"]
