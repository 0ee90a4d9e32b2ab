"""Brings posts in: collecting, what a source's convention is, how each has fared, a new project.

It refuses to choose: what an issue takes is decided in `making`.
"""
