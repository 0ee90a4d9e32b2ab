"""Tests of what is asked about an issue before it goes."""
