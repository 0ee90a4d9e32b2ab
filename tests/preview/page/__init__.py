"""Tests of the page around the issue."""
