"""Everything a study is, without a window."""
