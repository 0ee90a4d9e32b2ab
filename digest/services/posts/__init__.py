"""Services where a newsletter is a post or an email of a site, with a state of its own; one module each."""
