"""Tests of what is told of issues, posts and series."""
