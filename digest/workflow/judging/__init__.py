"""Judges an issue or any email by the rules of `checking`, and keeps what was found.

What only the network tells is asked here, for rules ask nothing themselves.
"""
