"""Tests of the words around an issue."""
