"""What the rules know of the world, as data: words, hosts, days, elements, and what services ask.

Nothing here judges; each list says where it is from, and a rule says why it matters.
"""
