"""The verbs: the only wiring between rooms. Every command and the preview work through here."""
