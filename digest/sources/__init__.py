"""Where posts come from: feeds, WordPress sites, folders of Markdown."""
