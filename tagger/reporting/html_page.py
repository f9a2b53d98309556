"""placeholder"""
from tagger.reporting.report import Report
def page(report: Report) -> str:
    """."""
    return ""
