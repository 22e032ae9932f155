"""Commands run in this process."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coding.cli import main


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run_command(*words: object, status: int = 0) -> str:
        got = main([str(word) for word in words])
        output = capsys.readouterr()
        assert got == status, output.err
        if status == 1:
            assert output.err.startswith("telaah: ")
            assert "Traceback" not in output.err
        return output.out if status == 0 else output.err

    return run_command
