"""Makes an issue: its aim in time, the posts it takes, their updates and pictures, its files.

One edition at a time; the loop over many is `many`. It refuses to judge or to hand over.
"""
