"""The text view of a transcript: reading, selecting, and seeing what is coded where."""
