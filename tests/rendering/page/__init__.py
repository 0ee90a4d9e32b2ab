"""Tests of pages: their shape and what is put into it."""
