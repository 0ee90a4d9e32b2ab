"""What digest needs of the machine it runs on: locks, the user's own cache, compiled patterns.

It refuses to know what is locked, kept or matched.
"""
