"""Label claims by hand in a local page: two annotators who do not see each other, and an adjudicator.

    drafts or cases --read_tasks--> Task* --Labelling--> labels/NAME/*.json --Adjudication--> cases/*.json

Nothing leaves the machine: `LabelServer` listens on 127.0.0.1 alone, and a request
without the token of its start, or from another page, is refused. How a file is written
is handed in, because the writer of whole files is of a later layer.
"""

from summarizer.scoring.label.adjudication import Adjudication
from summarizer.scoring.label.desk import Desk, Labelling, Write
from summarizer.scoring.label.server import LabelServer
from summarizer.scoring.label.tasks import read_tasks

__all__ = ["Adjudication", "Desk", "LabelServer", "Labelling", "Write", "read_tasks"]
