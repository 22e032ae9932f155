"""Places for one kind of thinking each: reading and coding, matrices, report."""
