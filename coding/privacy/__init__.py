"""Personal data in the texts: found, replaced so that it can be put back, kept out of what leaves."""
