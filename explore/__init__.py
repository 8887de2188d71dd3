"""The live page: levers, and at once what they change. Beside the door: scenarios -> simulation -> results -> explore.

The only package that imports Solara, an extra. It asks `results` and shows what comes back; nothing is computed here.
"""
