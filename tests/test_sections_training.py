import json

import numpy as np
import pytest
from section_cases import articles, write_folders, write_lines, write_scheme
from sklearn.linear_model import LogisticRegression
from typer import Typer
from typer.testing import CliRunner

from tagger.cli import sections as commands
from tagger.errors import GoldError, NothingToReadError, SettingsError
from tagger.sections.features import GramConfig, Titled
from tagger.sections.model import SectionModel
from tagger.sections.tuning import Dial, tune
from tagger.training import sections as stage
from tagger.training.section_calibration import platt, temperature, thresholds
from tagger.training.section_data import Pool, read_filed, read_pool, without
from tagger.training.section_learning import (
    Fitting,
    Layer,
    Targets,
    build_vocabulary,
    embed,
    fit,
    softmax,
    to_matrix,
)
from tagger.training.section_precedence import cross_fitted, fit_precedence
from tagger.training.section_recipe import (
    Gold,
    Learning,
    Recipe,
    Teaching,
    own_recipe,
    read_recipe,
)

KEYS = ("weather", "sport", "market")
PAIRS = articles()


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A model of the user's own scheme, trained on folders."""
    folder = tmp_path_factory.mktemp("own")
    recipe = own_recipe(write_scheme(folder), [write_folders(folder)])
    return stage.train(recipe)


def one_hot(rows: list[int], count: int) -> Targets:
    grid = np.eye(count, dtype=np.float32)[rows]
    return Targets(grid, grid)


def test_a_scheme_of_ones_own_is_learned(own):
    guesses = own.classify([Titled(text) for _, text in PAIRS])
    assert [g[0].section for g in guesses] == [section for section, _ in PAIRS]
    assert own.config.names == ("天气", "体育", "市场")


def test_lines_teach_the_same_as_folders(own, tmp_path):
    recipe = own_recipe(write_scheme(tmp_path), [write_lines(tmp_path)])
    unseen = [Titled("湖畔大风蓝色预警"), Titled("主场球迷见证冠军")]
    from_lines = stage.train(recipe).scores(unseen).primary
    assert np.allclose(from_lines, own.scores(unseen).primary, atol=0.02)


def test_the_same_recipe_gives_the_same_model(own, tmp_path):
    recipe = own_recipe(write_scheme(tmp_path), [write_folders(tmp_path)])
    again = stage.train(recipe)
    assert again.config.further == own.config.further
    assert np.allclose(again.layers.weights, own.layers.weights, atol=1e-4)


def test_a_pool_teaches_words_that_no_filed_article_has(tmp_path):
    few = [(s, t) for n, (s, t) in enumerate(PAIRS) if n % 5 < 3]
    gold = tmp_path / "gold.jsonl"
    lines = [json.dumps({"text": t, "sections": [s]}) for s, t in few]
    gold.write_text("\n".join(lines), "utf-8")
    pool = tmp_path / "pool.jsonl"
    twins = ["冷空气南下，霜冻来袭", "教练换人，罚点球", "利润下滑，汇率波动"]
    texts = [f"{t[:4]}{twins[KEYS.index(s)]}{t}" for s, t in PAIRS]
    pool.write_text("\n".join(json.dumps({"text": t}) for t in texts), "utf-8")
    recipe = Recipe(
        name="own",
        version="1",
        gold=(Gold(gold),),
        scheme=write_scheme(tmp_path),
        pools=(Pool(pool),),
        teaching=Teaching(dimensions=10),
        learning=Learning(l2=1e-4, least=2, folds=3),
    )
    model = stage.train(recipe)
    found = model.classify([Titled(t) for t in ("霜冻来袭", "罚点球", "汇率波动")])
    assert [guesses[0].section for guesses in found] == list(KEYS)


def test_the_layer_is_the_one_scikit_learn_finds():
    rng = np.random.default_rng(1)
    matrix = rng.normal(size=(80, 5)).astype(np.float32)
    labels = (matrix @ rng.normal(size=(5, 3))).argmax(axis=1)
    labels[:20] = rng.integers(0, 3, 20)
    weights = rng.uniform(0.5, 2, 80).astype(np.float32)
    l2 = 0.01
    layer = fit(matrix, one_hot(labels.tolist(), 3), weights, Fitting(l2, 300))
    referee = LogisticRegression(C=1 / (l2 * weights.sum()), tol=1e-8, max_iter=1000)
    referee.fit(matrix, labels, sample_weight=weights)
    wanted = referee.predict_proba(matrix)
    assert np.allclose(softmax(layer(matrix)[:, :3]), wanted, atol=2e-3)


def test_the_embedding_keeps_as_much_as_the_best_one():
    texts = [Titled(text) for _, text in PAIRS]
    config = GramConfig(sizes=(2,))
    matrix = to_matrix(texts, build_vocabulary(texts, config, 1), config)
    directions = embed(matrix, 8, seed=0)
    assert np.allclose(directions.T @ directions, np.eye(8), atol=1e-4)
    best = np.linalg.svd(matrix.toarray(), compute_uv=False)[:8]
    assert np.square(matrix @ directions).sum() >= 0.98 * np.square(best).sum()


def test_the_vocabulary_counts_articles_not_occurrences():
    config = GramConfig(sizes=(2,), head=1, lead=1)
    texts = [Titled("公交公交"), Titled("公交"), Titled("地铁")]
    vocabulary = build_vocabulary(texts, config, 2)
    assert len(vocabulary.keys) == 1
    assert vocabulary.idf[0] == pytest.approx(np.log(4 / 3) + 1)


def test_calibration_mends_scores_that_are_too_sure():
    rng = np.random.default_rng(2)
    true = rng.normal(0, 1.5, (3000, 4))
    chosen = np.array([rng.choice(4, p=row) for row in softmax(true)])
    member = (rng.random((3000, 4)) < 1 / (1 + np.exp(-true))).astype(np.float32)
    targets = Targets(np.eye(4, dtype=np.float32)[chosen], member)
    logits = np.concatenate([3 * true, 2 * true + 1], axis=1).astype(np.float32)
    assert temperature(logits, targets) == pytest.approx(3, rel=0.1)
    found = platt(logits, targets)
    assert found.slope == pytest.approx(0.5, rel=0.1)
    assert np.allclose(found.offset, -0.5, atol=0.15)
    # with calibrated scores, a wrong section as dear as a missing one means one half
    assert np.allclose(thresholds(found(logits), targets, 1.0), 0.5, atol=0.12)


def test_dear_mistakes_raise_the_thresholds():
    rng = np.random.default_rng(3)
    true = rng.normal(0, 2, (2000, 3))
    member = (rng.random((2000, 3)) < 1 / (1 + np.exp(-true))).astype(np.float32)
    targets = Targets(np.eye(3, dtype=np.float32)[true.argmax(axis=1)], member)
    logits = np.concatenate([true, true], axis=1).astype(np.float32)
    cheap, dear = (np.array(thresholds(logits, targets, c)) for c in (0.5, 3))
    assert (dear > cheap).all()


def ordered_pairs():
    """Logits of articles in two of three sections each, where 0 goes before 1 goes
    before 2 whatever is stronger."""
    rng = np.random.default_rng(4)
    member = np.ones((1200, 3), np.float32)
    member[np.arange(1200), rng.integers(0, 3, 1200)] = 0
    logits = (8 * member - 4 + rng.normal(0, 1, member.shape)).astype(np.float32)
    primary = np.eye(3, dtype=np.float32)[member.argmax(axis=1)]
    return np.concatenate([logits, logits], axis=1), Targets(primary, member)


def test_which_section_goes_first_is_learned():
    logits, targets = ordered_pairs()
    right = targets.primary.argmax(axis=1)
    made_anew = cross_fitted(logits, targets, np.ones(1200, np.float32), seed=0)
    assert (logits[:, :3].argmax(axis=1) == right).mean() < 0.7
    assert (made_anew[:, :3].argmax(axis=1) == right).mean() > 0.97
    assert (made_anew[:, 3:] == logits[:, 3:]).all()


def test_all_that_is_folded_into_a_layer_says_the_same_there():
    rng = np.random.default_rng(5)
    matrix = rng.normal(size=(1200, 7)).astype(np.float32)
    layer = Layer(
        rng.normal(size=(7, 6)).astype(np.float32),
        rng.normal(size=6).astype(np.float32),
    )
    _, targets = ordered_pairs()
    odds = platt(layer(matrix), targets)
    logits = odds(layer(matrix))
    assert np.allclose(odds.folded_into(layer)(matrix), logits, atol=1e-4)
    rules = fit_precedence(logits, targets, np.ones(1200, np.float32)).cooled(2.0)
    folded = rules.folded_into(odds.folded_into(layer))(matrix)
    member = 1 / (1 + np.exp(-logits[:, 3:]))
    assert np.allclose(
        folded[:, :3] + member @ rules.rules, rules(logits)[:, :3], atol=1e-3
    )


def test_no_writer_is_in_two_folds_and_every_section_in_all(tmp_path):
    gold = tmp_path / "gold.jsonl"
    lines = [
        {"text": text, "sections": [section], "writer": f"w{n // 10 % 4}" * (n > 40)}
        for n, (section, text) in enumerate(PAIRS)
    ]
    gold.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    recipe = Recipe(
        "own", "1", (Gold(gold),), write_scheme(tmp_path), learning=Learning(folds=3)
    )
    corpus = stage.read_corpus(recipe)
    fold = stage.split(corpus, recipe)
    writers = np.array([item.writer for item in corpus.filed])
    for writer in ("w0", "w1", "w2", "w3"):
        assert len(set(fold[writers == writer])) == 1
    free = writers == ""
    assert {len(set(fold[free & (fold == n)])) for n in range(3)} == {1}


def test_heavier_articles_are_learned_better(tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        "\n".join(json.dumps({"text": t, "sections": [s]}) for s, t in PAIRS), "utf-8"
    )
    contrary = tmp_path / "contrary.jsonl"
    contrary.write_text(
        "\n".join(
            json.dumps({"text": f"{t}{chr(0x9000 + n)}", "sections": ["market"]})
            for n, (s, t) in enumerate(PAIRS)
            if s == "sport"
        ),
        "utf-8",
    )
    unseen = [Titled("主场球迷见证冠军")]
    chance = []
    for weight in (0.01, 10.0):
        files = (Gold(gold), Gold(contrary, weight=weight))
        recipe = Recipe("own", "1", files, write_scheme(tmp_path))
        space = stage.to_space(stage.read_corpus(recipe), recipe)
        layer = stage.learn(space, np.arange(space.filed.shape[0]), recipe)
        matrix = to_matrix(unseen, space.vocabulary, recipe.grams)
        chance.append(softmax(layer(matrix)[:, :3])[0, KEYS.index("sport")])
    assert chance[0] > 2 * chance[1]


def test_articles_told_from_each_other_by_their_bodies():
    text = "昨天湖畔夺得冠军，当地居民说已经不是头一回。"
    articles_ = [
        Titled(f"标题\n{text}"),
        Titled(f"另题\n{text} "),
        Titled("别的\n别的"),
    ]
    assert list(without(articles_, [])) == [articles_[0], articles_[2]]
    assert list(without(articles_, [Titled(text)])) == [articles_[2]]


def test_a_pool_leaves_out_what_is_old_or_several_stories(tmp_path):
    path = tmp_path / "pool.jsonl"
    items = [
        {"title": "甲", "text": "一", "date": "2021-02-03"},
        {"title": "乙", "text": "二", "date": "2019-12-31"},
        {"title": "丙", "text": "三", "multi": True},
        {"text": "四", "date": None},
    ]
    path.write_text("\n".join(json.dumps(i) for i in items), "utf-8")
    assert [t.text for t in read_pool(Pool(path, "2020"))] == ["甲\n一", "四"]


@pytest.mark.parametrize(
    "line",
    ['{"text": "甲"}', '{"text": "甲", "sections": []}', '{"sections": ["sport"]}'],
)
def test_gold_without_a_field_is_refused_by_line(tmp_path, line):
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"text": "乙", "section": "sport"}}\n{line}\n', "utf-8")
    with pytest.raises(GoldError, match=r"gold\.jsonl:2: needs text and sections"):
        read_filed(path, KEYS)


def test_sections_that_are_none_are_refused(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "乙", "section": "sprot"}', "utf-8")
    with pytest.raises(GoldError, match="sprot"):
        read_filed(path, KEYS)
    (tmp_path / "sprot").mkdir()
    with pytest.raises(GoldError, match="sprot"):
        read_filed(tmp_path, KEYS)


def test_empty_folders_are_refused(tmp_path):
    (tmp_path / "sport").mkdir()
    with pytest.raises(NothingToReadError):
        read_filed(tmp_path, KEYS)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name = 1\n[[gold]]\npath = 'none.jsonl'", "none.jsonl is in none of"),
        ("name = 1", "gold"),
        ("name = 'a'\nversion = '1'\ngold = []\n[learning]\nl3 = 1", "l3"),
        ("name = 'a'\nversion = '1'\ngold = []\n[grams]\nsizes = [9]", "sizes"),
    ],
)
def test_a_recipe_that_is_none_is_refused(tmp_path, text, problem):
    path = tmp_path / "recipe.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=problem):
        read_recipe(path, [tmp_path])


def test_the_dial_files_most_at_the_precision_asked(own):
    texts = [Titled(text) for _, text in PAIRS]
    right = [section for section, _ in PAIRS]
    assert tune(own, texts, right, 0.95).coverage == 1
    wrong = tune(own, texts, ["sport"] * len(texts), 0.95)
    scores = own.scores(texts).primary.max(axis=1)
    assert wrong.filed == (scores >= wrong.floor).sum()
    assert wrong.precision is None or wrong.precision >= 0.95
    with pytest.raises(GoldError):
        tune(own, [], [], 0.95)


def test_the_dial_speaks():
    dial = Dial(0.8, 100, 60, 58)
    assert dial.interval == pytest.approx((0.8864, 0.9908), abs=1e-3)
    assert str(dial) == (
        "60% of articles file themselves at 96.7% measured precision [89, 99]; "
        "40% go to review"
    )
    assert "all go to review" in str(Dial(1.0, 10, 0, 0))


def test_the_commands_train_and_tune(tmp_path):
    app, group = Typer(), Typer()
    commands.register_train(group)
    commands.register(app)
    app.add_typer(group, name="train")
    scheme, data = write_scheme(tmp_path), write_folders(tmp_path)
    gold, out = write_lines(tmp_path), tmp_path / "model"
    run = CliRunner().invoke
    args = ["train", "sections", "--scheme", scheme, "--data", data, "-o", out]
    assert run(app, list(map(str, args))).exit_code == 0
    args = ["tune", gold, "--model", out, "-o", tmp_path / "tuned"]
    done = run(app, list(map(str, args)))
    assert done.exit_code == 0
    assert "100% of articles file themselves" in done.stdout
    tuned = SectionModel.load(tmp_path / "tuned")
    assert tuned.config.further == SectionModel.load(out).config.further
    assert f"floor {tuned.config.floor:.4f}" in done.stdout


def test_the_tune_command_chooses_further_sections_by_their_cost(own, tmp_path):
    app = Typer()
    commands.register(app)
    app.command("other")(lambda: None)
    own.save(tmp_path / "own")
    gold, chosen = tmp_path / "gold.jsonl", []
    both = [(a, b) for a, b in zip(PAIRS, PAIRS[30:], strict=False)]
    lines = [
        {"text": f"{a[1]}\n{b[1]}", "sections": [a[0]] if n % 2 else [a[0], b[0]]}
        for n, (a, b) in enumerate(both)
        if a[0] != b[0]
    ]
    gold.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    for cost in (0.2, 5):
        out = tmp_path / f"tuned{cost}"
        args = ["tune", gold, "--model", tmp_path / "own", "--cost", cost, "-o", out]
        done = CliRunner().invoke(app, list(map(str, args)))
        assert done.exit_code == 0
        assert f"a wrong one costing {cost:g} missing: weather 0." in done.stdout
        chosen.append(np.array(SectionModel.load(out).config.further))
    assert (chosen[1] >= chosen[0]).all()
    assert (chosen[1] > chosen[0]).any()
