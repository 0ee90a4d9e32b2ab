"""Tests of templates: how they are read, kept, spliced and refused."""
