"""Many good files and some hostile ones: a record for each, a reason for each."""

import io
import json
import os
import random
import resource
import zipfile
from pathlib import Path

import pytest
from batch_cases import TEXT, QuickTagger, lines, run_on
from typer.testing import CliRunner

from tagger.batch import models
from tagger.batch.models import ModelFolder
from tagger.batch.processes import Processes
from tagger.cli import app


def zip_bomb(_draw):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 70_000_000)
    return packed.getvalue()


#: Suffix, and the bytes of a file that is to be refused.
HOSTILE = [
    (".txt", lambda draw: b""),
    (".txt", lambda draw: " \u3000\n".encode() * 50),
    (".txt", lambda draw: draw.randbytes(3000)),
    (".txt", lambda draw: b"\x89PNG\r\n\x1a\n" + bytes(500)),
    (".txt", lambda draw: TEXT.encode("utf-8")[:-2] + b"\xff\xff\xff"),
    (".docx", lambda draw: b"PK\x03\x04" + draw.randbytes(200)),
    (".docx", zip_bomb),
    (".pdf", lambda draw: b"%PDF-1.7\n" + draw.randbytes(400)),
    (".html", lambda draw: b"<html><script>" + b"x" * 500),
    (".html", lambda draw: b"<div>" * 5000),
    (".jsonl", lambda draw: b""),
    (".jsonl", lambda draw: b"[" * 100_000),
    (".jsonl", lambda draw: b'{"text": 7}'),
    (".jsonl", lambda draw: b'{"text": "\\ud800"}'),
]


def make_hostile(folder, good, hostile):
    draw = random.Random(1)
    for number in range(good):
        path = folder / f"{number // 100:03}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"第{number}篇。{TEXT}", "utf-8")
    for number in range(hostile):
        suffix, data = HOSTILE[number % len(HOSTILE)]
        path = folder / f"{number % 7:03}" / f"x{number:04}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if number % 20 == 19:
            os.mkfifo(path)
        else:
            path.write_bytes(data(draw))
    return folder


def check(out, code, good, hostile):
    assert code == 3
    assert len(lines(out / "articles.jsonl")) == good
    refused = lines(out / "refused.jsonl")
    assert len(refused) == hostile
    assert all(r["reason"] and r["problem"] for r in refused)
    assert len({r["path"] for r in refused}) == hostile
    assert "crashed" not in {r["reason"] for r in refused}


def test_good_and_hostile_files(tmp_path, monkeypatch):
    tagger = QuickTagger()
    monkeypatch.setattr(models, "loaded", lambda *_, **__: tagger)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    folder = make_hostile(tmp_path / "in", 300, 42)
    out = tmp_path / "out"
    arguments = ["tag", str(folder), "-o", str(out), "--backend", "inline"]
    check(out, CliRunner().invoke(app, arguments).exit_code, 300, 42)


@pytest.mark.soak
def test_five_thousand_good_and_two_hundred_hostile_files(tmp_path):
    folder = make_hostile(tmp_path / "in", 5000, 200)
    out = tmp_path / "out"
    arguments = ["tag", str(folder), "-o", str(out), "-j", "2", "--no-split"]
    check(out, CliRunner().invoke(app, arguments).exit_code, 5000, 200)


@pytest.mark.soak
def test_twenty_thousand_articles_in_steady_memory(tmp_path):
    """Half as files, half as lines; no worker grows with what it has done."""
    folder, draw = tmp_path / "in", random.Random(2)
    clauses = [
        f"{place}{what}，{who}{said}。"
        for place in ("晋城市", "太原市小店区", "临汾市", "阳城县")
        for what in ("召开会议", "开工建设", "举行比赛", "发布通报")
        for who in ("市长李伟", "记者张三", "县医院", "太原重工")
        for said in ("作出部署", "介绍情况", "提出要求")
    ]

    def article(number):
        return f"第{number}篇\n本报讯 {''.join(draw.choices(clauses, k=8))}\n"

    for number in range(10_000):
        path = folder / f"{number // 500:02}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(number), "utf-8")
    with (folder / "many.jsonl").open("w", encoding="utf-8") as file:
        for number in range(10_000):
            item = {"id": f"j{number}", "text": article(number)}
            file.write(json.dumps(item, ensure_ascii=False) + "\n")
    out = tmp_path / "out"
    report = run_on(
        folder, out, models=ModelFolder.at(None), backend=Processes(2), one_article=True
    )
    records = lines(out / "articles.jsonl")
    assert len(records) == 20_000
    assert len({record["id"] for record in records}) == 20_000
    assert report.merged.counts.failed == 0
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert children < 700, children


def test_twenty_thousand_files_in_one_folder_are_found(tmp_path):
    from tagger.readers import walk

    folder = Path(tmp_path, "in")
    folder.mkdir()
    first = folder / "0.txt"
    first.write_text(TEXT, "utf-8")
    for number in range(1, 20_000):
        os.link(first, folder / f"{number}.txt")
    assert len(walk([folder]).files) == 20_000
