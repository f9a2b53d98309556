"""Names for the arrays that counts are held in, and the one division."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def ratio(above: Any, below: Any) -> Floats:
    """``above / below`` element by element; NaN, our "undefined", where below is 0."""
    above, below = np.asarray(above, np.float64), np.asarray(below, np.float64)
    result = np.full(np.broadcast_shapes(above.shape, below.shape), np.nan)
    np.divide(above, below, out=result, where=below != 0)
    return result


def mean_of_defined(values: Floats) -> Floats:
    """Mean over the first axis of what is not NaN; NaN where nothing is."""
    defined = ~np.isnan(values)
    return ratio(np.where(defined, values, 0.0).sum(axis=0), defined.sum(axis=0))


def per_article(article: Ints, articles: int) -> Floats:
    """How many things each article has, from the article's number of each thing."""
    return np.bincount(article, minlength=articles).astype(np.float64)
