"""Tests of what is collected, and how a new project begins."""
