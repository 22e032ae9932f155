"""What the world did wrong, in a form that can be said in either language.

A `CodingError` carries a code and parameters; `MESSAGES` is the one place where each code has its sentence. Anything
else that is raised is a fault of the program and is left to propagate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coding.words import Words


def mark(msgid: str) -> str:
    """Mark `msgid` for translation without translating it yet."""
    return msgid


MESSAGES: Mapping[str, str] = {
    # files and folders
    "file_missing": mark("{file} does not exist; check the name and the folder"),
    "file_exists": mark("{file} already exists; choose another name"),
    "file_unreadable": mark("{file} can't be read ({reason}); check the file and its permissions"),
    "file_unwritable": mark("{file} can't be written ({reason}); choose another folder or check its permissions"),
    "file_held": mark("{file} is open in another program ({reason}); close it there, or choose another name"),
    "folder_missing": mark("the folder {folder} does not exist; create it or choose another"),
    "folder_unwritable": mark("the folder {folder} does not allow writing; choose another folder"),
    "disk_full": mark("the disk is full: {file} was not written; free some space and try again"),
    # projects
    "not_a_project": mark("{file} is not a Telaah project; choose a file that ends in .telaah"),
    "project_hollow": mark("{file} is not a Telaah project, though its name ends so; open one of its backups"),
    "project_gone": mark(
        "{file} is no longer where it was: it was moved, renamed or removed; save a copy to keep all that is in it"
    ),
    "project_damaged": mark("{file} is damaged ({reason}); open a backup of it instead"),
    "project_newer": mark(
        "{file} was made by a newer Telaah (format {found}, this one knows {known}); update the program"
    ),
    "project_locked": mark("{file} is open in another Telaah ({owner}); close it there first"),
    "project_locked_elsewhere": mark(
        "{file} is open on another computer ({computer}); close it there, or open it for reading only"
    ),
    "project_foreign_parts": mark(
        "{file} contains database triggers or views that Telaah did not make; it is not opened"
    ),
    "project_read_only": mark("{file} is open for reading only; nothing was changed"),
    "upgrade_failed": mark(
        "{file} could not be brought up to date ({reason}); it is unchanged, and a backup is in {backup}"
    ),
    # personal data
    "mask_taken": mark(
        "“{replacement}” stands in the project already or for something else; choose another replacement"
    ),
    "mask_empty": mark("“{original}” needs a replacement of its own, on one line"),
    "mask_names": mark("“{replacement}” still tells the name “{original}”; choose initials or a code instead"),
    "mask_none": mark("the project holds no key; bring back the key file first"),
    "key_not_a_key": mark("{file} is not a key file of Telaah; choose one that ends in .telaah-key"),
    "key_foreign": mark("{file} is the key of another project; nothing was changed"),
    # sources
    "source_empty": mark("{file} is empty; there is nothing to import"),
    "source_no_text": mark("{file} contains no text; there is nothing to import"),
    "source_not_docx": mark("{file} is not a Word document; open it in a word processor and save it as .docx"),
    "source_not_odt": mark("{file} is not an OpenDocument text; open it in a word processor and save it again"),
    "source_not_rtf": mark("{file} is not a rich text file; open it in a word processor and save it as .docx"),
    "source_not_pdf": mark("{file} is damaged or not a PDF; open it in a PDF reader and save it again"),
    "source_locked": mark("{file} is locked with a password; save a copy without one"),
    "source_scanned": mark("{file} is a scan without text; have a text recognition program read it first"),
    "source_not_subtitles": mark("{file} holds no subtitles that can be read; save it as .srt or .vtt again"),
    "source_no_column": mark("{file} has no column “{column}”; look at the first row of the table"),
    "source_no_table": mark("{file} can't be read as a table; save it as .xlsx or .csv again"),
    "source_doc": mark("{file} is an old Word document; save it as .docx, or install LibreOffice, which can read it"),
    "original_missing": mark("the original file of this source was not kept in the project"),
    "original_damaged": mark("the original file in the project is damaged; take it from a backup"),
    "source_too_large": mark("{file} is too large ({size}; the limit is {limit}); split it"),
    "source_encoding": mark("the encoding of {file} can't be recognised; save it as UTF-8 text"),
    "source_format": mark("{file} has a format Telaah can't import; save it as .docx, .pdf or .txt"),
    "source_duplicate": mark(
        "{file} has the same text as “{source}”, which is already in the project; it was not imported again"
    ),
    "source_there": mark("{file} is in the project already as “{source}”; it was not imported again"),
    "source_duplicate_in_batch": mark("{file} has the same text as “{source}”; it was not imported again"),
    "source_took_too_long": mark("{file} took longer than {seconds} seconds to read; it was left out"),
    "source_broke_off": mark(
        "{file} can't be read: the program that reads it broke off; open it in its own program and save it again"
    ),
    "source_too_much_memory": mark("{file} needs too much memory to be read; split it"),
    "text_emptied": mark("the text of “{source}” would have no words left; remove the source instead"),
    "text_changed_since": mark("the text of “{source}” was changed since it was opened here; open it again"),
    "former_text_gone": mark("this former text no longer exists"),
    "turn_gone": mark("this turn no longer exists; look at the transcript again"),
    "turn_last": mark("no turn follows that this one could be joined with"),
    "turn_split": mark("one half would have no words; put the caret inside the turn"),
    "source_unknown": mark("there is no source “{source}”; did you mean “{nearest}”?"),
    "source_unknown_none": mark("there is no source “{source}” in the project"),
    "nothing_imported": mark("no file was imported from {file}"),
    # codes, frameworks and segments
    "framework_unknown": mark("there is no framework “{key}”; did you mean “{nearest}”?"),
    "framework_not_adopted": mark("the project does not use the framework “{key}”; it has {known}"),
    "framework_broken": mark("the framework file {file} is broken at {key}: {reason}"),
    "code_unknown": mark("there is no code “{code}”; did you mean “{nearest}”?"),
    "span_outside": mark("the passage {start}–{end} does not lie inside “{source}”, which has {length} characters"),
    "span_blank": mark("the passage {start}–{end} of “{source}” has no text to tag"),
    "segment_twice": mark("this passage already has the code “{code}” by {coder}"),
    "code_gone": mark("this code no longer exists"),
    "finding_segment_gone": mark("a passage that this was to rest on no longer exists"),
    "recommendation_gone": mark("this recommendation no longer exists"),
    "conclusion_gone": mark("this sentence no longer exists"),
    "finding_gone": mark("this finding no longer exists"),
    "code_no_name": mark("a code needs a name; write one in at least one of the two languages"),
    "code_name_taken": mark("there is a code “{code}” at this place already; merge the two, or choose another name"),
    "code_of_theory": mark(
        "“{code}” belongs to {framework} and keeps its place there; copy the framework to change that"
    ),
    "code_no_deeper": mark("nothing can stand under “{code}”: frameworks and open codes have two levels"),
    "code_has_below": mark("“{code}” has codes below it; move those first"),
    "framework_no_name": mark("a framework needs a name; write one in at least one of the two languages"),
    "framework_twice": mark("the project has a framework with the key “{key}” already; change the key in the file"),
    "framework_empty": mark("“{framework}” has no dimension yet; add one before exporting it"),
    "topic_no_name": mark("a topic needs a name"),
    "topic_twice": mark("“{code}” has the topic “{topic}” already"),
    "topic_gone": mark("this topic no longer exists; choose another"),
    "segment_gone": mark("this coded segment no longer exists"),
    # reviewing
    "supervisor_codes": mark("{coder} reviews as supervisor and can't change codings; propose the change instead"),
    "review_target_gone": mark("what was to be reviewed no longer exists"),
    "comment_empty": mark("a comment needs some words"),
    "comment_gone": mark("this comment no longer exists"),
    "comment_of_another": mark("this was written by somebody else; write an answer to it instead"),
    "comment_answered": mark("this comment has answers and stays; close the conversation instead"),
    "coder_taken": mark("there is a coder {coder} already; choose another name"),
    "coder_unknown": mark("the project knows no coder {coder}; make them known first"),
    "agreed_version_coder": mark("{coder} is one of the coders compared; choose another name for the agreed version"),
    "proposal_as_is": mark("the coded segment is so already"),
    "proposal_gone": mark("this proposal no longer exists"),
    "proposal_answered": mark("this proposal was answered already"),
    "proposal_text_gone": mark("the proposed passage is no longer in the text; decline the proposal and say why"),
    "memo_target_gone": mark("what this memo was written on no longer exists"),
    "valence_unknown": mark("“{valence}” is no valence; use supporting, inhibiting or neutral"),
    # informants
    "informant_unknown": mark("there is no informant “{code}” in the project"),
    "informant_code_empty": mark("an informant needs a code or initials"),
    "informant_code_taken": mark("another informant has the code “{code}”; choose another, or merge the two"),
    "informant_speaks": mark("{code} speaks in {count} turns; say whose they are to be"),
    "informant_split": mark("choose some of {code}'s turns, not none and not all, for the new informant"),
    "attribute_name": mark("an attribute needs a name"),
    "attribute_name_taken": mark("there is an attribute “{name}” already"),
    "attribute_gone": mark("this attribute no longer exists"),
    "attribute_value": mark("“{value}” is no value of “{attribute}”; {expected}"),
    "attribute_values": mark("“{attribute}” has values that are none of that kind: {values}; correct them first"),
    "attribute_choices": mark("say what “{name}” may be, one choice a line"),
    "cell_value": mark("row {row}, “{column}”: “{value}” is not understood; {expected}"),
    "paste_empty": mark("there is nothing on the clipboard that a table could be made of"),
    "informant_table": mark("{file}: {reason}; the first column must be “code”"),
    "table_suffix": mark("{file} can't be written: a table is saved as .xlsx or .csv"),
    "memo_suffix": mark("{file} can't be written: memos are saved as .docx, .md, .xlsx or .csv"),
    "step_gone": mark("this step can no longer be reached; the history has moved on"),
    "table_unreadable": mark("{file} can't be read as a table ({reason}); save it again as .csv or .xlsx"),
    "table_head_twice": mark("{file} has two columns called “{head}”; rename or remove one"),
    "table_code_missing": mark("{file}: row {row} has no code; give each informant one"),
    "table_code_twice": mark("{file}: row {row} has the code “{code}” once more; give each informant one row"),
    "table_age": mark("{file}: in row {row} the age “{age}” is no number of years; correct it"),
    "table_category": mark(
        "{file}: in row {row} “{category}” is no category of informants; use key, main or supporting"
    ),
    "category_unknown": mark("“{category}” is no category of informants; use key, main or supporting"),
    # analysis, search and reports
    "kind_unknown": mark("“{kind}” is no kind of triangulation"),
    "columns_unknown": mark("no informant has the attribute “{columns}”; it has {known}"),
    "threshold_range": mark("the threshold {threshold} must lie above 0.5 and at most at 1"),
    "filter_unknown": mark("nothing in the project has “{name}” to filter by; it has {known}"),
    "period_name": mark("each period needs a name of its own; “{name}” is none"),
    "period_days": mark("the period “{name}” needs a first or a last day such as 2026-05-12, 2026-05 or 2026"),
    "period_backwards": mark("the period “{name}” ends before it begins"),
    "analysis_unknown": mark("there is no pinned analysis “{name}”; the project has {known}"),
    "analysis_no_name": mark("a pinned analysis needs a name"),
    "against_missing": mark("theory triangulation needs a second framework; name it with --against"),
    "pattern_broken": mark("the search pattern “{pattern}” is not valid: {reason}"),
    "pattern_endless": mark(
        "the search pattern “{pattern}” could take for ever: a repeat in it holds, or follows, "
        "another one for the same letters; leave one of them out"
    ),
    "query_empty": mark("there is nothing to search for; give at least one word"),
    "report_format": mark("{file} has an ending Telaah can't write; it can be {known}"),
    "template_missing": mark("the Word template {file} is not there any more; choose it again, or none"),
    "template_format": mark(
        "{file} can't serve as a template; choose a Word file that ends in .docx, .dotx, .docm or .dotm"
    ),
    "style_unknown": mark("{file} has no style “{style}” for this; it has {known}"),
    "template_damaged": mark("the Word template {file} is damaged; open it in Word, save it again, or choose none"),
    "wording_placeholder": mark("the sentence “{sentence}” asks for {placeholder}; it can have {known}"),
    "report_no_name": mark("a saved report needs a name; give it one"),
    "report_unknown": mark("there is no saved report “{name}”; there are {known}"),
    "report_none_saved": mark("there is no saved report “{name}”; save one in Report first"),
    "document_open": mark("{file} is open in another program; close it there, or delete {lock} if it is not"),
    "report_over_template": mark("{file} is the template of this report; write the report to another file"),
    "report_written_into": mark(
        "{file} was changed after the report “{name}” was written to it; write to another file, "
        "or add --keep to keep a copy of it as it is, or --replace to do without"
    ),
    "document_changed": mark("{file} has been changed since it was looked at; look at it again"),
    "document_no_tables": mark("{file} has no table that a report of Telaah was copied from; nothing was changed"),
    "document_marks_lost": mark(
        "{file} was saved by a program that leaves out by what Telaah knows its tables, as LibreOffice does; "
        "copy the tables from the report once more, and save the document in Word"
    ),
    "table_mark_lost": mark("the mark that Telaah knows it by was lost; copy it from the report once more"),
    "table_unknown": mark("there is no table “{table}”; it can be {known}"),
    "placeholder_unknown": mark("the attribution has an unknown placeholder {placeholder}; it can be {known}"),
    "placeholder_open": mark("the attribution “{template}” has a brace without the other; write it as in {example}"),
    "judgement_reason": mark("a judgement needs a reason; write why the row is judged otherwise"),
    # history
    "undo_nothing": mark("there is nothing to undo"),
    "redo_nothing": mark("there is nothing to redo"),
    "undo_conflict": mark("“{title}” can't be undone: what it changed was changed again by somebody else"),
    # teams and reviews
    "merge_unfit": mark("this copy does not fit the project ({reason}); have its owner check it in Telaah"),
    "merge_not": mark("{file} is no Telaah project, review package or answers to one; choose another file"),
    "merge_itself": mark("{file} is the project that is open; choose another copy of it"),
    "package_not": mark("{file} is no review package; choose a file that ends in .telaah-review"),
    "package_damaged": mark("{file} is damaged ({reason}); ask for it once more"),
    "package_changed": mark("{file} was changed after it was made ({part}); ask for it once more"),
    "package_newer": mark("{file} was made by a newer Telaah; update the program"),
    "package_too_large": mark("{file} is too large to be a review package ({size}; the limit is {limit})"),
    "package_other": mark("{file} belongs to the project “{project}”, not to this one"),
    "package_suffix": mark("{file} can't be written: a review package ends in .telaah-review, a page in .html"),
    "package_unsound": mark("{file} could not be opened again after it was written, so it was not kept; report this"),
    "package_empty": mark("there is nothing to send: choose sources or codes that have coded segments"),
    "package_anonymised": mark(
        "{file} has codes in the place of names and can't be merged; use Project > Open… to review it, and merge the "
        "answers"
    ),
    "package_answer": mark("{file} holds answers to a review, not a project; merge it instead"),
    "package_no_answers": mark("nothing was said yet: give a verdict, write a comment or propose a change first"),
    "answers_not": mark("{file} holds no answers to a review that can be read"),
    "cancelled": mark("cancelled; nothing was changed"),
}


class CodingError(Exception):
    """Something the user or the world did that the program can't go on with; nothing was changed.

    `code` is a key of `MESSAGES`; `params` fill its placeholders, those with a method `say` worded by it, a `reason` by
    its translation, if it has one.
    """

    def __init__(self, code: str, /, **params: Any) -> None:
        if code not in MESSAGES:
            raise KeyError(code)
        super().__init__(code)
        self.code = code
        self.params = params

    def say(self, words: Words | None = None) -> str:
        """The sentence for a person, in the language of `words` (English without)."""
        if words is None:
            from coding.words import Words

            words = Words("en")
        params = {key: value.say(words) if hasattr(value, "say") else value for key, value in self.params.items()}
        reason = params.get("reason")
        if isinstance(reason, str) and reason:
            params["reason"] = words.t(reason)
        return words.t(MESSAGES[self.code], **params)

    def sentence(self, words: Words) -> str:
        """As `say`, with a capital at its beginning, unless a name from outside stands there: a file is called as it
        is."""
        said = self.say(words)
        return said if words.t(MESSAGES[self.code]).startswith("{") else said[:1].upper() + said[1:]

    def __str__(self) -> str:
        return self.say()

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (self.code, self.params))


def _rebuild(code: str, params: dict[str, Any]) -> CodingError:
    return CodingError(code, **params)
