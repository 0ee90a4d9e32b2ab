"""Ways to hand over that are no mailing service.

A test by SMTP, a draft in a mailbox, a zip in a folder.
"""
