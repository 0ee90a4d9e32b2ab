"""Services that make a draft in steps: an empty shell first, then what fills it.

One module each.
"""
