"""Real workers: processes, a Dask cluster; whoever dies, the bytes are the same."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from batch_cases import TEXT, contents, lines, make_folder, run_on

from tagger.batch.backends import Inline
from tagger.batch.isolation import alone
from tagger.batch.job import Job, Limits
from tagger.batch.merging import Wanted
from tagger.batch.models import ModelFolder, loaded
from tagger.batch.parts import Parts
from tagger.batch.processes import Processes
from tagger.batch.units import units_of
from tagger.errors import ModelVersionError, WorkersLostError
from tagger.readers import Found
from tagger.shipped import models_folder

#: Long enough to be seen in hand, by whoever is to end its worker.
LONG = TEXT * 2000


@pytest.fixture(scope="module")
def shipped():
    return ModelFolder.at(None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_folder(tmp_path_factory.mktemp("processes") / "in")


@pytest.fixture(scope="module")
def whole(folder, shipped, tmp_path_factory):
    """What one process without workers makes of the folder."""
    out = tmp_path_factory.mktemp("whole") / "out"
    run_on(folder, out, models=shipped, backend=Inline())
    return contents(out)


@contextlib.contextmanager
def assassin(out, unit, times, line=b""):
    """End the process that has a unit in hand, at most so often."""
    over, ended = threading.Event(), []

    def watch():
        while not over.is_set() and len(ended) < times:
            for claim in Parts.of(out).in_hand.glob(f"{unit.id}.*"):
                pid = int(claim.name.rpartition(".")[2])
                with contextlib.suppress(OSError):
                    if (
                        pid in (*ended, os.getpid())
                        or claim.read_bytes()[: len(line)] != line
                    ):
                        continue
                    os.kill(pid, signal.SIGKILL)
                    ended.append(pid)
            time.sleep(0.002)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield ended
    finally:
        over.set()
        thread.join()


def test_two_processes_write_the_same_bytes(folder, whole, shipped, tmp_path):
    report = run_on(folder, tmp_path / "out", models=shipped, backend=Processes(2))
    assert contents(tmp_path / "out") == whole
    assert report.merged.counts.entities["ORG"] + report.merged.counts.entities["LOC"]
    assert {"read", "split", "names", "sections", "write"} <= set(report.stages)


def test_workers_say_why_when_asked(shipped, tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(TEXT * (number + 1), "utf-8")
    asked = {"models": shipped, "reasons": True, "wanted": Wanted(html=True)}
    run_on(folder, tmp_path / "whole", backend=Inline(), **asked)
    run_on(folder, out, backend=Processes(2), **asked)
    assert contents(out) == contents(tmp_path / "whole")
    sections = [s for r in lines(out / "articles.jsonl") for s in r["sections"]]
    assert sections
    assert all(section["reason"]["for"] for section in sections)
    assert "归类理由" in (out / "html/0.txt.html").read_text("utf-8")


def one_file(path):
    return next(units_of(Found(path.name, path)))


@pytest.mark.parametrize("deaths", [pytest.param(1, marks=pytest.mark.soak), 9])
def test_a_unit_that_ends_its_worker(shipped, tmp_path, deaths):
    """Once may be chance, and it is tagged; always is its fault, and it is refused."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "deadly.txt").write_text(LONG, "utf-8")
    for number in range(6):
        (folder / f"{number}.txt").write_text(TEXT, "utf-8")
    unit = one_file(folder / "deadly.txt")
    with assassin(out, unit, deaths) as ended:
        report = run_on(folder, out, models=shipped, backend=Processes(2))
    assert len(ended) == (1 if deaths == 1 else 2)
    tagged = {r["source"]["path"] for r in lines(out / "articles.jsonl")}
    assert tagged == {f"{n}.txt" for n in range(6)} | (
        {"deadly.txt"} if deaths == 1 else set()
    )
    assert report.merged.counts.refused == ({} if deaths == 1 else {"crashed": 1})
    assert list(Parts.of(out).in_hand.iterdir()) == []


@pytest.mark.soak
def test_a_line_that_ends_its_worker_is_refused_alone(shipped, tmp_path):
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    texts = [TEXT, TEXT, LONG, TEXT]
    body = "\n".join(json.dumps({"text": t}, ensure_ascii=False) for t in texts)
    path.write_text(body, "utf-8")
    unit = one_file(path)
    Parts.of(out).prepare()
    job = Job(str(out), shipped)
    # First dead as a whole (no line noted yet), then at its third line.
    with assassin(out, unit, 1) as first:
        answer = None
        with assassin(out, unit, 9, line=b"3") as then:
            answer = alone(job, unit)
    assert (len(first), len(then)) == (1, 1)
    (done,) = answer.done
    assert done.counts["pages"] == 3
    assert done.counts["refused"] == {"crashed": 1}
    assert "a.jsonl:3" in done.refusals[0]


def test_too_much_memory_is_refused(shipped, tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "huge.txt").write_text(TEXT * 300_000, "utf-8")
    (folder / "good.txt").write_text(TEXT, "utf-8")
    limits = Limits(memory=64)
    run_on(folder, out, models=shipped, backend=Processes(1), limits=limits)
    (refused,) = lines(out / "refused.jsonl")
    assert refused["path"] == "huge.txt"
    assert refused["reason"] in {"out-of-memory", "crashed"}
    assert len(lines(out / "articles.jsonl")) == 1


@pytest.mark.parametrize(
    "file", ["names/news_names/network.onnx", "sections/weights.npz"]
)
@pytest.mark.parametrize("damage", ["cut", "empty"])
def test_a_damaged_model_is_one_clear_error(folder, tmp_path, file, damage):
    models = tmp_path / "models"
    shutil.copytree(
        models_folder(), models, ignore=shutil.ignore_patterns("news_words")
    )
    data = (models / file).read_bytes()
    (models / file).write_bytes(data[: len(data) // 2] if damage == "cut" else b"")
    with pytest.raises(ModelVersionError):
        loaded(ModelFolder.at(models))


def test_models_that_change_meanwhile_are_one_clear_error(folder, shipped, tmp_path):
    other = ModelFolder(None, (("names", "0"), *shipped.digests[1:]))
    with pytest.raises(ModelVersionError, match="not those that the run began with"):
        run_on(folder, tmp_path / "out", models=other, backend=Processes(1))


@pytest.mark.soak
def test_ctrl_c_at_the_terminal_and_the_command_again(folder, tmp_path):
    """The signal goes to the whole group, as a terminal sends it."""
    out = tmp_path / "out"
    source = tmp_path / "in"
    shutil.copytree(folder, source)
    for number in range(12):
        (source / f"long-{number:02}.txt").write_text(TEXT * 400, "utf-8")

    def command():
        return subprocess.Popen(  # noqa: S603 ourselves
            [sys.executable, "-m", "tagger", "tag", source, "-o", out, "-j", "2"],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    running = command()
    while not list(Parts.of(out).folder.glob("??/*.jsonl")):
        time.sleep(0.01)
        assert running.poll() is None
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate()
    assert running.returncode == 130, said
    assert "the same command goes on" in said
    assert "Traceback" not in said
    running = command()
    _, said = running.communicate()
    assert running.returncode == 3, said
    assert len({r["source"]["path"] for r in lines(out / "articles.jsonl")}) == 28
    run_on(source, tmp_path / "whole", models=ModelFolder.at(None))
    assert contents(out) == contents(tmp_path / "whole")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler and two workers, each a process of its own; their address and pids."""
    pytest.importorskip("distributed")
    logs = tmp_path_factory.mktemp("dask")
    address_file = logs / "scheduler.json"
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    }

    def start(module, *arguments):
        with (logs / "log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 ourselves
                [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
                stdout=log, stderr=log, env=environment, cwd=logs,
            )  # fmt: skip

    scheduler = start(
        "dask_scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard",
        "--scheduler-file", str(address_file),
    )  # fmt: skip
    processes = [scheduler]

    def worker():
        process = start(
            "dask_worker", "--scheduler-file", str(address_file), "--nthreads", "1",
            "--no-dashboard", "--no-nanny", "--local-directory", str(logs),
        )  # fmt: skip
        processes.append(process)
        return process

    workers = [worker(), worker()]
    while not address_file.exists():
        assert scheduler.poll() is None
        time.sleep(0.05)
    yield json.loads(address_file.read_text())["address"], workers, worker
    for process in processes:
        process.kill()
        process.wait()


@pytest.mark.soak
def test_a_cluster_writes_the_same_bytes(cluster, folder, whole, shipped, tmp_path):
    from tagger.batch.cluster import Cluster

    address, _, _ = cluster
    out = tmp_path / "out"
    run_on(folder, out, models=shipped, backend=Cluster(address))
    assert contents(out) == whole


def test_a_cluster_that_loses_a_worker_half_way(cluster, shipped, tmp_path):
    from tagger.batch.cluster import Cluster

    address, workers, more = cluster
    folder, out = tmp_path / "in", tmp_path / "out"
    make_folder(folder)
    for number in range(10):
        (folder / f"long-{number}.txt").write_text(TEXT * 200, "utf-8")
    run_on(folder, tmp_path / "whole", models=shipped, backend=Inline())

    def kill_one():
        while not list(Parts.of(out).folder.glob("??/*.jsonl")):
            time.sleep(0.01)
        workers[0].kill()

    killer = threading.Thread(target=kill_one)
    killer.start()
    run_on(folder, out, models=shipped, backend=Cluster(address))
    killer.join()
    assert workers[0].wait() == -signal.SIGKILL
    assert contents(out) == contents(tmp_path / "whole")
    more()


@pytest.mark.soak
def test_a_unit_that_ends_workers_of_a_cluster_is_refused(cluster, shipped, tmp_path):
    from tagger.batch.cluster import Cluster

    address, _, more = cluster
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "deadly.txt").write_text(LONG, "utf-8")
    (folder / "good.txt").write_text(TEXT, "utf-8")
    more(), more()
    with assassin(out, one_file(folder / "deadly.txt"), 9) as ended:
        run_on(folder, out, models=shipped, backend=Cluster(address))
    assert len(ended) >= 3
    (refused,) = lines(out / "refused.jsonl")
    assert (refused["path"], refused["reason"]) == ("deadly.txt", "crashed")
    assert len(lines(out / "articles.jsonl")) == 1


def test_no_scheduler_is_one_clear_error(folder, shipped, tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    from tagger.batch import cluster

    monkeypatch.setattr(cluster, "_CONNECT", "1s")
    with pytest.raises(WorkersLostError, match="no scheduler"):
        run_on(
            folder,
            tmp_path / "out",
            models=shipped,
            backend=cluster.Cluster("tcp://127.0.0.1:9"),
        )


def test_workers_end_where_no_command_helps_to_end_them(folder, tmp_path):
    """A bare machine may lack pgrep and its like: nothing may hang for want of it."""
    command = [sys.executable, "-m", "tagger", "tag", str(folder), "-o", str(tmp_path)]
    done = subprocess.run(  # noqa: S603 ourselves
        command, env={**os.environ, "PATH": ""}, timeout=60, check=False
    )
    assert done.returncode in {0, 3}
