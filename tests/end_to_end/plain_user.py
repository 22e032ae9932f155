"""Runs commands of the program as somebody whom the system stops: `python plain_user.py BYTES COMMANDS`.

The administrator may write anywhere, so the right to is given up first. BYTES is how long a file may become, 0 for any
length. COMMANDS is a JSON list of lists of words; printed is a JSON list of [status, output, errors].
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import os
import sys

from app.startup import main

NO_NEW_PRIVILEGES = 38
"""PR_SET_NO_NEW_PRIVS: without it a program started by the administrator has all capabilities again."""


def give_up_rights() -> None:
    """Drop every capability of this process and of those it starts, so that permissions of files hold for them too."""
    if ctypes.CDLL(None, use_errno=True).prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    if ctypes.CDLL(None, use_errno=True).capset(header, (ctypes.c_uint32 * 6)()) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def limit_files(size: int) -> None:
    """Let no file grow beyond `size` bytes; writing on fails much as on a full disk."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def run(words: list[str]) -> tuple[int, str, str]:
    out, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        status = main(words)
    return status, out.getvalue(), errors.getvalue()


if __name__ == "__main__":
    if sys.platform == "linux" and os.geteuid() == 0:
        give_up_rights()
    if int(sys.argv[1]):
        limit_files(int(sys.argv[1]))
    print(json.dumps([run(words) for words in json.loads(sys.argv[2])]))
