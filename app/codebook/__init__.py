"""The codebook to read beside the text: a tree of a framework's codes, a page for each, search, paper."""
