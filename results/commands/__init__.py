"""What each command does, without a terminal: a request, what comes of it, and everything kept in a run folder.

Above the rooms of the questions and the figures: the command line and notebooks ask here, and get the same answer.
"""
