"""Fixtures of all tests."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data kept outside the repository; tests that need it skip without."""
    beside = Path(__file__).parents[2] / "shared"
    folder = Path(os.environ.get("TAGGER_SHARED", beside))
    if not folder.is_dir():
        pytest.skip("TAGGER_SHARED is not set and ../shared is not there")
    return folder


@pytest.fixture(scope="session")
def tagger():
    """The models that ship."""
    from tagger.tagging import load

    return load()
