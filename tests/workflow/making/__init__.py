"""Tests of how issues are made: which, of what, and made again."""
