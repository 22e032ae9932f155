"""What deserves a second look: quotations that occur twice, passages under another heading."""
