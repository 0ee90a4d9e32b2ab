"""Feeds damaged inputs to whatever reads strangers' words: `make fuzz`, sixty seconds each.

No input may make anything but a `DigestError`. Hypothesis damages sound inputs blindly; atheris, where
it is installed, after what of our code they reach.
"""
