"""What all tests have in common."""

from __future__ import annotations

import pytest

from tests import samples


@pytest.fixture(scope="session", autouse=True)
def _samples_are_shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where several processes run the tests, one builds a sample for all."""
    if hasattr(request.config, "workerinput"):
        samples.shared.append(tmp_path_factory.getbasetemp().parent)
