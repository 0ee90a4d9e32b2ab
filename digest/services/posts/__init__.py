"""Services where a newsletter is a post or an email of a site, with a state of its own.

One module each.
"""
