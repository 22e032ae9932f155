"""Reviewing and working as a team: verdicts, comments, proposals, settlements, packages; logical time; masked names."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    """
    CREATE TABLE verdict (
        target_table TEXT NOT NULL,
        target_guid TEXT NOT NULL,
        coder_id INTEGER NOT NULL,
        verdict TEXT,
        basis TEXT NOT NULL,
        at TEXT NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid TEXT NOT NULL,
        CONSTRAINT ck_verdict_verdict CHECK (verdict IN ('agreed', 'question', 'revise')),
        CONSTRAINT uq_verdict_target_guid_coder_id UNIQUE (target_guid, coder_id),
        CONSTRAINT fk_verdict_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT uq_verdict_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_verdict_coder_id ON verdict (coder_id)
    """,
    """
    CREATE TABLE comment (
        target_table TEXT NOT NULL,
        target_guid TEXT NOT NULL,
        reply_to TEXT,
        about TEXT NOT NULL,
        text TEXT NOT NULL,
        closed INTEGER NOT NULL,
        coder_id INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        modified_at TEXT NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid TEXT NOT NULL,
        CONSTRAINT fk_comment_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT uq_comment_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_comment_target_guid ON comment (target_guid)
    """,
    """
    CREATE TABLE proposal (
        segment_guid TEXT NOT NULL,
        kind TEXT NOT NULL,
        code_guid TEXT,
        valence TEXT,
        start INTEGER,
        "end" INTEGER,
        text_hash TEXT,
        reason TEXT NOT NULL,
        state TEXT NOT NULL,
        answer TEXT NOT NULL,
        coder_id INTEGER NOT NULL,
        answered_by TEXT,
        created_at TEXT NOT NULL,
        modified_at TEXT NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid TEXT NOT NULL,
        CONSTRAINT ck_proposal_kind CHECK (kind IN ('code', 'valence', 'span', 'remove')),
        CONSTRAINT ck_proposal_state CHECK (state IN ('open', 'accepted', 'declined')),
        CONSTRAINT ck_proposal_valence CHECK (valence IN ('supporting', 'inhibiting', 'neutral')),
        CONSTRAINT fk_proposal_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT uq_proposal_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_proposal_segment_guid ON proposal (segment_guid)
    """,
    """
    CREATE TABLE settlement (
        source_id INTEGER NOT NULL,
        code_id INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        text_hash TEXT NOT NULL,
        put INTEGER NOT NULL,
        valence TEXT,
        reason TEXT NOT NULL,
        coder_id INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        modified_at TEXT NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid TEXT NOT NULL,
        CONSTRAINT ck_settlement_span CHECK (0 <= start AND start < "end"),
        CONSTRAINT ck_settlement_valence CHECK (valence IN ('supporting', 'inhibiting', 'neutral')),
        CONSTRAINT fk_settlement_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_settlement_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_settlement_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT uq_settlement_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_settlement_code_id ON settlement (code_id)
    """,
    """
    CREATE INDEX ix_settlement_source_start ON settlement (source_id, start)
    """,
    """
    CREATE TABLE package (
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        hash TEXT NOT NULL,
        params TEXT NOT NULL,
        coder_id INTEGER NOT NULL,
        at TEXT NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid TEXT NOT NULL,
        CONSTRAINT ck_package_kind CHECK (kind IN ('sent', 'received')),
        CONSTRAINT fk_package_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT uq_package_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_package_hash ON package (hash)
    """,
    """
    CREATE TABLE stamp (
        table_name TEXT NOT NULL,
        row_guid TEXT NOT NULL,
        clock INTEGER NOT NULL,
        coder_guid TEXT NOT NULL,
        operation_guid TEXT NOT NULL,
        known TEXT NOT NULL,
        heads TEXT NOT NULL,
        same_as TEXT,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid TEXT NOT NULL,
        CONSTRAINT uq_stamp_row_guid UNIQUE (row_guid),
        CONSTRAINT uq_stamp_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE TABLE mask_key (
        replacement TEXT NOT NULL,
        original TEXT NOT NULL,
        kind TEXT NOT NULL,
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        guid TEXT NOT NULL,
        CONSTRAINT uq_mask_key_replacement UNIQUE (replacement),
        CONSTRAINT uq_mask_key_guid UNIQUE (guid)
    )
     STRICT
    """,
)


def upgrade() -> None:
    op.execute("ALTER TABLE operation ADD COLUMN clock INTEGER DEFAULT 0 NOT NULL")
    op.execute("UPDATE operation SET clock = id")
    for statement in STATEMENTS:
        op.execute(statement)
