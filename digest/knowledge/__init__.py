"""What several rooms know of the world: colours, the words of a schedule, words that end nothing.

It owns plain facts and arithmetic, and refuses whatever only one room asks for.
"""
