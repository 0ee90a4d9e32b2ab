"""Tests of the templates that digest carries."""
