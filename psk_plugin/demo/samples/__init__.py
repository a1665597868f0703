"""Invented companies with complete papers, some with planted faults: for demonstrations and tests."""
