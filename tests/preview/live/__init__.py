"""Tests of following what is edited."""
