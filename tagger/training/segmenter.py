"""Train the word segmenter (spacy-pkuseg, a CRF) on segmentation gold."""

import contextlib
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
import spacy_pkuseg
from spacy_pkuseg.config import config as pkuseg_config

from tagger.errors import SettingsError
from tagger.training.corpora import read_lines

#: Features seen this often or less are left out: a third of the size, little F1.
_TRIM: Final = 3


def train(gold: Iterable[Path], held_out: Path, out: Path, rounds: int = 10) -> None:
    """Train on sentences a line, words set apart by blanks; may be xz-compressed.

    pkuseg reports each round's F1 on ``held_out`` to stderr.

    Raises:
        SettingsError: A file is missing.
    """
    for path in (*gold, held_out):
        if not path.exists():
            raise SettingsError("segmentation gold is not on disk", path=path)
    with tempfile.TemporaryDirectory() as folder:
        together, held = Path(folder, "train.txt"), Path(folder, "held.txt")
        together.write_text("".join(map(_sentences, gold)), encoding="utf-8")
        held.write_text(_sentences(held_out), encoding="utf-8")
        pkuseg_config.featureTrim = _TRIM
        # pkuseg prints; stdout is for results.
        with contextlib.redirect_stdout(sys.stderr):
            spacy_pkuseg.train(str(together), str(held), str(out), train_iter=rounds)
    _compress(out / "weights.npz")


def _compress(path: Path) -> None:
    """Round the weights to half precision: a fifth of the size, the same words."""
    with np.load(path) as arrays:
        sizes, weights = arrays["sizes"], arrays["w"]
    rounded = weights.astype(np.float16).astype(weights.dtype)
    np.savez_compressed(path, sizes=sizes, w=rounded)


def _sentences(path: Path) -> str:
    lines = (line for line in read_lines(path) if line.strip())
    return "".join(f"{' '.join(line.split())}\n" for line in lines)
