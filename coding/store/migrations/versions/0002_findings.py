"""Findings and judgements on the rows of a matrix."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """
    CREATE TABLE finding (
    	"view" TEXT NOT NULL,
    	code_id INTEGER NOT NULL,
    	part TEXT NOT NULL,
    	columns_by TEXT NOT NULL,
    	against TEXT NOT NULL,
    	scope TEXT NOT NULL,
    	"column" TEXT,
    	text TEXT NOT NULL,
    	basis TEXT NOT NULL,
    	coder_id INTEGER NOT NULL,
    	created_at TEXT NOT NULL,
    	modified_at TEXT NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT ck_finding_scope CHECK (scope IN ('row', 'cell')),
    	CONSTRAINT ck_finding_part CHECK (part IN ('dimension', 'indicator', 'no_indicator')),
    	CONSTRAINT fk_finding_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_finding_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_finding_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_finding_code_id ON finding (code_id)
    """,
    """
    CREATE TABLE judgement (
    	"view" TEXT NOT NULL,
    	code_id INTEGER NOT NULL,
    	part TEXT NOT NULL,
    	columns_by TEXT NOT NULL,
    	against TEXT NOT NULL,
    	status TEXT NOT NULL,
    	reason TEXT NOT NULL,
    	basis TEXT NOT NULL,
    	coder_id INTEGER NOT NULL,
    	created_at TEXT NOT NULL,
    	modified_at TEXT NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT ck_judgement_part CHECK (part IN ('dimension', 'indicator', 'no_indicator')),
    	CONSTRAINT ck_judgement_status CHECK (status IN ('absent', 'single', 'covered', 'convergent', 'divergent', 'partial')),
    	CONSTRAINT uq_judgement_view_code_id_part_columns_by_against UNIQUE ("view", code_id, part, columns_by, against),
    	CONSTRAINT fk_judgement_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_judgement_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_judgement_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_judgement_code_id ON judgement (code_id)
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
