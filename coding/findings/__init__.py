"""What the analyst writes: summaries of the framework matrix, conclusions, recommendations."""
