"""Collect a blog's posts and turn the week's into a responsive HTML email."""

__version__ = "0.1.0"
