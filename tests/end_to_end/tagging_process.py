"""Tags in a loop until it is killed, and prints each guid once its operation has returned.

    python tagging_process.py STUDY.telaah [die]

Every line it reads starts a process that does so; `open PID` is printed when that has the project, `dead` when it is
gone. With `die` the process ends itself while a commit has already written to the file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from sqlalchemy import select

from coding.project import Project
from coding.segments.editing import tag
from coding.store.models import Code, Source


def tag_for_ever(path: Path) -> NoReturn:
    project = Project.open(path)
    with project.read() as session:
        source = session.scalars(select(Source.guid)).one()
        codes = list(session.scalars(select(Code.guid).order_by(Code.id)))
        number = session.connection().exec_driver_sql("SELECT count(*) FROM change").scalar() or 0
    print("open", os.getpid(), flush=True)
    while True:
        number += 1
        with project.operation("Tag a passage") as op:
            start, length = number % 300, 1 + number // 300 % 90
            guid = tag(op, source, start, start + length, codes[number % len(codes)], memo="m")
        print(guid, flush=True)


def die_in_a_commit(path: Path) -> NoReturn:
    project = Project.open(path)
    print("open", os.getpid(), flush=True)
    assert project._writing is not None
    for setting in ("cache_spill = 1", "cache_size = 1"):  # so that it is written to the file before it is committed
        project._writing.execute(f"PRAGMA {setting}").fetchall()
    with project.operation("Never finished") as op:
        many = ((f"x{number}",) for number in range(2000))
        op.raw().executemany("INSERT INTO attribute (name, position, guid) VALUES (?1, 1, ?1)", many)
        os._exit(1)


def main(path: Path, die: bool) -> None:
    run = die_in_a_commit if die else tag_for_ever
    if "once" in sys.argv:
        run(path)
    while sys.stdin.readline():
        if hasattr(os, "fork"):  # much faster than a new interpreter each time
            child = os.fork()
            if child == 0:
                run(path)
            os.waitpid(child, 0)
        else:
            subprocess.run([sys.executable, *sys.argv, "once"], check=False)
        print("dead", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), "die" in sys.argv)
