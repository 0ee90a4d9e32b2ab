"""Tests of handing over: by hand, unattended, and stopped on the way."""
