"""The network as it stands: who is central, who connects others, who is alone, and whom it misses. Nothing is run."""
