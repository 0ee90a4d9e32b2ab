"""Tests of folders of Markdown."""
