"""The example of a user's own scheme, as its README tells it."""

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tagger.cli import app

HOME = Path(__file__).parents[1]
EXAMPLE = HOME / "eval/own-scheme"


@pytest.fixture(scope="module")
def tagged(tmp_path_factory):
    """Run the README's commands, with ``out/`` in a temporary folder."""
    out = tmp_path_factory.mktemp("out")
    block = re.search(
        r"```sh\n(.*?)```", (EXAMPLE / "README.md").read_text("utf-8"), re.DOTALL
    )
    assert block
    for line in block[1].splitlines():
        program, *arguments = shlex.split(line)
        assert program == "tagger"
        arguments = [re.sub(r"^out/", f"{out}/", argument) for argument in arguments]
        arguments = [re.sub(r"^eval/", f"{HOME}/eval/", a) for a in arguments]
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, done.output
    return out / "cuttings"


def test_unseen_articles_are_filed_under_the_own_scheme(tagged):
    lines = (tagged / "articles.jsonl").read_text("utf-8").splitlines()
    found = {r["source"]["path"]: r["sections"][0] for r in map(json.loads, lines)}
    sections = {name: first["section"] for name, first in found.items()}
    sections.pop("poem.txt")
    assert sections == {
        "frost.txt": "weather",
        "wheat.txt": "market",
        "rust.txt": "pests",
        "harvester.txt": "machinery",
    }
    surest = max(found, key=lambda name: found[name]["score"])
    assert found["poem.txt"]["score"] < found[surest]["score"]


def test_its_names_and_reasons_are_shown(tagged):
    page = (tagged / "html/rust.txt.html").read_text("utf-8")
    assert '"section primary">植保 ' in page
    assert "<b>植保</b>而非" in page
    assert "而非weather" not in page
    assert "归类理由" in page
