"""The first schema: project, coders, sources and their turns, informants, frameworks, codes, segments, memos, journal."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    CREATE TABLE project (
    	title TEXT NOT NULL,
    	language TEXT NOT NULL,
    	created_at TEXT NOT NULL,
    	memo TEXT NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_project_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE TABLE coder (
    	name TEXT NOT NULL,
    	role TEXT NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT ck_coder_role CHECK (role IN ('researcher', 'supervisor')),
    	CONSTRAINT uq_coder_name UNIQUE (name),
    	CONSTRAINT uq_coder_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE TABLE source_text (
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	hash TEXT NOT NULL,
    	body TEXT NOT NULL,
    	characters INTEGER NOT NULL,
    	words INTEGER NOT NULL,
    	CONSTRAINT uq_source_text_hash UNIQUE (hash)
    )
     STRICT
    """,
    """
    CREATE TABLE informant (
    	code TEXT NOT NULL,
    	code_folded TEXT NOT NULL,
    	position INTEGER NOT NULL,
    	initials TEXT,
    	name TEXT,
    	role TEXT,
    	"group" TEXT,
    	category TEXT,
    	age INTEGER,
    	gender TEXT,
    	place TEXT,
    	remark TEXT,
    	left_out INTEGER NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT ck_informant_category CHECK (category IN ('key', 'main', 'supporting')),
    	CONSTRAINT uq_informant_code_folded UNIQUE (code_folded),
    	CONSTRAINT uq_informant_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE TABLE attribute (
    	name TEXT NOT NULL,
    	position INTEGER NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_attribute_name UNIQUE (name),
    	CONSTRAINT uq_attribute_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE TABLE framework (
    	"key" TEXT NOT NULL,
    	edition INTEGER NOT NULL,
    	label_id TEXT NOT NULL,
    	label_en TEXT NOT NULL,
    	literature TEXT NOT NULL,
    	position INTEGER NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_framework_key UNIQUE ("key"),
    	CONSTRAINT uq_framework_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE TABLE operation (
    	kind TEXT NOT NULL,
    	title TEXT NOT NULL,
    	params TEXT NOT NULL,
    	coder_guid TEXT NOT NULL,
    	at TEXT NOT NULL,
    	target_id INTEGER,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT ck_operation_kind CHECK (kind IN ('start', 'do', 'undo', 'redo')),
    	CONSTRAINT fk_operation_target_id FOREIGN KEY(target_id) REFERENCES operation (id),
    	CONSTRAINT uq_operation_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_operation_coder_guid ON operation (coder_guid)
    """,
    """
    CREATE INDEX ix_operation_target_id ON operation (target_id)
    """,
    """
    CREATE TABLE source (
    	name TEXT NOT NULL,
    	method TEXT NOT NULL,
    	text_id INTEGER NOT NULL,
    	position INTEGER NOT NULL,
    	date TEXT,
    	place TEXT,
    	header_end INTEGER NOT NULL,
    	sentences TEXT NOT NULL,
    	segmenter TEXT NOT NULL,
    	file_name TEXT NOT NULL,
    	file_hash TEXT NOT NULL,
    	imported_at TEXT NOT NULL,
    	left_out INTEGER NOT NULL,
    	own_statements INTEGER NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT ck_source_method CHECK (method IN ('interview', 'focus_group', 'observation', 'document', 'questionnaire')),
    	CONSTRAINT uq_source_name UNIQUE (name),
    	CONSTRAINT fk_source_text_id FOREIGN KEY(text_id) REFERENCES source_text (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_source_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_source_text_id ON source (text_id)
    """,
    """
    CREATE TABLE attribute_value (
    	informant_id INTEGER NOT NULL,
    	attribute_id INTEGER NOT NULL,
    	value TEXT NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_attribute_value_informant_id_attribute_id UNIQUE (informant_id, attribute_id),
    	CONSTRAINT fk_attribute_value_informant_id FOREIGN KEY(informant_id) REFERENCES informant (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_attribute_value_attribute_id FOREIGN KEY(attribute_id) REFERENCES attribute (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_attribute_value_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_attribute_value_attribute_id ON attribute_value (attribute_id)
    """,
    """
    CREATE TABLE code (
    	framework_id INTEGER,
    	parent_id INTEGER,
    	level TEXT NOT NULL,
    	"key" TEXT NOT NULL,
    	path TEXT NOT NULL,
    	label_id TEXT NOT NULL,
    	label_en TEXT NOT NULL,
    	details TEXT NOT NULL,
    	color INTEGER NOT NULL,
    	position INTEGER NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT ck_code_level CHECK (level IN ('dimension', 'indicator', 'open')),
    	CONSTRAINT fk_code_framework_id FOREIGN KEY(framework_id) REFERENCES framework (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_code_parent_id FOREIGN KEY(parent_id) REFERENCES code (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_code_path UNIQUE (path),
    	CONSTRAINT uq_code_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_code_framework_id ON code (framework_id)
    """,
    """
    CREATE INDEX ix_code_parent_id ON code (parent_id)
    """,
    """
    CREATE TABLE memo (
    	target_table TEXT NOT NULL,
    	target_guid TEXT NOT NULL,
    	text TEXT NOT NULL,
    	coder_id INTEGER NOT NULL,
    	created_at TEXT NOT NULL,
    	modified_at TEXT NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_memo_target_guid UNIQUE (target_guid),
    	CONSTRAINT fk_memo_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_memo_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE TABLE change (
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	operation_id INTEGER NOT NULL,
    	table_name TEXT NOT NULL,
    	row_id INTEGER NOT NULL,
    	row_guid TEXT NOT NULL,
    	action TEXT NOT NULL,
    	image TEXT,
    	CONSTRAINT fk_change_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_change_operation_id ON change (operation_id)
    """,
    """
    CREATE TABLE turn (
    	source_id INTEGER NOT NULL,
    	start INTEGER NOT NULL,
    	"end" INTEGER NOT NULL,
    	label_start INTEGER NOT NULL,
    	label_end INTEGER NOT NULL,
    	label TEXT NOT NULL,
    	kind TEXT NOT NULL,
    	informant_id INTEGER,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT ck_turn_kind CHECK (kind IN ('researcher', 'informant', 'unknown')),
    	CONSTRAINT ck_turn_span CHECK (0 <= label_start AND label_start <= label_end AND start <= "end"),
    	CONSTRAINT fk_turn_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_turn_informant_id FOREIGN KEY(informant_id) REFERENCES informant (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_turn_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_turn_source_start ON turn (source_id, start)
    """,
    """
    CREATE INDEX ix_turn_informant_id ON turn (informant_id)
    """,
    """
    CREATE TABLE segment (
    	source_id INTEGER NOT NULL,
    	code_id INTEGER NOT NULL,
    	coder_id INTEGER NOT NULL,
    	start INTEGER NOT NULL,
    	"end" INTEGER NOT NULL,
    	valence TEXT,
    	exemplar INTEGER NOT NULL,
    	created_at TEXT NOT NULL,
    	modified_at TEXT NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT ck_segment_valence CHECK (valence IN ('supporting', 'inhibiting', 'neutral')),
    	CONSTRAINT ck_segment_span CHECK (0 <= start AND start < "end"),
    	CONSTRAINT fk_segment_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_segment_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_segment_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_segment_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_segment_code ON segment (code_id, source_id)
    """,
    """
    CREATE INDEX ix_segment_coder_id ON segment (coder_id)
    """,
    """
    CREATE INDEX ix_segment_source_span ON segment (source_id, start, "end", code_id, valence)
    """,
    """
    CREATE TABLE done_mark (
    	source_id INTEGER NOT NULL,
    	coder_id INTEGER NOT NULL,
    	at TEXT NOT NULL,
    	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    	guid TEXT NOT NULL,
    	CONSTRAINT uq_done_mark_source_id_coder_id UNIQUE (source_id, coder_id),
    	CONSTRAINT fk_done_mark_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT fk_done_mark_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    	CONSTRAINT uq_done_mark_guid UNIQUE (guid)
    )
     STRICT
    """,
    """
    CREATE VIRTUAL TABLE text_index USING fts5(body, content='source_text', content_rowid='id', tokenize="unicode61 remove_diacritics 2")
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
