"""Tests of the ways an issue is looked at."""
