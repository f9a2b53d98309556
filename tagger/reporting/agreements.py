"""Agreement of annotators, two by two, as tables."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from tagger.gold import Reading, pair
from tagger.reporting.section_tables import section_name
from tagger.reporting.tables import P_R_F1, Table, interval, number, percent, words
from tagger.reporting.words import SCHEMAS, Text, same
from tagger.scoring.agreement import Agreement, agreement
from tagger.scoring.evaluation import clustered
from tagger.scoring.statistics import Resampling


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two annotators and how far they agree."""

    a: str
    b: str
    agreement: Agreement


def pairs(readings: Sequence[Reading], how: Resampling) -> list[PairAgreement]:
    """Agreement of each two annotators.

    Raises:
        PredictionError: They did not annotate the same texts.
    """
    found = []
    for a, b in combinations(readings, 2):
        paired = pair(a, b)
        result = agreement(paired.gold, paired.predicted, clustered(how, paired.gold))
        found.append(PairAgreement(a.audit.path.name, b.audit.path.name, result))
    return found


def agreement_tables(found: Sequence[PairAgreement]) -> Iterator[Table]:
    """A table for each pair."""
    for one in found:
        result = one.agreement
        rows = [
            (
                words(title),
                percent(result.names[name].value),
                interval(result.names[name]),
            )
            for name, title in _names(result).items()
            if result.names[name].value is not None
        ]
        empty = words("")
        rows.append(
            (words(Text("κ, primary section", "κ，主类")), number(result.kappa), empty)
        )
        rows += [
            (words(_kappa(section)), number(kappa), empty)
            for section, kappa in result.kappa_of.items()
        ]
        note = Text(f"{result.articles:,} articles", f"共{result.articles:,}篇")
        header = (Text("agreement", "一致程度"), Text("F1 % or κ", "F1%或κ"), P_R_F1[3])
        yield Table("agreement", same(f"{one.a} / {one.b}"), header, tuple(rows), note)


def agreement_object(found: Sequence[PairAgreement]) -> list[dict[str, Any]]:
    """Every figure unrounded."""
    return [asdict(one) for one in found]


def _names(result: Agreement) -> dict[str, Text]:
    titles = {f"{name}.f1": title for name, title in SCHEMAS.items()}
    titles |= {
        name: Text(f"{label}, strict", f"{label}，严格")
        for name in result.names
        if (label := name.removesuffix(".f1")) + ".tags.f1" in result.names
    }
    titles |= {"tags.f1": Text("tags", "标目")}
    return {name: title for name, title in titles.items() if name in result.names}


def _kappa(section: str) -> Text:
    name = section_name(section)
    return Text(f"κ, {name.en}", f"κ，{name.zh}")
