"""Emulators: smooth stand-ins for the model, learned from points that were simulated, and checked on points held out.

Knows nothing of run folders or words: numbers in, numbers out.
"""
