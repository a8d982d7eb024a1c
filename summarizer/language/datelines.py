"""Place, date and agency before the first sentence of a report: they are no part of what it says.

Capitals and a dash without an agency are left alone: "MYTH - The bridge is closed" is no dateline.
"""

import re

from summarizer.language.lexicon import lexicon
from summarizer.language.patterns import any_of

NAME_OF_AGENCY = any_of(lexicon("datelines")["agencies"])
AGENCY = rf"(?:\(\s?{NAME_OF_AGENCY}\s?\)|/\s?{NAME_OF_AGENCY}\s?/)"
DATELINE = re.compile(
    rf"\A(?:[A-Z][\w.’'-]{{0,20}}(?:,\s?|\s{{1,2}}|--)(?:\d{{1,4}}(?:,\s?|\s{{1,2}}|--)){{0,2}}){{0,7}}{AGENCY}(?:\s{{0,2}}[-–—]{{1,2}}\s{{0,2}}|\s{{0,2}}(?=[A-Z“\"]))"
    rf"|\A{AGENCY}\s(?=[a-z])"
)


def without_dateline(text: str) -> str:
    """A sentence without place, date and agency before it.

    >>> without_dateline("HULL, England (AP) -- It rained."), without_dateline("(CNN)It rained.")
    ('It rained.', 'It rained.')
    >>> without_dateline("HULL, England, May 4, 2026 /PRNewswire/ -- It rained."), without_dateline("YORK--(BUSINESS WIRE)--It rained.")
    ('It rained.', 'It rained.')
    """
    dateline = DATELINE.match(text)
    return text[dateline.end() :] if dateline else text
