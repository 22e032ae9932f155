"""Work beside the event loop: the project's writer, its reader, the reading process, progress and cancel."""
