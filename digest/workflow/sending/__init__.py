"""Hands an approved issue over as a draft, and runs the unattended week that ends in one.

It refuses everything that would send: no request that does so is made anywhere.
"""
