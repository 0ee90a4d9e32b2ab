"""Commands that let an issue go: sealed, judged, handed to a service."""
