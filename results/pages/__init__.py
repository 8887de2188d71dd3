"""The brief: one page for a meeting, made from what a command said."""
