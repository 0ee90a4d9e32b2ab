"""Tests of blogs read off their pages."""
