"""Charts of the window: what they show is said here, drawing is done by another process."""
