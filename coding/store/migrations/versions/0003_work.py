"""Everything a study is worked on with beside its segments: former texts, originals, headings, topics, journal pages,
saved views, assignments, conclusions and recommendations; pages and time codes, planned informants, consent."""

from alembic import op

revision = "0003"
down_revision = "0002"

COLUMNS = (
    "coder ADD COLUMN initials TEXT DEFAULT '' NOT NULL",
    "coder ADD COLUMN color INTEGER DEFAULT 0 NOT NULL",
    "source ADD COLUMN anchors TEXT DEFAULT '[]' NOT NULL",
    "informant ADD COLUMN honorific TEXT",
    "informant ADD COLUMN pseudonym TEXT",
    "informant ADD COLUMN planned INTEGER DEFAULT 0 NOT NULL",
    "informant ADD COLUMN consent TEXT",
    "informant ADD COLUMN keep_until TEXT",
    "attribute ADD COLUMN kind TEXT DEFAULT 'text' NOT NULL",
    "attribute ADD COLUMN choices TEXT DEFAULT '[]' NOT NULL",
    "framework ADD COLUMN based_on TEXT",
    "segment ADD COLUMN reported INTEGER DEFAULT 0 NOT NULL",
    "segment ADD COLUMN topic_id INTEGER CONSTRAINT fk_segment_topic_id "
    "REFERENCES topic (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED",
)

STATEMENTS = (
    """
    CREATE TABLE former_text (
    	source_id INTEGER NOT NULL,
    	text_id INTEGER NOT NULL,
    	coder_id INTEGER NOT NULL,
    	replaced_at TEXT NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT fk_former_text_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_former_text_text_id FOREIGN KEY(text_id) REFERENCES source_text (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_former_text_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_former_text_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_former_text_source_id ON former_text (source_id)
    """,
    """
    CREATE INDEX ix_former_text_text_id ON former_text (text_id)
    """,
    """
    CREATE TABLE original (
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	hash TEXT NOT NULL,
    	name TEXT NOT NULL,
    	body BLOB NOT NULL,
    	CONSTRAINT uq_original_hash UNIQUE (hash)
    )
     STRICT
    """,
    """
    CREATE TABLE heading (
    	source_id INTEGER NOT NULL,
    	start INTEGER NOT NULL,
    	"end" INTEGER NOT NULL,
    	level INTEGER NOT NULL,
    	code_id INTEGER,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT fk_heading_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_heading_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_heading_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_heading_code_id ON heading (code_id)
    """,
    """
    CREATE INDEX ix_heading_source_start ON heading (source_id, start)
    """,
    """
    CREATE TABLE topic (
    	code_id INTEGER NOT NULL,
    	label TEXT NOT NULL,
    	position INTEGER NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_topic_code_id_label UNIQUE (code_id, label),
    	CONSTRAINT fk_topic_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_topic_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE TABLE code_link (
    	code_id INTEGER NOT NULL,
    	other_id INTEGER NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_code_link_code_id_other_id UNIQUE (code_id, other_id),
    	CONSTRAINT fk_code_link_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_code_link_other_id FOREIGN KEY(other_id) REFERENCES code (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_code_link_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_code_link_other_id ON code_link (other_id)
    """,
    """
    CREATE TABLE journal_entry (
    	date TEXT NOT NULL,
    	title TEXT NOT NULL,
    	text TEXT NOT NULL,
    	coder_id INTEGER NOT NULL,
    	created_at TEXT NOT NULL,
    	modified_at TEXT NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT fk_journal_entry_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_journal_entry_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE TABLE saved_view (
    	kind TEXT NOT NULL,
    	name TEXT NOT NULL,
    	params TEXT NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_saved_view_kind_name UNIQUE (kind, name),
    	CONSTRAINT uq_saved_view_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE TABLE preference (
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	"key" TEXT NOT NULL,
    	value TEXT NOT NULL,
    	CONSTRAINT uq_preference_key UNIQUE ("key")
    )
     STRICT
    """,
    """
    CREATE TABLE assignment (
    	source_id INTEGER NOT NULL,
    	coder_id INTEGER NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_assignment_source_id_coder_id UNIQUE (source_id, coder_id),
    	CONSTRAINT fk_assignment_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_assignment_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_assignment_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE TABLE finding_segment (
    	finding_id INTEGER NOT NULL,
    	segment_id INTEGER NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_finding_segment_finding_id_segment_id UNIQUE (finding_id, segment_id),
    	CONSTRAINT fk_finding_segment_finding_id FOREIGN KEY(finding_id) REFERENCES finding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_finding_segment_segment_id FOREIGN KEY(segment_id) REFERENCES segment (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_finding_segment_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_finding_segment_segment_id ON finding_segment (segment_id)
    """,
    """
    CREATE TABLE recommendation (
    	text TEXT NOT NULL,
    	position INTEGER NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_recommendation_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE TABLE recommendation_factor (
    	recommendation_id INTEGER NOT NULL,
    	code_id INTEGER NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_recommendation_factor_recommendation_id_code_id UNIQUE (recommendation_id, code_id),
    	CONSTRAINT fk_recommendation_factor_recommendation_id FOREIGN KEY(recommendation_id) REFERENCES recommendation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_recommendation_factor_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_recommendation_factor_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_recommendation_factor_code_id ON recommendation_factor (code_id)
    """,
    """
    CREATE TABLE conclusion (
    	text TEXT NOT NULL,
    	position INTEGER NOT NULL,
    	coder_id INTEGER NOT NULL,
    	created_at TEXT NOT NULL,
    	modified_at TEXT NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT fk_conclusion_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_conclusion_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE TABLE conclusion_finding (
    	conclusion_id INTEGER NOT NULL,
    	finding_id INTEGER NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_conclusion_finding_conclusion_id_finding_id UNIQUE (conclusion_id, finding_id),
    	CONSTRAINT fk_conclusion_finding_conclusion_id FOREIGN KEY(conclusion_id) REFERENCES conclusion (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_conclusion_finding_finding_id FOREIGN KEY(finding_id) REFERENCES finding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_conclusion_finding_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_conclusion_finding_finding_id ON conclusion_finding (finding_id)
    """,
    "CREATE INDEX ix_segment_topic_id ON segment (topic_id)",
)


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE {column}")
    for statement in STATEMENTS:
        op.execute(statement)
