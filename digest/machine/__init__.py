"""What digest needs of the machine it runs on: locks, own cache, patterns, hashes, imports.

It refuses to know what is locked, kept, matched or hashed.
"""
