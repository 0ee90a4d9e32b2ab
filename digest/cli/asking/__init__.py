"""Commands that only ask: they print what is there and change nothing."""
