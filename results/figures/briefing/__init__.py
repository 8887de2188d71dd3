"""The figure of a brief as a picture."""
