"""A lexicon knows how names use its words."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from tagger.errors import SettingsError
from tagger.labels import EntityLabel
from tagger.names.lexicon import to_codes
from tagger.records import Entity
from tagger.training.lexicon import ROLES, Tagged, build, fits, roles, stems
from tagger.training.lexicon_data import read_recipe

TEXT = "山西大学在太原市。太原市委来了。"
TAGGED = [
    Tagged(
        TEXT,
        [
            Entity(0, 4, EntityLabel.ORG),
            Entity(5, 8, EntityLabel.LOC),
            Entity(9, 13, EntityLabel.ORG),
        ],
    )
]


@dataclass
class Vectors:
    """Two words with vectors, as gensim holds them."""

    key_to_index: dict = field(default_factory=lambda: {"太原市": 0, "大学": 1})
    vectors: np.ndarray = field(default_factory=lambda: np.array([[1.0, 0], [0, -1]]))

    def get_vecattr(self, key, attr):
        assert attr == "count"
        return 100


def role_of(word):
    shares, seen = roles([word], TAGGED)
    return {
        role: share for role, share in zip(ROLES, shares[0], strict=True) if share
    }, seen[0]


def test_a_word_is_a_name_begins_one_ends_one_or_runs_inside():
    doubt = 3
    assert role_of("太原市") == (
        {"is LOC": pytest.approx(1 / (2 + doubt)), "begins ORG": pytest.approx(0.2)},
        2,
    )
    assert role_of("大学") == ({"ends ORG": pytest.approx(1 / (1 + doubt))}, 1)
    assert role_of("西大") == ({"inside": pytest.approx(1 / (1 + doubt))}, 1)
    assert role_of("来了") == ({}, 1)


def test_words_of_vectors_lists_and_names_found_often_are_in_it():
    made = build(Vectors(), {"township": ["河口镇", "一", "a镇"]}, TAGGED, least=1)
    names = {"山西大学", "太原市", "太原市委"}
    assert {*made.words} == {"大学", "河口镇", *names}


def test_what_is_known_of_a_word_reaches_its_characters():
    made = build(Vectors(), {"township": ["河口镇"], "place": []}, TAGGED)
    first = made.features(to_codes("河口镇")[None])[0, 0]
    flag = 2  # two numbers of the vector stand before the flags
    assert first[flag] == pytest.approx(2)
    assert first[flag + 1] == 0


@pytest.mark.parametrize(
    ("name", "stem"), [("晋城市", "晋城"), ("河口镇", "河口"), ("盂县", None)]
)
def test_a_place_is_also_known_without_its_kind(name, stem):
    assert [*stems([name])] == ([stem] if stem else [])


@pytest.mark.parametrize(
    ("word", "whether"),
    [("山西", True), ("约翰·史密斯", True), ("山", False), ("IBM公司", False)],
)
def test_a_word_is_han_of_two_to_eight_characters(word, whether):
    assert fits(word) is whether


def test_a_list_that_is_not_on_disk_is_named(tmp_path):
    recipe = tmp_path / "lexicon.toml"
    recipe.write_text('[[list]]\nname = "x"\nfiles = [{ path = "gone.txt" }]\n')
    with pytest.raises(SettingsError, match=r"gone\.txt is in none of"):
        read_recipe(recipe, [tmp_path])


def test_a_recipe_reads_columns_and_stems(tmp_path):
    (tmp_path / "towns.tsv").write_text("code\tname\n1\t河口镇\n2\t县\n", "utf-8")
    recipe = tmp_path / "lexicon.toml"
    recipe.write_text(
        """
        [[list]]
        name = "township"
        files = [{ path = "towns.tsv", columns = ["name"] }]
        without = ["县"]
        stems = "township stem"
        """
    )
    read = read_recipe(recipe, [tmp_path])
    assert read.lists == {"township": ["河口镇"], "township stem": ["河口"]}
