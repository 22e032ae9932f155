"""From a file to a source: readers, header, speaker turns, intake."""
