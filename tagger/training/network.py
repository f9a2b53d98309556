"""The name finder as a PyTorch module: language model below, tagger above.

Two character language models, one each way (Akbik et al. 2018, "Contextual string
embeddings"), trained on raw news, feed a bidirectional LSTM; every annotation
convention has an output layer of its own above it, so that corpora that disagree
can teach one encoder.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from tagger.names.tags import TAGS
from tagger.training.lstm import BiLSTM


@dataclass(frozen=True, slots=True)
class Shape:
    """Widths of the network's layers."""

    characters: int
    embedding: int = 128
    language: int = 256
    tagging: int = 128
    #: Numbers a character gets from the lexicon, see `names.lexicon`.
    lexicon: int = 0


class LanguageModel(nn.Module):
    """Predicts the next character, and, read backwards, the one before."""

    def __init__(self, shape: Shape, dropout: float = 0.05) -> None:
        super().__init__()
        self.emb = nn.Embedding(shape.characters, shape.embedding)
        self.f = nn.LSTM(shape.embedding, shape.language, batch_first=True)
        self.b = nn.LSTM(shape.embedding, shape.language, batch_first=True)
        self.pf = nn.Linear(shape.language, shape.embedding)
        self.pb = nn.Linear(shape.language, shape.embedding)
        self.bias = nn.Parameter(torch.zeros(shape.characters))
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.emb.weight, 0, 0.1)

    def forward(self, ids: Tensor, extra: Tensor | None = None) -> Tensor:
        """Mean cross-entropy of both directions over ``ids`` ``(batch, time)``.

        With ``extra`` characters the softmax runs over those and the batch's own
        only, which is several times faster and what training uses.
        """
        embedded = self.drop(self.emb(ids))
        ahead, _ = self.f(embedded[:, :-1])
        behind, _ = self.b(embedded.flip(1)[:, :-1])
        width = self.emb.embedding_dim
        query = torch.cat(
            [
                self.pf(self.drop(ahead)).reshape(-1, width),
                self.pb(self.drop(behind)).reshape(-1, width),
            ]
        )
        target = torch.cat([ids[:, 1:].reshape(-1), ids.flip(1)[:, 1:].reshape(-1)])
        if extra is None:
            scores = query @ self.emb.weight.T + self.bias
        else:
            count = len(target)
            chosen, target = torch.unique(
                torch.cat([target, extra]), return_inverse=True
            )
            target = target[:count]
            scores = query @ self.emb.weight[chosen].T + self.bias[chosen]
        return nn.functional.cross_entropy(scores.float(), target)


class NameNetwork(nn.Module):
    """Scores every tag at every character, once for each convention."""

    def __init__(self, shape: Shape, conventions: int, dropout: float = 0.4) -> None:
        super().__init__()
        self.shape = shape
        self.emb = nn.Embedding(shape.characters, shape.embedding, padding_idx=0)
        self.language = BiLSTM(shape.embedding, shape.language)
        self.tagging = BiLSTM(
            2 * shape.language + shape.embedding + shape.lexicon, shape.tagging
        )
        self.heads = nn.ModuleList(
            nn.Linear(2 * shape.tagging, len(TAGS)) for _ in range(conventions)
        )
        #: What a step from one tag to the next adds to a path's score.
        self.steps = nn.Parameter(torch.zeros(conventions, len(TAGS), len(TAGS)))
        self.drop = SteadyDropout(dropout)

    def read_language_model(self, weights: dict[str, Tensor]) -> None:
        """Start from a `LanguageModel`'s state."""
        state = {"weight": weights["emb.weight"]}
        self.emb.load_state_dict(state)
        self.language.load_state_dict(
            {
                f"{name}{suffix}": weights[f"{side}.{name}"]
                for side, suffix in (("f", ""), ("b", "_reverse"))
                for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
            }
        )

    def encode(self, ids: Tensor, lexicon: Tensor) -> Tensor:
        """Features ``(batch, time, 2 * tagging)`` of characters ``(batch, time)``.

        ``lexicon`` is what `Lexicon.features` gives for them.
        """
        embedded = self.emb(ids)
        context, _ = self.language(embedded)
        joined = self.drop(torch.cat([context, embedded, lexicon], dim=-1))
        tagged, _ = self.tagging(joined)
        features: Tensor = self.drop(tagged)
        return features

    def forward(self, ids: Tensor, lexicon: Tensor) -> Tensor:
        """Scores ``(batch, conventions, time, tags)``; arguments as for `encode`."""
        features = self.encode(ids, lexicon)
        return torch.stack([head(features) for head in self.heads], dim=1)


class SteadyDropout(nn.Module):
    """Drops the same features at every character of a text (Gal and Ghahramani 2016)."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, features: Tensor) -> Tensor:
        """``(batch, time, width)``, in training some of the width at 0."""
        if not self.training:
            return features
        batch, _, width = features.shape
        kept = torch.rand(batch, 1, width) >= self.share
        return features * (kept / (1 - self.share))
