"""Folders to run on, and a tagger that is quick to make what the engine carries."""

import hashlib
import json
import os
from pathlib import Path

from tagger.batch import models, units
from tagger.batch.backends import Inline
from tagger.batch.job import Job
from tagger.batch.models import ModelFolder
from tagger.batch.running import Request, run
from tagger.cli.progress import Tracker
from tagger.labels import EntityLabel, Section
from tagger.outcomes import TaggedPage
from tagger.readers import walk
from tagger.records import Article, Entity, ModelId, Record, SectionGuess, Source
from tagger.stages import Stages
from tagger.tagging import record_id

TEXT = "本报讯（记者 张三）昨日，晋城市召开新闻发布会，通报今年供暖工作情况。\n"
#: Files that must be the same however a run went.
SAME = ("articles.jsonl", "refused.jsonl", "leftovers.jsonl", "manifest.json")


class QuickTagger:
    """Says the same of the same pages, at once; crashes on what tells it to."""

    def __init__(self):
        self.stages = Stages()

    def tag_pages(self, pages, *, one_article=False):
        for page in pages:
            if "崩溃" in page.text:
                raise RuntimeError("told to")
            article = Article(0, len(page.text), confidence=0.5)
            digest = hashlib.sha256(page.text.encode()).digest()
            record = Record(
                record_id(page, article),
                Source(page.path, page.sha256, 0, len(page.text), page.line),
                article,
                page.text,
                (Entity(0, 1, EntityLabel.PER, digest[0] / 255),),
                (SectionGuess(Section.LAW, digest[1] / 255, primary=True),),
                ModelId("quick", "0"),
            )
            yield TaggedPage(page, (record,), ())


def quickened(monkeypatch):
    """Have runs use a quick tagger and small blocks; the tagger."""
    tagger = QuickTagger()
    monkeypatch.setattr(models, "loaded", lambda *_, **__: tagger)
    monkeypatch.setattr(units, "BLOCK", 1500)
    monkeypatch.setattr("tagger.batch.reading.BLOCK", 1500)
    # A kill loses nothing that the system has; only a power cut could, and would, and
    # that is nothing a test could see.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    return tagger


class Quiet(Tracker):
    """Shows nothing and prints nothing."""

    def refuse(self, problem):
        pass


MODELS = ModelFolder(None, (("names", "0"), ("sections", "0")))


def job(out, **options):
    return Job(out=str(out), models=options.pop("models", MODELS), **options)


def run_on(folder, out, *, backend=None, choice=None, listener=None, **options):
    """Run as the command does; what came of it."""
    wanted = {k: options.pop(k) for k in ("wanted", "max_errors") if k in options}
    if choice is not None:
        wanted["choice"] = choice
    request = Request(job(out, **options), **wanted)
    found = walk([folder], out)
    return run(found, request, backend or Inline(), listener or Quiet())


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def contents(out):
    """The bytes of everything that must not depend on how a run went."""
    files = [out / name for name in SAME]
    files += [p for kind in ("sources", "html") for p in (out / kind).rglob("*")]
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(files)
        if path.is_file()
    }


def make_folder(folder: Path, files=12):
    """A folder of all that engines meet: text, JSON lines, HTML, what is refused."""
    (folder / "版面").mkdir(parents=True)
    for number in range(files):
        (folder / "版面" / f"{number:03}.txt").write_text(
            TEXT * (number % 5 + 1), "utf-8"
        )
    (folder / "gb.txt").write_bytes(TEXT.encode("gb18030"))
    (folder / "page.html").write_text(f"<p>{TEXT}</p>", "utf-8")
    objects = [{"id": n, "text": f"第{n}篇。{TEXT}"} for n in range(60)]
    objects[7] = {"text": ""}
    body = "\n".join(json.dumps(o, ensure_ascii=False) for o in objects)
    (folder / "many.jsonl").write_text(body, "utf-8")
    (folder / "empty.txt").touch()
    (folder / "crash.txt").write_text("崩溃" + TEXT, "utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04")
    return folder


def in_child(action):
    """Run ``action`` in a forked process; its pid."""
    pid = os.fork()
    if pid:
        return pid
    try:
        action()
        os._exit(0)
    except BaseException:  # noqa: BLE001 a child must never return into the tests
        os._exit(1)
