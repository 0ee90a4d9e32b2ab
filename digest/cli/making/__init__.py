"""Commands that make something: a project, an archive, an issue, a preview."""
