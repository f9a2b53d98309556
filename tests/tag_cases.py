"""What a sequence of tags must be like."""

from itertools import pairwise

from tagger.names.tags import allowed, may_end, may_start


def is_well_formed(path):
    """Whether tags, as indices, may follow each other as they do."""
    follow = allowed()
    return (
        may_start()[path[0]]
        and may_end()[path[-1]]
        and all(follow[a, b] for a, b in pairwise(path))
    )
