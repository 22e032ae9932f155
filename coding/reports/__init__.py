"""From results to documents: plain tables first, then the writers."""
