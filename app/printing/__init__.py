"""On paper: pages with a running head and numbers, through the system's preview or into a PDF file."""
