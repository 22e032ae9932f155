"""What follows from the coded segments: triangulation and factors."""
