"""Cut a page into its articles, and read the parts of each."""

from tagger.split.reasons import Reason
from tagger.split.splitting import split, whole

__all__ = ["Reason", "split", "whole"]
