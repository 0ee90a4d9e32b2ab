"""Tests of WordPress, by a site of our own and by a real one."""
