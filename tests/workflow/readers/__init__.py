"""Tests of readers and what they follow."""
