"""Feeds damaged inputs to whatever reads strangers' words: `make fuzz`, sixty seconds each.

No input may make anything but a `DigestError`. With atheris installed its coverage guides the damage;
without it Hypothesis does the damaging.
"""
