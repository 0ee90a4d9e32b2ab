"""Tests of what several rooms know of the world."""
