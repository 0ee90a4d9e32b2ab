"""Answers questions and changes nothing: why a post is where it is, what there is, what moved."""
