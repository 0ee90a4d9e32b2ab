"""Tests of what an editor does to an issue on the page."""
