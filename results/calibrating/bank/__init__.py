"""Simulate once, learn after: a bank of sets of parameters drawn from their priors, and what is learned from it."""
