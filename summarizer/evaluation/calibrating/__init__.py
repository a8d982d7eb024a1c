"""Fit a calibration profile on labelled claims: what a judge's word is worth, beside witnesses and findings.

Suite --observe--> Observation* --fit--> CalibrationProfile, with how it does on articles that it has not seen
"""

from summarizer.evaluation.calibrating.fitting import Fit, fit
from summarizer.evaluation.calibrating.observing import Observation, observe
from summarizer.evaluation.calibrating.quality import Quality

__all__ = ["Fit", "Observation", "Quality", "fit", "observe"]
